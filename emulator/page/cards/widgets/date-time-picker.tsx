/** A date, a time, or both. The emulated user's clock is shown in UTC, and so are these. */
import { useId } from 'preact/hooks';
import { readChange, useCardHost } from '../actions';
import type { FormValue } from '../form';
import { text, type Json } from '../read';

type HtmlType = 'date' | 'time' | 'datetime-local';

const HTML_TYPES: Readonly<Record<string, HtmlType>> = {
  DATE_ONLY: 'date',
  TIME_ONLY: 'time',
  DATE_AND_TIME: 'datetime-local',
};

export function DateTimePicker({ widget }: { widget: Json }) {
  const host = useCardHost();
  const id = useId();
  const name = text(widget['name']);
  const type = HTML_TYPES[text(widget['type'])] ?? 'datetime-local';
  const change = readChange(widget['onChangeAction']);
  const missing = host.missing.has(name);
  return (
    <div class={missing ? 'field missing' : 'field'}>
      <label for={id}>{text(widget['label']) || name}</label>
      <input
        id={id}
        name={name}
        type={type}
        value={shown(host.values[name], type)}
        disabled={host.busy}
        onChange={(event) => {
          host.setValue(name, typed(event.currentTarget.value, type));
          if (change !== undefined) host.click(change);
        }}
      />
      {missing && <p class="hint">This is needed.</p>}
    </div>
  );
}

function shown(value: FormValue, type: HtmlType): string {
  if (typeof value === 'number') return new Date(value).toISOString().slice(0, type === 'date' ? 10 : 16);
  if (typeof value !== 'object' || Array.isArray(value)) return '';
  if ('hours' in value) return `${String(value.hours).padStart(2, '0')}:${String(value.minutes).padStart(2, '0')}`;
  return 'msSinceEpoch' in value ? new Date(value.msSinceEpoch).toISOString().slice(0, 16) : '';
}

function typed(value: string, type: HtmlType): FormValue {
  if (value === '') return undefined;
  if (type === 'time') {
    const [hours, minutes] = value.split(':').map(Number);
    return { hours, minutes };
  }
  const ms = Date.parse(type === 'date' ? value : `${value}Z`);
  if (Number.isNaN(ms)) return undefined;
  return type === 'date' ? ms : { msSinceEpoch: ms, hasDate: true, hasTime: true };
}
