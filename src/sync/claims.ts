/**
 * Whose a CRM user's mail is (C6): the mailbox that is connected for the user lays a claim in a custom value of the
 * location, which every mailbox reads before it writes. Pure; all times are the CRM's, in milliseconds.
 *
 * A claim that takes another mailbox's place takes effect ten minutes after it was written, and a run writes for no more
 * than six minutes after it read the claim: whoever read the former claim has stopped, and knows of the new one, before
 * it counts. Each e-mail belongs to the claim in force when it was added to the CRM, so neither does the other's part.
 */
import { shortHash } from '../platform/hash';
import type { CustomValue } from '../crm/custom-values';

/** From the writing of a claim to its effect. */
export const EFFECT_MS = 10 * 60_000;
/** For so long a run may write after it read the claim; a run's own limit is less (`platform/clock.ts`). */
export const WRITING_MS = 6 * 60_000;
/** How many claims back their beginnings are told: an account may sleep through some. */
const MOST_STARTS = 8;

/** What stands in the custom value. */
export interface ClaimValue {
  /** Counts the claims of this CRM user; kept when one is released. */
  readonly number: number;
  /** Whose it is; both empty where it was released. */
  readonly installation: string;
  readonly mailbox: string;
  /** From when on it counts, and the claims before it, newest first. */
  readonly starts: readonly number[];
}

/** What the account keeps of its claim. */
export interface Claim {
  /** The whole value as it was written: mine only if it is read back the same. */
  readonly text: string;
  /** From when to when e-mails are this mailbox's part; an end of 0 is open. */
  readonly spans: readonly (readonly [number, number])[];
  /** The mailbox (hashed) whose place it took, to which its part is left; empty where there was none, `?` where it is not known. */
  readonly former: string;
}

export interface Claimant {
  readonly crmUser: string;
  readonly installation: string;
  /** `mailboxHash` of the Google account. */
  readonly mailbox: string;
}

export function claimName(crmUser: string): string {
  return `Threadlink mailbox ${crmUser}`;
}

/** Everybody in the location can read custom values: they are told no address, and nothing that is the same elsewhere. */
export function mailboxHash(location: string, address: string): string {
  return shortHash(`${location} ${address.toLowerCase()}`, 8);
}

export function claimText({ number, installation, mailbox, starts }: ClaimValue): string {
  const times = starts.map((start) => start.toString(36)).join(',');
  return [number, installation || '-', mailbox || '-', times].join(' ');
}

/** Undefined for anything that was not written by `claimText`. */
export function readClaim(text: string): ClaimValue | undefined {
  const found = /^(\d{1,9}) (-|[\w-]{4,40}) (-|[\w-]{4,16}) ([a-z0-9]{6,10}(?:,[a-z0-9]{6,10}){0,15})$/.exec(
    text.trim(),
  );
  if (found === null) return undefined;
  const [, number, installation, mailbox, times] = found;
  return {
    number: Number(number),
    installation: installation === '-' ? '' : installation,
    mailbox: mailbox === '-' ? '' : mailbox,
    starts: times.split(',').map((time) => parseInt(time, 36)),
  };
}

/** The row that counts. Where two were made side by side all readers take the same one. */
export function claimRow(rows: readonly CustomValue[], crmUser: string): CustomValue | undefined {
  const name = claimName(crmUser);
  const number = (row: CustomValue) => readClaim(row.value)?.number ?? -1;
  return rows
    .filter((row) => row.name.trim() === name)
    .sort((a, b) => number(b) - number(a) || (a.id < b.id ? -1 : 1))[0];
}

export type Taking =
  | { readonly do: 'keep' }
  /** Another mailbox is connected: the user decides whether to take its place. */
  | { readonly do: 'ask'; readonly number: number }
  | { readonly do: 'write'; readonly row?: CustomValue; readonly claim: ClaimValue; readonly former: string };

/**
 * What a connect does. `allowed` is the number of the claim whose place the user said to take, `since` the beginning of
 * this mailbox's own, of a store that was lost: it goes on, for whoever else loses one (X11).
 */
export function decideTaking(
  me: Claimant,
  own: Claim | undefined,
  rows: readonly CustomValue[],
  now: number,
  allowed?: number,
  since = now,
): Taking {
  const row = claimRow(rows, me.crmUser);
  const there = row === undefined ? undefined : readClaim(row.value);
  if (row !== undefined && own !== undefined && row.value === own.text) return { do: 'keep' };
  const foreign = there !== undefined && there.installation !== '' && there.mailbox !== me.mailbox;
  if (foreign && allowed !== there.number) return { do: 'ask', number: there.number };
  const number = Math.max(there?.number ?? 0, numberOf(own)) + 1;
  // One of this mailbox's own, left by a connect that came to no end, or one that was released: the mailbox before it
  // still finishes its part.
  const unfinished = !foreign && there !== undefined && there.starts[0] > now;
  const start = foreign || unfinished ? now + EFFECT_MS : since;
  const before = there?.starts ?? [];
  const starts = [start, ...(unfinished ? [start, ...before.slice(1)] : before)].slice(0, MOST_STARTS);
  const claim = { number, installation: me.installation, mailbox: me.mailbox, starts };
  const former = foreign ? there.mailbox : unfinished ? own?.former || '?' : '';
  return { do: 'write', row, claim, former };
}

/**
 * A claim of this mailbox that another connect has laid; undefined where there is none. One that goes on tells its beginning
 * twice, so that a connect which was cut finds what it knew of the loss, even its own.
 */
