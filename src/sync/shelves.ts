/**
 * The text form of everything in the state but the head. A shelf is a list of records, one a line, on pages that fit
 * into one property each. A record stays on its page as long as there is room, so that a change rewrites one page.
 */
import { storedBytes } from '../platform/store';
import { PAGE_BYTES, type Pages } from './page';
import { isQuietPage, isReadable, Quiet } from './quiet';
import { asSettings, type Settings } from './settings';
import type { Attempt, Item, Link, Receipt, Stray } from './state';

export interface Shelves {
  readonly links: ReadonlyMap<string, Link>;
  readonly items: ReadonlyMap<string, Item>;
  readonly seen: ReadonlyMap<string, number>;
  readonly strays: ReadonlyMap<string, Stray>;
  readonly receipts: readonly Receipt[];
  /** Links at rest; undefined where there are none. */
  readonly quiet?: Quiet;
  /** A copy of the head's, for where no head can be read; undefined where nothing was written of them. */
  readonly settings?: Settings;
}

/** `before` is what was loaded: a record that is on one of its pages stays there. */
export function toPages(shelves: Shelves, before: Pages): Map<string, string> {
  return new Map([
    ...arrange('l', lines(shelves.links.values(), linkLine), before),
    ...arrange('i', lines(shelves.items.values(), itemLine), before),
    ...arrange('e', seenLines(shelves.seen), before),
    ...arrange('s', lines(shelves.strays.values(), strayLine), before),
    ...arrange('r', lines(shelves.receipts, receiptLine), before),
    ...(shelves.quiet?.pages ?? []),
    ...(shelves.settings === undefined ? [] : ([['o0', JSON.stringify(shelves.settings)]] as const)),
  ]);
}

/** Total for any text: a line that does not read as a record is left out, and the name of its page given. */
export function fromPages(pages: Pages): Shelves & { readonly damaged: readonly string[] } {
  const links = new Map<string, Link>();
  const items = new Map<string, Item>();
  const seen = new Map<string, number>();
  const strays = new Map<string, Stray>();
  const receipts: Receipt[] = [];
  const damaged: string[] = [];
  let settings: Settings | undefined;
  for (const [name, text] of pages) {
    if (name[0] === 'o') {
      settings = readSettings(text);
      continue;
    }
    if (isQuietPage(name)) {
      if (!isReadable(name, text)) damaged.push(name);
      continue;
    }
    for (const line of text.split('\n')) {
      if (line === '') continue;
      try {
        if (name[0] === 'l') put(links, readLink(line), (link) => link.crm);
        else if (name[0] === 'i') put(items, readItem(line), (item) => item.key);
        else if (name[0] === 'e') readSeen(line, seen);
        else if (name[0] === 's') put(strays, readStray(line), (stray) => stray.id);
        else if (name[0] === 'r') receipts.push(readReceipt(line));
      } catch {
        damaged.push(name);
      }
    }
  }
  receipts.sort((a, b) => a.at - b.at);
  const quiet = Quiet.of(pages);
  return {
    ...{ links, items, seen, strays, receipts, damaged },
    ...(quiet.isEmpty ? {} : { quiet }),
    ...(settings === undefined ? {} : { settings }),
  };
}

