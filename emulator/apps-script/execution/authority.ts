/**
 * What each user allows the add-on: all scopes of the manifest, some of them (granular consent), or nothing any more
 * (facts, platform 1.5).
 */
import { ScriptException } from '../realm/script-object';

export interface Grant {
  /** The user took the access back altogether. */
  readonly revoked: boolean;
  /** Scopes of the manifest that the user did not allow or took back, as full URLs. */
  readonly withdrawn: readonly string[];
}

const EVERYTHING: Grant = { revoked: false, withdrawn: [] };

export type AuthorityState = ReadonlyMap<string, Grant>;

export class Authority {
  private grants = new Map<string, Grant>();

  constructor(private readonly manifestScopes: readonly string[]) {}

  set(user: string, grant: Partial<Grant>): void {
    this.grants.set(user, Object.freeze({ ...EVERYTHING, ...grant }));
  }

  isRevoked(user: string): boolean {
    return this.of(user).revoked;
  }

  /** The scopes in force: of the manifest, without what the user withheld. */
  scopes(user: string): string[] {
    const { withdrawn } = this.of(user);
    return this.manifestScopes.filter((scope) => !withdrawn.includes(scope));
  }

  isComplete(user: string): boolean {
    return !this.isRevoked(user) && this.scopes(user).length === this.manifestScopes.length;
  }

  /** Throws the platform's exception where the call needs a scope that is not there. */
  demand(user: string, scope: string, call: string): void {
    if (this.scopes(user).includes(scope)) return;
    throw new ScriptException(
      `Specified permissions are not sufficient to call ${call}. Required permissions: ${scope}`,
    );
  }

  snapshot(): AuthorityState {
    return new Map(this.grants);
  }

  restore(state: AuthorityState): void {
    this.grants = new Map(state);
  }

  private of(user: string): Grant {
    return this.grants.get(user) ?? EVERYTHING;
  }
}
