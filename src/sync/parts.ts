/** Which of the mailbox's addresses a message belongs to, by the time at which it was added (C6). Pure; times are the CRM's. */
import { shortHash } from '../platform/hash';
import type { Connection, FormerAddress, Link } from './state';

type Addresses = Pick<Connection, 'address' | 'former'>;

/** The CRM tells some of its times in whole seconds: within the second of a change both addresses count. */
const SECOND = 1_000;
/** Older changes are over and done with. */
const MOST_FORMER = 4;

interface Period {
  readonly address: string;
  readonly from: number;
  readonly until: number;
}

function periodsOf({ address, former = [] }: Addresses): Period[] {
  const ends = [...former].sort((a, b) => a.until - b.until);
  const starts = [0, ...ends.map(({ until }) => until)];
  return [...ends, { address, until: Infinity }].map((end, index) => ({ ...end, from: starts[index] }));
}

function isNear({ from, until }: Period, at: number): boolean {
  return at >= from - SECOND && at < until + SECOND;
}

/** The address that was connected then; of two, the one that the e-mail is from. */
export function addressAt(connection: Addresses, at: number, from: string): string {
  const periods = periodsOf(connection);
  const near = periods.find((period) => period.address === from && isNear(period, at));
  const exact = periods.find((period) => at >= period.from && at < period.until);
  return (near ?? exact)?.address ?? connection.address;
}

/** Does a thread of a former address still take what was added then? */
export function isStillIts(connection: Addresses, { address }: Pick<Link, 'address'>, at: number): boolean {
  return periodsOf(connection).some((period) => shortHash(period.address) === address && isNear(period, at));
}

/** The connection with another address from now on. */
export function readdressed<T extends Addresses>(connection: T, address: string, at: number): T {
  if (address === connection.address) return connection;
  const left: FormerAddress = { address: connection.address, until: at };
  return { ...connection, address, former: [...(connection.former ?? []), left].slice(-MOST_FORMER) };
}
