/** Notes on a contact: seen and added (facts, highlevel 6; S4). A location id too many is refused. */
import type { Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { asId, objects, optionalId, readObject, text, time, unwrap, type Fields } from './shapes';

export interface Note {
  readonly id: string;
  /** Plain text or HTML: the documents do not say which. */
  readonly body: string;
  readonly title: string;
  readonly userId?: string;
  readonly dateAdded?: number;
}

/** All of them; the list has no pages. */
export function listNotes(contactId: string): Exchange<readonly Note[]> {
  return crmExchange({
    call: 'notes',
    effect: 'read',
    path: ['contacts', contactId, 'notes'],
    read: (answer) =>
      objects(readObject(answer).notes, 'notes')
        .filter((row) => optionalId(row.id) !== undefined)
        .map(readNote),
  });
}

export function createNote(contactId: string, body: string, userId?: string): Exchange<Note> {
  return crmExchange({
    call: 'notes',
    effect: 'create',
    method: 'post',
    path: ['contacts', contactId, 'notes'],
    body: { body, userId },
    read: (answer) => readNote(unwrap(readObject(answer), 'note')),
  });
}

function readNote(row: Fields): Note {
  return {
    id: asId(row.id, 'note id'),
    body: text(row.body),
    title: text(row.title),
    userId: optionalId(row.userId),
    dateAdded: time(row.dateAdded),
  };
}
