/** Reads cards (`google.apps.card.v1` JSON) as a person does: what they say, what can be clicked, what is filled in. */
import type { FormInputs } from './events';

export interface Click {
  readonly function: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly selected: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** Every object inside, depth first, in the order of the card. */
function* objectsIn(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const entry of value) yield* objectsIn(entry);
  else if (typeof value === 'object' && value !== null) {
    yield value as Json;
    for (const entry of Object.values(value)) yield* objectsIn(entry);
  }
}

/** Everything that starts an action when it is clicked or changed. */
export function clicksIn(card: unknown): Click[] {
  const clicks: Click[] = [];
  for (const object of objectsIn(card)) {
    for (const name of ['onClick', 'onChangeAction', 'submitFormAction']) {
      const on = object[name] as Json | undefined;
      const action = (name === 'onClick' ? on?.['action'] : on) as Json | undefined;
      if (typeof action?.['function'] !== 'string') continue;
      const parameters = (action['parameters'] ?? []) as { key: string; value: string }[];
      clicks.push({
        function: action['function'],
        parameters: Object.fromEntries(parameters.map(({ key, value }) => [key, value])),
      });
    }
  }
  return clicks;
}

/** The first click whose parameter `do` is this. */
export function clickThatDoes(cards: readonly unknown[], what: string): Click | undefined {
  return cards.flatMap(clicksIn).find(({ parameters }) => parameters['do'] === what);
}

/** The addresses behind links and buttons that open one. */
export function linksIn(card: unknown): string[] {
  const links: string[] = [];
  for (const { openLink } of objectsIn(card)) {
    const url = (openLink as Json | undefined)?.['url'];
    if (typeof url === 'string') links.push(url);
  }
  return links;
}

/** The choices of a selection, undefined where the card has none of that name. */
export function choicesOf(card: unknown, name: string): Choice[] | undefined {
  for (const { selectionInput } of objectsIn(card)) {
    const input = selectionInput as Json | undefined;
    if (input?.['name'] !== name) continue;
    return ((input['items'] ?? []) as Json[]).map(({ value, text, selected }) => ({
      value: String(value),
      text: String(text),
      selected: selected === true,
    }));
  }
  return undefined;
}

/** The form as it stands when nobody has touched it, which is what a click sends. */
export function formOf(card: unknown): FormInputs {
  const inputs: Record<string, string | number | string[]> = {};
  for (const object of objectsIn(card)) {
    const text = object['textInput'] as Json | undefined;
    const selection = object['selectionInput'] as Json | undefined;
    const toggle = object['switchControl'] as Json | undefined;
    const date = object['dateTimePicker'] as Json | undefined;
    if (typeof text?.['name'] === 'string')
      inputs[text['name']] = typeof text['value'] === 'string' ? text['value'] : '';
    if (typeof selection?.['name'] === 'string') {
      const name = selection['name'];
      inputs[name] = (choicesOf(object, name) ?? []).filter(({ selected }) => selected).map(({ value }) => value);
    }
    if (typeof toggle?.['name'] === 'string') {
      inputs[toggle['name']] =
        toggle['selected'] === true ? [typeof toggle['value'] === 'string' ? toggle['value'] : 'true'] : [];
    }
    if (typeof date?.['name'] === 'string' && date['valueMsEpoch'] !== undefined) {
      inputs[date['name']] = Number(date['valueMsEpoch']);
    }
  }
  return inputs;
}

/** What the card says, without formatting. */
export function textOf(card: unknown): string {
  const texts: string[] = [];
  for (const object of objectsIn(card)) {
    for (const name of ['title', 'subtitle', 'header', 'topLabel', 'text', 'bottomLabel']) {
      if (typeof object[name] === 'string') texts.push(object[name].replace(/<[^>]*>/g, ''));
    }
  }
  return texts.filter((text) => text.trim() !== '').join(' · ');
}
