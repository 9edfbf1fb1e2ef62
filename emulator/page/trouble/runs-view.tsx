/** What the add-on did lately, run by run, and what each asked for, round by round. */
import { readCalls, readRuns, type CallRecord } from '../api/trouble';
import { Failure } from '../parts/empty';
import { briefMoment, longMoment } from '../parts/moment';
import { useLoaded } from '../shell/use-loaded';
import { Block } from './block';
import { nameOfRun, shortPath, viewRuns, type RunView } from './runs';

const RUNS = 12;
/** Of those runs; a run may make hundreds. */
const CALLS = 1500;

export function RunsView({ version, now }: { version: number; now: number }) {
  const { value: runs, error } = useLoaded('runs', version, async () =>
    viewRuns(await readRuns(RUNS), await readCalls(CALLS)),
  );
  return (
    <Block title="Runs">
      {error !== undefined && <Failure text={error} />}
      {runs?.length === 0 && <p class="note">The add-on has not run yet.</p>}
      {(runs ?? []).map((view) => (
        <Run key={view.run.executionId} view={view} now={now} />
      ))}
    </Block>
  );
}

function Run({ view, now }: { view: RunView; now: number }) {
  const { run, rounds, requests, units, reads, writes } = view;
  const state = run.killed === true ? 'killed' : run.ok ? 'done' : 'failed';
  return (
    <details class="run">
      <summary>
        <span class="grow">
          <b>{nameOfRun(run.function)}</b>
          {state !== 'done' && <span class="chip bad">{state}</span>}
          <small>
            {requests} {requests === 1 ? 'request' : 'requests'} · {rounds.length}{' '}
            {rounds.length === 1 ? 'round' : 'rounds'} · {units} units · {(run.virtualMs / 1000).toFixed(1)} s
          </small>
        </span>
        <span class="when" title={longMoment(run.at)}>
          {briefMoment(run.at, now)}
        </span>
      </summary>
      <p class="note">
        {run.user} · {run.context} · store: {reads} read, {writes} written
      </p>
      {run.error !== undefined && <p class="error-text">{run.error}</p>}
      <ol class="rounds">
        {rounds.map(({ number, calls }) => (
          <li key={number}>
            <span class="round-number">Round {number}</span>
            <ul>
              {calls.map((call, index) => (
                <Call key={index} call={call} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Call({ call }: { call: CallRecord }) {
  const { service, path } = shortPath(call);
  const bad = call.fault !== undefined || (call.status ?? 200) >= 400 || call.status === undefined;
  return (
    <li class={bad ? 'call bad' : 'call'}>
      <span class="call-service">{service}</span>
      <code>
        {call.method} {path}
      </code>
      <span class="call-end">
        {call.fault !== undefined && `${call.fault} `}
        {call.status ?? 'no answer'}
        {(call.units ?? 0) > 0 && ` · ${call.units} u`}
      </span>
    </li>
  );
}
