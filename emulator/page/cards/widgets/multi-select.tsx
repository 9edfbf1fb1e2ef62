/** Several of many: the chosen ones as chips, the others to be found and ticked. */
import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { Picture } from '../picture';

export interface Item {
  readonly value: string;
  readonly text: string;
  readonly bottomText: string;
  readonly icon: string;
}

interface MultiSelectProps {
  readonly name: string;
  readonly label: string;
  readonly items: readonly Item[];
  readonly chosen: readonly string[];
  /** How many may be chosen. */
  readonly most: number | undefined;
  /** So much is typed before anything is listed. */
  readonly least: number;
  readonly disabled: boolean;
  readonly choose: (values: readonly string[]) => void;
}

/** Up to so many are simply there. */
const FEW = 6;

export function MultiSelect({ name, label, items, chosen, most, least, disabled, choose }: MultiSelectProps) {
  const [search, setSearch] = useState('');
  const full = most !== undefined && chosen.length >= most;
  const words = search.trim().toLowerCase();
  const listed =
    words.length < least
      ? []
      : items.filter(({ text, bottomText }) => `${text} ${bottomText}`.toLowerCase().includes(words));
  const drop = (value: string) => choose(chosen.filter((other) => other !== value));
  return (
    <div class="multi-select">
      <div class="chip-list">
        {items
          .filter(({ value }) => chosen.includes(value))
          .map(({ value, text }) => (
            <span key={value} class="chip">
              {text}
              <button
                type="button"
                class="icon-button"
                aria-label={`Remove ${text}`}
                disabled={disabled}
                onClick={() => drop(value)}
              >
                <Icon name="close" size={14} />
              </button>
            </span>
          ))}
      </div>
      {(items.length > FEW || least > 0) && (
        <input
          type="search"
          aria-label={`Find in ${label}`}
          placeholder="Find"
          value={search}
          disabled={disabled}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div class="multi-items">
        {listed.map(({ value, text, bottomText, icon }) => {
          const on = chosen.includes(value);
          return (
            <label key={value} class="choice">
              <input
                type="checkbox"
                name={name}
                value={value}
                checked={on}
                disabled={disabled || (full && !on)}
                onChange={() => (on ? drop(value) : choose([...chosen, value]))}
              />
              {icon !== '' && <Picture url={icon} description="" class="card-icon circle" />}
              <span>
                {text}
                {bottomText !== '' && <small>{bottomText}</small>}
              </span>
            </label>
          );
        })}
      </div>
      {full && <p class="hint">No more than {most}.</p>}
    </div>
  );
}
