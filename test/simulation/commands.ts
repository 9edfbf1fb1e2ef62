/** The commands of `npm run simulate`; each says whether all is well. */
import { readFileSync, writeFileSync } from 'node:fs';
import { runAll } from './pool';
import { Recording } from './cuts';
import { runKept, smallest } from './days';
import { hashOf } from './random-day';
import type { CutJob, DayJob, MutantJob } from './jobs';
import { writeEnds } from './ends';
import { keep, readKept } from './kept-days';
import { MUTANTS } from './mutants/mutants';
import type { CutReport, DayReport, Failed, MutantReport } from './report';
import { SCENARIOS } from './scenarios/all';
import { freshWorld } from './worlds';

export interface Options {
  readonly bundle: string;
  readonly processes: number;
  readonly json: boolean;
  /** Another choice of faults for another number from 0 to 1. */
  readonly offset?: number;
  /** Every kill beside the chosen faults. */
  readonly kills?: boolean;
}

/** How many cuts each scenario has. Fewer may mean that something is not tried any more, so whoever changes it says so. */
const COUNTS = 'test/simulation/cuts.json';
/** A job is about so many runs, so that the workers end at about the same time. */
const RUNS_OF_A_JOB = 400;
const MOST_SHOWN = 30;
const DAYS_OF_A_JOB = 10;

type Counts = Readonly<Record<string, number>>;

function readCounts(): Counts {
  return JSON.parse(readFileSync(COUNTS, 'utf8')) as Counts;
}

export async function countCuts({ bundle, processes }: Options): Promise<boolean> {
  const reports = await runAll(
    SCENARIOS.map(({ name }) => jobOf(name, { bundle }, 0, 0, 1)),
    processes,
  );
  const counts = Object.fromEntries(reports.map(({ scenario, cuts }) => [scenario, cuts]));
  writeFileSync(COUNTS, `${JSON.stringify(counts, undefined, 2)}\n`);
  writeEnds(Object.fromEntries(reports.map(({ scenario, end }) => [scenario, end])));
  console.log(`${Object.keys(counts).length} scenarios, ${total(counts)} cuts`);
  return true;
}

/** Of a choice, a scenario has no more than this part: the long day has a quarter of all cuts, and each takes twice as long. */
const MOST_OF_ONE = 0.1;

function sharesFor(counts: Counts, wanted: number): (name: string) => number {
  if (wanted >= total(counts)) return () => 1;
  const most = wanted * MOST_OF_ONE;
  const isLong = (count: number): boolean => (count * wanted) / total(counts) > most;
  const long = Object.values(counts).filter(isLong);
  const others = total(counts) - long.reduce((sum, count) => sum + count, 0);
  const share = (wanted - most * long.length) / others;
  return (name) => Math.min(1, isLong(counts[name] ?? 0) ? most / counts[name] : share);
}

/** Two of the some 26 faults of a call. */
const PART_OF_KILLS = 0.076;

export async function checkCuts(options: Options, wanted: number): Promise<boolean> {
  const { processes, json, kills = false } = options;
  const started = Date.now();
  const counts = readCounts();
  const shares = sharesFor(counts, wanted);
  const jobs = SCENARIOS.flatMap(({ name }) => {
    const share = shares(name);
    const runs = (counts[name] ?? 0) * Math.min(1, share + (kills ? PART_OF_KILLS : 0));
    const parts = Math.max(1, Math.round(runs / RUNS_OF_A_JOB));
    return Array.from({ length: parts }, (_, part) => jobOf(name, options, share, part, parts));
  });
  // The long ones first, so that no worker is left with one at the end.
  const reports = await runAll(jobs, processes, json ? undefined : tellFailures);
  const failures = [...reports.flatMap((report) => report.failures), ...fallen(counts, reports)];
  const sum = (of: (report: CutReport) => number) => reports.reduce((result, report) => result + of(report), 0);
  const summary = {
    scenarios: SCENARIOS.length,
    cuts: total(counts),
    ran: sum(({ ran }) => ran),
    moot: sum(({ moot }) => moot),
    held: sum(({ held }) => held),
    mostRequestsMore: Math.max(...reports.map(({ worst }) => worst.moreRequests)),
    mostWritingPassesMore: Math.max(...reports.map(({ worst }) => worst.writing)),
    failed: failures.length,
    seconds: Math.round((Date.now() - started) / 100) / 10,
  };
  if (json) console.log(JSON.stringify({ ...summary, failures }));
  else {
    console.log(
      `${summary.ran} faults in ${summary.scenarios} scenarios (of ${summary.cuts}; ${summary.moot} not possible), ${summary.held} held, ` +
        `at most ${summary.mostRequestsMore} requests and ${summary.mostWritingPassesMore} writing passes more: ${summary.failed} failed, ${summary.seconds} s`,
    );
    tell(fallen(counts, reports));
  }
  return failures.length === 0;
}

