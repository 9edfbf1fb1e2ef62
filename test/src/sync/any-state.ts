/**
 * Any state that the engine can have, for property-based tests. Every generator of a record names every one of its fields,
 * checked by type: a field that is new in the state does not compile here until it is generated too.
 */
import fc from 'fast-check';
import { Quiet } from '../../../src/sync/quiet';
import type {
  Attempt,
  BulkSend,
  Connection,
  FormerAddress,
  Head,
  Intent,
  Item,
  Labels,
  Link,
  OwnSync,
  Reason,
  Receipt,
  Renewal,
  State,
  Stray,
  Tally,
} from '../../../src/sync/state';
import type { Claim } from '../../../src/sync/claims';
import type { Spent } from '../../../src/sync/budget';
import type { Attempt as Mark } from '../../../src/sync/careful';
import type { Gap } from '../../../src/sync/gap';
import type { Incident } from '../../../src/sync/incident';
import type { Marks } from '../../../src/sync/marks';
import { WANTED_CADENCES, type Settings } from '../../../src/sync/settings';

const TIMES = Number(process.env['STATE_RUNS'] ?? 1);

/** How often a property is tried in a usual run; `STATE_RUNS` multiplies it. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: Math.ceil(usual * TIMES) };
}

type Fields<T> = { readonly [Field in keyof Required<T>]: fc.Arbitrary<Exclude<T[Field], undefined>> };
type OptionalOf<T> = { [Field in keyof T]-?: object extends Pick<T, Field> ? Field : never }[keyof T];

/** Optional fields are there or not; that one of them is `optional` is checked by type as well. */
function recordOf<T>(fields: Fields<T>, optional: { readonly [Field in OptionalOf<T>]: true }): fc.Arbitrary<T> {
  const required = Object.keys(fields).filter((field) => !(field in optional));
  return fc.record(fields, { requiredKeys: required as never[] }) as unknown as fc.Arbitrary<T>;
}

const LETTERS = ['a', 'b', 'c', 'X', 'Y', 'Z', '0', '1', '9', '_', '-'];
/** Mostly as services give them, and now and then what would break a line of text. */
export const id = fc.oneof(
  { weight: 12, arbitrary: fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 24 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 0, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom('a b', '%', '%0020', 'a\nb', '', '__proto__', ' ', '\u2028', '[', ':') },
);
/** Words of people: names of locations, reasons, subjects of nobody's choosing. */
const words = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 20 }));
export const hash = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 7, maxLength: 7 });
export const time = fc.nat(2_000_000_000_000);
const flag = fc.boolean();
const yes = fc.constant(true as const);

/** Every reason, and by type no other. */
const REASONS: Readonly<Record<Reason, true>> = {
  'next-pass': true,
  checking: true,
  'own-copy': true,
  order: true,
  'not-sent-yet': true,
  'crm-busy': true,
  'gmail-busy': true,
  'no-time': true,
  unreadable: true,
  'too-heavy': true,
  'refused-by-crm': true,
  'refused-by-gmail': true,
  'contact-gone': true,
  'too-large': true,
  attachment: true,
  'without-contact': true,
  doubtful: true,
  'cannot-deliver': true,
  'unsure-sent': true,
  'draft-changed': true,
  repeated: true,
  'send-again': true,
  asked: true,
  colleague: true,
  'sending-cap': true,
  twice: true,
  'before-connection': true,
  'said-sent': true,
  'own-sync': true,
  status: true,
  'former-mailbox': true,
  forgotten: true,
};

const attempt = recordOf<Attempt>(
  // What is empty counts as not there.
  { base: id, at: time, draft: nonEmpty(), message: nonEmpty(), thread: nonEmpty(), content: id },
  { draft: true, message: true, thread: true },
);

function nonEmpty(): fc.Arbitrary<string> {
  return id.filter((text) => text !== '');
}

export const link = recordOf<Link>(
  {
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
    mirrored: flag,
    received: flag,
    deferred: id,
    stopped: fc.constantFrom('', 'user', 'former-address'),
    pauses: fc.array(time, { minLength: 1, maxLength: 6 }),
    count: fc.nat(1000),
  },
  { deferred: true, pauses: true },
);

