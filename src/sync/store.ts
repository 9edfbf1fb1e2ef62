/**
 * Loading and committing the state. Pages are written first, each under a new key; the head that names them is written
 * last, and that one write is the commit: a run that is killed before it leaves the former state whole, page by page.
 * The former head is kept as `head.prev` for a head that was damaged by hand (X11; facts, reliability 2.5).
 *
 * An idle pass reads `head` and writes `head`, and nothing else.
 */
import { now } from '../platform/clock';
import { shortHash } from '../platform/hash';
import { log } from '../platform/log';
import { storedBytes, type Store } from '../platform/store';
import { readHeadText, VERSION } from './head';
import type { Pages } from './page';
import { fromPages, toPages, type Shelves } from './shelves';
import { HEAD_BYTES } from './room';
import { FIRST_SETTINGS } from './settings';
import type { Head, State } from './state';

const HEAD = 'head';
const FORMER = 'head.prev';
const PAGE = 'page.';
/** Its name and its generation. */
const PAGE_KEY = /^page\.([a-z]\d+)\.([0-9a-z]+)$/;
/** 2026: generations are seconds since then. */
const FIRST_SECOND = 1_767_225_600;

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
  /** The head is older than the pages: what was done since is not in it, so nothing is pushed before the CRM was read back (X5). */
  readonly outdated: boolean;
}

/** The store would not take a value: too large, or the quota is spent. What was committed before stands. */
export class StoreRefused extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'StoreRefused';
  }
}

/** Undefined where nobody is connected, or nothing of the connection can be read. */
export function loadHead(store: Store): LoadedHead | undefined {
  const text = store.read(HEAD);
  const head = readHead(text);
  if (head === 'later') return undefined;
  if (head !== undefined) return { head, text: text ?? '', doubt: head.doubt === true };
  const formerText = store.read(FORMER);
  const former = readHead(formerText);
  if (former === undefined || former === 'later') return undefined;
  return { head: { ...former, doubt: true, mendedAt: now() }, text: formerText ?? '', doubt: true };
}

/**
 * No head can be read, and still there was a connection: to be told apart from "not connected". A disconnect leaves nothing,
 * and a first connect that was cut no other pages than those of known e-mails.
 */
export function isDamaged(store: Store): boolean {
  if (loadHead(store) !== undefined) return false;
  return store.keys().some((key) => [HEAD, FORMER].includes(key) || (PAGE_KEY.exec(key)?.[1] ?? 'e')[0] !== 'e');
}

export function loadState(store: Store, head: Head): LoadedState {
  const pages = new Map<string, string>();
  const lostShelves = new Set<string>();
  let lost = 0;
  const names = Object.entries(head.pages);
  // One call for all of them, however many there are (facts, platform 2.1).
  const values = names.length === 0 ? {} : store.all();
  for (const [name, generation] of names) {
    const text = unsealPage(pageKey(name, generation), values);
    if (text !== undefined) pages.set(name, text);
    else {
      lost += 1;
      lostShelves.add(name[0]);
    }
  }
  const { damaged, settings: _, ...shelves } = fromPages(pages);
  for (const shelf of damaged) lostShelves.add(shelf[0]);
  const outdated = isOutdated(head, Object.keys(values));
  return { state: { head, ...shelves }, pages, lost: lost + damaged.length, lostShelves, outdated };
}

/**
 * Is the head older than what was committed since (somebody put a former one back, or a write came late)? Pages of a later
 * generation show it. A run that was killed in its commit leaves them too, but its mark with them, and its intents.
 */
function isOutdated({ generation, attempt }: Head, keys: readonly string[]): boolean {
  if (attempt !== undefined) return false;
  return keys.some((key) => Number.parseInt(PAGE_KEY.exec(key)?.[2] ?? '0', 36) > generation);
}

/** By the keys alone, as an idle pass looks: is every page there, and no later one? */
export function isInOrder(head: Head, keys: readonly string[]): boolean {
  const there = new Set(keys);
  const named = Object.entries(head.pages).map(([name, generation]) => pageKey(name, generation));
  return named.every((key) => there.has(key)) && !isOutdated(head, keys);
}

/** What can still be read where no head can: of each page the newest that is whole. Undefined where there is none. */
export function salvage(store: Store): Shelves | undefined {
  const newest = new Map<string, { generation: number; text: string }>();
  const values = store.all();
  for (const key of Object.keys(values)) {
    const [, name, written] = PAGE_KEY.exec(key) ?? [];
    const text = name === undefined ? undefined : unsealPage(key, values);
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
  const generation = nextGeneration(next.head);
  const pages = toPages({ ...next, settings: next.head.settings ?? FIRST_SETTINGS }, before.pages);
  const named: Record<string, number> = {};
  let changed = false;
  for (const [name, text] of pages) {
    if (before.pages.get(name) === text) {
      named[name] = next.head.pages[name];
      continue;
    }
    changed = true;
    const key = pageKey(name, generation);
    write(store, key, sealPage(key, text));
    named[name] = generation;
  }
  if (changed && before.text !== '') write(store, FORMER, before.text);
  const head: Head = { ...next.head, generation, run, pages: named };
  // From the first one on there is a former head.
  const text = before.text === '' ? writeBothHeads(store, head) : writeHead(store, head);
  if (changed) sweep(store, head);
  return { head, text, doubt: false, pages };
}

/** By the clock: a commit that takes effect late shares no page with the one that was made meanwhile, and counts as older. */
function nextGeneration({ generation }: Head): number {
  return Math.max(generation + 1, Math.floor(now() / 1000) - FIRST_SECOND);
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

/** Removes pages that neither head names. What stays because the platform refuses is met the next time. */
export function sweep(store: Store, head: Head): void {
  try {
    const former = readHead(store.read(FORMER));
    const kept = new Set(
      [head, ...(former === undefined || former === 'later' ? [] : [former])].flatMap(({ pages }) =>
        Object.entries(pages).map(([name, generation]) => pageKey(name, generation)),
      ),
    );
    for (const key of store.keys()) if (key.startsWith(PAGE) && !kept.has(key)) store.remove(key);
  } catch (error) {
    log('pages stay', { error: error instanceof Error ? error.name : 'unknown' });
  }
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

/** A page's checksum is over its key too: one that was put in another's place, or a former one put back, is known. */
function sealPage(key: string, text: string): string {
  return `${shortHash(`${key} ${text}`, 6)}=${text}`;
}

function unsealPage(key: string, values: Readonly<Record<string, string>>): string | undefined {
  if (!Object.prototype.hasOwnProperty.call(values, key)) return undefined;
  const sealed = values[key];
  // Up to version 2, and until the page is written anew.
  if (sealed[6] !== '=') return unseal(sealed);
  const text = sealed.slice(7);
  return shortHash(`${key} ${text}`, 6) === sealed.slice(0, 6) ? text : undefined;
}

function readHead(sealed: string | null): Head | 'later' | undefined {
  const text = unseal(sealed);
  return text === undefined ? undefined : readHeadText(text);
}
