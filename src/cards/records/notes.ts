/** Notes on a contact (S4): the newest, and a new one. */
import type { Contact } from '../../crm/types';
import { plainFromHtml } from '../../gmail/mime/html';
import { cutText } from '../../platform/text';
import type { Format } from '../format';
import { buttons, section, text, type Card, type Section, type Widget } from '../model';
import type { Words } from '../words';
import { doubtWidgets, saveFooter, type FormState } from './form';
import { partWidgets } from './part';
import type { Records } from './read';

export const NOTE = { text: 'note' };
const MOST = 6;
const LONGEST = 280;

export function noteSection(words: Words, contact: Contact, { notes }: Records, format: Format): Section {
  const { notes: says } = words;
  const rows = partWidgets(words, notes, MOST, (all) =>
    [...all]
      .sort((a, b) => (b.dateAdded ?? 0) - (a.dateAdded ?? 0))
      .map(({ body, title, dateAdded }): Widget => ({
        kind: 'row',
        icon: 'description',
        above: [title, dateAdded === undefined ? '' : format.ago(dateAdded)].filter((part) => part !== '').join(' · '),
        text: shortened(readable(body)),
      })),
  );
  return {
    title: says.title,
    widgets: [
      ...(rows.length === 0 ? [text([{ quiet: says.none }])] : rows),
      ...(typeof notes === 'string'
        ? []
        : [buttons({ text: words.buttons.add, do: 'note.new', parameters: { contact: contact.id } })]),
    ],
  };
}

/** Plain text or HTML: no document says which, and the CRM's own screens write HTML (facts, highlevel 6). */
export function readable(body: string): string {
  return /<[a-z][^>]*>/i.test(body) ? plainFromHtml(body).trim() : body;
}

function shortened(body: string): string {
  return body.length <= LONGEST ? body : `${cutText(body, LONGEST)}…`;
}

export function newNoteCard(words: Words, contact: Contact, form: FormState): Card {
  const { notes: says } = words;
  return {
    name: 'note-new',
    title: says.add,
    subtitle: contact.name,
    sections: [
      ...doubtWidgets(words, form),
      ...section(undefined, [
        { kind: 'input', name: NOTE.text, title: says.text, value: form.values.note, lines: true, most: 4_000 },
      ]),
    ],
    footer: saveFooter(words, form, 'note.add', { contact: contact.id }, [NOTE.text]),
  };
}
