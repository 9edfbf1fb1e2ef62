/** The bar on top: what this is, what time it is, and the buttons that make time pass. */
import { advanceClock, resetWorld, syncNow, type Execution, type WorldState } from '../api/control';
import { Icon } from '../parts/icon';
import { MenuButton } from '../parts/menu-button';
import { longMoment } from '../parts/moment';
import { ConnectionState } from './connection-state';
import { useNotify } from './toasts';
import { useTask } from './use-task';

const MINUTE_MS = 60_000;
const STEPS = [
  { text: '+1 min', ms: MINUTE_MS },
  { text: '+5 min', ms: 5 * MINUTE_MS },
  { text: '+1 h', ms: 60 * MINUTE_MS },
];

interface BarProps {
  readonly state: WorldState | undefined;
  readonly user: string;
  readonly live: boolean;
  readonly onTimePassed: () => void;
  readonly onReset: () => void;
}

export function Bar({ state, user, live, onTimePassed, onReset }: BarProps) {
  const task = useTask();
  const notify = useNotify();
  const pass = (work: () => Promise<{ executions: readonly Execution[] }>) =>
    task.run(async () => {
      const { executions } = await work();
      for (const { ok, error } of executions)
        if (!ok) notify(`A run of the add-on failed: ${error ?? 'no reason given'}`, 'bad');
      onTimePassed();
      return executions;
    });
  const reset = (world: 'empty' | 'demo') => task.run(() => resetWorld(world).then(onReset));
  return (
    <header class="bar">
      <div class="brand">
        <Icon name="sync" size={22} />
        <div>
          <h1>Threadlink</h1>
          <p>CRM threads and Gmail, in step both ways. Everything here is emulated.</p>
        </div>
      </div>
      {state !== undefined && <ConnectionState state={state} user={user} live={live} />}
      <div class="time" role="group" aria-label="Time">
        <output class="clock" aria-label="The clock of this world">
          <Icon name="clock" size={16} />
          {state === undefined ? '…' : `${longMoment(state.clock)} UTC`}
        </output>
        {STEPS.map(({ text, ms }) => (
          <button
            key={ms}
            type="button"
            class="button"
            disabled={task.busy}
            onClick={() => pass(() => advanceClock(ms))}
          >
            {text}
          </button>
        ))}
        <button
          type="button"
          class="button primary"
          disabled={task.busy}
          onClick={() =>
            pass(async () => {
              const done = await syncNow();
              if (done.executions.length === 0) notify('Nobody is connected yet: connect in the sidebar first.');
              else if (done.executions.every(({ ok }) => ok)) notify('Synced.', 'good');
              return done;
            })
          }
        >
          <Icon name="sync" size={18} />
          Run sync now
        </button>
        <MenuButton
          class="button quiet"
          disabled={task.busy}
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
