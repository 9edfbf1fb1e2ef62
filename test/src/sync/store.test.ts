import fc from 'fast-check';
import { shortHash } from '../../../src/platform/hash';
import { storedBytes, type Store } from '../../../src/platform/store';
import { commit, isDamaged, loadHead, loadState, salvage, StoreRefused, writeHead } from '../../../src/sync/store';
import { Quiet } from '../../../src/sync/quiet';
import type { Head, Item, Link, Receipt, State, Stray } from '../../../src/sync/state';

/** A property store in memory that can die before its nth write or refuse it. */
class MemoryStore implements Store {
  readonly values = new Map<string, string>();
  reads: string[] = [];
  writes = 0;
  dieAt = Infinity;
  refuseAt = Infinity;

  read(key: string): string | null {
    this.reads.push(key);
    return this.values.get(key) ?? null;
  }

  all(): Record<string, string> {
    this.reads.push('*');
    return Object.fromEntries(this.values);
  }

  write(key: string, value: string): void {
    this.count();
    expect(storedBytes(value)).toBeLessThanOrEqual(8_066);
    this.values.set(key, value);
  }

  remove(key: string): void {
    this.count();
    this.values.delete(key);
  }

  keys(): string[] {
    return [...this.values.keys()];
  }

  clear(): void {
    this.values.clear();
  }

  private count(): void {
    this.writes += 1;
    if (this.writes === this.dieAt) throw new Killed();
    if (this.writes === this.refuseAt) throw new Error('You have exceeded the property storage quota.');
  }
}

class Killed extends Error {}

const head = (over: Partial<Head> = {}): Head => ({
  version: 2,
  generation: 0,
  run: '',
  connection: {
    kind: 'token',
    token: 'pit-1',
    location: 'L',
    locationName: 'Acme',
    crmUser: 'U',
    crmUserName: 'Alex',
    mailbox: 'alex@example.com',
    address: 'alex@example.com',
    ownAddresses: ['alex@example.com'],
    since: 1,
    installation: 'i',
  },
  history: '1',
  crmAt: 1,
  page: '',
  intents: [],
  pages: {},
  echoes: [],
  passedAt: 0,
  startedAt: 0,
  sweptAt: 0,
  due: 0,
  trouble: '',
  today: { day: 0, mirrored: 0, delivered: 0, pushed: 0 },
  cadence: 60,
  ...over,
});

const id = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'X', 'Y', 'Z', '0', '1', '9', '_', '-'),
  minLength: 1,
  maxLength: 24,
});
const hash = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'X', 'Y', 'Z', '0', '1', '9', '_', '-'),
  minLength: 7,
  maxLength: 7,
});
const time = fc.nat(2_000_000_000_000);
const link: fc.Arbitrary<Link> = fc.record({
  crm: id,
  conversation: id,
  contact: id,
  gmail: fc.array(id, { maxLength: 3 }),
  subject: fc.oneof(hash, fc.constant('')),
  people: fc.array(hash, { maxLength: 4 }),
  address: hash,
  since: time,
  touched: time,
  lastEmail: id,
  ids: fc.array(hash, { maxLength: 20 }),
  mirrored: fc.boolean(),
  received: fc.boolean(),
  stopped: fc.constantFrom('', 'user', 'former-address'),
  count: fc.nat(1000),
});
const item: fc.Arbitrary<Item> = fc.record({
  key: id.map((value) => `g:${value}`),
  state: fc.constantFrom('waiting', 'parked', 'held'),
  reason: fc.constantFrom('checking', 'crm-busy'),
  since: time,
  next: time,
  attempts: fc.nat(9),
  thread: id,
  uploaded: fc.option(fc.constant({ 0: 'https://storage.example/a', 7: 'https://storage.example/b' }), {
    nil: undefined,
  }),
});
const stray: fc.Arbitrary<Stray> = fc.record({ id, thread: id, from: hash, subject: hash, at: time });
const receipt: fc.Arbitrary<Receipt> = fc.record({
  at: time,
  what: fc.constantFrom('mirrored', 'pushed', 'left'),
  key: id,
  crm: id,
  direction: fc.constantFrom('inbound', 'outbound', ''),
  rule: id,
  email: fc.option(id, { nil: undefined }),
});
const sleeper = fc.record({
  gmail: fc.bigInt(1n, 2n ** 64n - 1n).map((value) => value.toString(16)),
  crm: hash.map((value) => value.slice(0, 4)),
  week: fc.nat(2047),
  stopped: fc.boolean(),
  address: hash,
});
const unmirrored = fc.record({
  crm: hash.map((value) => value.slice(0, 4)),
  person: hash,
  subject: hash,
  week: fc.nat(4000),
  stopped: fc.boolean(),
  address: hash,
});
const quiet = fc
  .tuple(fc.array(sleeper, { maxLength: 40 }), fc.array(unmirrored, { maxLength: 10 }))
  .map(([threads, bulk]) => new Quiet().with(threads, bulk));
