/** What the platform's own starts and the cards do with a pass of the sync. */
import { now } from '../platform/clock';
import { withUserLock } from '../platform/lock';
import { log } from '../platform/log';
import { isPermitted } from '../platform/permission';
import { userStore } from '../platform/store';
import { removeTriggers } from '../platform/triggers';
import { slowReason } from '../sync/budget';
import type { NoticeFor } from '../sync/incident';
import { runSync, type PassResult } from '../sync/pass';
import { loadHead, writeHead } from '../sync/store';
import { finishDisconnect, isDisconnecting } from './disconnect';
import { endRuns } from './lost';
import { armSoon } from './timer';

/** The recurring run. What it had no time for, the next one goes on with. */
export function runTimer(notice: NoticeFor): void {
  if (mayRun()) ended(finish(runSync('timer', { notice })), notice);
}

/** The single run that a card asked for; it is used up, and listed until it is taken away (G3; facts, platform 1.3). */
export function runSoon(notice: NoticeFor): void {
  removeTriggers('onSyncSoon');
  if (finishDisconnect()) return;
  if (mayRun()) ended(finish(runSync('timer', { commanded: true, notice })), notice);
}

/** Later than the platform ends a card that does not end by itself. */
const GUARD_MS = 45_000;
/** What is due within this time is not left to the next regular run. */
const DUE_MS = 15 * 60_000;

/**
 * A pass within a card's time; what it had no time for is done in a moment (X10). One slow answer is enough for the
 * platform to end the card, and then nothing can be armed any more: so the run after it is armed before anything is done,
 * and taken back afterwards. An idle pass, as most openings of a thread are, does neither.
 */
export function runFromCard(commanded = false): PassResult {
  if (!mayRun()) return 'failed';
  let armed = false;
  const guard = (): void => {
    if (!armed) armSoon(GUARD_MS);
    armed = true;
  };
  if (commanded) guard();
  const result = finish(runSync('card', { commanded, onWork: guard }));
  const wait = result === 'unfinished' || (commanded && result === 'busy') ? 0 : dueSoon();
  if (wait !== undefined) armSoon(wait);
  // A disconnect that is to be finished has armed its own.
  else if (armed && !isDisconnecting(userStore())) removeTriggers('onSyncSoon');
  return result;
}

/**
 * How long until something goes on that waits for minutes only, which an hourly run would let wait for an hour. Only a
 * card arms that: one-shots that a timed run makes are found switched off (facts, platform 1.2).
 */
function dueSoon(): number | undefined {
  const head = loadHead(userStore())?.head;
  if (head === undefined || head.due === 0 || head.trouble !== '' || head.cadence === 0) return undefined;
  const wait = head.due - now();
  const regular = head.startedAt + head.cadence * 60_000 - now();
  return wait < Math.min(DUE_MS, regular) && slowReason(head, now()) === '' ? wait : undefined;
}

function finish(result: PassResult): PassResult {
  // A disconnect does not wait for the CRM to come back.
  if (['disconnect-wanted', 'failed', 'not-connected'].includes(result)) finishDisconnect();
  return result;
}

/** A connect that was cut short leaves the recurring run behind; a store that was lost does too. */
function ended(result: PassResult, notice: NoticeFor): void {
  if (result !== 'not-connected' || isDisconnecting(userStore())) return;
  withUserLock(0, () => endRuns(notice));
}

/**
 * A published add-on is started although the user took a permission back, and fails at the first call that needs it
 * (facts, platform 1.5): told beforehand, the next card can say what to do (C8).
 */
function mayRun(): boolean {
  if (isPermitted()) return true;
  log('permission missing');
  const store = userStore();
  withUserLock(1_000, () => {
    const loaded = loadHead(store);
    if (loaded !== undefined && loaded.head.trouble !== 'google-permission') {
      writeHead(store, { ...loaded.head, doubt: loaded.doubt || undefined, trouble: 'google-permission' });
    }
  });
  return false;
}
