/** What a worker does: one scenario's cuts, some random days, one planted bug. Plain data in and out. */
import type { CutReport, DayReport, MutantReport } from './report';
import { runDays } from './days';
import { Recording, type Point } from './cuts';
import { endOf, OTHER_END, readEnds } from './ends';
import type { Cut } from './faults';
import { hunt } from './mutants/hunt';
import { isPlainKill } from './recovery';
import { SCENARIOS } from './scenarios/all';
import { keptPoints } from './kept';
import { isSelected } from './spread';
import { freshWorld, type RealmKind } from './worlds';

export interface CutJob {
  readonly kind: 'cuts';
  readonly scenario: string;
  /** Of all its cuts this share, evenly spread; 1 for all. */
  readonly share: number;
  /** Another choice for another number from 0 to 1. */
  readonly offset: number;
  /** Every kill, whatever the share is. */
  readonly kills: boolean;
  /** Of those, the nth of so many parts. */
  readonly part: number;
  readonly parts: number;
  /** Two faults instead of one: of kills alone, or of any two. */
  readonly pairs?: 'kills' | 'any';
  readonly bundle: string;
}

export interface DayJob {
  readonly kind: 'days';
  readonly from: number;
  readonly count: number;
  /** Days of each seed, with hourly runs; undefined for one as people have it. */
  readonly long?: number;
  readonly realms?: RealmKind;
  readonly bundle: string;
}

export interface MutantJob {
  readonly kind: 'mutant';
  readonly name: string;
}

export type Job = CutJob | DayJob | MutantJob;
/** What comes of a job of that kind. */
export type ReportOf<J extends Job> = J extends CutJob ? CutReport : J extends DayJob ? DayReport : MutantReport;
export type Report = ReportOf<Job>;

export async function perform(job: Job): Promise<Report> {
  switch (job.kind) {
    case 'cuts':
      return runCuts(job);
    case 'days':
      return runDays(freshWorld(job.bundle, job.realms), job.from, job.count, job.long);
    case 'mutant':
      return hunt(job.name);
  }
}

const KILLED: Cut = { name: 'kill-before', fault: { kill: 'before' } };

function runCuts({ scenario: name, share, offset, kills, part, parts, pairs, bundle }: CutJob): CutReport {
  const scenario = SCENARIOS.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const recording = new Recording(scenario, freshWorld(bundle));
  const report: CutReport = {
    kind: 'cuts',
    scenario: name,
    moments: recording.day.moments.length,
    calls: recording.calls,
    cuts: recording.points.length,
    end: endOf(recording),
    ran: 0,
    moot: 0,
    held: 0,
    worst: { moreRequests: 0, writing: 0 },
    requests: {},
    failures: [],
  };
  if (part === 0) {
    recording.day.moments.forEach((moment, index) => {
      const violations = recording.uncutViolations(index);
      if (violations.length > 0) report.failures.push({ id: `${name}/${moment.name}`, violations });
    });
    if (readEnds()[name] !== report.end) report.failures.push({ id: name, violations: [OTHER_END] });
  }
  if (pairs !== undefined) {
    runPairs(recording, { share, offset, part, parts, pairs }, report);
    return report;
  }
  const selected = recording.points.filter(
    ({ cut }, index) => (kills && isPlainKill(cut)) || isSelected(index, share, offset),
  );
  const chosen = selected.filter((_, index) => index % parts === part).map((point) => ({ point }));
  const kept = part === 0 ? keptPoints(name, recording.points) : [];
  [...chosen, ...kept].forEach(({ point, killedAgainAt }: { point: Point; killedAgainAt?: number }) => {
    const outcome =
      killedAgainAt === undefined
        ? recording.run(point)
        : recording.runPair(point, { call: killedAgainAt, cut: KILLED });
    if (outcome.moot) {
      report.moot += 1;
      return;
    }
    report.ran += 1;
    if (outcome.held > 0) report.held += 1;
    report.requests[outcome.moreRequests] = (report.requests[outcome.moreRequests] ?? 0) + 1;
    report.worst.moreRequests = Math.max(report.worst.moreRequests, outcome.moreRequests);
    report.worst.writing = Math.max(report.worst.writing, outcome.writing);
    if (outcome.violations.length > 0) report.failures.push({ id: outcome.id, violations: [...outcome.violations] });
  });
  return report;
}

/** A recovery makes hardly more calls; those that it does not make are moot. */
const SECOND_CALLS = 45;

function runPairs(
  recording: Recording,
  {
    share,
    offset,
    part,
    parts,
    pairs,
  }: Pick<CutJob, 'share' | 'offset' | 'part' | 'parts'> & { readonly pairs: 'kills' | 'any' },
  report: CutReport,
): void {
  const firsts = recording.points.filter(({ cut }) => pairs === 'any' || cut.fault.kill !== undefined);
  let index = 0;
  let chosen = 0;
  for (const first of firsts) {
    const seconds = recording.secondCuts(first.moment, pairs);
    // Whoever is not killed at a call makes none after it.
    let ended = SECOND_CALLS + 1;
    for (let call = 1; call <= SECOND_CALLS; call++) {
      for (const cut of seconds) {
        if (!isSelected(index++, share, offset) || chosen++ % parts !== part || call >= ended) continue;
        const { id, moot, violations, held } = recording.runPair(first, { call, cut }, pairs === 'kills');
        if (moot && pairs === 'kills') ended = call;
        if (moot) report.moot += 1;
        else report.ran += 1;
        if (held > 0) report.held += 1;
        if (violations.length > 0) report.failures.push({ id, violations: [...violations] });
      }
    }
  }
}