function readSettings(text: string): Settings | undefined {
  try {
    return asSettings(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function put<T>(map: Map<string, T>, record: T, keyOf: (record: T) => string): void {
  map.set(keyOf(record), record);
}

interface Line {
  readonly key: string;
  readonly text: string;
}

function lines<T>(records: Iterable<T>, toLine: (record: T) => Line): Line[] {
  const result: Line[] = [];
  for (const record of records) result.push(toLine(record));
  return result;
}

function lineOf(name: string, rest: readonly unknown[]): Line {
  const key = writtenKey(name);
  return { key, text: `${key} ${JSON.stringify(rest)}` };
}

function isTooLong({ text }: Pick<Line, 'text'>): boolean {
  return storedBytes(text) + 1 > PAGE_BYTES;
}

function arrange(shelf: string, records: readonly Line[], before: Pages): Map<string, string> {
  const home = new Map<string, string>();
  for (const [name, text] of before) {
    if (name[0] === shelf) for (const line of text.split('\n')) home.set(keyOfLine(line), name);
  }
  const pages = new Map<string, { lines: string[]; bytes: number }>();
  const place = (name: string, text: string): boolean => {
    const page = pages.get(name) ?? { lines: [], bytes: 0 };
    const bytes = storedBytes(text) + 1;
    if (page.bytes + bytes > PAGE_BYTES) return false;
    page.lines.push(text);
    page.bytes += bytes;
    pages.set(name, page);
    return true;
  };
  const homeless: string[] = [];
  for (const { key, text } of records) {
    const name = home.get(key);
    if (name === undefined || !place(name, text)) homeless.push(text);
  }
  let number = 0;
  for (const text of homeless) {
    // No property would take it, and nothing that is not made up by hand is so large.
    if (isTooLong({ text })) continue;
    while (!place(`${shelf}${number}`, text)) number += 1;
  }
  return new Map([...pages].map(([name, page]) => [name, page.lines.join('\n')]));
}

function keyOfLine(line: string): string {
  const end = line.indexOf(' ');
  return end < 0 ? line : line.slice(0, end);
}

/** Ids are another service's: whatever they are, a key ends at the first space of its line, and a line at its break. */
function writtenKey(key: string): string {
  return key.replace(/[^\x21-\x7e]|%/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(4, '0')}`) || '%';
}

function plainKey(written: string): string {
  if (written === '%') return '';
  return written.replace(/%([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new TypeError('not a text');
  return value;
};
/** JSON has nothing else for a number that is none (a date that cannot be read): it must not cost its record. */
const number = (value: unknown): number => {
  if (value === null) return 0;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError('not a number');
  return value;
};
const texts = (value: unknown): string[] => {
  if (!Array.isArray(value)) throw new TypeError('not a list');
  return value.map(text);
};
const numbers = (value: unknown): number[] => {
  if (!Array.isArray(value)) throw new TypeError('not a list');
  return value.map(number);
};
const fields = (line: string): { key: string; rest: unknown[] } => {
  const key = keyOfLine(line);
  const rest: unknown = JSON.parse(line.slice(key.length + 1));
  if (key === '' || !Array.isArray(rest)) throw new TypeError('not a record');
  return { key: plainKey(key), rest };
};
const oneOf = <T extends string>(value: unknown, choices: readonly T[]): T => {
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw new TypeError('not a known word');
  return choice;
};

/** Of a link that one page does not hold, the Gmail threads that take new mirrors, and who wrote in it last. */
const LEAST = { gmail: 150, people: 200, ids: 5 } as const;

function linkLine(link: Link): Line {
  const line = wholeLinkLine(link);
  if (!isTooLong(line)) return line;
  const { gmail, people, ids } = link;
  return wholeLinkLine({
    ...link,
    gmail: gmail.slice(0, LEAST.gmail),
    people: people.slice(-LEAST.people),
    ids: ids.slice(-LEAST.ids),
  });
}

function wholeLinkLine(link: Link): Line {
  const rest = [
    link.conversation,
    link.contact,
    link.gmail,
    link.subject,
    link.people,
    link.address,
    link.since,
    link.touched,
    link.lastEmail,
    link.ids,
    (link.mirrored ? 1 : 0) + (link.received ? 2 : 0),
    link.stopped,
    link.count,
    ...(link.pauses === undefined && link.deferred === undefined ? [] : [link.pauses ?? []]),
    ...(link.deferred === undefined ? [] : [link.deferred]),
  ];
  return lineOf(link.crm, rest);
}

/** What a link in full takes of the store. */
export function linkBytes(link: Link): number {
  return storedBytes(linkLine(link).text) + 1;
}

function readLink(line: string): Link {
  const { key, rest } = fields(line);
  const flags = number(rest[10]);
  return {
    crm: key,
    conversation: text(rest[0]),
    contact: text(rest[1]),
    gmail: texts(rest[2]),
    subject: text(rest[3]),
    people: texts(rest[4]),
    address: text(rest[5]),
    since: number(rest[6]),
    touched: number(rest[7]),
    lastEmail: text(rest[8]),
    ids: texts(rest[9]),
    mirrored: (flags & 1) !== 0,
    received: (flags & 2) !== 0,
    stopped: oneOf(rest[11], ['', 'user', 'former-address']),
    count: number(rest[12]),
    ...(Array.isArray(rest[13]) && rest[13].length > 0 ? { pauses: numbers(rest[13]) } : {}),
    ...(rest[14] === undefined ? {} : { deferred: text(rest[14]) }),
  };
}

function itemLine(item: Item): Line {
  const rest: unknown[] = [item.state, item.reason, item.since, item.next, item.attempts, item.thread];
  const flags = (item.asked === true ? 1 : 0) + (item.doubt === true ? 2 : 0);
  if (item.attempt !== undefined) rest.push([...attemptFields(item.attempt), ...(flags > 0 ? [flags] : [])]);
  else if (flags > 0 || item.uploaded !== undefined) rest.push(flags);
  if (item.uploaded === undefined) return lineOf(item.key, rest);
  const line = lineOf(item.key, [...rest, item.uploaded]);
  // Its attachments are uploaded once more.
  return isTooLong(line) ? lineOf(item.key, rest) : line;
}

function readItem(line: string): Item {
  const { key, rest } = fields(line);
  const flags: unknown = Array.isArray(rest[6]) ? (rest[6] as unknown[])[6] : rest[6];
  return {
    key,
    state: oneOf(rest[0], ['waiting', 'parked', 'held']),
    reason: text(rest[1]) as Item['reason'],
    since: number(rest[2]),
    next: number(rest[3]),
    attempts: number(rest[4]),
    thread: text(rest[5]),
    ...(flags === 1 || flags === 3 ? { asked: true } : {}),
    ...(flags === 2 || flags === 3 ? { doubt: true } : {}),
    ...(rest[7] === undefined ? {} : { uploaded: addresses(rest[7]) }),
    ...(Array.isArray(rest[6]) ? { attempt: readAttempt(rest[6]) } : {}),
  };
}

function attemptFields({ base, at, content, draft = '', message = '', thread = '' }: Attempt): unknown[] {
  return [base, at, content, draft, message, thread];
}

function readAttempt(value: readonly unknown[]): Attempt {
  const given = (index: number): string | undefined => text(value[index]) || undefined;
  return {
    base: text(value[0]),
    at: number(value[1]),
    content: text(value[2]),
    draft: given(3),
    message: given(4),
    thread: given(5),
  };
}

function addresses(value: unknown): Readonly<Record<number, string>> {
  if (typeof value !== 'object' || value === null) throw new Error('no addresses');
  const entries = Object.entries(value).filter(([place]) => /^\d{1,3}$/.test(place));
  return Object.fromEntries(entries.filter(([, url]) => typeof url === 'string' && url.startsWith('https://')));
}

function strayLine(stray: Stray): Line {
  return lineOf(stray.id, [stray.thread, stray.from, stray.subject, stray.at]);
}

function readStray(line: string): Stray {
  const { key, rest } = fields(line);
  return { id: key, thread: text(rest[0]), from: text(rest[1]), subject: text(rest[2]), at: number(rest[3]) };
}

const WHATS = ['mirrored', 'delivered', 'pushed', 'linked', 'joined', 'both', 'left', 'gone', 'removed'] as const;

function receiptLine(receipt: Receipt): Line {
  const rest = [receipt.at, receipt.what, receipt.crm, receipt.direction, receipt.rule];
  if (receipt.email !== undefined) rest.push(receipt.email);
  return lineOf(receipt.key, rest);
}

function readReceipt(line: string): Receipt {
  const { key, rest } = fields(line);
  return {
    key,
    at: number(rest[0]),
    what: oneOf(rest[1], WHATS),
    crm: text(rest[2]),
    direction: oneOf(rest[3], ['inbound', 'outbound', '']),
    rule: text(rest[4]),
    ...(rest[5] === undefined ? {} : { email: text(rest[5]) }),
  };
}

/** Seven characters a hash; a day's hashes in lines of at most 100, so that a page takes what fits. */
const SEEN_LENGTH = 7;
const SEEN_PER_LINE = 100;

function seenLines(seen: ReadonlyMap<string, number>): Line[] {
  const days = new Map<number, string[]>();
  for (const [hash, day] of seen) {
    const hashes = days.get(day);
    if (hashes === undefined) days.set(day, [hash]);
    else hashes.push(hash);
  }
  const result: Line[] = [];
  for (const [day, hashes] of days) {
    for (let from = 0; from < hashes.length; from += SEEN_PER_LINE) {
      const key = `${day}.${from / SEEN_PER_LINE}`;
      result.push({ key, text: `${key} ${hashes.slice(from, from + SEEN_PER_LINE).join('')}` });
    }
  }
  return result;
}

function readSeen(line: string, seen: Map<string, number>): void {
  const key = keyOfLine(line);
  const day = number(Number.parseInt(key, 10));
  const hashes = line.slice(key.length + 1);
  for (let from = 0; from + SEEN_LENGTH <= hashes.length; from += SEEN_LENGTH) {
    seen.set(hashes.slice(from, from + SEEN_LENGTH), day);
  }
}
