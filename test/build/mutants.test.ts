/** The planted bugs of the simulation still have their places in the sources. */
import { readFileSync } from 'node:fs';
import { plant } from '../simulation/mutants/bundle';
import { MUTANTS } from '../simulation/mutants/mutants';

describe('planted bugs', () => {
  it('X1: there are at least 40 of them, each of another name', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
  });

  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s: fits exactly once', (_, mutant) => {
    const source = readFileSync(`src/${mutant.file}`, 'utf8');
    expect(plant(source, mutant)).not.toBe(source);
  });
});