/** All pairs of kills of these, so much of each as is wanted. */
export const KILLED_TWICE = [
  'mirror-in-thread',
  'push-known-thread',
  'deliver-in-thread',
  'received-by-both',
  'reply-attachment',
];

/** About so many second faults has each cut: what makes the jobs of like length. */
const PAIRS_OF_A_KILL = 1;
const PAIRS_OF_A_FAULT = 2600;

export async function checkPairs(
  { bundle, processes, json, offset }: Options,
  pairs: 'kills' | 'any',
  share: number,
): Promise<boolean> {
  const started = Date.now();
  const names = pairs === 'kills' ? KILLED_TWICE : SCENARIOS.map(({ name }) => name);
  const counts = readCounts();
  const each = pairs === 'kills' ? PAIRS_OF_A_KILL : PAIRS_OF_A_FAULT;
  const jobs = names.flatMap((name) => {
    const parts = Math.max(1, Math.round(((counts[name] ?? 0) * each * share) / RUNS_OF_A_JOB));
    return Array.from({ length: parts }, (_, part): CutJob => ({
      ...jobOf(name, { bundle, offset }, share, part, parts),
      pairs,
    }));
  });
  const reports = await runAll(jobs, processes, json ? undefined : tellFailures);
  const failures = reports.flatMap((report) => report.failures);
  const ran = reports.reduce((sum, report) => sum + report.ran, 0);
  const moot = reports.reduce((sum, report) => sum + report.moot, 0);
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  if (json)
    console.log(JSON.stringify({ pairs, scenarios: names.length, ran, moot, failed: failures.length, failures }));
  else {
    console.log(
      `${ran} pairs of ${pairs === 'kills' ? 'kills' : 'faults'} in ${names.length} scenarios (${moot} met nothing the second time): ${failures.length} failed, ${seconds} s`,
    );
  }
  return failures.length === 0;
}

const OTHERWISE = 'the first days, played once more, go otherwise';

export async function checkDays(
  { bundle, processes, json }: Options,
  from: number,
  count: number,
  long?: number,
): Promise<boolean> {
  const started = Date.now();
  const jobs: DayJob[] = [];
  const each = long === undefined ? DAYS_OF_A_JOB : 1;
  for (let seed = from; seed < from + count; seed += each) {
    jobs.push({ kind: 'days', from: seed, count: Math.min(each, from + count - seed), long, bundle });
  }
  // The first ones once more, in global scopes as the platform has them: the same seed is the same day, call by call.
  const again = long === undefined ? jobs.slice(0, 1).map((job): DayJob => ({ ...job, realms: 'fresh' })) : [];
  const all = await runAll([...jobs, ...again], processes, json ? undefined : tellDays);
  const reports = all.slice(0, jobs.length);
  const failures = reports.flatMap((report) => report.failures);
  const differ = all.slice(jobs.length).some(({ digest }) => digest !== reports[0].digest);
  if (differ) failures.push({ id: String(from), violations: [OTHERWISE] });
  const sum = (of: (report: DayReport) => number) => reports.reduce((result, report) => result + of(report), 0);
  const summary = {
    days: sum(({ days }) => days),
    from,
    letters: sum(({ letters }) => letters),
    faults: sum(({ faults }) => faults),
    held: sum(({ held }) => held),
    digest: hashOf(reports.map(({ digest }) => digest).join()),
    failed: failures.length,
  };
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  if (json) {
    // Without the time, so that the same seeds say the same to the byte.
    console.log(JSON.stringify({ ...summary, failures }));
    return failures.length === 0;
  }
  console.log(
    `${summary.days} random ${long === undefined ? 'days' : `times of ${long} days`} from seed ${from}: ${summary.letters} messages, ${summary.faults} faults, ${summary.held} set aside: ` +
      `${summary.failed} failed, ${seconds} s`,
  );
  if (differ) console.log(`  ${OTHERWISE}`);
  const [first] = failures;
  if (first !== undefined && long === undefined) tellSmallest(bundle, Number(first.id));
  return failures.length === 0;
}

export function checkKept({ bundle }: Options): boolean {
  const { days, faults, failures } = runKept(freshWorld(bundle), readKept());
  console.log(`${days} kept days: ${faults} faults: ${failures.length} failed`);
  for (const { id, violations } of failures) console.log(`  ${id}: ${violations.join('; ')}`);
  return failures.length === 0;
}

/** Keeps the day of a failing seed, made small, with what it shows. */
export function keepDay({ bundle }: Options, seed: number, about: string): boolean {
  const small = smallest(freshWorld(bundle), seed);
  if (small === undefined) {
    console.log(`seed ${seed} does not fail`);
    return false;
  }
  keep({ about, ...small.day });
  console.log(`${small.day.happenings.length} happenings kept: ${small.violations.join('; ')}`);
  return true;
}

