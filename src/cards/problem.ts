/** When something was not done: what is the matter and what helps; never how it looked from inside. */
import type { Problem } from '../account/problems';
import { buttons, section, text, type Card, type Widget } from './model';
import { adviceFor, type Words } from './words';

export function problemCard(words: Words, { code, scopes = [], name }: Problem): Card {
  const { what, advice } = adviceFor(words.problems, code, words.problems.unexpected);
  const widgets: Widget[] = [
    { kind: 'row', icon: 'warning', text: [{ bold: what }] },
    text(advice),
    ...(name === undefined || name === '' ? [] : [text([{ bold: name }])]),
    ...scopes.map((scope): Widget => ({ kind: 'row', icon: 'lock', text: scope })),
    buttons({ text: words.buttons.home, do: 'home.show' }),
  ];
  return { name: 'problem', title: words.name, sections: section(undefined, widgets) };
}
