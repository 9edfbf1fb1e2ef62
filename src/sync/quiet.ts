/**
 * Links at rest (X11): what is kept of a thread in which nothing happens, in about 15 characters instead of some 300. The
 * rest is read from the two mailboxes when it wakes (`wake.ts`). A page of the store holds some 500 of them, sorted by
 * Gmail thread id, in columns of fixed width, so that a look-up decodes one page and a change rewrites one.
 *
 * Pages `q…`: a Gmail thread each. Pages `b…`: CRM threads that have no Gmail thread yet (the rest of a bulk send, R3), by
 * their contact and subject.
 */
import { shortHash } from '../platform/hash';
import { digits, fromDigits, isGmailId, paddedId, plainId, sumOf, gapOf } from './digits';
import { PAGE_BYTES, type Pages } from './page';

/** One Gmail thread of a resting link. */
export interface Sleeper {
  readonly gmail: string;
  /** A short hash of the CRM thread's id; to be checked before use. */
  readonly crm: string;
  /** The week in which the link began, by `weekOf`. */
  readonly week: number;
  /** The user stopped it (T8). */
  readonly stopped: boolean;
  /** Hash of the connected address that it belongs to (C6). */
  readonly address: string;
}

/** A resting link without a Gmail thread. */
export interface Unmirrored {
  readonly crm: string;
  readonly person: string;
  readonly subject: string;
  readonly week: number;
  readonly stopped: boolean;
  readonly address: string;
}

const CRM = 4;
const META = 3;
const PERSON = 7;
/** Addresses that a page can tell apart. */
const MOST_ADDRESSES = 64;

const WEEK_MS = 7 * 86_400_000;
/** 4 January 2010: 11 bits of weeks from there on reach to 2049. */
const FIRST_WEEK = 1_262_563_200_000;

export function weekOf(time: number): number {
  return Math.max(0, Math.floor((time - FIRST_WEEK) / WEEK_MS));
}

export function startOfWeek(week: number): number {
  return week === 0 ? 0 : FIRST_WEEK + week * WEEK_MS;
}

export function crmKey(crm: string): string {
  return shortHash(crm, CRM);
}

interface Page {
  readonly name: string;
  readonly first: string;
  readonly text: string;
}

/** Immutable: a change gives another one, in which untouched pages are the same texts. */
export class Quiet {
  private sorted: Page[] | undefined;

  constructor(readonly pages: Pages = new Map()) {}

  /** Those that are on these pages of a store. */
  static of(pages: Pages): Quiet {
    return new Quiet(new Map([...pages].filter(([name]) => isQuietPage(name))));
  }

  /** Resting Gmail threads. */
  get size(): number {
    return this.inOrder().reduce((sum, { text }) => sum + countOf(text), 0);
  }

  get isEmpty(): boolean {
    return this.pages.size === 0;
  }

  get hasUnmirrored(): boolean {
    return [...this.pages.keys()].some((name) => name[0] === 'b');
  }

  get bytes(): number {
    let bytes = 0;
    for (const text of this.pages.values()) bytes += text.length;
    return bytes;
  }

  byGmail(threadId: string): Sleeper | undefined {
    if (!isGmailId(threadId) || this.isEmpty) return undefined;
    const page = pageFor(this.inOrder(), paddedId(threadId));
    return page === undefined ? undefined : decode(page.text).find(({ gmail }) => gmail === threadId);
  }

  /** All that may be of that CRM thread: other threads can have the same short hash. */
  byCrm(crm: string): { readonly threads: readonly Sleeper[]; readonly unmirrored: readonly Unmirrored[] } {
    const key = crmKey(crm);
    return {
      threads: this.inOrder()
        .filter(({ text }) => text.includes(key))
        .flatMap(({ text }) => decode(text).filter((sleeper) => sleeper.crm === key)),
      unmirrored: this.bulkLines((line) => line.includes(key)).filter((entry) => entry.crm === key),
    };
  }

  /** The other Gmail threads of the same link, by its short hash. */
  besides(sleeper: Sleeper): Sleeper[] {
    return this.inOrder()
      .filter(({ text }) => text.includes(sleeper.crm))
      .flatMap(({ text }) => decode(text).filter(({ crm }) => crm === sleeper.crm))
      .filter(({ gmail }) => gmail !== sleeper.gmail);
  }

  /** Those of a bulk send to this person with this subject (T5), newest first. */
  byPerson(person: string, subject: string): Unmirrored[] {
    return this.bulkLines((line) => line.startsWith(`${subject} `))
      .filter((entry) => entry.person === person && entry.subject === subject)
      .sort((a, b) => b.week - a.week);
  }

