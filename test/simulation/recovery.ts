/**
 * What a fault may cost and leave behind (X1, X7): within a day nothing waits any more but what nobody can know, and one cut
 * costs few requests and runs more than none.
 */
import type { Answer } from '../../emulator/core/services';
import type { Cut } from './faults';
import type { SetAside } from './sidebar';

/**
 * What may stay parked: a message that is in the CRM twice, as each colleague of its thread is shown it; and what came before
 * the connection of whoever disconnects while they connect: they are asked.
 */
export function mostParked(cut: Cut | undefined, users: readonly string[]): number {
  return cut?.veryLate === true || cut?.ends === true ? users.length : 0;
}

/** Of the sidebar a day after the faults. What is held is for the user to decide, and is no more than outcomes that nobody knows. */
export function notAlive(cut: Cut, users: readonly string[], aside: readonly SetAside[], second?: Cut): string[] {
  const unknown = (cut.unknown ?? 0) + (second?.unknown ?? 0);
  const count = (kind: SetAside['kind']) => aside.filter((row) => row.kind === kind).length;
  const problems: string[] = [];
  if (count('waiting') > 0) problems.push(`${count('waiting')} messages still wait a day later`);
  if (count('parked') > mostParked(cut, users)) problems.push(`${count('parked')} messages are parked a day later`);
  if (count('held') > unknown)
    problems.push(`${count('held')} messages are held after ${unknown} outcomes that nobody knows`);
  return problems;
}

/** A moment as it goes without a fault. */
export interface Uncut {
  readonly requests: number;
  /** In which something was written since the moment before. */
  readonly threads: number;
  /** E-mails that the CRM has by then, and all messages. */
  readonly emails: number;
  readonly letters: number;
  /** A person begins anew what failed. */
  readonly gesture: boolean;
}

export interface Recovery {
  /** Beyond the uncut run; of a run that was killed what it had asked for does not count, as another one takes its place. */
  readonly moreRequests: number;
  /** Passes that write, beyond those of the uncut run. */
  readonly writing: number;
}

export function tooDear(cut: Cut, { moreRequests, writing }: Recovery, uncut: Uncut): string[] {
  const problems: string[] = [];
  const [requests, passes] = [mostRequests(cut, uncut), isPlainKill(cut) ? 2 : 3];
  if (moreRequests > requests) problems.push(`${moreRequests} requests more where ${requests} are allowed`);
  if (writing > passes) problems.push(`${writing} writing passes more where ${passes} are allowed`);
  return problems;
}

export function isPlainKill({ fault }: Cut): boolean {
  return fault.kill !== undefined && fault.effect === undefined;
}

/** Answers after which a write is not tried again for hours. */
export const REFUSALS: readonly Answer[] = ['404', '413', '422'];

const ENDING: readonly Answer[] = ['refused', '401'];

/**
 * Three, two for each thread, and one for each e-mail that the CRM is asked for: its lists do not tell which of them was
 * logged from which message (X5). Beyond that:
 * - a wrong answer to a write, what ends a run (the store refuses, a token), and another run or person in between may take
 *   a second run as long as the first one;
 * - a read that is misread in the midst of a delivery makes it begin anew: both sides and the drafts are read again;
 * - an effect that comes late is looked for once more before it is there;
 * - an effect later than the settle time, one that is there twice, and one of a write that was refused for hours, a third
 *   one, of an e-mail more: it is recognised when the CRM shows it, and again when the write would be tried again;
 * - a person looks at what failed, and begins anew, which asks both sides for everything each time;
 * - an expired history has everything read again that came since an hour before the last pass (X8).
 */
function mostRequests(cut: Cut, uncut: Uncut): number {
  const { name, fault, unknown, veryLate } = cut;
  const { requests, threads, emails, letters, gesture } = uncut;
  const early = fault.effect === 'late' ? 2 : 0;
  const base = 3 + 2 * threads + emails + early + (gesture ? 2 * requests : 0);
  if (name === 'history-expires') return base + 3 * letters;
  const deniedYetDone = fault.effect === 'done' && REFUSALS.includes(fault.answer ?? 'slow');
  if (veryLate === true || deniedYetDone) return base + 1 + 2 * requests;
  const misread = unknown === undefined && fault.answer !== undefined && !ENDING.includes(fault.answer);
  return isPlainKill(cut) ? base : base + (misread ? 3 : requests);
}
