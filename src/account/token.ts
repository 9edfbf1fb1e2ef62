/** The CRM's token for a card. Renewing it is the timer's work; a card does it where it has expired and no pass has the lock (C5). */
import { now, type Deadline } from '../platform/clock';
import { withUserLock } from '../platform/lock';
import type { Store } from '../platform/store';
import { HostFailed } from '../sync/host';
import { tokenState, withGoodToken } from '../sync/renewal';
import { loadHead, StoreRefused } from '../sync/store';

/** An expired one where there is no other: the CRM then says so, and the card with it. Empty where nobody is connected. */
export function workingToken(store: Store, deadline: Deadline): string {
  const stored = loadHead(store)?.head.connection;
  if (stored === undefined || tokenState(stored, now()) !== 'expired') return stored?.token ?? '';
  return withUserLock(0, () => renewedToken(store, deadline)) ?? stored.token;
}

/** Read again under the lock: a pass may have renewed it meanwhile. */
function renewedToken(store: Store, deadline: Deadline): string | undefined {
  const loaded = loadHead(store);
  if (loaded === undefined) return undefined;
  try {
    return withGoodToken(store, loaded, deadline).head.connection.token;
  } catch (error) {
    if (error instanceof HostFailed || error instanceof StoreRefused) return undefined;
    throw error;
  }
}
