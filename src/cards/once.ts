/**
 * A click that creates or sends something does it once (X13). Each form carries a single-use id; the id is in the store
 * before the first request goes out, so a second click, or the first one sent again by a tired network, finds it there
 * and writes nothing. What an id stands for is kept in hashes.
 */
import { withShortLock } from '../platform/lock';
import { randomId } from '../platform/session';
import type { Store } from '../platform/store';
import { isDraftEntry, type DraftEntry } from './write/entry';

/** A click that has begun, and how it ended as far as is known. */
export interface OnceEntry {
  readonly id: string;
  readonly at: number;
  readonly state:
    /** A request is, or was, under way: it may or may not have been done. */
    'begun' | 'done';
  /** A hash of what is created, by which it is known again in the CRM. */
  readonly print: string;
  /** How many like it were there before. */
  readonly before: number;
  /** A mail's draft, which can be sent only once. */
  readonly draft?: DraftEntry;
}

const KEY = 'once';
const LOCK_MS = 2_000;
/** Room for one property of 8,000 bytes. */
const MOST = 24;
const LIFE_MS = 7 * 86_400_000;

/** The id of a new form. */
export function newOnceId(): string {
  return randomId();
}

export function isOnceId(id: string | undefined): id is string {
  return id !== undefined && /^[0-9a-f]{8,32}$/.test(id);
}

export function findEntry(store: Store, id: string): OnceEntry | undefined {
  return readEntries(store).find((entry) => entry.id === id);
}

/**
 * Takes the id for this click: undefined where it is taken now, the entry where an earlier click has it, and `busy`
 * where neither could be made sure of. Nothing may be written before this. One that `isDead` is taken over.
 */
export function claim(
  store: Store,
  entry: OnceEntry,
  isDead: (known: OnceEntry) => boolean = () => false,
): OnceEntry | 'busy' | undefined {
  return locked(() => {
    const entries = readEntries(store);
    const known = entries.find(({ id }) => id === entry.id);
    if (known !== undefined && !isDead(known)) return known;
    writeEntries(store, [...entries.filter((other) => other !== known), entry], entry.at);
    return undefined;
  });
}

/** What is known of the click since; `undefined` frees its id, where it is certain that nothing was done. */
export function conclude(store: Store, id: string, change: Partial<OnceEntry> | undefined): 'busy' | undefined {
  return locked(() => {
    const entries = readEntries(store);
    const next = entries.flatMap((entry) =>
      entry.id !== id ? [entry] : change === undefined ? [] : [{ ...entry, ...change }],
    );
    writeEntries(store, next, 0);
    return undefined;
  });
}

function locked<T>(work: () => T): T | 'busy' {
  const result = withShortLock(LOCK_MS, () => ({ value: work() }));
  return result === undefined ? 'busy' : result.value;
}

/** Those that ended long ago go first: a click on a card of last week is a rare one. */
function writeEntries(store: Store, entries: readonly OnceEntry[], now: number): void {
  const living = entries.filter(({ at }) => now - at < LIFE_MS);
  const open = living.filter(({ state }) => state === 'begun').slice(-MOST);
  const ended = living.filter(({ state }) => state === 'done');
  const kept = new Set([...open, ...ended.slice(-Math.max(1, MOST - open.length))]);
  store.write(KEY, JSON.stringify(living.filter((entry) => kept.has(entry))));
}

/** A hand edit loses what it damages, and nothing else. */
function readEntries(store: Store): OnceEntry[] {
  try {
    const list = JSON.parse(store.read(KEY) ?? '[]') as unknown;
    return Array.isArray(list) ? list.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is OnceEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, at, state, print, before, draft } = value as Partial<Record<keyof OnceEntry, unknown>>;
  return (
    typeof id === 'string' &&
    typeof at === 'number' &&
    (state === 'begun' || state === 'done') &&
    typeof print === 'string' &&
    typeof before === 'number' &&
    (draft === undefined || isDraftEntry(draft))
  );
}
