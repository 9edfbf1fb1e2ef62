/** What jobs give back. */
export interface Failed {
  readonly id: string;
  readonly violations: readonly string[];
}

export interface CutReport {
  readonly kind: 'cuts';
  readonly scenario: string;
  readonly moments: number;
  readonly calls: number;
  /** All that there are. */
  readonly cuts: number;
  /** How the day ends without a fault (`ends.ts`). */
  readonly end: string;
  /** Those that were run, but for the moot ones: acts that were not possible at that moment. */
  ran: number;
  moot: number;
  held: number;
  readonly worst: { moreRequests: number; writing: number };
  /** How often so many requests more than without the fault. */
  readonly requests: Record<number, number>;
  readonly failures: Failed[];
}

export interface DayReport {
  readonly kind: 'days';
  readonly from: number;
  days: number;
  letters: number;
  /** Faults that were met. */
  faults: number;
  held: number;
  /** Of all that happened: the same days say the same. */
  digest: string;
  readonly failures: Failed[];
}

export interface MutantReport {
  readonly kind: 'mutant';
  readonly name: string;
  /** Moments, faults and days until it was found, or without finding it. */
  readonly runs: number;
  /** The scenario, fault or seed that found it; undefined where nothing did. */
  readonly by?: string;
  readonly how?: string;
}
