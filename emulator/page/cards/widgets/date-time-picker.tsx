/** A date, a time, or both: in UTC, as the emulated user's clock is, or as far from it as the card says. */
import { useId } from 'preact/hooks';
import { readChange, useCardHost } from '../actions';
import type { FormValue } from '../form';
import { number, text, type Json } from '../read';

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
  // Minutes that the times on the card are ahead of UTC.
  const zone = type === 'datetime-local' ? (number(widget['timezoneOffsetDate']) ?? 0) * 60_000 : 0;
  return (
    <div class={missing ? 'field missing' : 'field'}>
      <label for={id}>{text(widget['label']) || name}</label>
      <input
        id={id}
        name={name}
        type={type}
        value={shown(host.values[name], type, zone)}
        disabled={host.busy}
        onChange={(event) => {
          host.setValue(name, typed(event.currentTarget.value, type, zone));
          if (change !== undefined) host.click(change);
        }}
      />
      {missing && <p class="hint">This is needed.</p>}
    </div>
  );
}

function shown(value: FormValue, type: HtmlType, zone: number): string {
  if (typeof value === 'number') return new Date(value).toISOString().slice(0, type === 'date' ? 10 : 16);
  if (typeof value !== 'object' || Array.isArray(value)) return '';
  if ('hours' in value) return `${String(value.hours).padStart(2, '0')}:${String(value.minutes).padStart(2, '0')}`;
  return 'msSinceEpoch' in value ? new Date(value.msSinceEpoch + zone).toISOString().slice(0, 16) : '';
}

function typed(value: string, type: HtmlType, zone: number): FormValue {
  if (value === '') return undefined;
  if (type === 'time') {
    const [hours, minutes] = value.split(':').map(Number);
    return { hours, minutes };
  }
  const ms = Date.parse(type === 'date' ? value : `${value}Z`);
  if (Number.isNaN(ms)) return undefined;
  return type === 'date' ? ms : { msSinceEpoch: ms - zone, hasDate: true, hasTime: true };
}
