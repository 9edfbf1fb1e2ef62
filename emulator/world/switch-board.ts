/** Every switch of the world under one roof: what may be set, and the values in force. */
import { defaultsOf, type Switch, type SwitchTable } from '../core/switches';

export type SwitchValue = Switch['value'];

/** A value that a switch does not take, or a name that is none. */
export class SwitchError extends Error {}

const LONGEST_TEXT = 1000;

export class SwitchBoard {
  private readonly table: Readonly<Record<string, Switch & { part: string }>>;
  private current: Record<string, SwitchValue>;

  constructor(parts: Readonly<Record<string, SwitchTable>>) {
    const table: Record<string, Switch & { part: string }> = {};
    for (const [part, switches] of Object.entries(parts)) {
      for (const [name, entry] of Object.entries(switches)) {
        if (name in table) throw new Error(`two switches are called ${name}: of ${table[name].part} and of ${part}`);
        table[name] = { ...entry, part };
      }
    }
    this.table = table;
    this.current = defaultsOf(table);
  }

  get values(): Readonly<Record<string, SwitchValue>> {
    return this.current;
  }

  /** With their values, choices and meaning, in the order of the parts. */
  describe(): {
    name: string;
    part: string;
    value: SwitchValue;
    default: SwitchValue;
    choices?: readonly SwitchValue[];
    about: string;
  }[] {
    return Object.entries(this.table).map(([name, { part, value, choices, about }]) => ({
      name,
      part,
      value: this.current[name],
      default: value,
      ...(choices === undefined ? {} : { choices }),
      about,
    }));
  }

  /** All or nothing. Throws a `SwitchError` that says what is wrong. */
  set(values: Readonly<Record<string, unknown>>): void {
    const checked: Record<string, SwitchValue> = {};
    for (const [name, value] of Object.entries(values)) checked[name] = this.check(name, value);
    this.current = { ...this.current, ...checked };
  }

  snapshot(): Readonly<Record<string, SwitchValue>> {
    return this.current;
  }

  restore(values: Readonly<Record<string, SwitchValue>>): void {
    this.current = values;
  }

  reset(): void {
    this.current = defaultsOf(this.table);
  }

  private check(name: string, value: unknown): SwitchValue {
    if (!Object.hasOwn(this.table, name)) throw new SwitchError(`there is no switch ${JSON.stringify(name)}`);
    const { value: usual, choices } = this.table[name];
    if (typeof value !== typeof usual) throw new SwitchError(`${name} takes a ${typeof usual}`);
    const checked = value as SwitchValue;
    if (choices !== undefined && !choices.includes(checked)) {
      throw new SwitchError(`${name} takes one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`);
    }
    if (typeof checked === 'number' && !Number.isFinite(checked))
      throw new SwitchError(`${name} takes a finite number`);
    if (typeof checked === 'string' && checked.length > LONGEST_TEXT) throw new SwitchError(`${name} is too long`);
    return checked;
  }
}
