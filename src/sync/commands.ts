/**
 * What cards want of the engine. A card never writes the engine's state: it leaves a command under a key of its own, and
 * the pass takes commands up before each round of writes and before it commits (X13).
 */
import { shortHash } from '../platform/hash';
import { randomId } from '../platform/session';
import type { Store } from '../platform/store';
import { asSettings, FIRST_SETTINGS, type Settings } from './settings';
import type { Link, State } from './state';

export type Command =
  | { readonly do: 'stop-thread' | 'resume-thread'; readonly crm: string }
  /** Somebody looks at a Gmail thread that may be of a resting link (X11). */
  | { readonly do: 'wake'; readonly gmail: string }
  /** Try a parked message again; without a key all of them. */
  | { readonly do: 'retry'; readonly key?: string }
  | { readonly do: 'set'; readonly settings: Settings };

const PREFIX = 'cmd.';
/** A disconnect has a key that needs no reading: where it stands, nothing more is written (C7). */
export const DISCONNECT = 'cmd.disconnect';

export function leaveCommand(store: Store, command: Command): void {
  store.write(`${PREFIX}${randomId()}`, JSON.stringify(command));
}

export function commandKeys(store: Store): string[] {
  return store.keys().filter((key) => key.startsWith(PREFIX));
}

/** Written where a pass has the lock: it ends at the next round, and the disconnect is finished after it. */
export function leaveDisconnect(store: Store, detail: string): void {
  store.write(DISCONNECT, detail);
}

/** Unreadable ones are dropped: a hand edit must not stop the sync. */
export function readCommands(store: Store, keys: readonly string[]): Command[] {
  return keys.flatMap((key) => {
    try {
      const command = JSON.parse(store.read(key) ?? '') as Command;
      return typeof command === 'object' && command !== null ? [command] : [];
    } catch {
      return [];
    }
  });
}

/** A thread of a former address does not come back by hand (C6). */
function resumed({ head }: State, { address }: Link): Link['stopped'] {
  return address === shortHash(head.connection.address) ? '' : 'former-address';
}

export function applyCommands(state: State, commands: readonly Command[]): State {
  return commands.reduce(applyOne, state);
}

function applyOne(state: State, command: Command): State {
  switch (command.do) {
    case 'stop-thread':
    case 'resume-thread': {
      const link = state.links.get(command.crm);
      if (link === undefined || link.stopped === 'former-address') return state;
      const links = new Map(state.links);
      links.set(link.crm, { ...link, stopped: command.do === 'stop-thread' ? 'user' : resumed(state, link) });
      return { ...state, links };
    }
    case 'retry': {
      const items = new Map(state.items);
      for (const [key, item] of items) {
        if (item.state === 'parked' && (command.key === undefined || command.key === key))
          items.set(key, { ...item, next: 1, attempts: 0 });
      }
      return { ...state, items };
    }
    case 'set': {
      const settings = asSettings(command.settings);
      const before = state.head.settings ?? FIRST_SETTINGS;
      if (settings === undefined || settings.savedAt < before.savedAt) return state;
      return { ...state, head: { ...state.head, settings } };
    }
    default:
      return state;
  }
}
