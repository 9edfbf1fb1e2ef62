/** The runs of the add-on with what each asked for, put together from the runtime's two records. */
import type { CallRecord, RunRecord } from '../api/trouble';

export interface Round {
  readonly number: number;
  readonly calls: readonly CallRecord[];
}

export interface RunView {
  readonly run: RunRecord;
  readonly rounds: readonly Round[];
  /** HTTP requests; those inside a Gmail batch count, the batch itself does not. */
  readonly requests: number;
  /** Gmail's quota units. */
  readonly units: number;
  /** Keys read from and written to the store. */
  readonly reads: number;
  readonly writes: number;
}

/** Newest first. */
export function viewRuns(runs: readonly RunRecord[], calls: readonly CallRecord[]): RunView[] {
  const byRun = new Map<string, CallRecord[]>();
  for (const call of calls) byRun.set(call.executionId, [...(byRun.get(call.executionId) ?? []), call]);
  return [...runs].reverse().map((run) => viewRun(run, byRun.get(run.executionId) ?? []));
}

function viewRun(run: RunRecord, calls: readonly CallRecord[]): RunView {
  const http = calls.filter(({ service }) => service === 'UrlFetchApp');
  const stored = calls.filter(({ service }) => service === 'PropertiesService');
  const rounds = new Map<number, CallRecord[]>();
  for (const call of http) rounds.set(call.round, [...(rounds.get(call.round) ?? []), ...leaves(call)]);
  const all = http.flatMap(leaves);
  return {
    run,
    rounds: [...rounds].map(([number, list]) => ({ number, calls: list })),
    requests: all.length,
    units: http.reduce(
      (sum, call) => sum + (call.units ?? leaves(call).reduce((all, { units = 0 }) => all + units, 0)),
      0,
    ),
    reads: stored.filter(({ method = '' }) => method.startsWith('get')).length,
    writes: stored.filter(({ method = '' }) => !method.startsWith('get')).length,
  };
}

function leaves(call: CallRecord): readonly CallRecord[] {
  return call.parts === undefined || call.parts.length === 0 ? [call] : call.parts;
}

/** `GET history`: what was asked for, without what is the same in every address. */
export function shortPath({ host = '', path = '' }: CallRecord): { service: string; path: string } {
  const service = host.endsWith('googleapis.com') ? 'Gmail' : host.includes('leadconnector') ? 'CRM' : host;
  const short = path
    .replace(/^\/(upload\/)?gmail\/v1\/users\/me\//, '')
    .replace(/\?.*$/, '')
    .replace(/^\//, '');
  return { service, path: short };
}

const NAMES: Readonly<Record<string, string>> = {
  onSyncTimer: 'Timer',
  onSyncSoon: 'Early run',
  onHomepage: 'Sidebar opened',
  onGmailMessage: 'Sidebar at a message',
  onAction: 'Click in the sidebar',
  onSyncNow: 'Sync now',
  onSettings: 'Settings',
  onActivity: 'Activity',
};

export const nameOfRun = (name: string): string => NAMES[name] ?? name;
