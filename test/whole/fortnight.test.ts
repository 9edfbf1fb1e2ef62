/**
 * Two weeks in the life of three users of one sub-account and forty contacts, on the built bundle and its own timers. At
 * the end both sides are compared mail by mail with what people did, and every difference must be a rule's.
 */
import { emptyWorld } from './stage';
import { Chance } from './fortnight/chance';
import { Life } from './fortnight/life';
import { readSides } from './fortnight/sides';
import { tellTheFortnight } from './fortnight/story';
import { peopleTheTown, USERS } from './fortnight/town';
import { judge } from './fortnight/verdict';

test('both sides hold what happened in two weeks, each mail once, and differ by rules alone', async () => {
  const seed = Number(process.env['THREADLINK_SEED'] ?? 1);
  const world = emptyWorld(seed);
  peopleTheTown(world);
  const life = new Life(world, new Chance(seed));
  tellTheFortnight(life);
  const outside = world.network.describe().map(({ address }) => address);
  const verdict = judge(life.ledger, await readSides(world, USERS, outside));
  expect(verdict.faults).toEqual([]);
  expect(verdict.compared).toBeGreaterThan(60);
  for (const rule of ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'T1', 'T2', 'T5', 'T11', 'C4', 'C6', 'C7']) {
    expect([rule, verdict.byRule.get(rule) ?? 0]).not.toEqual([rule, 0]);
  }
}, 300_000);
