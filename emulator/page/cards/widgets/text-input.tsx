/** One line or several. What changes is told when the field is left, as Gmail does (facts, platform 5.2). */
import { useId, useState } from 'preact/hooks';
import { readChange, useCardHost } from '../actions';
import { isObject, number, object, objects, text, type Json } from '../read';
import { SuggestionList, useSuggestions } from './suggestions';

export function TextInput({ widget }: { widget: Json }) {
  const host = useCardHost();
  const id = useId();
  const name = text(widget['name']);
  const given = host.values[name];
  const value = typeof given === 'string' ? given : '';
  const change = readChange(widget['onChangeAction']);
  const missing = host.missing.has(name);
  const validation = object(widget['validation']);
  const limit = number(validation['characterLimit']);
  const hint = text(widget['hintText']);
  const suggests =
    isObject(widget['autoCompleteAction']) || objects(object(widget['initialSuggestions'])['items']).length > 0;
  const { found, typed } = useSuggestions(widget, value);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const listed = suggests && open && found.length > 0;
  const choose = (item: string) => {
    host.setValue(name, item);
    setOpen(false);
    setActive(-1);
  };
  const input = (given: string) => {
    host.setValue(name, given);
    typed(given);
    setOpen(true);
    setActive(-1);
  };
  const shared = {
    id,
    name,
    value,
    placeholder: text(widget['placeholderText']) || undefined,
    maxLength: limit,
    'aria-describedby': hint !== '' || missing ? `${id}-hint` : undefined,
    'aria-invalid': missing ? ('true' as const) : undefined,
    autocomplete: 'off',
    onChange: () => {
      if (change !== undefined) host.click(change);
    },
  };
  const combobox = suggests
    ? {
        role: 'combobox' as const,
        'aria-expanded': listed,
        'aria-controls': `${id}-list`,
        'aria-autocomplete': 'list' as const,
        'aria-activedescendant': listed && active >= 0 ? `${id}-list-${active}` : undefined,
        onFocus: () => setOpen(true),
        onBlur: () => setOpen(false),
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key === 'Escape') setOpen(false);
          if (!listed) return;
          if (event.key === 'Enter' && active >= 0) choose(found[active]);
          else if (event.key === 'ArrowDown') setActive((active + 1) % found.length);
          else if (event.key === 'ArrowUp') setActive((active <= 0 ? found.length : active) - 1);
          else return;
          event.preventDefault();
        },
      }
    : {};
  return (
    <div class={missing ? 'field missing' : 'field'}>
      <label for={id}>{text(widget['label']) || hint || name}</label>
      {widget['type'] === 'MULTIPLE_LINE' ? (
        <textarea {...shared} rows={4} onInput={(event) => input(event.currentTarget.value)} />
      ) : (
        <input
          {...shared}
          {...combobox}
          type="text"
          inputMode={inputMode(validation['inputType'])}
          onInput={(event) => input(event.currentTarget.value)}
        />
      )}
      {listed && <SuggestionList id={`${id}-list`} items={found} active={active} onChoose={choose} />}
      {(hint !== '' || missing) && (
        <p id={`${id}-hint`} class="hint">
          {missing ? 'This is needed.' : hint}
        </p>
      )}
      {limit !== undefined && value.length > limit * 0.8 && (
        <p class="hint">
          {value.length} of {limit}
        </p>
      )}
    </div>
  );
}

function inputMode(value: unknown): 'email' | 'numeric' | 'decimal' | 'text' {
  switch (value) {
    case 'EMAIL':
      return 'email';
    case 'INTEGER':
      return 'numeric';
    case 'FLOAT':
      return 'decimal';
    default:
      return 'text';
  }
}
