/**
 * Nothing can be read any more of what the sync remembered: somebody wiped the store, or edited it beyond repair (X11). That
 * has stopped the sync for good, so it is said in the inbox, once (G5); then the runs end until somebody connects again.
 */
import { ask, type Task } from '../platform/exchange';
import { userCache } from '../platform/cache';
import { now, startDeadline } from '../platform/clock';
import { log } from '../platform/log';
import { Rounds } from '../platform/rounds';
import { ownAddress } from '../platform/session';
import { userStore, type Store } from '../platform/store';
import { countTriggers, removeTriggers } from '../platform/triggers';
import { listLabels } from '../gmail/labels';
import { putNotice, type Notice, type NoticeFor } from '../sync/incident';
import { DAY_MS, SETTLE_MS } from '../sync/state';
import { isDamaged } from '../sync/store';
import { wiresFor } from '../sync/wires';
import { OWN_NAME } from './labels';
import { isPending } from './pending';

/**
 * A store with nothing in it, and the recurring run still there: it was not disconnected, since that takes the run away
 * first, nor cut while it was connected, since that leaves what was entered, and may leave a part of what is to be stored.
 */
export function isLost(store: Store, unread = false): boolean {
  if (isPending(store)) return false;
  return isDamaged(store) || (store.keys().length === 0 && isArmed(unread));
}

/** Is the recurring run there? `unread` is the answer where the platform does not say. */
export function isArmed(unread = false): boolean {
  try {
    return countTriggers('onSyncTimer') > 0;
  } catch {
    return unread;
  }
}

/** There for as long as Gmail's lists may not show what was just put there. */
const TELLING = 'lost.telling';

/** Where nobody is connected, from a run that nobody looks at; under the user lock, since what is told once is looked for first. */
export function endRuns(words: NoticeFor): void {
  // That it runs says that it is armed.
  const notice = isLost(userStore(), true) ? words('store-lost') : undefined;
  if (notice !== undefined) {
    const cache = userCache();
    if (cache.read(TELLING) !== null) return;
    cache.write(TELLING, '1', SETTLE_MS / 1000);
    const rounds = new Rounds({ wires: wiresFor(() => ''), deadline: startDeadline('card') });
    // It is tried again with the next run, which is why that stays.
    if (!rounds.run(putLostNotice(notice))) return;
    log('lost');
  }
  removeTriggers();
}

/** Gives whether nothing is left to say: it is said, or the add-on was never connected, or its labels went with it. */
function* putLostNotice(notice: Notice): Task<boolean> {
  const labels = yield* ask(listLabels());
  if (labels.kind !== 'done') return false;
  const own = labels.value.find(({ name }) => name === OWN_NAME)?.id;
  if (own === undefined) return true;
  // Once a day at the most, however often the attempt is cut: it is looked for first.
  const since = Math.floor(now() / DAY_MS) * DAY_MS;
  const incident = { code: 'store-lost', since, tried: since, told: false };
  return yield* putNotice({ own, mailbox: ownAddress() }, incident, notice);
}