export const item = recordOf<Item>(
  {
    key: fc.tuple(fc.constantFrom('g:', 'e:', 'm:', 'c:', 's:', 'd:'), id).map((parts) => parts.join('')),
    state: fc.constantFrom('waiting', 'parked', 'held'),
    reason: fc.constantFrom(...(Object.keys(REASONS) as Reason[])),
    since: time,
    next: time,
    attempts: fc.nat(9),
    thread: id,
    asked: yes,
    doubt: yes,
    attempt,
    uploaded: fc.dictionary(fc.nat(999).map(String), fc.webUrl({ validSchemes: ['https'] }), {
      maxKeys: 3,
    }),
  },
  { asked: true, doubt: true, attempt: true, uploaded: true },
);

export const stray = recordOf<Stray>({ id, thread: id, from: hash, subject: hash, at: time }, {});

export const receipt = recordOf<Receipt>(
  {
    at: time,
    what: fc.constantFrom(
      ...(['mirrored', 'delivered', 'pushed', 'linked', 'joined', 'both', 'left', 'gone', 'removed'] as const),
    ),
    key: id,
    crm: id,
    direction: fc.constantFrom('inbound', 'outbound', ''),
    rule: id,
    email: id,
  },
  { email: true },
);

const sleeper = fc.record({
  gmail: fc.bigInt(1n, 2n ** 64n - 1n).map((value) => value.toString(16)),
  crm: hash.map((value) => value.slice(0, 4)),
  week: fc.nat(2047),
  stopped: flag,
  address: hash,
});
const unmirrored = fc.record({
  crm: hash.map((value) => value.slice(0, 4)),
  person: hash,
  subject: hash,
  week: fc.nat(4000),
  stopped: flag,
  address: hash,
});
const quiet = fc
  .tuple(fc.array(sleeper, { maxLength: 40 }), fc.array(unmirrored, { maxLength: 10 }))
  .filter(([threads, bulk]) => threads.length + bulk.length > 0)
  .map(([threads, bulk]) => new Quiet().with(threads, bulk));

const connection = recordOf<Connection>(
  {
    kind: fc.constantFrom('token', 'oauth'),
    token: id,
    renewal: recordOf<Renewal>({ refreshToken: id, expiresAt: time, renewedAt: time }, {}),
    provider: id,
    location: id,
    locationName: words,
    crmUser: id,
    crmUserName: words,
    mailbox: id,
    address: id,
    former: fc.array(recordOf<FormerAddress>({ address: id, until: time }, {}), { maxLength: 3 }),
    assignedOnly: flag,
    ownAddresses: fc.array(id, { maxLength: 3 }),
    since: time,
    installation: id,
  },
  { renewal: true, provider: true, former: true, assignedOnly: true },
);

const intent = recordOf<Intent>(
  {
    kind: fc.constantFrom('mirror', 'push', 'deliver'),
    key: id,
    at: time,
    base: id,
    crm: id,
    conversation: id,
    altId: words,
    draft: id,
    message: id,
    thread: id,
    content: id,
  },
  { crm: true, conversation: true, altId: true, draft: true, message: true, thread: true, content: true },
);

const labels = recordOf<Labels>(
  { own: id, shown: id, shownName: words, attention: id, private: id, stopped: id, kept: id },
  { shown: true, shownName: true, attention: true, private: true, stopped: true, kept: true },
);

const settings = recordOf<Settings>(
  {
    savedAt: time,
    excluded: fc.array(words, { maxLength: 3 }),
    internalPrivate: flag,
    withoutContact: flag,
    mostBulk: fc.nat(1000),
    mediaStorage: flag,
    label: words,
    cadence: fc.constantFrom(...WANTED_CADENCES),
  },
  { withoutContact: true, mostBulk: true, mediaStorage: true, label: true, cadence: true },
);

const names = fc.array(id, { maxLength: 4 });
const pair = fc.tuple(time, time);

