/** `LockService` (facts, platform 2.3): `tryLock` gives false, `waitLock` throws; an execution's end frees its locks. */
import type { Run } from '../execution/run';
import { NUMBER } from '../realm/parameters';
import { ScriptException, ScriptObject, type Signatures } from '../realm/script-object';

const REFUSED = 'There are too many LockService operations against the same script.';

export class LockService extends ScriptObject {
  static readonly scriptName = 'LockService';
  static readonly signatures: Signatures = { getScriptLock: [[]], getUserLock: [[]], getDocumentLock: [[]] };

  constructor(private readonly run: Run) {
    super();
  }

  getScriptLock(): Lock {
    return new Lock(this.run, 'script');
  }

  getUserLock(): Lock {
    return new Lock(this.run, `user ${this.run.user}`);
  }

  getDocumentLock(): null {
    return null;
  }
}

export class Lock extends ScriptObject {
  static readonly scriptName = 'LockService.Lock';
  static readonly signatures: Signatures = {
    tryLock: [[NUMBER]],
    waitLock: [[NUMBER]],
    hasLock: [[]],
    releaseLock: [[]],
  };

  constructor(
    private readonly run: Run,
    private readonly name: string,
  ) {
    super();
  }

  tryLock(milliseconds: number): boolean {
    return this.take('tryLock', milliseconds);
  }

  waitLock(milliseconds: number): void {
    if (!this.take('waitLock', milliseconds)) {
      throw new ScriptException('Lock timeout: another process was holding the lock for too long.');
    }
  }

  hasLock(): boolean {
    return this.call('hasLock', () => this.locks.holds(this.name, this.run));
  }

  releaseLock(): void {
    this.call('releaseLock', () => this.locks.release(this.name, this.run));
  }

  private take(method: string, milliseconds: number): boolean {
    return this.call(method, () => {
      if (this.locks.take(this.name, this.run)) return true;
      this.run.pass(Math.max(0, milliseconds));
      return this.locks.take(this.name, this.run);
    });
  }

  private get locks() {
    return this.run.platform.locks;
  }

  private call<T>(method: string, effect: () => T): T {
    const { latency } = this.run.platform;
    return this.run.call({ service: 'LockService', method, takes: latency.lock, refusal: REFUSED }, effect);
  }
}