const byKey = <T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T> =>
  new Map(values.map((value) => [keyOf(value), value]));
const state: fc.Arbitrary<State> = fc
  .record({
    links: fc.array(link, { maxLength: 60 }),
    items: fc.array(item, { maxLength: 40 }),
    seen: fc.array(fc.tuple(hash, fc.nat(30_000)), { maxLength: 300 }),
    strays: fc.array(stray, { maxLength: 20 }),
    receipts: fc.array(receipt, { maxLength: 20 }),
    quiet,
  })
  .map(({ links, items, seen, strays, receipts, quiet: resting }) => ({
    head: head(),
    quiet: resting,
    links: byKey(links, ({ crm }) => crm),
    items: byKey(items, ({ key }) => key),
    seen: new Map(seen),
    strays: byKey(strays, (value) => value.id),
    receipts: [...receipts].sort((a, b) => a.at - b.at),
  }));

const contents = ({ links, items, seen, strays, receipts, quiet: resting }: State) => ({
  quiet: [...(resting?.pages ?? [])].map(([, text]) => text).sort(),
  links: sorted(links),
  items: sorted(items),
  seen: sorted(seen),
  strays: sorted(strays),
  receipts: receipts
    .map(({ key, at, what, crm, direction, rule }) => [key, at, what, crm, direction, rule].join(' '))
    .sort(),
});
const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

function load(store: Store): State {
  const loaded = loadHead(store);
  if (loaded === undefined) throw new Error('nothing is there');
  const { state: found, lost } = loadState(store, loaded.head);
  expect(lost).toBe(0);
  return found;
}

function save(store: Store, next: State): void {
  const loaded = loadHead(store);
  const before =
    loaded === undefined
      ? { text: '', pages: new Map<string, string>() }
      : { text: loaded.text, pages: loadState(store, loaded.head).pages };
  const pages = loaded?.head.pages ?? {};
  const generation = loaded?.head.generation ?? 0;
  commit(store, before, { ...next, head: { ...next.head, pages, generation } }, 'run');
}

test('X11: any state survives being stored, in values that fit a property', () => {
  fc.assert(
    fc.property(state, state, (first, second) => {
      const store = new MemoryStore();
      save(store, first);
      expect(contents(load(store))).toEqual(contents(first));
      save(store, second);
      expect(contents(load(store))).toEqual(contents(second));
    }),
    { numRuns: 60 },
  );
});

test('X11: a kill before any write of a commit leaves the former state or the new one, whole', () => {
  fc.assert(
    fc.property(state, state, (first, second) => {
      const whole = new MemoryStore();
      save(whole, first);
      whole.writes = 0;
      const before = new Map(whole.values);
      save(whole, second);
      const total = whole.writes;
      for (let at = 1; at <= total; at++) {
        const store = new MemoryStore();
        before.forEach((value, key) => store.values.set(key, value));
        store.dieAt = at;
        expect(() => save(store, second)).toThrow();
        store.dieAt = Infinity;
        expect([contents(first), contents(second)]).toContainEqual(contents(load(store)));
        // And what comes after it is whole again.
        save(store, second);
        expect(contents(load(store))).toEqual(contents(second));
      }
    }),
    { numRuns: 15 },
  );
});

