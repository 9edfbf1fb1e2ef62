/**
 * What cards want of the engine. A card never writes the engine's state: it leaves a command under a key of its own, and
 * the pass takes commands up before each round of writes and before it commits (X13).
 */
import { randomId } from '../platform/session';
import type { Store } from '../platform/store';
import { withFormerPart } from './claims';
import { asSettings, FIRST_SETTINGS, type Settings } from './settings';
import { checkKey, linkingKey, linkingOf } from './keys';
import { addSends, type Sends } from './plan/delivery';
import type { Reason, State } from './state';
import { resumeLink, stopLink } from './stops';

export type Command =
  | { readonly do: 'stop-thread' | 'resume-thread'; readonly crm: string }
  /** Somebody looks at a Gmail thread that may be of a resting link (X11). */
  | { readonly do: 'wake'; readonly gmail: string }
  /** Try a parked message again; without a key all of them. */
  | { readonly do: 'retry'; readonly key?: string }
  /** Log one message in the CRM that a rule left (T2, T8). */
  | { readonly do: 'push-message'; readonly crm: string; readonly key: string }
  /** What the user says of a held message: it was sent, or it is to be sent again (X3). */
  | { readonly do: 'settle'; readonly key: string; readonly answer: 'sent' | 'again' }
  /** The user has turned the CRM's own Gmail sync off (R7). */
  | { readonly do: 'own-sync-off' }
  /** Sync this Gmail thread with that contact, from now on or with what it has already (T7). */
  | { readonly do: 'link'; readonly gmail: string; readonly contact: string; readonly earlier: boolean }
  /** Compare both sides of a thread, and repair what is missing (S8). */
  | { readonly do: 'check-thread'; readonly crm: string }
  /** A mail is being sent from the sidebar: it counts for Gmail's daily limit like those of the engine (X9). */
  | { readonly do: 'count-send' }
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

/** Own sends with those that no pass has counted yet. */
export function allSends(store: Store, counted: Sends, now: number): Sends {
  const open = readCommands(store, commandKeys(store)).filter((command) => command.do === 'count-send');
  return addSends(counted, open.length, now);
}

/** The mailbox that was connected before is gone: its part is this one's now (C6). */
function takeOver(state: State): State {
  const { claim, connection } = state.head;
  if (claim === undefined) return state;
  const items = new Map(state.items);
  for (const [key, item] of items) if (item.reason === 'former-mailbox') items.set(key, { ...item, next: 1 });
  return { ...state, head: { ...state.head, claim: withFormerPart(claim, connection.since) }, items };
}

/** `now` is when the pass that takes them up began. */
export function applyCommands(state: State, commands: readonly Command[], now: number): State {
  return commands.reduce((before, command) => applyOne(before, command, now), state);
}

function applyOne(state: State, command: Command, now: number): State {
  switch (command.do) {
    case 'stop-thread':
    case 'resume-thread': {
      const link = state.links.get(command.crm);
      const stops = command.do === 'stop-thread';
      if (link === undefined || link.stopped === 'former-address' || stops === (link.stopped === 'user')) return state;
      // What came since the last good pass was not looked at yet: it falls into the pause.
      const links = new Map(state.links);
      links.set(link.crm, stops ? stopLink(link, state.head.passedAt) : resumeLink(state, link, now));
      return { ...state, links };
    }
    case 'check-thread': {
      const { crm } = command;
      if (!state.links.has(crm)) return state;
      const key = checkKey(crm);
      const items = new Map(state.items);
      items.set(key, { key, state: 'waiting', reason: 'asked', since: now, next: 1, attempts: 0, thread: crm });
      return { ...state, items };
    }
    case 'link': {
      const { gmail, contact, earlier } = command;
      const key = linkingKey(gmail, contact, earlier);
      if (linkingOf(key) === undefined) return state;
      if ([...state.links.values()].some((link) => link.gmail.includes(gmail))) return state;
      const items = new Map(state.items);
      items.set(key, { key, state: 'waiting', reason: 'asked', since: now, next: 1, attempts: 0, thread: gmail });
      return { ...state, items };
    }
    case 'push-message': {
      const { key, crm } = command;
      if (typeof key !== 'string' || !/^g:[0-9a-f]{1,16}$/.test(key) || !state.links.has(crm)) return state;
      const items = new Map(state.items);
      const before = items.get(key);
      items.set(key, {
        ...{ key, state: 'waiting', reason: 'asked', next: 1, attempts: 0, thread: crm, asked: true },
        since: before?.since ?? now,
      });
      return { ...state, items };
    }
    case 'retry': {
      const items = new Map(state.items);
      let offered = false;
      for (const [key, item] of items) {
        if (item.state !== 'parked' || (command.key !== undefined && command.key !== key)) continue;
        // Together with all of them they are tried again, not taken over: that is said for one.
        if (item.reason === 'former-mailbox' && command.key === undefined) continue;
        offered = offered || item.reason === 'former-mailbox';
        const asked = item.reason === 'forgotten' ? { asked: true as const } : {};
        items.set(key, { ...item, next: 1, attempts: 0, ...asked });
      }
      return offered ? takeOver({ ...state, items }) : { ...state, items };
    }
    case 'settle': {
      const item = state.items.get(command.key);
      const reason = reasonOfAnswer(command.answer);
      // One that is not held any more was dealt with meanwhile, or is being sent for the same answer.
      if (item?.state !== 'held' || reason === undefined) return state;
      const items = new Map(state.items);
      items.set(command.key, { ...item, state: 'waiting', reason, next: 1, attempts: 0 });
      return { ...state, items };
    }
    case 'own-sync-off': {
      const { crmAt, ownSync } = state.head;
      const offAt = Math.max(crmAt, ownSync?.seenAt ?? 0);
      const items = new Map(state.items);
      for (const [key, item] of items) if (item.reason === 'own-sync') items.set(key, { ...item, next: 1 });
      return { ...state, head: { ...state.head, ownSync: { seenAt: ownSync?.seenAt ?? 0, offAt } }, items };
    }
    case 'count-send':
      return { ...state, head: { ...state.head, sends: addSends(state.head.sends ?? [], 1, now) } };
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

/** The command may be written by hand. */
function reasonOfAnswer(answer: unknown): Reason | undefined {
  return answer === 'sent' ? 'said-sent' : answer === 'again' ? 'send-again' : undefined;
}
