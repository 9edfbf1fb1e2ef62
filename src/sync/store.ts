/**
 * Loading and committing the state. Pages are written first, each under a new key; the head that names them is written
 * last, and that one write is the commit: a run that is killed before it leaves the former state whole, page by page.
 * The former head is kept as `head.prev` for a head that was damaged by hand (X11; facts, reliability 2.5).
 *
 * An idle pass reads `head` and writes `head`, and nothing else.
 */
import { shortHash } from '../platform/hash';
import { storedBytes, type Store } from '../platform/store';
import type { Pages } from './page';
import { fromPages, toPages, type Shelves } from './shelves';
import { HEAD_BYTES } from './room';
import type { Head, State } from './state';

/** Of the head as it is written now. */
const VERSION = 2;
const HEAD = 'head';
const FORMER = 'head.prev';
const PAGE = 'page.';

export interface LoadedHead {
  readonly head: Head;
  /** As it stands in the store. */
  readonly text: string;
  /** The newest head was damaged and an older one is used: nothing is pushed before the CRM was read back (X5). */
  readonly doubt: boolean;
}

export interface LoadedState {
  readonly state: State;
  readonly pages: Pages;
  /** Pages that were missing or damaged. */
  readonly lost: number;
  /** The shelves that they were of, by the first letters of their names. */
  readonly lostShelves: ReadonlySet<string>;
}

/** The store would not take a value: too large, or the quota is spent. What was committed before stands. */
export class StoreRefused extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'StoreRefused';
  }
}

/** Undefined where nobody is connected. */
export function loadHead(store: Store): LoadedHead | undefined {
  const text = store.read(HEAD);
  const head = readHead(text);
  if (head !== undefined) return { head, text: text ?? '', doubt: head.doubt === true };
  if (text === null) return undefined;
  const formerText = store.read(FORMER);
  const former = readHead(formerText);
  return former === undefined ? undefined : { head: former, text: formerText ?? '', doubt: true };
}

/** Something stands where the head should be, but nothing of it can be read: to be told apart from "not connected". */
export function isDamaged(store: Store): boolean {
  return store.read(HEAD) !== null && loadHead(store) === undefined;
}

export function loadState(store: Store, head: Head): LoadedState {
  const pages = new Map<string, string>();
  const lostShelves = new Set<string>();
  let lost = 0;
  const names = Object.entries(head.pages);
  // One call for all of them, however many there are (facts, platform 2.1).
  const values = names.length === 0 ? {} : store.all();
  for (const [name, generation] of names) {
    const text = unseal(values[pageKey(name, generation)] ?? null);
    if (text !== undefined) pages.set(name, text);
    else {
      lost += 1;
      lostShelves.add(name[0]);
    }
  }
  const { damaged, ...shelves } = fromPages(pages);
  for (const shelf of damaged) lostShelves.add(shelf[0]);
  return { state: { head, ...shelves }, pages, lost: lost + damaged.length, lostShelves };
}

/** What can still be read where no head can: of each page the newest that is whole. Undefined where there is none. */
export function salvage(store: Store): Shelves | undefined {
  const newest = new Map<string, { generation: number; text: string }>();
  for (const [key, value] of Object.entries(store.all())) {
    const [, name, written] = /^page\.([a-z]\d+)\.([0-9a-z]+)$/.exec(key) ?? [];
    const text = name === undefined ? undefined : unseal(value);
    const generation = Number.parseInt(written, 36);
    if (text === undefined || (newest.get(name)?.generation ?? -1) > generation) continue;
    newest.set(name, { generation, text });
  }
  if (newest.size === 0) return undefined;
  const { damaged: _, ...shelves } = fromPages(new Map([...newest].map(([name, { text }]) => [name, text])));
  return shelves;
}

/** Writes the whole state in one step; gives what is now in the store. */
export function commit(
  store: Store,
  before: { text: string; pages: Pages },
  next: State,
  run: string,
): LoadedHead & { pages: Pages } {
  const generation = next.head.generation + 1;
  const pages = toPages(next, before.pages);
  const named: Record<string, number> = {};
  let changed = false;
  for (const [name, text] of pages) {
    if (before.pages.get(name) === text) {
      named[name] = next.head.pages[name];
      continue;
    }
    changed = true;
    write(store, pageKey(name, generation), seal(text));
    named[name] = generation;
  }
  if (changed && before.text !== '') write(store, FORMER, before.text);
  const head: Head = { ...next.head, generation, run, pages: named };
  const text = writeHead(store, head);
  if (changed) sweep(store, head);
  return { head, text, doubt: false, pages };
}

/** Writes the head alone, over the same pages: the intent before a write, the heartbeat of an idle pass. */
export function writeHead(store: Store, head: Head): string {
  const text = seal(JSON.stringify({ ...head, version: VERSION }));
  if (storedBytes(text) > HEAD_BYTES) throw new StoreRefused('the head is too large');
  write(store, HEAD, text);
  return text;
}

/**
 * Before something is used up that works once and that the head holds: proves that the store takes a head, and takes the
 * former one away, which holds it too.
 */
export function readyForHandover(store: Store, head: Head): void {
  writeHead(store, head);
  store.remove(FORMER);
}

/** The head, and the same as the former one. */
export function writeBothHeads(store: Store, head: Head): string {
  const text = writeHead(store, head);
  try {
    write(store, FORMER, text);
  } catch {
    // What counts is written; the former one comes with the next commit.
  }
  return text;
}

/** Makes room where the platform refused a write: what a run that was refused has left, and what the former head needs. */
export function makeRoom(store: Store, head: Head): void {
  store.remove(FORMER);
  sweep(store, head);
}

/** Removes pages that neither head names. */
export function sweep(store: Store, head: Head): void {
  const former = readHead(store.read(FORMER));
  const kept = new Set(
    [head, ...(former === undefined ? [] : [former])].flatMap(({ pages }) =>
      Object.entries(pages).map(([name, generation]) => pageKey(name, generation)),
    ),
  );
  for (const key of store.keys()) if (key.startsWith(PAGE) && !kept.has(key)) store.remove(key);
}

function pageKey(name: string, generation: number): string {
  return `${PAGE}${name}.${generation.toString(36)}`;
}

function write(store: Store, key: string, text: string): void {
  try {
    store.write(key, text);
  } catch (error) {
    throw new StoreRefused(error instanceof Error ? error.message.slice(0, 80) : 'refused');
  }
}

/** A checksum in front, so that a torn or hand-edited value is known. */
function seal(text: string): string {
  return `${shortHash(text, 6)}:${text}`;
}

function unseal(sealed: string | null): string | undefined {
  if (sealed === null || sealed[6] !== ':') return undefined;
  const text = sealed.slice(7);
  return shortHash(text, 6) === sealed.slice(0, 6) ? text : undefined;
}

function readHead(sealed: string | null): Head | undefined {
  const text = unseal(sealed);
  if (text === undefined) return undefined;
  try {
    const head = JSON.parse(text) as Head;
    return typeof head.connection?.token === 'string' ? migrated(head) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Version 1 knew no resting links, and had nothing that version 2 reads otherwise. One from a later version of the add-on is
 * not touched: it may hold what this one would drop.
 */
function migrated(head: Head): Head | undefined {
  const { version } = head as { readonly version: number };
  if (version === VERSION) return head;
  return version === 1 ? { ...head, version: VERSION } : undefined;
}
