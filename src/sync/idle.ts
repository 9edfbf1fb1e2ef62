/** When a pass has nothing to do, and what of the day's counts still counts: pure. */
import { isRereadDue } from './export';
import { pageDigest, type FirstLook } from './observe';
import { dayOf, type Head, type Tally } from './state';

/** Nothing came but what this add-on wrote, nothing is due, and nothing is left of an earlier run. */
export function isIdle(head: Head, first: FirstLook, at: number): boolean {
  return (
    !first.expired &&
    first.changes.every(({ id }) => head.echoes.includes(id)) &&
    head.page === pageDigest(first.rows) &&
    head.intents.length === 0 &&
    head.attempt === undefined &&
    head.gap === undefined &&
    head.rebuild !== true &&
    !isRereadDue(head, at) &&
    (head.due === 0 || head.due > at)
  );
}

export function tallyOn(tally: Tally, at: number): Tally {
  const day = dayOf(at);
  return tally.day === day ? tally : { day, mirrored: 0, delivered: 0, pushed: 0 };
}
