/** When a pass has nothing to do, and what of the day's counts still counts: pure. */
import { isRereadDue } from './export';
import { incidentAfter } from './incident';
import { pageDigest, type FirstLook } from './observe';
import { dayOf, type Head, type Tally } from './state';
import { standingTrouble } from './trouble';

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

/** The cursors go on. */
export function idleHead(head: Head, first: FirstLook, at: number): Head {
  const seen = new Set(first.changes.map(({ id }) => id));
  const trouble = standingTrouble(head);
  return {
    ...head,
    history: first.historyId,
    crmAt: first.crmNow,
    echoes: head.echoes.filter((id) => !seen.has(id)),
    startedAt: at,
    trouble,
    incident: incidentAfter(head, trouble, head.incident?.code === 'held' ? 1 : 0, at),
    today: tallyOn(head.today, at),
  };
}

export function tallyOn(tally: Tally, at: number): Tally {
  const day = dayOf(at);
  return tally.day === day ? tally : { day, mirrored: 0, delivered: 0, pushed: 0 };
}