export const head = recordOf<Head>(
  {
    version: fc.constant(3),
    generation: fc.nat(2_000_000_000),
    run: id,
    connection,
    labels,
    claim: recordOf<Claim>({ text: words, spans: fc.array(pair, { maxLength: 3 }), former: id }, {}),
    settings,
    history: id,
    crmAt: time,
    page: id,
    intents: fc.array(intent, { maxLength: 4 }),
    // What it names is for the commit to say.
    pages: fc.constant({}),
    echoes: names,
    passedAt: time,
    startedAt: time,
    sweptAt: time,
    due: time,
    trouble: id,
    today: recordOf<Tally>(
      { day: fc.nat(30_000), mirrored: fc.nat(99), delivered: fc.nat(99), pushed: fc.nat(99) },
      {},
    ),
    marks: recordOf<Marks>(
      { shown: names, on: names, off: names, stopped: names, resumed: names, refused: fc.constant<true>(true) },
      { stopped: true, resumed: true, refused: true },
    ),
    attention: names,
    sends: fc.array(pair, { maxLength: 3 }),
    ownSync: recordOf<OwnSync>({ seenAt: time, offAt: time }, {}),
    bulk: recordOf<BulkSend>({ at: time, count: fc.nat(9999) }, {}),
    cadence: fc.nat(60),
    gap: recordOf<Gap>({ since: time, after: id }, {}),
    rereadAt: time,
    attempt: recordOf<Mark>({ key: id, times: fc.nat(3) }, {}),
    spent: recordOf<Spent>({ since: time, ms: fc.nat(1_000_000) }, {}),
    crmLeft: fc.nat(100),
    joinsBy: fc.constantFrom('email', 'thread'),
    incident: recordOf<Incident>({ code: id, since: time, tried: time, told: flag }, {}),
    mendedAt: time,
    forgotten: time,
    ownCopies: flag,
    rebuild: flag,
    doubt: flag,
  },
  {
    labels: true,
    claim: true,
    settings: true,
    marks: true,
    attention: true,
    sends: true,
    ownSync: true,
    bulk: true,
    gap: true,
    rereadAt: true,
    attempt: true,
    spent: true,
    crmLeft: true,
    joinsBy: true,
    incident: true,
    mendedAt: true,
    forgotten: true,
    ownCopies: true,
    rebuild: true,
    doubt: true,
  },
);

const byKey = <T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T> =>
  new Map(values.map((value) => [keyOf(value), value]));

/** `size` 1 is a state of some pages; less makes smaller ones. */
export function anyState(size = 1): fc.Arbitrary<State> {
  const most = (count: number) => ({ maxLength: Math.ceil(count * size) });
  return recordOf<State>(
    {
      head,
      links: fc.array(link, most(60)).map((all) => byKey(all, ({ crm }) => crm)),
      quiet,
      items: fc.array(item, most(40)).map((all) => byKey(all, ({ key }) => key)),
      seen: fc.array(fc.tuple(hash, fc.nat(30_000)), most(300)).map((all) => new Map(all)),
      strays: fc.array(stray, most(20)).map((all) => byKey(all, (one) => one.id)),
      receipts: fc.array(receipt, most(20)).map((all) => [...all].sort((a, b) => a.at - b.at)),
    },
    { quiet: true },
  );
}

/**
 * So many different states: of those to choose from, since making one takes longer than a commit of it, and what a fault does
 * depends little on which it is. They are the same each time, and more of them with more runs.
 */
export function differentStates(many: number): fc.Arbitrary<State[]> {
  const count = Math.ceil(16 * Math.sqrt(TIMES));
  const states = fc.sample(anyState(0.2), { numRuns: count, seed: 1 }).map((state, index) => ({
    ...state,
    // A commit of the engine always has something to say of what it wrote.
    receipts: [...state.receipts, { ...LAST, key: `g:${index}` }],
  }));
  return fc.shuffledSubarray(states, { minLength: many, maxLength: many });
}

const LAST: Receipt = { at: 2_000_000_000_001, what: 'pushed', key: '', crm: 'c', direction: '', rule: 'T2' };

/**
 * Everything of a state that has to survive, as one text in an order of its own; what the commit itself writes into the head
 * is left out.
 */
export function contents({ head: all, links, quiet: resting, items, seen, strays, receipts }: State): string {
  const { generation: _generation, run: _run, pages: _pages, ...kept } = all;
  return JSON.stringify({
    head: inOrder(kept),
    links: sorted(links),
    quiet: [...(resting?.pages.values() ?? [])].sort(),
    items: sorted(items),
    seen: sorted(seen),
    strays: sorted(strays),
    // Those of one moment stand in the order of their pages.
    receipts: receipts.map((one) => JSON.stringify(inOrder(one))).sort(),
  });
}

function sorted<T>(map: ReadonlyMap<string, T>): unknown {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, inOrder(value)]);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, inOrder(field)]));
}
