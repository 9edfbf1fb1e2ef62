/** Notes of a contact (facts, highlevel 6). */
import { created, ok, type Call, type Reply, type Route } from '../api/call';
import { notFound } from '../api/errors';
import { iso, keepJson, newId, stamp, type Crm } from '../crm';
import type { Json } from '../state';
import { contactIn } from './contacts';

const READ = 'contacts.readonly';
const WRITE = 'contacts.write';
const NAMES = ['userId', 'body', 'title', 'color', 'pinned'];

export const NOTE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/contacts/:contactId/notes', scope: READ, handle: list },
  { method: 'POST', path: '/contacts/:contactId/notes', scope: WRITE, handle: create },
  { method: 'GET', path: '/contacts/:contactId/notes/:id', scope: READ, handle: get },
  { method: 'PUT', path: '/contacts/:contactId/notes/:id', scope: WRITE, handle: update },
  { method: 'DELETE', path: '/contacts/:contactId/notes/:id', scope: WRITE, handle: remove },
];

function list(call: Call): Reply {
  const { id } = contactIn(call);
  const notes = [...call.crm.state.notes.values()].filter((note) => note['contactId'] === id).reverse();
  return ok({ notes: notes.map((note) => view(call.crm, note)), traceId: call.traceId });
}

function create(call: Call): Reply {
  const { crm } = call;
  const contact = contactIn(call);
  const body = call.fields().text('body');
  const changes = checked(call, true);
  const note = { id: newId(crm), userId: null, ...changes, body, contactId: contact.id, dateAdded: iso(stamp(crm)) };
  return created({ note: view(crm, keepJson(crm.state.notes, note)), traceId: call.traceId });
}

function get(call: Call): Reply {
  return ok({ note: view(call.crm, noteIn(call)), traceId: call.traceId });
}

function update(call: Call): Reply {
  const note = keepJson(call.crm.state.notes, { ...noteIn(call), ...checked(call, false) });
  return ok({ note: view(call.crm, note), traceId: call.traceId });
}

function remove(call: Call): Reply {
  call.crm.state.notes.delete(String(noteIn(call)['id']));
  return ok({ succeded: true, traceId: call.traceId });
}

function checked(call: Call, creates: boolean): Json {
  const fields = call.fields();
  fields.only(...NAMES);
  if (creates) fields.text('body');
  else fields.string('body');
  for (const name of ['userId', 'title', 'color']) fields.string(name);
  fields.boolean('pinned');
  fields.done();
  return call.json();
}

function noteIn(call: Call): Json {
  const contact = contactIn(call);
  const note = call.crm.state.notes.get(call.params['id']);
  if (note?.['contactId'] !== contact.id) throw notFound('Note not found');
  return note;
}

/** Whether a body is text or HTML is not documented: both can be shown. */
function view(crm: Crm, note: Json): Json {
  if (crm.switches.noteBody === 'plain') return note;
  const text = String(note['body']).replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return {
    ...note,
    body: text
      .split('\n')
      .map((line) => `<p>${line}</p>`)
      .join(''),
  };
}