/** Each planted bug must be found; the canary among them shows that the judge can fail at all. */
export async function checkMutants({ processes, json }: Options, names?: readonly string[]): Promise<boolean> {
  const started = Date.now();
  const chosen = MUTANTS.filter(({ name }) => names === undefined || names.includes(name));
  const reports = await runAll(
    chosen.map(({ name }): MutantJob => ({ kind: 'mutant', name })),
    processes,
    json ? undefined : tellMutant,
  );
  const survivors = reports.filter(({ by }) => by === undefined);
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  if (json) console.log(JSON.stringify({ mutants: reports.length, survivors: survivors.length, reports }));
  else {
    const most = Math.max(...reports.map(({ runs }) => runs));
    console.log(
      `${reports.length} planted bugs (of ${MUTANTS.length}), each found in at most ${most} runs: ${survivors.length} not found, ${seconds} s`,
    );
  }
  return survivors.length === 0;
}

function tellMutant({ name, by, how = '', runs }: MutantReport): void {
  console.log(
    by === undefined ? `  NOT FOUND ${name} in ${runs} runs` : `  ${name} (${runs}): ${by}: ${how.slice(0, 100)}`,
  );
}

function tellDays({ failures }: DayReport): void {
  for (const { id, violations } of failures) {
    console.log(`  seed ${id}: ${violations.slice(0, 3).join('; ')}\n    npm run simulate -- --seeds 1 --from ${id}`);
  }
}

function tellSmallest(bundle: string, seed: number): void {
  const small = smallest(freshWorld(bundle), seed);
  if (small === undefined) return;
  const { day, violations } = small;
  console.log(`  seed ${seed} in the fewest happenings: ${violations.slice(0, 3).join('; ')}`);
  console.log(`    ${JSON.stringify({ users: day.users, app: day.app, weather: day.weather })}`);
  for (const happening of day.happenings) console.log(`    ${JSON.stringify(happening)}`);
}

export function explainCut({ bundle }: Options, id: string): boolean {
  const scenario = SCENARIOS.find(({ name }) => name === id.split('/')[0]);
  if (scenario === undefined) throw new Error(`there is no scenario ${id.split('/')[0]}`);
  const recording = new Recording(scenario, freshWorld(bundle));
  if (id.includes('+')) return explainPair(recording, id);
  const points = recording.points.filter((point) => point.id === id || point.id.startsWith(`${id}/`));
  if (points.length === 0) throw new Error(`there is no cut ${id}`);
  let ok = true;
  for (const point of points) {
    const { violations, moot, held, moreRequests } = recording.run(point);
    ok &&= violations.length === 0;
    console.log(
      `${point.id}: ${moot ? 'not possible' : violations.join('; ') || 'well'} (${held} held, ${moreRequests} requests more)`,
    );
    if (violations.length === 0 || points.length > 3) continue;
    const { trace, without, withFault } = recording.explain(point);
    console.log([...trace, 'without the fault:', ...without, 'with it:', ...withFault].join('\n'));
  }
  return ok;
}

/** `scenario/moment/call/fault+call/fault` */
function explainPair(recording: Recording, id: string): boolean {
  const [first, again] = id.split('+');
  const [call, name] = again.split('/');
  const point = recording.points.find((candidate) => candidate.id === first);
  const cut = point && recording.secondCuts(point.moment, 'any').find((candidate) => candidate.name === name);
  if (point === undefined || cut === undefined) throw new Error(`there is no pair ${id}`);
  const { violations, moot } = recording.runPair(point, { call: Number(call), cut });
  console.log(`${id}: ${moot ? 'not possible' : violations.join('; ') || 'well'}`);
  if (violations.length > 0) {
    const { trace, without, withFault } = recording.explain(point, { call: Number(call), cut });
    console.log([...trace, 'without the faults:', ...without, 'with them:', ...withFault].join('\n'));
  }
  return violations.length === 0;
}

function jobOf(
  scenario: string,
  { bundle, offset = 0, kills = false }: Pick<Options, 'bundle' | 'offset' | 'kills'>,
  share: number,
  part: number,
  parts: number,
): CutJob {
  return { kind: 'cuts', scenario, bundle, offset, kills, share, part, parts };
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function fallen(counts: Counts, reports: readonly CutReport[]): Failed[] {
  return Object.entries(counts).flatMap(([name, count]) => {
    const now = reports.find(({ scenario }) => scenario === name)?.cuts ?? 0;
    const sentence = `${now} cuts instead of ${count}; where that is meant: npm run simulate -- --count`;
    return now !== count ? [{ id: name, violations: [sentence] }] : [];
  });
}

function tellFailures({ failures }: CutReport): void {
  tell(failures);
}

function tell(failures: readonly Failed[]): void {
  for (const { id, violations } of failures.slice(0, MOST_SHOWN)) {
    console.log(`  ${id}: ${violations.join('; ')}\n    npm run simulate -- --cut ${id}`);
  }
  if (failures.length > MOST_SHOWN) console.log(`  and ${failures.length - MOST_SHOWN} more`);
}
