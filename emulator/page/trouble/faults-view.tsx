/** Arming trouble for the add-on's next calls, and seeing what of it came. */
import { useState } from 'preact/hooks';
import { armFaults, expireHistory, readFaults, setGrant } from '../api/trouble';
import { Failure } from '../parts/empty';
import { Select } from '../parts/field';
import { useNotify } from '../shell/toasts';
import { useLoaded } from '../shell/use-loaded';
import { useTask } from '../shell/use-task';
import { Block } from './block';
import { describeFault, faultOf, PRESETS } from './fault-presets';

interface FaultsProps {
  readonly user: string;
  readonly version: number;
  readonly onChanged: () => void;
}

export function FaultsView({ user, version, onChanged }: FaultsProps) {
  const { value: faults, error } = useLoaded('faults', version, readFaults);
  const [chosen, setChosen] = useState(0);
  const [write, setWrite] = useState('10');
  const task = useTask();
  const notify = useNotify();
  const preset = PRESETS[chosen];
  const does = (work: () => Promise<void>, said: string) =>
    task.run(async () => {
      await work();
      notify(said);
      onChanged();
    });
  const armed = faults?.armed ?? [];
  const at = Math.max(1, Math.floor(Number(write)) || 1);
  return (
    <Block title="Trouble">
      <form
        class="arm"
        aria-label="Arm a fault"
        onSubmit={(event) => {
          event.preventDefault();
          does(() => armFaults([...armed, faultOf(preset, user, at)]), 'Armed for the next run.');
        }}
      >
        <Select
          label="What"
          value={String(chosen)}
          options={PRESETS.map(({ name }, index) => ({ value: String(index), text: name }))}
          onChange={(value) => setChosen(Number(value))}
        />
        {preset.atWrite === true && (
          <div class="field-line">
            <label for="fault-write">At write</label>
            <input
              id="fault-write"
              type="number"
              min="1"
              max="999"
              value={write}
              onInput={(event) => setWrite(event.currentTarget.value)}
            />
          </div>
        )}
        <p class="note">{preset.about}</p>
        <div class="row">
          <button type="submit" class="button primary" disabled={task.busy || faults === undefined}>
            Arm
          </button>
          {armed.length > 0 && (
            <button
              type="button"
              class="button quiet"
              disabled={task.busy}
              onClick={() => does(() => armFaults([]), 'Nothing is armed any more.')}
            >
              Disarm all
            </button>
          )}
        </div>
      </form>
      {error !== undefined && <Failure text={error} />}
      {armed.length > 0 && (
        <ul class="fact-list" aria-label="Armed faults">
          {armed.map((fault, index) => (
            <li key={index}>
              <span class="chip waiting">armed</span> {describeFault(fault)}
            </li>
          ))}
        </ul>
      )}
      {(faults?.met.length ?? 0) > 0 && (
        <ul class="fact-list" aria-label="Faults that came">
          {faults!.met.slice(-6).map(({ kind, call }, index) => (
            <li key={index}>
              <span class="chip bad">came</span> {kind} <small>{call}</small>
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>What people and Google can do</summary>
        <div class="row">
          <button
            type="button"
            class="button"
            disabled={task.busy}
            onClick={() => does(() => setGrant(user, true), "The add-on's access was taken back.")}
          >
            Take back Google's access
          </button>
          <button
            type="button"
            class="button"
            disabled={task.busy}
            onClick={() => does(() => setGrant(user, false), 'The add-on has its access again.')}
          >
            Allow it again
          </button>
          <button
            type="button"
            class="button"
            disabled={task.busy}
            onClick={() => does(() => expireHistory(user), 'Gmail has forgotten its history.')}
          >
            Gmail forgets its history
          </button>
        </div>
      </details>
    </Block>
  );
}
