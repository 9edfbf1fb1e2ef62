/** What a worker does: one scenario's cuts, some random days, one planted bug. Plain data in and out. */
import type { CutReport } from './report';
import { Recording } from './cuts';
import { SCENARIOS } from './scenarios/all';
import { freshWorld } from './worlds';

export interface CutJob {
  readonly kind: 'cuts';
  readonly scenario: string;
  /** Of all its cuts this share, evenly spread; 1 for all. */
  readonly share: number;
  /** Of those, the nth of so many parts. */
  readonly part: number;
  readonly parts: number;
  /** Or these alone, by the end of their ids. */
  readonly only?: string;
  readonly bundle: string;
}

export type Job = CutJob;
export type Report = CutReport;

/** Steps by the golden ratio meet every kind of fault at every kind of call, whatever number of faults a call has. */
const GOLDEN = 0.6180339887498949;

export function isSelected(index: number, share: number): boolean {
  return share >= 1 || (index * GOLDEN) % 1 < share;
}

export function perform(job: Job): Report {
  return runCuts(job);
}

function runCuts({ scenario: name, share, part, parts, only, bundle }: CutJob): CutReport {
  const scenario = SCENARIOS.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const recording = new Recording(scenario, freshWorld(bundle));
  const report: CutReport = {
    kind: 'cuts',
    scenario: name,
    moments: recording.day.moments.length,
    calls: recording.calls,
    cuts: recording.points.length,
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
  }
  const selected = recording.points.filter(({ id }, index) =>
    only === undefined ? isSelected(index, share) : id === only || id.startsWith(`${only}/`),
  );
  selected.forEach((point, index) => {
    if (index % parts !== part) return;
    const outcome = recording.run(point);
    if (outcome.moot) {
      report.moot += 1;
      return;
    }
    report.ran += 1;
    if (outcome.held > 0) report.held += 1;
    report.requests[outcome.moreRequests] = (report.requests[outcome.moreRequests] ?? 0) + 1;
    report.worst.moreRequests = Math.max(report.worst.moreRequests, outcome.moreRequests);
    report.worst.writing = Math.max(report.worst.writing, outcome.writing);
    if (outcome.violations.length > 0) report.failures.push({ id: point.id, violations: [...outcome.violations] });
  });
  return report;
}
