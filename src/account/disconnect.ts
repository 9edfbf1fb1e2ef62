/**
 * Disconnect (C7): both directions stop at once, the claim is released, and nothing of the connection is left in the
 * store. Mail and CRM records stay. It is marked first, in one key: a pass that has the lock meets the mark at its next
 * round of writes, and wherever the rest is cut, the run that was armed for it goes on with it.
 */
import { startDeadline } from '../platform/clock';
import { withUserLock } from '../platform/lock';
import { log } from '../platform/log';
import { Rounds } from '../platform/rounds';
import { ownAddress } from '../platform/session';
import { userStore, type Store } from '../platform/store';
import { removeTriggers, type Handler } from '../platform/triggers';
import { DISCONNECT, leaveDisconnect } from '../sync/commands';
import { HostFailed } from '../sync/host';
import { withGoodToken } from '../sync/renewal';
import type { Labels } from '../sync/state';
import { loadHead, StoreRefused } from '../sync/store';
import { wiresFor } from '../sync/wires';
import { releaseClaim } from './claim';
import { removeLabels } from './labels';
import { armSoon } from './timer';

const LOCK_MS = 1_000;
const REMOVE_LABELS = 'remove-labels';
const KEEP_LABELS = 'keep-labels';

export type Disconnected =
  | 'done'
  /** A pass is still running; it is told, and the rest follows in a minute. */
  | 'soon';

export function disconnect(store: Store, withLabels: boolean): Disconnected {
  leaveDisconnect(store, withLabels ? REMOVE_LABELS : KEEP_LABELS);
  armSoon();
  finishDisconnect();
  return isDisconnecting(store) ? 'soon' : 'done';
}

/** Ends what a card began. Gives whether there was something to end. */
export function finishDisconnect(): boolean {
  const store = userStore();
  if (!isDisconnecting(store)) return false;
  const ended = withUserLock(LOCK_MS, () => {
    // Another run may have ended it while this one waited for the lock.
    const detail = store.read(DISCONNECT);
    return detail === null ? {} : clearAll(store, detail);
  });
  if (ended === undefined) armSoon();
  else takeOff(ended.taken);
  return true;
}

export function isDisconnecting(store: Store): boolean {
  return store.read(DISCONNECT) !== null;
}

/** Gives the labels that are to come off the mail. */
function clearAll(store: Store, detail: string): { taken?: Labels } {
  const labels = loadHead(store)?.head.labels;
  release(store);
  // The recurring run goes first: where it is met with an empty store, that was wiped. The single one is there to end this.
  const ended = takeAway('onSyncTimer');
  store.clear();
  // Where the platform refused, they find nobody connected, and try this again.
  if (ended) takeAway();
  else leaveDisconnect(store, KEEP_LABELS);
  return { taken: detail === REMOVE_LABELS ? labels : undefined };
}

function takeAway(handler?: Handler): boolean {
  try {
    removeTriggers(handler);
    return true;
  } catch (error) {
    log('triggers stay', { error: error instanceof Error ? error.name : 'unknown' });
    return false;
  }
}

/** A CRM that does not answer holds nothing up: the next mailbox is asked whether to take the place of this one. */
function release(store: Store): void {
  const loaded = loadHead(store);
  if (loaded?.head.claim === undefined || loaded.head.connection.mailbox !== ownAddress()) return;
  const deadline = startDeadline('card');
  try {
    const { connection, claim } = withGoodToken(store, loaded, deadline).head;
    if (claim === undefined) return;
    const rounds = new Rounds({ wires: wiresFor(() => connection.token), deadline });
    rounds.run(releaseClaim(connection.location, connection.crmUser, claim));
  } catch (error) {
    if (!(error instanceof HostFailed || error instanceof StoreRefused)) throw error;
  }
}

function takeOff(labels: Labels | undefined): void {
  if (labels === undefined) return;
  new Rounds({ wires: wiresFor(() => ''), deadline: startDeadline('card') }).run(removeLabels(labels));
}
