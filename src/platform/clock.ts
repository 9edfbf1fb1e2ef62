/** This machine's time, and how much of a run is left. */
export function now(): number {
  return Date.now();
}

/** Which limit the platform puts on this execution (facts, platform 2: 6 minutes, 30 seconds for a card). */
export type RunKind = 'timer' | 'card';

export interface Deadline {
  /** May a request still start? */
  open(): boolean;
  /** May a write still start? Never in the last 60 seconds of a run (X6); a card's run is too short for that and stops at half. */
  openForWrites(): boolean;
  /** Sleeps, where that leaves time enough; false where it does not. */
  sleep(ms: number): boolean;
  /** How long the run has taken so far, milliseconds. */
  spent(): number;
  /** The run is to end after so long (G4); never later than the platform's own limit. */
  shorten(ms: number): void;
}

const LIMITS: Record<RunKind, { requests: number; writes: number }> = {
  timer: { requests: 330_000, writes: 300_000 },
  card: { requests: 20_000, writes: 15_000 },
};

export function startDeadline(kind: RunKind): Deadline {
  const start = now();
  const limits = { ...LIMITS[kind] };
  const margin = limits.requests - limits.writes;
  return {
    spent: () => now() - start,
    shorten: (ms) => {
      limits.requests = Math.min(limits.requests, ms);
      limits.writes = Math.min(limits.writes, Math.max(ms - margin, ms / 2));
    },
    open: () => now() - start < limits.requests,
    openForWrites: () => now() - start < limits.writes,
    sleep: (ms) => {
      if (now() - start + ms >= limits.requests) return false;
      Utilities.sleep(ms);
      return true;
    },
  };
}
