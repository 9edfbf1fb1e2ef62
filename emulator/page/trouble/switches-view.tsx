/** How the real platforms behave where nobody knows for sure: each can be set the other way. */
import { useState } from 'preact/hooks';
import { changeSettings } from '../api/control';
import { readSwitches, type SwitchEntry } from '../api/trouble';
import { Failure } from '../parts/empty';
import { Field } from '../parts/field';
import { useLoaded } from '../shell/use-loaded';
import { useTask } from '../shell/use-task';
import { Block } from './block';

export function SwitchesView({ version, onChanged }: { version: number; onChanged: () => void }) {
  const { value: switches = [], error } = useLoaded('switches', version, readSwitches);
  const [search, setSearch] = useState('');
  const task = useTask();
  const changed = switches.filter((entry) => entry.value !== entry.default);
  const words = search.toLowerCase();
  const found =
    words === ''
      ? changed
      : switches.filter(({ name, about, part }) => `${name} ${about} ${part}`.toLowerCase().includes(words));
  const set = (values: Readonly<Record<string, unknown>>) =>
    task.run(async () => {
      await changeSettings(values);
      onChanged();
    });
  return (
    <Block title="How the platforms behave">
      <p class="note">
        {switches.length} switches for what no document settles
        {changed.length === 0 ? ', all at what is likeliest.' : `, ${changed.length} not at what is likeliest.`}
      </p>
      <Field label="Find" value={search} onInput={setSearch} placeholder="reply-to, quota, threadId …" />
      {error !== undefined && <Failure text={error} />}
      <ul class="switches">
        {found.map((entry) => (
          <li key={entry.name}>
            <SwitchLine entry={entry} disabled={task.busy} onSet={(value) => set({ [entry.name]: value })} />
          </li>
        ))}
      </ul>
      {changed.length > 0 && (
        <button
          type="button"
          class="button quiet"
          disabled={task.busy}
          onClick={() => set(Object.fromEntries(changed.map((entry) => [entry.name, entry.default])))}
        >
          All as likeliest
        </button>
      )}
    </Block>
  );
}

interface LineProps {
  readonly entry: SwitchEntry;
  readonly disabled: boolean;
  readonly onSet: (value: SwitchEntry['value']) => void;
}

function SwitchLine({ entry, disabled, onSet }: LineProps) {
  const { name, value, about } = entry;
  const id = `switch-${name}`;
  return (
    <>
      <label for={id}>
        <code>{name}</code>
        {value !== entry.default && <span class="chip waiting">changed</span>}
      </label>
      <SwitchInput id={id} entry={entry} disabled={disabled} onSet={onSet} />
      <small>{about}</small>
    </>
  );
}

function SwitchInput({ id, entry, disabled, onSet }: LineProps & { id: string }) {
  const { value, choices = [] } = entry;
  if (typeof value === 'boolean') {
    return (
      <input
        id={id}
        type="checkbox"
        role="switch"
        class="switch"
        checked={value}
        disabled={disabled}
        onChange={() => onSet(!value)}
      />
    );
  }
  if (choices.length > 0) {
    const all = [...new Set([entry.default, ...choices])];
    return (
      <select
        id={id}
        value={String(value)}
        disabled={disabled}
        onChange={(event) => onSet(all.find((choice) => String(choice) === event.currentTarget.value) ?? value)}
      >
        {all.map((choice) => (
          <option key={String(choice)} value={String(choice)}>
            {String(choice)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      id={id}
      type="text"
      inputMode={typeof value === 'number' ? 'numeric' : 'text'}
      value={String(value)}
      disabled={disabled}
      onChange={({ currentTarget }) =>
        onSet(typeof value === 'number' ? Number(currentTarget.value) : currentTarget.value)
      }
    />
  );
}
