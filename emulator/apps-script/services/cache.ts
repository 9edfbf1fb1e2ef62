/** `CacheService` (facts, platform 2.2). Every key is one call. */
import type { Run } from '../execution/run';
import { ARRAY, NUMBER, OBJECT, TEXT } from '../realm/parameters';
import { ScriptException, ScriptObject, type Signatures } from '../realm/script-object';

const DEFAULT_SECONDS = 600;
const MOST_SECONDS = 21_600;
const KEY_CHARACTERS = 250;
const VALUE_BYTES = 102_400;

export class CacheService extends ScriptObject {
  static readonly scriptName = 'CacheService';
  static readonly signatures: Signatures = { getScriptCache: [[]], getUserCache: [[]], getDocumentCache: [[]] };

  private readonly script: Cache;
  private readonly user: Cache;

  constructor(run: Run) {
    super();
    this.script = new Cache(run, 'script');
    this.user = new Cache(run, `user ${run.user}`);
  }

  getScriptCache(): Cache {
    return this.script;
  }

  getUserCache(): Cache {
    return this.user;
  }

  getDocumentCache(): null {
    return null;
  }
}

export class Cache extends ScriptObject {
  static readonly scriptName = 'CacheService.Cache';
  static readonly signatures: Signatures = {
    get: [[TEXT]],
    getAll: [[ARRAY]],
    put: [
      [TEXT, TEXT],
      [TEXT, TEXT, NUMBER],
    ],
    putAll: [[OBJECT], [OBJECT, NUMBER]],
    remove: [[TEXT]],
    removeAll: [[ARRAY]],
  };

  constructor(
    private readonly run: Run,
    private readonly name: string,
  ) {
    super();
  }

  get(key: string): string | null {
    checkKey(key);
    return this.call('get', key, () => this.caches.get(this.name, key));
  }

  /** Keys without a value are left out. */
  getAll(keys: readonly unknown[]): Record<string, string> {
    const found: Record<string, string> = {};
    for (const key of keys.map(String)) {
      const value = this.call('getAll', key, () => this.caches.get(this.name, key));
      if (value !== null) found[key] = value;
    }
    return found;
  }

  put(key: string, value: string, seconds = DEFAULT_SECONDS): void {
    this.store('put', key, value, seconds);
  }

  putAll(values: Readonly<Record<string, unknown>>, seconds = DEFAULT_SECONDS): void {
    for (const [key, value] of Object.entries(values)) this.store('putAll', key, String(value), seconds);
  }

  remove(key: string): void {
    this.call('remove', key, () => this.caches.remove(this.name, key));
  }

  removeAll(keys: readonly unknown[]): void {
    for (const key of keys.map(String)) this.call('removeAll', key, () => this.caches.remove(this.name, key));
  }

  private store(method: string, key: string, value: string, seconds: number): void {
    checkKey(key);
    if (Buffer.byteLength(value) > VALUE_BYTES) throw new ScriptException('Argument too large: value');
    const kept = Math.min(MOST_SECONDS, Math.max(1, Math.floor(seconds)));
    this.call(method, key, () => this.caches.put(this.name, key, value, kept));
  }

  private get caches() {
    return this.run.platform.caches;
  }

  private call<T>(method: string, path: string, effect: () => T): T {
    return this.run.call({ service: 'CacheService', method, path, takes: this.run.platform.latency.cache }, effect);
  }
}

function checkKey(key: string): void {
  if (key.length > KEY_CHARACTERS) throw new ScriptException('Argument too large: key');
}
