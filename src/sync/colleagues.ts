/**
 * Two connected colleagues in one CRM thread (T10): whose mailbox logs a message. Pure, and the same from the sight of each
 * of them: the sender's own mailbox, else the first connected address in To and Cc; the others an hour later, if it is
 * missing in the CRM then.
 */
import { shortHash } from '../platform/hash';
import type { CustomValue } from '../crm/custom-values';
import type { CrmUser } from '../crm/types';
import { bareAddress } from '../gmail/mime/addresses';
import type { Mail } from '../gmail/mime/types';
import { mailboxHash, readClaim } from './claims';
import { homeDomain } from './privacy';
import type { Connection } from './state';
import { domainOf } from './threads';

/** So long the first one has, and the others do nothing. */
export const TURN_MS = 60 * 60_000;
/** A run and whatever it has begun come to their end before the others' time: the first one begins nothing later than this. */
const FIRST_MS = 40 * 60_000;
/** After it each has a slot of its own in turn. No divisor of an hour, so that an hourly run meets its slot. */
const SLOT_MS = 17 * 60_000;

type Who = Pick<Connection, 'location' | 'crmUser' | 'mailbox' | 'ownAddresses'>;

/** Hashes of the mailboxes of other CRM users that hold a claim, by user (C6). */
export function connectedOthers(rows: readonly CustomValue[], { crmUser }: Who): ReadonlyMap<string, string> {
  const others = new Map<string, string>();
  for (const { name, value } of rows) {
    const user = /^Threadlink mailbox ([\w-]{1,64})$/.exec(name.trim())?.[1];
    const claim = readClaim(value);
    if (user !== undefined && user !== crmUser && claim !== undefined && claim.installation !== '')
      others.set(user, claim.mailbox);
  }
  return others;
}

export interface Turn {
  /** 0 for whoever logs it at once. */
  readonly rank: number;
  /** How many share in it. */
  readonly of: number;
}

/**
 * `others` and `users` tell who is connected. Everybody of the user's own domain counts as connected where others are:
 * which of their aliases they connected is not known here.
 */
export function turnOf(mail: Mail, me: Who, others: ReadonlyMap<string, string>, users: readonly CrmUser[]): Turn {
  const mine = [...me.ownAddresses, me.mailbox].map(bareAddress);
  const hashes = new Set(others.values());
  const logins = users.filter(({ id }) => others.has(id)).map(({ email }) => bareAddress(email));
  const home = homeDomain(me.mailbox);
  const queue: string[] = [];
  for (const { email } of [mail.from, ...mail.to, ...mail.cc]) {
    const address = bareAddress(email);
    if (address === '') continue;
    const who = mine.includes(address)
      ? 'me'
      : hashes.has(mailboxHash(me.location, address)) || logins.includes(address) || domainOf(address) === home
        ? shortHash(address)
        : undefined;
    if (who !== undefined && !queue.includes(who)) queue.push(who);
  }
  if (!queue.includes('me')) queue.push('me');
  return { rank: queue.indexOf('me'), of: queue.length };
}

/** When this mailbox may log a message of that date; not before `now`. */
export function turnAt({ rank, of }: Turn, date: number, now: number): number {
  if (of === 1 || (rank === 0 && now < date + FIRST_MS)) return now;
  const from = Math.max(now, date + TURN_MS);
  const slot = Math.floor(from / SLOT_MS);
  const wait = (rank - (slot % of) + of) % of;
  return wait === 0 ? from : (slot + wait) * SLOT_MS;
}
