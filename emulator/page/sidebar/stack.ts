/** The cards that lie on one another in the sidebar, and how an answer of the add-on moves them (facts, platform 5.2). */
import { initialForm, type FormValues } from '../cards/form';
import { isObject, object, objects, text, type Json } from '../cards/read';

export interface StackEntry {
  /** Told apart from any other entry, so that the fields of one card never become those of another. */
  readonly key: number;
  readonly card: Json;
  readonly values: FormValues;
}

export type Stack = readonly StackEntry[];

/** Several cards at once are a list of their headers, each to be opened (facts, platform 5.2). */
export function stackOf(cards: readonly unknown[]): Stack {
  const all = objects(cards);
  return all.length === 0 ? [] : push([], all.length === 1 ? all[0] : headerList(all));
}

function headerList(cards: readonly Json[]): Json {
  const widgets = cards.map((card) => {
    const header = object(card['header']);
    return { decoratedText: { text: header['title'], bottomLabel: header['subtitle'], onClick: { card } } };
  });
  return { sections: [{ widgets }] };
}

/** What Gmail shows where the add-on asks for an authorization and brings no card of its own (facts, platform 5.5). */
export function authorizationCard(request: Json): Json {
  const name = text(request['resourceDisplayName']);
  const openLink = { url: text(request['authorizationUrl']), openAs: 'OVERLAY', onClose: 'RELOAD' };
  return {
    header: { title: 'Permission needed' },
    sections: [
      {
        widgets: [
          { textParagraph: { text: `${escapeText(name)} has to be allowed before Threadlink can go on.` } },
          { buttonList: { buttons: [{ text: 'Allow access', type: 'FILLED', onClick: { openLink } }] } },
        ],
      },
    ],
  };
}

function escapeText(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

export function push(stack: Stack, card: Json): Stack {
  return [...stack, { key: nextKey(stack), card, values: initialForm(card) }];
}

/** The root card stays (facts, platform 5.2). */
export function pop(stack: Stack): Stack {
  return stack.length > 1 ? stack.slice(0, -1) : stack;
}

export function update(stack: Stack, card: Json): Stack {
  return [...stack.slice(0, -1), { key: nextKey(stack), card, values: initialForm(card) }];
}

function popTo(stack: Stack, name: string): Stack {
  const index = stack.findLastIndex(({ card }) => text(card['name']) === name);
  return index < 0 ? stack : stack.slice(0, index + 1);
}

/** One step after another, as the answer lists them. Names with and without `Card` are both understood. */
export function navigate(stack: Stack, navigation: readonly unknown[]): Stack {
  return objects(navigation).reduce<Stack>((current, step) => {
    const pushed = step['push'] ?? step['pushCard'];
    const updated = step['update'] ?? step['updateCard'];
    const target = step['popTo'] ?? step['popToCard'] ?? step['popToNamedCard'];
    if (isObject(pushed)) return push(current, pushed);
    if (isObject(updated)) return update(current, updated);
    if (typeof target === 'string') return popTo(current, target);
    if (step['popToRoot'] === true) return current.slice(0, 1);
    if (step['pop'] === true || step['popCard'] === true) return pop(current);
    return current;
  }, stack);
}

/** What was typed is dropped after a click, unless its action keeps it (facts, platform 5.2: setPersistValues). */
export function forgetTyped(stack: Stack): Stack {
  return stack.map((entry) => ({ ...entry, values: initialForm(entry.card) }));
}

/** What was typed before is in the fields of the same names of the card that is on top now. */
export function keepTyped(before: Stack, after: Stack): Stack {
  const typed = before.at(-1)?.values ?? {};
  return after.map((entry, index) => {
    if (index < after.length - 1) return entry;
    const kept = Object.entries(typed).filter(([name]) => name in entry.values);
    return { ...entry, values: { ...entry.values, ...Object.fromEntries(kept) } };
  });
}

export function setValue(stack: Stack, name: string, value: FormValues[string]): Stack {
  return stack.map((entry, index) =>
    index === stack.length - 1 ? { ...entry, values: { ...entry.values, [name]: value } } : entry,
  );
}

function nextKey(stack: Stack): number {
  return stack.reduce((largest, { key }) => Math.max(largest, key), 0) + 1;
}
