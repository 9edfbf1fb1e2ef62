/** Looks for a planted bug with nothing but the simulation: known days uncut, then cut, then random days. */
import { World } from '../../../emulator/world/world';
import type { AppsScriptManifest } from '../../../emulator/apps-script/manifest';
import { readFileSync } from 'node:fs';
import { Recording } from '../cuts';
import { runDays } from '../days';
import type { MutantReport } from '../report';
import { SCENARIOS } from '../scenarios/all';
import { isSelected } from '../spread';
import { bundleWith } from './bundle';
import { mutantNamed } from './mutants';

/** So many faults in each of its scenarios before the random days are asked. */
const FAULTS = 400;
const DAYS = 12;

export async function hunt(name: string): Promise<MutantReport> {
  const mutant = mutantNamed(name);
  const manifest = JSON.parse(readFileSync('appsscript.json', 'utf8')) as AppsScriptManifest;
  const world = World.create({ seed: 1, world: 'empty', bundle: await bundleWith(mutant), manifest, guardMs: 0 });
  let runs = 0;
  const found = (by: string, how: string): MutantReport => ({ kind: 'mutant', name, runs, by, how });
  for (const scenario of mutant.scenarios) {
    const played = SCENARIOS.find((candidate) => candidate.name === scenario);
    if (played === undefined) throw new Error(`${name}: there is no scenario ${scenario}`);
    let recording: Recording;
    try {
      recording = new Recording(played, world);
    } catch (error) {
      return found(scenario, error instanceof Error ? error.message : String(error));
    }
    for (const index of recording.day.moments.keys()) {
      runs += 1;
      const [violation] = recording.uncutViolations(index);
      if (violation !== undefined) return found(scenario, violation);
    }
    const share = FAULTS / recording.points.length;
    for (const [index, point] of recording.points.entries()) {
      if (!isSelected(index, share)) continue;
      runs += 1;
      const [violation] = recording.run(point).violations;
      if (violation !== undefined) return found(point.id, violation);
    }
  }
  for (let seed = 1; seed <= (mutant.days ?? DAYS); seed++) {
    runs += 1;
    const [failure] = runDays(world, seed, 1).failures;
    if (failure !== undefined) return found(`seed ${failure.id}`, failure.violations[0]);
  }
  return { kind: 'mutant', name, runs };
}
