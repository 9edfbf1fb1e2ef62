import type { Day } from './day';

/** A day of some people, each time the same. */
export interface Scenario {
  /** Small letters and hyphens. */
  readonly name: string;
  /** The rules of the contract that it is about. */
  readonly rules: string;
  readonly seed?: number;
  /** Words of its subjects, which must not get into the log. */
  readonly secrets?: readonly string[];
  readonly play: (day: Day) => void;
}
