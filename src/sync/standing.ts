/** How far the last pass has come (S1): pure. What it set aside or what waits are items, which the sidebar counts. */
import type { Slow } from './budget';
import type { Head } from './state';

export type Standing =
  | 'in-step'
  /** The last run did not come to its end: it was stopped, or ran out of time. */
  | 'cut'
  /** It did, and not all that it found is dealt with yet. */
  | 'behind'
  /** It should have run again long ago. */
  | 'late';

const MINUTE = 60_000;

export function standingOf(head: Head, slow: Slow, now: number): Standing {
  const { passedAt, startedAt, cadence, attempt, gap, page, intents } = head;
  // A pass that ends well writes its beginning and its end in one.
  if (startedAt > passedAt) return 'cut';
  if (attempt !== undefined || gap !== undefined || page === '' || intents.length > 0) return 'behind';
  // The platform may leave out a run, and start one a quarter of an hour late (facts, platform 1.2).
  const every = slow === '' ? cadence : Math.max(60, cadence);
  return now - passedAt > (2 * every + 15) * MINUTE ? 'late' : 'in-step';
}
