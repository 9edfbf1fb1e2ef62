/** Contacts: get, create, update, delete, upsert, duplicate search, tags, the old list (facts, highlevel 3 and 4). */
import { created, ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest } from '../api/errors';
import type { Fields } from '../api/fields';
import type { Contact, Json } from '../state';
import { contactView, nameOf } from './contact-fields';
import { changeContact, createContact, deleteContact, findDuplicate, type Duplicate } from './contact-store';

const READ = 'contacts.readonly';
const WRITE = 'contacts.write';

export const CONTACT_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/contacts/search/duplicate', scope: READ, handle: searchDuplicate },
  // Deprecated, gone in v3 (facts, highlevel 3).
  { method: 'GET', path: '/contacts', scope: READ, version: 'dated', handle: list },
  { method: 'POST', path: '/contacts', scope: WRITE, handle: create },
  { method: 'POST', path: '/contacts/upsert', scope: WRITE, handle: upsert },
  { method: 'GET', path: '/contacts/:contactId', scope: READ, handle: get },
  { method: 'PUT', path: '/contacts/:contactId', scope: WRITE, handle: update },
  { method: 'DELETE', path: '/contacts/:contactId', scope: WRITE, handle: remove },
  { method: 'POST', path: '/contacts/:contactId/tags', scope: WRITE, handle: addTags },
  { method: 'DELETE', path: '/contacts/:contactId/tags', scope: WRITE, handle: removeTags },
];

/** The contact that the path names; 400 for one that is unknown or deleted (facts, highlevel 1). */
export function contactIn(call: Call): Contact {
  const contact = call.crm.state.contacts.get(call.params['contactId']);
  if (contact === undefined) throw badRequest('Contact not found');
  return contact;
}

function searchDuplicate(call: Call): Reply {
  const { crm, query } = call;
  const fields = call.queryFields();
  fields.text('locationId');
  if (!query.has('email') && !query.has('number')) fields.problem('email or number is required');
  fields.done();
  const found = findDuplicate(crm, query.get('email') ?? undefined, query.get('number') ?? undefined);
  const contact = found === undefined ? null : contactView(crm, found.contact, call.v3);
  return ok({ contact, traceId: call.traceId });
}

function list(call: Call): Reply {
  const { crm, query } = call;
  const fields = call.queryFields();
  fields.text('locationId');
  const limit = fields.count('limit', 20, 1, 100);
  fields.done();
  const text = (query.get('query') ?? '').toLowerCase();
  const all = [...crm.state.contacts.values()]
    .filter((contact) => `${nameOf(contact)} ${contact.email} ${contact.phone}`.toLowerCase().includes(text))
    .sort((a, b) => b.dateAdded - a.dateAdded || (a.id < b.id ? -1 : 1));
  const from = all.findIndex(({ id }) => id === query.get('startAfterId')) + 1;
  const page = all.slice(from, from + limit);
  const last = page[page.length - 1] as Contact | undefined;
  const meta = { total: all.length, startAfterId: last?.id ?? null, startAfter: last?.dateAdded ?? null };
  return ok({
    contacts: page.map((contact) => contactView(crm, contact)),
    count: all.length,
    meta,
    traceId: call.traceId,
  });
}

function get(call: Call): Reply {
  return ok({ contact: contactView(call.crm, contactIn(call), call.v3), traceId: call.traceId });
}

function create(call: Call): Reply {
  const { crm } = call;
  const given = checked(call, call.fields(), true);
  if (!crm.switches.allowDuplicateContact) {
    const duplicate = findDuplicate(crm, given['email'] as string | undefined, given['phone'] as string | undefined);
    if (duplicate !== undefined) throw duplicateRefusal(duplicate);
  }
  return created({ contact: contactView(crm, createContact(crm, given), call.v3), traceId: call.traceId });
}

function upsert(call: Call): Reply {
  const { crm } = call;
  const given = checked(call, call.fields(), true);
  const anew = crm.switches.allowDuplicateContact && given['createNewIfDuplicateAllowed'] === true;
  const duplicate = anew
    ? undefined
    : findDuplicate(crm, given['email'] as string | undefined, given['phone'] as string | undefined);
  const contact = duplicate === undefined ? createContact(crm, given) : changeContact(crm, duplicate.contact, given);
  return {
    status: crm.switches.upsertHttpStatus,
    body: { new: duplicate === undefined, contact: contactView(crm, contact, call.v3), traceId: call.traceId },
  };
}

function update(call: Call): Reply {
  const { crm } = call;
  const contact = contactIn(call);
  const given = checked(call, call.fields(), false);
  const duplicate = findDuplicate(crm, given['email'] as string | undefined, given['phone'] as string | undefined);
  if (duplicate !== undefined && duplicate.contact.id !== contact.id && !crm.switches.allowDuplicateContact) {
    throw duplicateRefusal(duplicate);
  }
  return ok({
    succeded: true,
    contact: contactView(crm, changeContact(crm, contact, given), call.v3),
    traceId: call.traceId,
  });
}

function remove(call: Call): Reply {
  deleteContact(call.crm, contactIn(call));
  return ok({ succeded: true, traceId: call.traceId });
}

function addTags(call: Call): Reply {
  const { contact, tags } = tagsIn(call);
  const changed = changeContact(call.crm, contact, { tags: [...new Set([...contact.tags, ...tags])] });
  return created({
    tags: changed.tags,
    tagsAdded: tags.filter((tag) => !contact.tags.includes(tag)),
    traceId: call.traceId,
  });
}

function removeTags(call: Call): Reply {
  const { contact, tags } = tagsIn(call);
  const changed = changeContact(call.crm, contact, { tags: contact.tags.filter((tag) => !tags.includes(tag)) });
  return ok({
    tags: changed.tags,
    tagsRemoved: tags.filter((tag) => contact.tags.includes(tag)),
    traceId: call.traceId,
  });
}

function tagsIn(call: Call): { contact: Contact; tags: string[] } {
  const contact = contactIn(call);
  const fields = call.fields();
  const tags = fields.strings('tags');
  if (tags === undefined) fields.problem('tags must be an array');
  fields.done();
  return { contact, tags: (tags ?? []).map((tag) => tag.toLowerCase()) };
}

function checked(call: Call, fields: Fields, locationRequired: boolean): Json {
  if (locationRequired) fields.text('locationId');
  for (const name of ['firstName', 'lastName', 'name', 'phone', 'companyName', 'assignedTo']) fields.string(name);
  const email = fields.string('email');
  if (email !== undefined && email !== '' && !/^[^\s@]+@[^\s@]+$/.test(email)) fields.problem('email must be an email');
  fields.strings('tags');
  fields.boolean('dnd');
  fields.done();
  const given = call.json();
  const assignedTo = given['assignedTo'];
  if (typeof assignedTo === 'string' && assignedTo !== '' && !call.crm.state.users.has(assignedTo)) {
    throw badRequest('Invalid assignedTo');
  }
  return given;
}

/** Practice, seen by many (facts, highlevel 4.1). */
function duplicateRefusal({ contact, field }: Duplicate) {
  return badRequest('This location does not allow duplicated contacts.', {
    meta: { contactId: contact.id, contactName: nameOf(contact), matchingField: field },
  });
}
