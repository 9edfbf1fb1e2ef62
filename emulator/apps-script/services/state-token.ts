/**
 * `ScriptApp.newStateToken()`: the token that brings an OAuth redirect to `.../usercallback` back to a function of the
 * script, for the same user, within its time (facts, platform 8).
 */
import type { Run } from '../execution/run';
import { INTEGER, TEXT } from '../realm/parameters';
import { ScriptObject, type Signatures } from '../realm/script-object';

const DEFAULT_SECONDS = 60;

export interface StateToken {
  readonly user: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Milliseconds of the virtual clock. */
  readonly expires: number;
}

export class StateTokenBuilder extends ScriptObject {
  static readonly scriptName = 'ScriptApp.StateTokenBuilder';
  static readonly signatures: Signatures = {
    withMethod: [[TEXT]],
    withArgument: [[TEXT, TEXT]],
    withTimeout: [[INTEGER]],
    createToken: [[]],
  };

  private method = '';
  private seconds = DEFAULT_SECONDS;
  private readonly parameters: Record<string, string> = {};

  constructor(private readonly run: Run) {
    super();
  }

  withMethod(method: string): this {
    this.method = method;
    return this;
  }

  withArgument(name: string, value: string): this {
    this.parameters[name] = value;
    return this;
  }

  withTimeout(seconds: number): this {
    this.seconds = Math.min(3600, Math.max(1, seconds));
    return this;
  }

  createToken(): string {
    const { platform, user } = this.run;
    return platform.stateTokens.create({
      user,
      method: this.method,
      parameters: { ...this.parameters },
      expires: platform.clock.now + this.seconds * 1000,
    });
  }
}
