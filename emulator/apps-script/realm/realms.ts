/** The global scopes in which executions run: a fresh one for each, or, for a simulation, one after the other in the same. */
import { Realm, type RealmHost } from './realm';

export interface Realms {
  take(host: RealmHost): Realm;
  /** Its execution has ended. */
  giveBack(realm: Realm): void;
}

/** As the platform does it (facts, platform 2.5). */
export const FRESH_REALMS: Realms = {
  take: (host) => new Realm(host),
  giveBack: () => undefined,
};

/**
 * For one bundle that keeps nothing at its top level: such a script does the same in a used scope as in a fresh one, and what
 * Node has compiled of it is not thrown away with each execution. Executions inside another one have scopes of their own.
 */
export function usedRealms(): Realms {
  const free: Realm[] = [];
  return {
    take: (host) => {
      const realm = free.pop();
      if (realm === undefined) return new Realm(host);
      realm.renew(host);
      return realm;
    },
    giveBack: (realm) => void free.push(realm),
  };
}
