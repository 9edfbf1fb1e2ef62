/**
 * Looks for a planted bug with nothing but the simulation: known days uncut, then cut, then the days that were
 * kept, then random ones. What fails
 * without the bug too does not count as finding it.
 */
import type { World } from '../../../emulator/world/world';
import { Recording } from '../cuts';
import { runDays, runKept } from '../days';
import { endOf, OTHER_END, readEnds } from '../ends';
import { keptPoints } from '../kept';
import { readKept } from '../kept-days';
import type { MutantReport } from '../report';
import type { Scenario } from '../scenario';
import { SCENARIOS } from '../scenarios/all';
import { worldOf } from '../worlds';
import { isSelected } from '../spread';
import { bundleWith } from './bundle';
import { mutantNamed, type Mutant } from './mutants';

/** So many faults in each of its scenarios before the random days are asked. */
const FAULTS = 400;
const DAYS = 12;

interface Finding {
  readonly by: string;
  readonly how: string;
}

export async function hunt(name: string): Promise<MutantReport> {
  const mutant = mutantNamed(name);
  const hunter = new Hunter(worldOf(await bundleWith(mutant)), worldOf(await bundleWith(undefined)));
  const found = hunter.findInScenarios(mutant) ?? hunter.findInKept() ?? hunter.findInDays(mutant.days ?? DAYS);
  return { kind: 'mutant', name, runs: hunter.runs, ...found };
}

class Hunter {
  runs = 0;
  private readonly sound = new Map<string, Recording>();

  constructor(
    private readonly world: World,
    private readonly soundWorld: World,
  ) {}

  findInScenarios({ name, scenarios }: Mutant): Finding | undefined {
    for (const wanted of scenarios) {
      const scenario = SCENARIOS.find((candidate) => candidate.name === wanted);
      if (scenario === undefined) throw new Error(`${name}: there is no scenario ${wanted}`);
      const found = this.findIn(scenario);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  findInKept(): Finding | undefined {
    for (const day of readKept()) {
      this.runs += 1;
      const [failure] = runKept(this.world, [day]).failures;
      if (failure === undefined || runKept(this.soundWorld, [day]).failures.length > 0) continue;
      return { by: failure.id, how: failure.violations[0] };
    }
    return undefined;
  }

  findInDays(count: number): Finding | undefined {
    for (let seed = 1; seed <= count; seed++) {
      this.runs += 1;
      const [failure] = runDays(this.world, seed, 1).failures;
      if (failure === undefined || runDays(this.soundWorld, seed, 1).failures.length > 0) continue;
      return { by: `seed ${failure.id}`, how: failure.violations[0] };
    }
    return undefined;
  }

  private findIn(scenario: Scenario): Finding | undefined {
    let recording: Recording;
    try {
      recording = new Recording(scenario, this.world);
    } catch (error) {
      return { by: scenario.name, how: error instanceof Error ? error.message : String(error) };
    }
    for (const index of recording.day.moments.keys()) {
      this.runs += 1;
      const [violation] = recording.uncutViolations(index);
      if (violation !== undefined && this.soundOf(scenario).uncutViolations(index).length === 0)
        return { by: scenario.name, how: violation };
    }
    if (endOf(recording) !== readEnds()[scenario.name]) return { by: scenario.name, how: OTHER_END };
    const share = FAULTS / recording.points.length;
    const kept = keptPoints(scenario.name, recording.points).map(({ point }) => point.id);
    for (const [index, point] of recording.points.entries()) {
      if (!isSelected(index, share) && !kept.includes(point.id)) continue;
      this.runs += 1;
      const [violation] = recording.run(point).violations;
      if (violation !== undefined && !this.failsAnyway(scenario, point.id)) return { by: point.id, how: violation };
    }
    return undefined;
  }

  private failsAnyway(scenario: Scenario, id: string): boolean {
    const sound = this.soundOf(scenario);
    const point = sound.points.find((candidate) => candidate.id === id);
    return point !== undefined && sound.run(point).violations.length > 0;
  }

  /** Its world is recorded into anew for each scenario, so only the last one stands. */
  private soundOf(scenario: Scenario): Recording {
    let recording = this.sound.get(scenario.name);
    if (recording === undefined) {
      recording = new Recording(scenario, this.soundWorld);
      this.sound.clear();
      this.sound.set(scenario.name, recording);
    }
    return recording;
  }
}