  /** How many Gmail threads belong to another address than this one. */
  countOfOthers(address: string): number {
    return this.inOrder().reduce((sum, { text }) => {
      const known = fieldsOf(text).addresses;
      if (known.length === 1 && known[0] === address) return sum;
      return sum + decode(text).filter((sleeper) => sleeper.address !== address).length;
    }, 0);
  }

  with(threads: readonly Sleeper[], unmirrored: readonly Unmirrored[] = []): Quiet {
    const changed = new Map(this.pages);
    const groups = new Map<Page | undefined, Sleeper[]>();
    for (const sleeper of threads) {
      const page = pageFor(this.inOrder(), paddedId(sleeper.gmail)) ?? this.inOrder()[0];
      const group = groups.get(page);
      if (group === undefined) groups.set(page, [sleeper]);
      else group.push(sleeper);
    }
    for (const [page, added] of groups) {
      const all = new Map((page === undefined ? [] : decode(page.text)).map((entry) => [entry.gmail, entry]));
      for (const sleeper of added) all.set(sleeper.gmail, sleeper);
      if (page !== undefined) changed.delete(page.name);
      for (const text of encode([...all.values()])) changed.set(freeName(changed, 'q', page?.name), text);
    }
    return new Quiet(changed).withUnmirrored(unmirrored);
  }

  without(gmail: ReadonlySet<string>, unmirrored: readonly Unmirrored[] = []): Quiet {
    const changed = new Map(this.pages);
    const pages = new Set([...gmail].filter(isGmailId).map((id) => pageFor(this.inOrder(), paddedId(id))));
    for (const page of pages) {
      if (page === undefined) continue;
      const all = decode(page.text);
      const left = all.filter((entry) => !gmail.has(entry.gmail));
      if (left.length === all.length) continue;
      changed.delete(page.name);
      for (const text of encode(left)) changed.set(freeName(changed, 'q', page.name), text);
    }
    if (unmirrored.length === 0) return new Quiet(changed);
    const gone = new Set(unmirrored.map(({ crm, person }) => crm + person));
    return new Quiet(changed).withBulk((entry) => !gone.has(entry.crm + entry.person), []);
  }

  private withUnmirrored(added: readonly Unmirrored[]): Quiet {
    return added.length === 0 ? this : this.withBulk(() => true, added);
  }

  private withBulk(keep: (entry: Unmirrored) => boolean, added: readonly Unmirrored[]): Quiet {
    const changed = new Map([...this.pages].filter(([name]) => name[0] !== 'b'));
    const all = [...this.bulkLines(() => true).filter(keep), ...added];
    for (const text of encodeBulk(all)) changed.set(freeName(changed, 'b'), text);
    return new Quiet(changed);
  }

  private bulkLines(fits: (line: string) => boolean): Unmirrored[] {
    const found: Unmirrored[] = [];
    for (const [name, text] of this.pages) {
      if (name[0] === 'b') for (const line of text.split('\n')) if (fits(line)) found.push(...decodeBulk(line));
    }
    return found;
  }

  private inOrder(): Page[] {
    if (this.sorted === undefined) {
      this.sorted = [...this.pages]
        .flatMap(([name, text]) => (name[0] === 'q' ? [{ name, text, first: fieldsOf(text).first }] : []))
        .sort((a, b) => (a.first < b.first ? -1 : 1));
    }
    return this.sorted;
  }
}

export function isQuietPage(name: string): boolean {
  return name[0] === 'q' || name[0] === 'b';
}

/** Does a page read as one? Total for any text. */
export function isReadable(name: string, text: string): boolean {
  if (name[0] === 'b') return text.split('\n').every((line) => decodeBulk(line).length > 0);
  const { width, first, body } = fieldsOf(text);
  return width > 0 && first.length === 16 && body.length > 0 && body.length % (width + CRM + META) === 0;
}

/** The last page that begins at or before the id. */
function pageFor(pages: readonly Page[], id: string): Page | undefined {
  let low = 0;
  let high = pages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pages[middle].first <= id) low = middle + 1;
    else high = middle;
  }
  return pages[low - 1];
}

function freeName(pages: Pages, shelf: string, wanted?: string): string {
  if (wanted !== undefined && !pages.has(wanted)) return wanted;
  for (let number = 0; ; number++) if (!pages.has(`${shelf}${number}`)) return `${shelf}${number}`;
}

