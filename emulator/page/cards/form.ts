/** The form of a card: what its inputs hold before anybody types, what a click sends, what is missing. */
import type { CardAction } from './actions';
import { isObject, number, object, objects, text, type Json } from './read';

/** A text; chosen values; a date in milliseconds; a date with a time; a time of day. Undefined: untouched and empty. */
export type FormValue =
  | string
  | number
  | readonly string[]
  | { readonly msSinceEpoch: number; readonly hasDate: true; readonly hasTime: true }
  | { readonly hours: number; readonly minutes: number }
  | undefined;
export type FormValues = Readonly<Record<string, FormValue>>;

/** Every input of a card with the value that the card gives it. */
export function initialForm(card: unknown): FormValues {
  const values: Record<string, FormValue> = {};
  for (const holder of objectsIn(card)) {
    const input = holder['textInput'];
    if (isObject(input)) values[text(input['name'])] = text(input['value']);
    const selection = holder['selectionInput'];
    if (isObject(selection)) values[text(selection['name'])] = initialChoice(selection);
    const control = holder['switchControl'];
    if (isObject(control)) values[text(control['name'])] = control['selected'] === true ? [switchValue(control)] : [];
    const picker = holder['dateTimePicker'];
    if (isObject(picker)) values[text(picker['name'])] = initialMoment(picker);
  }
  delete values[''];
  return values;
}

export function switchValue(control: Json): string {
  return text(control['value']) || 'true';
}

/** A drop-down has its first item chosen where the card chooses none; the others may have none. */
function initialChoice(selection: Json): string[] {
  const items = objects(selection['items']);
  const chosen = items.filter(({ selected }) => selected === true).map(({ value }) => text(value));
  const single = selection['type'] === 'DROPDOWN' || selection['type'] === 'RADIO_BUTTON';
  if (selection['type'] === 'DROPDOWN' && chosen.length === 0 && items.length > 0) return [text(items[0]['value'])];
  return single ? chosen.slice(0, 1) : chosen;
}

function initialMoment(picker: Json): FormValue {
  const ms = number(picker['valueMsEpoch']);
  if (ms === undefined) return undefined;
  if (picker['type'] === 'DATE_ONLY') return ms;
  if (picker['type'] === 'TIME_ONLY') {
    const time = new Date(ms);
    return { hours: time.getUTCHours(), minutes: time.getUTCMinutes() };
  }
  return { msSinceEpoch: ms, hasDate: true, hasTime: true };
}

/** Names of required inputs that are empty. */
export function missingInputs(values: FormValues, required: CardAction['required']): string[] {
  const names = required === 'all' ? Object.keys(values) : required;
  return names.filter((name) => isEmpty(values[name]));
}

function isEmpty(value: FormValue): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function* objectsIn(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const entry of value) yield* objectsIn(entry);
  else if (isObject(value)) {
    yield value;
    for (const entry of Object.values(object(value))) yield* objectsIn(entry);
  }
}
