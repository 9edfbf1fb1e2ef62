/** The clock, and what is due. */
import { useState } from 'preact/hooks';
import { advanceClock, type WorldState } from '../api/control';
import { longMoment, untilMoment } from '../parts/moment';
import type { Passing } from '../shell/use-pass';
import { Block } from './block';
import { nameOfRun } from './runs';

const HOUR_MS = 3_600_000;
const STEPS = [
  { text: '+10 min', ms: HOUR_MS / 6 },
  { text: '+1 hour', ms: HOUR_MS },
  { text: '+1 day', ms: 24 * HOUR_MS },
  { text: '+1 week', ms: 168 * HOUR_MS },
];

export function ClockView({ state, passing }: { state: WorldState; passing: Passing }) {
  const [quiet, setQuiet] = useState(false);
  const due = [...state.triggers].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return (
    <Block title="Time">
      <p class="moment">{longMoment(state.clock)} UTC</p>
      <div class="row">
        {STEPS.map(({ text, ms }) => (
          <button
            key={ms}
            type="button"
            class="button"
            disabled={passing.busy}
            onClick={() => passing.pass(() => advanceClock(ms, !quiet))}
          >
            {text}
          </button>
        ))}
      </div>
      <label class="choice">
        <input type="checkbox" checked={quiet} onChange={() => setQuiet(!quiet)} />
        <span>Google starts no timer meanwhile</span>
      </label>
      {due.length === 0 ? (
        <p class="note">No run is due.</p>
      ) : (
        <ul class="fact-list" aria-label="Due runs">
          {due.map(({ user, handler, everyMinutes, at = state.clock }, index) => (
            <li key={index} class="with-button">
              <span class="grow">
                <b>{nameOfRun(handler)}</b>{' '}
                <small>
                  {user}, {untilMoment(at, state.clock)}
                  {everyMinutes === undefined ? '' : `, every ${everyMinutes} min`}
                </small>
              </span>
              <button
                type="button"
                class="button quiet"
                disabled={passing.busy}
                onClick={() => passing.pass(() => advanceClock(Math.max(0, at - state.clock)))}
              >
                Go there
              </button>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}
