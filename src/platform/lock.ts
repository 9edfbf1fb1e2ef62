/**
 * The user lock: one run of this user's at a time. The platform frees it when its execution ends or is killed, so there
 * is no flag of our own that could stay behind (facts, reliability C3). One lock a run, never one an item (2.3).
 */
export function withUserLock<T>(waitMs: number, work: () => T): T | undefined {
  return withLock(LockService.getUserLock(), waitMs, work);
}

/**
 * All users' lock, for the moment in which a click is told from its double: the user's own lock can be a pass's for
 * minutes. Nothing that waits for a network may be done under it.
 */
export function withShortLock<T>(waitMs: number, work: () => T): T | undefined {
  return withLock(LockService.getScriptLock(), waitMs, work);
}

function withLock<T>(lock: GoogleAppsScript.Lock.Lock, waitMs: number, work: () => T): T | undefined {
  let held: boolean;
  try {
    held = lock.tryLock(waitMs);
  } catch {
    // "There are too many LockService operations": as good as taken (facts, platform 2.3).
    held = false;
  }
  if (!held) return undefined;
  try {
    return work();
  } finally {
    lock.releaseLock();
  }
}
