/** What the add-on remembers of a mailbox, read and changed behind its back. */
import type { World } from '../../emulator/world/world';
import type { Store } from '../../src/platform/store';
import type { State } from '../../src/sync/state';
import { commit, loadHead, loadState } from '../../src/sync/store';

type Where = { readonly world: World; readonly user: string };

/** The add-on's own state of that mailbox, as it stands in the user's properties. */
export function stateOf(where: Where): State {
  return load(storeOf(where)).state;
}

/** As a hand would change it that knows the checksums. */
export function editState(where: Where, change: (state: State) => State): void {
  const store = storeOf(where);
  const { state, ...before } = load(store);
  commit(store, before, change(state), 'edited');
}

function load(store: Store) {
  const loaded = loadHead(store);
  if (loaded === undefined) throw new Error('nothing is connected');
  const { state, pages } = loadState(store, loaded.head);
  return { state, pages, text: loaded.text };
}

function storeOf({ world: { appsScript }, user }: Where): Store {
  return {
    read: (key) => appsScript.properties(user)[key] ?? null,
    all: () => appsScript.properties(user),
    write: (key, value) => appsScript.setProperty(user, key, value),
    remove: (key) => appsScript.setProperty(user, key, undefined),
    keys: () => Object.keys(appsScript.properties(user)),
    clear: () => undefined,
  };
}
