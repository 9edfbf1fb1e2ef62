/** What a card writes into the store beside the sync: under the user lock, so that no pass writes at the same time. */
import { withUserLock } from '../platform/lock';
import { StoreRefused } from '../sync/store';
import { problem, type Result } from './problems';

/** The user is looking: a pass that takes longer is told of. */
const LOCK_MS = 1_000;

/** `busy` where a pass is running, `store-full` where the platform refuses to store it. */
export function written<T>(work: () => Result<T>): Result<T> {
  try {
    return withUserLock(LOCK_MS, work) ?? problem('busy');
  } catch (error) {
    if (error instanceof StoreRefused) return problem('store-full');
    throw error;
  }
}