export function standingClaim(
  me: Claimant,
  rows: readonly CustomValue[],
): { readonly since: number; readonly goesOn: boolean } | undefined {
  const row = claimRow(rows, me.crmUser);
  const there = row === undefined ? undefined : readClaim(row.value);
  if (there?.mailbox !== me.mailbox || there.installation === '') return undefined;
  const [since, before] = there.starts;
  const goesOn = since === before;
  return goesOn || there.installation !== me.installation ? { since, goesOn } : undefined;
}

export type Taken =
  | { readonly is: 'mine'; readonly from: number }
  /** It took so long that somebody may have read the former claim too near to its effect: written again, with a new time. */
  | { readonly is: 'late' }
  /** Another mailbox wrote after it, or the write was not done. */
  | { readonly is: 'lost' };

/**
 * What the value, read back at `now`, makes of a claim. One in nobody's place counts from that reading: whoever else
 * laid one meanwhile can have dealt only with earlier e-mails.
 */
export function decideTaken(
  { claim, former }: { readonly claim: ClaimValue; readonly former: string },
  crmUser: string,
  rows: readonly CustomValue[],
  now: number,
): Taken {
  if (claimRow(rows, crmUser)?.value !== claimText(claim)) return { is: 'lost' };
  if (former === '') return { is: 'mine', from: now };
  const [from] = claim.starts;
  return from - now < WRITING_MS ? { is: 'late' } : { is: 'mine', from };
}

/** The claim to keep after it was taken, with what was this mailbox's part before. */
export function claimKept(own: Claim | undefined, claim: ClaimValue, former: string, from: number): Claim {
  const spans = (own?.spans ?? []).slice(-3);
  const last = spans[spans.length - 1];
  // Nobody was in between.
  const goesOn = former === '' && last !== undefined && last[1] === 0;
  return { text: claimText(claim), spans: goesOn ? spans : [...closed(spans, from), [from, 0]], former };
}

export type Standing =
  | { readonly is: 'mine' }
  /** Another mailbox has taken its place, or will at `until`. */
  | { readonly is: 'moved'; readonly until: number }
  /** The value was deleted, edited, or put back: nobody else's, so it is written again. */
  | { readonly is: 'undone' };

/** What a run finds before it writes. */
export function standingOf(text: string, crmUser: string, rows: readonly CustomValue[]): Standing {
  const row = claimRow(rows, crmUser);
  if (row?.value === text) return { is: 'mine' };
  const mine = readClaim(text);
  const there = row === undefined ? undefined : readClaim(row.value);
  if (mine === undefined || there === undefined || there.number < mine.number) return { is: 'undone' };
  if (there.number === mine.number) {
    // Two at once, and the other one was the later: this one never counted.
    return there.installation === '' || there.installation === mine.installation
      ? { is: 'undone' }
      : { is: 'moved', until: mine.starts[0] };
  }
  const after = there.starts[there.number - mine.number - 1] ?? there.starts[there.starts.length - 1];
  return { is: 'moved', until: after };
}

/** The account's claim, after what a run found. */
export function claimAfter(own: Claim, standing: Standing): Claim {
  return standing.is === 'moved' ? { ...own, spans: closed(own.spans, standing.until) } : own;
}

/** The value that releases a claim, keeping its number and times; undefined where it is not mine (any more). */
export function releaseOf(
  own: Claim,
  crmUser: string,
  rows: readonly CustomValue[],
): { readonly row: CustomValue; readonly text: string } | undefined {
  const row = claimRow(rows, crmUser);
  const mine = readClaim(own.text);
  if (row === undefined || mine === undefined || row.value !== own.text) return undefined;
  return { row, text: claimText({ ...mine, installation: '', mailbox: '' }) };
}

/** Whose part is what was added to the CRM at that time? */
export type Part = 'mine' | 'former' | 'next';

export function partOf(claim: Claim | undefined, at: number): Part {
  if (claim === undefined || claim.spans.length === 0) return 'mine';
  if (claim.spans.some(([from, until]) => at >= from && (until === 0 || at < until))) return 'mine';
  return at < claim.spans[claim.spans.length - 1][0] ? 'former' : 'next';
}

/** The user says that the mailbox before is gone: its part, as far as it is later than the connection, is this one's. */
export function withFormerPart(claim: Claim, since: number): Claim {
  const last = claim.spans[claim.spans.length - 1];
  if (last === undefined || claim.former === '') return claim;
  return { ...claim, spans: [...claim.spans.slice(0, -1), [Math.min(since, last[0]), last[1]]] };
}

/** Is it from the address of the mailbox before, and of the time before this claim counts? */
export function isOfFormer({ text, former }: Claim, location: string, from: string, at: number): boolean {
  return at < startOf(text) && mailboxHash(location, from) === former;
}

/** From when on a claim counts, as all mailboxes read it. */
export function startOf(text: string): number {
  return readClaim(text)?.starts[0] ?? 0;
}

/** When another mailbox takes over, or took over; undefined while this one's part has no end. */
export function endOf(claim: Claim | undefined): number | undefined {
  const last = claim?.spans[claim.spans.length - 1];
  return last === undefined || last[1] === 0 ? undefined : last[1];
}

function closed(spans: Claim['spans'], until: number): Claim['spans'] {
  return spans.map(([from, end], index) =>
    index === spans.length - 1 && end === 0 ? [from, Math.max(from, until)] : [from, end],
  );
}

function numberOf(claim: Claim | undefined): number {
  return claim === undefined ? 0 : (readClaim(claim.text)?.number ?? 0);
}
