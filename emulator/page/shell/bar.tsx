/** The bar on top: what this is, what time it is, and the buttons that make time pass. */
import { useState } from 'preact/hooks';
import { advanceClock, resetWorld, syncNow, type Execution, type WorldState } from '../api/control';
import { Icon } from '../parts/icon';
import { MenuButton } from '../parts/menu-button';
import { longMoment } from '../parts/moment';
import { ConnectionState } from './connection-state';
import { useNotify } from './toasts';
import { usePass } from './use-pass';

const MINUTE_MS = 60_000;
const STEPS = [
  { text: '+1 min', ms: MINUTE_MS, doing: 'A minute goes by …' },
  { text: '+5 min', ms: 5 * MINUTE_MS, doing: 'Five minutes go by …' },
  { text: '+1 h', ms: 60 * MINUTE_MS, doing: 'An hour goes by …' },
];

interface BarProps {
  readonly state: WorldState | undefined;
  readonly user: string;
  readonly live: boolean;
  readonly onTimePassed: () => void;
  readonly onReset: () => void;
}

export function Bar({ state, user, live, onTimePassed, onReset }: BarProps) {
  const passing = usePass(onTimePassed);
  const notify = useNotify();
  const [doing, setDoing] = useState('');
  const reset = (world: 'empty' | 'demo') => {
    setDoing('Starting anew …');
    passing.run(() => resetWorld(world).then(onReset));
  };
  const tell = (executions: readonly Execution[]) => {
    if (executions.length === 0) notify('Nobody is connected yet: connect in the sidebar first.');
    else if (executions.every(({ ok }) => ok)) notify(`Synced. ${costOf(executions)}`, 'good');
  };
  return (
    <header class="bar" aria-busy={passing.busy}>
      <div
        class="progress"
        data-busy={passing.busy}
        role="progressbar"
        aria-label="Time passes"
        aria-hidden={!passing.busy}
      />
      <div class="brand">
        <Icon name="sync" size={22} />
        <div>
          <h1>Threadlink</h1>
          <p>CRM threads and Gmail, in step both ways. Everything here is emulated.</p>
        </div>
      </div>
      {state !== undefined && (
        <ConnectionState state={state} user={user} live={live} doing={passing.busy ? doing : ''} />
      )}
      <div class="time" role="group" aria-label="Time">
        <output class="clock" aria-label="The clock of this world">
          <Icon name="clock" size={16} />
          {state === undefined ? '…' : `${longMoment(state.clock)} UTC`}
        </output>
        {STEPS.map(({ text, ms, doing: says }) => (
          <button
            key={ms}
            type="button"
            class="button"
            disabled={passing.busy}
            onClick={() => {
              setDoing(says);
              passing.pass(() => advanceClock(ms));
            }}
          >
            {text}
          </button>
        ))}
        <button
          type="button"
          class="button primary"
          disabled={passing.busy}
          onClick={() => {
            setDoing('Copying mail between Gmail and the CRM …');
            passing.pass(syncNow, tell);
          }}
        >
          <Icon name="sync" size={18} />
          Run sync now
        </button>
        <MenuButton
          class="button quiet"
          disabled={passing.busy}
          items={[
            { text: 'The demo world', choose: () => reset('demo') },
            { text: 'An empty world', choose: () => reset('empty') },
          ]}
        >
          Reset
        </MenuButton>
      </div>
    </header>
  );
}

/** `14 calls in 3 rounds, 2.1 s.` */
function costOf(executions: readonly Execution[]): string {
  const sum = (key: 'calls' | 'rounds' | 'virtualMs') => executions.reduce((total, run) => total + run[key], 0);
  return `${sum('calls')} calls in ${sum('rounds')} rounds, ${(sum('virtualMs') / 1000).toFixed(1)} s.`;
}
