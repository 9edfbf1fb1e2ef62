/** What the platform's own starts and the cards do with a pass of the sync. */
import { withUserLock } from '../platform/lock';
import { log } from '../platform/log';
import { isPermitted } from '../platform/permission';
import { userStore } from '../platform/store';
import { removeTriggers } from '../platform/triggers';
import type { NoticeFor } from '../sync/incident';
import { runSync, type PassResult } from '../sync/pass';
import { isDamaged, loadHead, writeHead } from '../sync/store';
import { finishDisconnect, isDisconnecting } from './disconnect';
import { armSoon } from './timer';

/** The recurring run. What it had no time for, the next one goes on with. */
export function runTimer(notice: NoticeFor): void {
  if (mayRun()) finish(runSync('timer', { notice }));
}

/** The single run that a card asked for; it is used up, and listed until it is taken away (G3; facts, platform 1.3). */
export function runSoon(notice: NoticeFor): void {
  removeTriggers('onSyncSoon');
  if (finishDisconnect()) return;
  if (mayRun()) finish(runSync('timer', { commanded: true, notice }));
}

/** A pass within a card's time; what it had no time for is done in a moment (X10). */
export function runFromCard(commanded = false): PassResult {
  if (!mayRun()) return 'failed';
  const result = finish(runSync('card', { commanded }));
  if (result === 'unfinished' || (commanded && result === 'busy')) armSoon();
  return result;
}

function finish(result: PassResult): PassResult {
  // A disconnect does not wait for the CRM to come back.
  if (result === 'disconnect-wanted' || (result === 'failed' && isDisconnecting(userStore()))) finishDisconnect();
  // A disconnect that was cut short leaves the recurring run behind.
  if (result === 'not-connected' && !isDamaged(userStore())) removeTriggers();
  return result;
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
