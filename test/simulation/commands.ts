/** The commands of `npm run simulate`; each says whether all is well. */
import { readFileSync, writeFileSync } from 'node:fs';
import { runAll } from './pool';
import { Recording } from './cuts';
import type { CutJob } from './jobs';
import type { CutReport, Failed } from './report';
import { SCENARIOS } from './scenarios/all';
import { freshWorld } from './worlds';

export interface Options {
  readonly bundle: string;
  readonly processes: number;
  readonly json: boolean;
}

/** How many cuts each scenario has; a fall means that something is not tried any more. */
const COUNTS = 'test/simulation/cuts.json';
/** A job is about so many runs, so that the workers end at about the same time. */
const RUNS_OF_A_JOB = 400;
const MOST_SHOWN = 30;

type Counts = Readonly<Record<string, number>>;

function readCounts(): Counts {
  return JSON.parse(readFileSync(COUNTS, 'utf8')) as Counts;
}

export async function countCuts({ bundle, processes }: Options): Promise<boolean> {
  const reports = await runAll(
    SCENARIOS.map(({ name }) => jobOf(name, bundle, 0, 0, 1)),
    processes,
  );
  const counts = Object.fromEntries(reports.map(({ scenario, cuts }) => [scenario, cuts]));
  writeFileSync(COUNTS, `${JSON.stringify(counts, undefined, 2)}\n`);
  console.log(`${Object.keys(counts).length} scenarios, ${total(counts)} cuts`);
  return true;
}

export async function checkCuts({ bundle, processes, json }: Options, wanted: number): Promise<boolean> {
  const started = Date.now();
  const counts = readCounts();
  const share = Math.min(1, wanted / total(counts));
  const jobs = SCENARIOS.flatMap(({ name }) => {
    const parts = Math.max(1, Math.round(((counts[name] ?? 0) * share) / RUNS_OF_A_JOB));
    return Array.from({ length: parts }, (_, part) => jobOf(name, bundle, share, part, parts));
  });
  // The long ones first, so that no worker is left with one at the end.
  const reports = await runAll(jobs, processes);
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
    tell(failures);
  }
  return failures.length === 0;
}

export function explainCut({ bundle }: Options, id: string): boolean {
  const scenario = SCENARIOS.find(({ name }) => name === id.split('/')[0]);
  if (scenario === undefined) throw new Error(`there is no scenario ${id.split('/')[0]}`);
  const recording = new Recording(scenario, freshWorld(bundle));
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

function jobOf(scenario: string, bundle: string, share: number, part: number, parts: number): CutJob {
  return { kind: 'cuts', scenario, bundle, share, part, parts };
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function fallen(counts: Counts, reports: readonly CutReport[]): Failed[] {
  return Object.entries(counts).flatMap(([name, count]) => {
    const now = reports.find(({ scenario }) => scenario === name)?.cuts ?? 0;
    const sentence = `${now} cuts instead of ${count}; where that is meant: npm run simulate -- --count`;
    return now < count ? [{ id: name, violations: [sentence] }] : [];
  });
}

function tell(failures: readonly Failed[]): void {
  for (const { id, violations } of failures.slice(0, MOST_SHOWN)) {
    console.log(`  ${id}: ${violations.join('; ')}\n    npm run simulate -- --cut ${id}`);
  }
  if (failures.length > MOST_SHOWN) console.log(`  and ${failures.length - MOST_SHOWN} more`);
}
