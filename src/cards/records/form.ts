/** What the forms for new records share: what was typed, the single-use id, and the way on when nobody knows (X13). */
import { section, text, type ActionButton, type Card, type Section } from '../model';
import type { Words } from '../words';

export interface FormState {
  /** The single-use id of this form. */
  readonly once: string;
  /** The id of a click before, of which it cannot be told what it came to. */
  readonly after?: string;
  readonly values: Readonly<Record<string, string>>;
}

export function doubtWidgets({ records }: Words, { after }: FormState): Section[] {
  if (after === undefined) return [];
  return section(undefined, [
    { kind: 'row', icon: 'warning', text: [{ bold: records.doubt }] },
    text(records.doubtAdvice),
  ]);
}

export function saveFooter(
  words: Words,
  { once, after }: FormState,
  act: string,
  parameters: Readonly<Record<string, string>>,
  required: readonly string[],
): Card['footer'] {
  const main: ActionButton = {
    text: after === undefined ? words.buttons.save : words.buttons.saveAgain,
    do: act,
    filled: true,
    required,
    parameters: { ...parameters, once, ...(after === undefined ? {} : { after }) },
  };
  const look: ActionButton = { text: words.buttons.lookAgain, do: 'contact.show', parameters };
  return after === undefined || parameters.contact === undefined ? { main } : { main, other: look };
}