/** `width addresses first columns`: gaps between ids, CRM hashes, and week, stop and address of each. */
function fieldsOf(text: string): { width: number; addresses: string[]; first: string; body: string } {
  const [width = '', addresses = '', first = '', body = ''] = text.split(' ');
  return { width: /^\d\d?$/.test(width) ? Number(width) : 0, addresses: addresses.split(','), first, body };
}

function countOf(text: string): number {
  const { width, body } = fieldsOf(text);
  return width === 0 ? 0 : Math.floor(body.length / (width + CRM + META));
}

function decode(text: string): Sleeper[] {
  const { width, addresses, first, body } = fieldsOf(text);
  const count = countOf(text);
  const found: Sleeper[] = [];
  let id = first;
  for (let index = 0; index < count; index++) {
    id = sumOf(id, body.slice(index * width, (index + 1) * width));
    const crm = count * width + index * CRM;
    const meta = count * (width + CRM) + index * META;
    const value = fromDigits(body.slice(meta, meta + META));
    found.push({
      gmail: plainId(id),
      crm: body.slice(crm, crm + CRM),
      week: value >> 7,
      stopped: ((value >> 6) & 1) === 1,
      address: addresses[value & 63] ?? '',
    });
  }
  return found;
}

/** Page texts that fit, with some room where there are several, so that one more does not split them. */
function encode(sleepers: readonly Sleeper[]): string[] {
  if (sleepers.length === 0) return [];
  const sorted = [...sleepers].sort((a, b) => (paddedId(a.gmail) < paddedId(b.gmail) ? -1 : 1));
  const whole = encodeOne(sorted);
  if (whole !== undefined && whole.length <= PAGE_BYTES) return [whole];
  const parts = Math.max(2, Math.ceil((sorted.length * (11 + CRM + META)) / (PAGE_BYTES * 0.9)));
  const size = Math.ceil(sorted.length / parts);
  const texts: string[] = [];
  for (let from = 0; from < sorted.length; from += size) texts.push(...encode(sorted.slice(from, from + size)));
  return texts;
}

/** Undefined where too many addresses meet on it. */
function encodeOne(sorted: readonly Sleeper[]): string | undefined {
  const addresses = [...new Set(sorted.map(({ address }) => address))];
  if (addresses.length > MOST_ADDRESSES) return undefined;
  const first = paddedId(sorted[0].gmail);
  const gaps = sorted.map(({ gmail }, index) =>
    gapOf(index === 0 ? first : paddedId(sorted[index - 1].gmail), paddedId(gmail)),
  );
  const width = Math.max(1, ...gaps.map((gap) => gap.replace(/0+$/, '').length));
  const metas = sorted.map(({ week, stopped, address }) =>
    digits(Math.min(week, 2047) * 128 + (stopped ? 64 : 0) + addresses.indexOf(address), META),
  );
  const columns = [gaps.map((gap) => gap.slice(0, width)), sorted.map(({ crm }) => crm), metas];
  return `${width} ${addresses.join(',')} ${first} ${columns.map((column) => column.join('')).join('')}`;
}

const BULK_LINE = /^([\w-]{7}) (\d+) ([01]) ([\w-]{7}) ((?:[\w-]{11})+)$/;
const MOST_ON_LINE = 100;

function decodeBulk(line: string): Unmirrored[] {
  const [, subject, week, stopped, address, entries] = BULK_LINE.exec(line) ?? [];
  const found: Unmirrored[] = [];
  for (let at = 0; at < (entries?.length ?? 0); at += PERSON + CRM) {
    found.push({
      person: entries.slice(at, at + PERSON),
      crm: entries.slice(at + PERSON, at + PERSON + CRM),
      subject,
      week: Number(week),
      stopped: stopped === '1',
      address,
    });
  }
  return found;
}

function encodeBulk(all: readonly Unmirrored[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { subject, week, stopped, address, person, crm } of all) {
    const head = `${subject} ${week} ${stopped ? 1 : 0} ${address} `;
    const group = groups.get(head);
    if (group === undefined) groups.set(head, [person + crm]);
    else group.push(person + crm);
  }
  const lines: string[] = [];
  for (const [head, entries] of groups) {
    const known = [...new Set(entries)];
    for (let from = 0; from < known.length; from += MOST_ON_LINE)
      lines.push(head + known.slice(from, from + MOST_ON_LINE).join(''));
  }
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.length - 1;
    if (last >= 0 && texts[last].length + 1 + line.length <= PAGE_BYTES) texts[last] += `\n${line}`;
    else texts.push(line);
  }
  return texts;
}
