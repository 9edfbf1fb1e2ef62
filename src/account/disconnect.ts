/**
 * Disconnect (C7): both directions stop at once, and nothing of the connection is left in the store. Mail and CRM records
 * stay. Where a pass has the lock, a command is left that it meets at its next round of writes, and the disconnect is
 * finished right after it.
 */
import { startDeadline } from '../platform/clock';
import { withUserLock } from '../platform/lock';
import { log } from '../platform/log';
import { Rounds } from '../platform/rounds';
import { userStore, type Store } from '../platform/store';
import { removeTriggers } from '../platform/triggers';
import { DISCONNECT, leaveDisconnect } from '../sync/commands';
import type { Labels } from '../sync/state';
import { loadHead } from '../sync/store';
import { wiresFor } from '../sync/wires';
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
  const detail = withLabels ? REMOVE_LABELS : KEEP_LABELS;
  const labels = withUserLock(LOCK_MS, () => clearAll(store, detail));
  if (labels === undefined) {
    leaveDisconnect(store, detail);
    armSoon();
    return 'soon';
  }
  takeOff(labels.taken);
  return 'done';
}

/** Ends what a card began while a pass was running. Gives whether there was something to end. */
export function finishDisconnect(): boolean {
  const store = userStore();
  const detail = store.read(DISCONNECT);
  if (detail === null) return false;
  const labels = withUserLock(LOCK_MS, () => clearAll(store, detail));
  if (labels === undefined) armSoon();
  else takeOff(labels.taken);
  return true;
}

export function isDisconnecting(store: Store): boolean {
  return store.read(DISCONNECT) !== null;
}

/** Gives the labels that are to come off the mail. */
function clearAll(store: Store, detail: string): { taken?: Labels } {
  const labels = loadHead(store)?.head.labels;
  // The store goes first: where the platform refuses to take the triggers away, they find nobody connected.
  store.clear();
  try {
    removeTriggers();
  } catch (error) {
    log('triggers stay', { error: error instanceof Error ? error.name : 'unknown' });
  }
  return { taken: detail === REMOVE_LABELS ? labels : undefined };
}

function takeOff(labels: Labels | undefined): void {
  if (labels === undefined) return;
  new Rounds({ wires: wiresFor(() => ''), deadline: startDeadline('card') }).run(removeLabels(labels));
}
