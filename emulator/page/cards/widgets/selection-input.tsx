/** Boxes, radio buttons, switches, a drop-down, or a list of which several are chosen. */
import { useId } from 'preact/hooks';
import { readChange, useCardHost } from '../actions';
import { isObject, number, objects, text, type Json } from '../read';
import { NotDrawn } from '../not-drawn';
import { MultiSelect, type Item } from './multi-select';

export function SelectionInput({ widget }: { widget: Json }) {
  const host = useCardHost();
  const id = useId();
  const name = text(widget['name']);
  const items = objects(widget['items']).map((item) => ({
    value: text(item['value']),
    text: text(item['text']),
    bottomText: text(item['bottomText']),
    icon: text(item['startIconUri']),
  }));
  const given = host.values[name];
  const chosen = Array.isArray(given) ? (given as readonly string[]) : [];
  const change = readChange(widget['onChangeAction']);
  const choose = (values: readonly string[]) => {
    host.setValue(name, values);
    if (change !== undefined) host.click(change);
  };
  const missing = host.missing.has(name);
  const label = text(widget['label']) || name;
  const shared = { id, name, items, chosen, choose, disabled: host.busy };
  const note = missing && <p class="hint">Please choose.</p>;
  if (widget['type'] === 'DROPDOWN' || widget['type'] === undefined) {
    return (
      <div class={missing ? 'field missing' : 'field'}>
        <label for={id}>{label}</label>
        <DropDown {...shared} />
        {note}
      </div>
    );
  }
  return (
    <fieldset class={missing ? 'field missing' : 'field'}>
      <legend>{label}</legend>
      {widget['type'] === 'MULTI_SELECT' ? (
        <MultiSelect
          {...shared}
          label={label}
          most={number(widget['multiSelectMaxSelectedItems'])}
          least={number(widget['multiSelectMinQueryLength']) ?? 0}
        />
      ) : (
        <Choices {...shared} type={text(widget['type'])} />
      )}
      {note}
      {isObject(widget['externalDataSource']) && <NotDrawn name="selectionInput.externalDataSource" />}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly name: string;
  readonly items: readonly Item[];
  readonly chosen: readonly string[];
  readonly disabled: boolean;
  readonly choose: (values: readonly string[]) => void;
}

function DropDown({ id, name, items, chosen, choose, disabled }: ChoiceProps) {
  return (
    <select
      id={id}
      name={name}
      disabled={disabled}
      value={chosen[0] ?? ''}
      onChange={(event) => choose([event.currentTarget.value])}
    >
      {items.map((item) => (
        <option key={item.value} value={item.value}>
          {item.text}
        </option>
      ))}
    </select>
  );
}

function Choices({ name, items, chosen, choose, disabled, type }: ChoiceProps & { type: string }) {
  return (
    <>
      {items.map((item) => {
        const on = chosen.includes(item.value);
        const shared = { name, value: item.value, checked: on, disabled };
        const toggle = () => choose(on ? chosen.filter((value) => value !== item.value) : [...chosen, item.value]);
        return (
          <label key={item.value} class="choice">
            {type === 'RADIO_BUTTON' ? (
              <input {...shared} type="radio" onChange={() => choose([item.value])} />
            ) : type === 'SWITCH' ? (
              <input {...shared} type="checkbox" role="switch" class="switch" onChange={toggle} />
            ) : (
              <input {...shared} type="checkbox" onChange={toggle} />
            )}
            <span>
              {item.text}
              {item.bottomText !== '' && <small>{item.bottomText}</small>}
            </span>
          </label>
        );
      })}
    </>
  );
}
