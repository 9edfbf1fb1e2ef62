/** Many random days, each judged; one that fails is made small and said how to play again. */
import type { World } from '../../emulator/world/world';
import type { KeptDay } from './kept-days';
import { dayOfSeed, hashOf, monthsOfSeed, playDay, type DayOutcome, type RandomDay } from './random-day';
import type { DayReport } from './report';
import { shrink } from './shrink';

/** A failing day is played so often again, at most, to make it small. */
const MOST_TRIES = 150;

/** `long` is how many days each seed has, of hourly runs; without it a day as people have it. */
export function runDays(world: World, from: number, count: number, long?: number): DayReport {
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  return report(world, from, seeds, (seed) => ({
    id: String(seed),
    day: long === undefined ? dayOfSeed(seed, world) : monthsOfSeed(seed, world, long),
  }));
}

export function runKept(world: World, days: readonly KeptDay[]): DayReport {
  return report(world, 0, days, (day) => ({ id: day.about, day }));
}

function report<T>(
  world: World,
  from: number,
  all: readonly T[],
  dayOf: (each: T) => { readonly id: string; readonly day: RandomDay },
): DayReport {
  const done: DayReport = { kind: 'days', from, days: 0, letters: 0, faults: 0, held: 0, digest: '', failures: [] };
  for (const each of all) {
    const { id, day } = dayOf(each);
    const { violations, letters, faults, held, digest } = play(day, world);
    done.days += 1;
    done.letters += letters;
    done.faults += faults;
    done.held += held;
    done.digest = hashOf(done.digest + digest);
    if (violations.length > 0) done.failures.push({ id, violations: [...violations] });
  }
  return done;
}

/** The day of a seed, made as small as it gets while the same thing goes wrong; undefined where all is well. */
export function smallest(world: World, seed: number): { day: RandomDay; violations: readonly string[] } | undefined {
  const day = dayOfSeed(seed, world);
  const wrong = kindOf(play(day, world));
  if (wrong === '') return undefined;
  let tries = 0;
  const small = shrink(day, (candidate) => tries++ < MOST_TRIES && kindOf(play(candidate, world)) === wrong);
  return { day: small, violations: play(small, world).violations };
}

/** A throw is a failure of the day like any other. */
function play(day: RandomDay, world: World): DayOutcome {
  try {
    return playDay(day, world);
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { violations: [`thrown: ${told}`], faults: 0, letters: 0, held: 0, digest: '' };
  }
}

/** What went wrong, whichever message it was. */
function kindOf({ violations }: DayOutcome): string {
  return (violations[0] ?? '').replace(/zq\w+/g, 'a letter').slice(0, 60);
}
