/** One line or several. What changes is told when the field is left, as Gmail does (facts, platform 5.2). */
import { useId } from 'preact/hooks';
import { readChange, useCardHost } from '../actions';
import { isObject, number, object, objects, text, type Json } from '../read';

export function TextInput({ widget }: { widget: Json }) {
  const host = useCardHost();
  const id = useId();
  const name = text(widget['name']);
  const value = host.values[name];
  const change = readChange(widget['onChangeAction']);
  const missing = host.missing.has(name);
  const validation = object(widget['validation']);
  const suggestions = objects(object(widget['initialSuggestions'])['items']);
  const hint = text(widget['hintText']);
  const shared = {
    id,
    name,
    value: typeof value === 'string' ? value : '',
    placeholder: text(widget['placeholderText']) || undefined,
    maxLength: number(validation['characterLimit']),
    'aria-describedby': hint !== '' || missing ? `${id}-hint` : undefined,
    'aria-invalid': missing ? ('true' as const) : undefined,
    autocomplete: 'off',
    onChange: () => {
      if (change !== undefined) host.click(change);
    },
  };
  return (
    <div class={missing ? 'field missing' : 'field'}>
      <label for={id}>{text(widget['label']) || hint || name}</label>
      {widget['type'] === 'MULTIPLE_LINE' ? (
        <textarea {...shared} rows={4} onInput={(event) => host.setValue(name, event.currentTarget.value)} />
      ) : (
        <input
          {...shared}
          type={inputType(validation['inputType'])}
          list={suggestions.length > 0 ? `${id}-list` : undefined}
          onInput={(event) => host.setValue(name, event.currentTarget.value)}
        />
      )}
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((item, index) => (
            <option key={index} value={text(item['text'])} />
          ))}
        </datalist>
      )}
      {(hint !== '' || missing) && (
        <p id={`${id}-hint`} class="hint">
          {missing ? 'This is needed.' : hint}
        </p>
      )}
      {isObject(widget['autoCompleteAction']) && <p class="hint">Suggestions as you type are not drawn here.</p>}
    </div>
  );
}

function inputType(value: unknown): 'email' | 'number' | 'text' {
  switch (value) {
    case 'EMAIL':
      return 'email';
    case 'INTEGER':
    case 'FLOAT':
      return 'number';
    default:
      return 'text';
  }
}