test('X11: a refused write is an error of its own and leaves the former state', () => {
  const [first, second] = fc.sample(state, { numRuns: 2, seed: 7 });
  const store = new MemoryStore();
  save(store, first);
  store.writes = 0;
  store.refuseAt = 1;
  expect(() => save(store, second)).toThrow(StoreRefused);
  expect(contents(load(store))).toEqual(contents(first));
});

test('X11: a head edited by hand is known, and the one before it is used, in doubt', () => {
  const [first, second] = fc.sample(state, { numRuns: 2, seed: 9 });
  const store = new MemoryStore();
  save(store, first);
  save(store, second);
  store.values.set('head', (store.values.get('head') ?? '').replace('Acme', 'Evil'));
  const loaded = loadHead(store);
  expect(loaded?.doubt).toBe(true);
  expect(loaded?.head.generation).toBe(1);
  store.values.delete('head.prev');
  expect(loadHead(store)).toBeUndefined();
  expect(isDamaged(store)).toBe(true);
});

test('X11: a lost or damaged page is counted, the others are read', () => {
  const [first] = fc.sample(state, { numRuns: 1, seed: 11 });
  const store = new MemoryStore();
  save(store, first);
  const key = store.keys().find((name) => name.startsWith('page.l'));
  store.values.set(key ?? '', 'nonsense');
  const loaded = loadHead(store);
  expect(loaded).toBeDefined();
  if (loaded !== undefined) expect(loadState(store, loaded.head).lost).toBe(1);
});

test('X11: a state of version 1 is read, and written on as version 2', () => {
  const [first] = fc.sample(state, { numRuns: 1, seed: 13 });
  const store = new MemoryStore();
  save(store, first);
  const [sum, text] = (store.values.get('head') ?? '').split(/:(.*)/s);
  expect(sum).toHaveLength(6);
  const old = text.replace('"version":2', '"version":1');
  store.values.set('head', `${shortHash(old, 6)}:${old}`);
  expect(contents(load(store))).toEqual(contents(first));
  save(store, first);
  expect(store.values.get('head')).toContain('"version":2');
  expect(contents(load(store))).toEqual(contents(first));
});

test('X11: a state of a later version is left alone', () => {
  const [first] = fc.sample(state, { numRuns: 1, seed: 13 });
  const store = new MemoryStore();
  save(store, first);
  const text = (store.values.get('head') ?? '').slice(7).replace('"version":2', '"version":3');
  store.values.set('head', `${shortHash(text, 6)}:${text}`);
  expect(loadHead(store)).toBeUndefined();
  expect(isDamaged(store)).toBe(true);
});

test('X11: where no head can be read, the pages that are whole still can', () => {
  const samples = fc.sample(state, { numRuns: 3, seed: 21 });
  const store = new MemoryStore();
  for (const sample of samples) save(store, sample);
  store.values.delete('head');
  store.values.delete('head.prev');
  const found = salvage(store);
  for (const [key, value] of samples[2].links) expect(found?.links.get(key)).toEqual(value);
  for (const [key, value] of samples[2].items) expect(found?.items.get(key)).toEqual(value);
});

test('X11: an idle pass reads one key and writes one', () => {
  const [first] = fc.sample(state, { numRuns: 1, seed: 5 });
  const store = new MemoryStore();
  save(store, first);
  store.reads = [];
  store.writes = 0;
  const loaded = loadHead(store);
  if (loaded !== undefined) writeHead(store, { ...loaded.head, passedAt: 1 });
  expect(store.reads).toEqual(['head']);
  expect(store.writes).toBe(1);
  expect(contents(load(store))).toEqual(contents(first));
});

test('X11: pages that no head names are dropped, those of the former head are kept', () => {
  const samples = fc.sample(state, { numRuns: 4, seed: 3 });
  const store = new MemoryStore();
  for (const sample of samples) save(store, sample);
  const loaded = loadHead(store);
  const named = Object.keys(loaded?.head.pages ?? {}).length;
  expect(store.keys().filter((key) => key.startsWith('page.')).length).toBeLessThanOrEqual(2 * (named + 12));
  expect(contents(load(store))).toEqual(contents(samples[3]));
});
