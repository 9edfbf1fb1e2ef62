/**
 * Locks belong to the execution that got them and go with it, however it ends (facts, platform 2.3). As executions run
 * one inside the other only, a lock that an outer one holds cannot become free while an inner one waits.
 */
export class Locks {
  private readonly holders = new Map<string, object>();

  /** True where the execution holds the lock now. */
  take(lock: string, execution: object): boolean {
    const holder = this.holders.get(lock);
    if (holder === undefined) this.holders.set(lock, execution);
    return holder === undefined || holder === execution;
  }

  holds(lock: string, execution: object): boolean {
    return this.holders.get(lock) === execution;
  }

  release(lock: string, execution: object): void {
    if (this.holds(lock, execution)) this.holders.delete(lock);
  }

  releaseAll(execution: object): void {
    for (const [lock, holder] of this.holders) if (holder === execution) this.holders.delete(lock);
  }
}
