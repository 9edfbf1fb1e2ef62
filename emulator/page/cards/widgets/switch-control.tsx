import { readChange, useCardHost } from '../actions';
import { switchValue } from '../form';
import { text, type Json } from '../read';

/** A switch or a box at the end of a line. Sends its value when it is on, nothing when it is off. */
export function SwitchControl({ control, label }: { control: Json; label: string }) {
  const host = useCardHost();
  const name = text(control['name']);
  const value = host.values[name];
  const on = Array.isArray(value) && value.length > 0;
  const box = control['controlType'] === 'CHECKBOX' || control['controlType'] === 'CHECK_BOX';
  const change = readChange(control['onChangeAction']);
  return (
    <input
      type="checkbox"
      role={box ? undefined : 'switch'}
      class={box ? '' : 'switch'}
      name={name}
      aria-label={label}
      checked={on}
      disabled={host.busy}
      onChange={() => {
        host.setValue(name, on ? [] : [switchValue(control)]);
        if (change !== undefined) host.click(change);
      }}
    />
  );
}
