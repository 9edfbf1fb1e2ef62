/** When the sync runs by itself (section G): the recurring run, the single one soon after, and the sign of life. */
import { now } from '../platform/clock';
import { withUserLock } from '../platform/lock';
import { log } from '../platform/log';
import type { Store } from '../platform/store';
import { armOnce, armRecurring, countTriggers } from '../platform/triggers';
import { FIRST_CADENCE, type WantedCadence } from '../sync/settings';
import { loadHead, writeHead } from '../sync/store';

const MINUTE = 60_000;
const SOON_MS = 1_000;
const LOCK_MS = 100;
const REARM_MS = 1_000;

/** Arms the one recurring run; gives the minutes that the platform allowed, 0 where it allowed none. */
export function armTimer(wanted: WantedCadence = FIRST_CADENCE): number {
  try {
    return armRecurring('onSyncTimer', wanted);
  } catch (error) {
    // The permission is missing, or there are too many of them: the sync still runs whenever the sidebar is used.
    log('no timer', { error: error instanceof Error ? error.name : 'unknown' });
    return 0;
  }
}

/** One more run, for what a card had no time for (X10) or what is due before the next regular one. */
export function armSoon(afterMs = SOON_MS): void {
  try {
    armOnce('onSyncSoon', Math.max(SOON_MS, afterMs));
  } catch (error) {
    log('no run soon', { error: error instanceof Error ? error.name : 'unknown' });
  }
}

/** Are three runs in a row missing? The platform lists a dead trigger like a live one (facts, platform 1.5). */
export function isTimerDead(
  { passedAt, startedAt, cadence }: { passedAt: number; startedAt: number; cadence: number },
  at: number,
): boolean {
  return at - Math.max(passedAt, startedAt) > 3 * cadence * MINUTE + 10 * MINUTE;
}

/** Makes the recurring run anew where it is missing or gives no sign of life (G3). Gives whether it did. */
export function reviveTimer(
  store: Store,
  view: { passedAt: number; startedAt: number; cadence: number; slow: string },
): boolean {
  let missing: boolean;
  try {
    missing = countTriggers('onSyncTimer') !== 1;
  } catch {
    missing = false;
  }
  // While it runs once an hour on purpose, its other starts leave no sign (X9, G4).
  const cadence = view.slow === '' ? view.cadence : Math.max(60, view.cadence);
  if (!missing && !isTimerDead({ ...view, cadence }, now())) return false;
  // A pass that holds the lock is a sign of life in itself.
  return withUserLock(LOCK_MS, () => rearm(store)) ?? false;
}

/** Is no pass under way? */
export function isIdle(): boolean {
  return withUserLock(LOCK_MS, () => true) ?? false;
}

/** Run by the owner in the script editor, where the platform allows shorter intervals (G1; facts, platform 1.2). */
export function armFromEditor(store: Store): void {
  withUserLock(30 * 1_000, () => rearm(store));
}

/** Makes the recurring run anew by the settings as they stand now; false where a pass has the lock. */
export function rearmTimer(store: Store): boolean {
  return withUserLock(REARM_MS, () => rearm(store)) ?? false;
}

function rearm(store: Store): boolean {
  const loaded = loadHead(store);
  if (loaded === undefined) return false;
  writeHead(store, {
    ...loaded.head,
    doubt: loaded.doubt || undefined,
    cadence: armTimer(loaded.head.settings?.cadence),
  });
  return true;
}
