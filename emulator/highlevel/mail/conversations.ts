/** Conversations: search, get, create, update, delete (facts, highlevel 5.1). */
import { created, ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest } from '../api/errors';
import { iso, keep, locationOf, stamp } from '../crm';
import type { Conversation } from '../state';
import { conversationOf } from './store';
import { conversationView } from './views';

export const CONVERSATION_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/conversations/search', scope: 'conversations.readonly', handle: search },
  { method: 'POST', path: '/conversations', scope: 'conversations.write', handle: create },
  { method: 'GET', path: '/conversations/:conversationId', scope: 'conversations.readonly', handle: get },
  { method: 'PUT', path: '/conversations/:conversationId', scope: 'conversations.write', handle: update },
  { method: 'DELETE', path: '/conversations/:conversationId', scope: 'conversations.write', handle: remove },
];

export function existing(call: Call, id = call.params['conversationId']): Conversation {
  const conversation = call.crm.state.conversations.get(id);
  if (conversation === undefined || conversation.deleted) throw badRequest(`Conversation with id ${id} not found`);
  return conversation;
}

function search(call: Call): Reply {
  const { crm, query } = call;
  const fields = call.queryFields();
  fields.text('locationId');
  const limit = fields.count('limit', 20, 1, 100);
  const sort = fields.oneOf('sort', ['asc', 'desc']) ?? 'desc';
  const startAfter = query.get('startAfterDate');
  fields.done();
  const text = (query.get('query') ?? '').toLowerCase();
  let rows = [...crm.state.conversations.values()].filter((row) => {
    const contact = crm.state.contacts.get(row.contactId);
    if (row.deleted || contact === undefined) return false;
    if (query.has('contactId') && query.get('contactId') !== row.contactId) return false;
    if (query.has('id') && query.get('id') !== row.id) return false;
    if (query.has('assignedTo') && query.get('assignedTo') !== contact.assignedTo) return false;
    if (query.has('lastMessageType') && query.get('lastMessageType') !== row.lastMessageType) return false;
    const direction = query.get('lastMessageDirection');
    if (direction !== null && direction !== row.lastMessageDirection) return false;
    const status = query.get('status');
    if (status === 'unread' && row.unreadCount === 0) return false;
    if (status === 'read' && row.unreadCount > 0) return false;
    if (status === 'starred' && !row.starred) return false;
    const searched = `${contact.firstName} ${contact.lastName} ${contact.email} ${contact.phone}`;
    return text === '' || searched.toLowerCase().includes(text);
  });
  const total = rows.length;
  const sign = sort === 'asc' ? 1 : -1;
  rows.sort((a, b) => sign * (a.lastMessageDate - b.lastMessageDate) || (a.id < b.id ? -1 : 1));
  if (startAfter !== null) rows = rows.filter((row) => sign * (row.lastMessageDate - Number(startAfter)) > 0);
  return ok({ conversations: rows.slice(0, limit).map((row) => conversationView(crm, row)), total });
}

function get(call: Call): Reply {
  const { crm } = call;
  const row = existing(call);
  const assignedTo = crm.state.contacts.get(row.contactId)?.assignedTo;
  return ok({
    id: row.id,
    contactId: row.contactId,
    locationId: locationOf(crm).id,
    deleted: row.deleted,
    inbox: true,
    type: 2,
    unreadCount: row.unreadCount,
    starred: row.starred,
    ...(assignedTo === undefined ? {} : { assignedTo }),
  });
}

function create(call: Call): Reply {
  const { crm } = call;
  const fields = call.fields();
  fields.text('locationId');
  const contactId = fields.text('contactId');
  fields.done();
  if (!crm.state.contacts.has(contactId)) throw badRequest('Contact not found');
  // What a second create for the same contact answers is not documented; practice is an error that names the first.
  const known = crm.state.conversationOfContact.get(contactId);
  if (known !== undefined) throw badRequest('Conversation already exists.', { conversationId: known });
  const row = conversationOf(crm, contactId);
  return created({ success: true, conversation: whole(call, row) });
}

function update(call: Call): Reply {
  const { crm } = call;
  const row = existing(call);
  const fields = call.fields();
  fields.text('locationId');
  const unreadCount = fields.number('unreadCount') ?? row.unreadCount;
  const starred = fields.boolean('starred') ?? row.starred;
  fields.done();
  const changed = keep<Conversation>(crm.state.conversations, {
    ...row,
    unreadCount,
    starred,
    dateUpdated: stamp(crm),
  });
  return ok({ success: true, conversation: whole(call, changed) });
}

function remove(call: Call): Reply {
  const row = existing(call);
  keep(call.crm.state.conversations, { ...row, deleted: true, dateUpdated: stamp(call.crm) });
  call.crm.state.conversationOfContact.delete(row.contactId);
  return ok({ success: true });
}

function whole(call: Call, row: Conversation) {
  return {
    id: row.id,
    contactId: row.contactId,
    locationId: locationOf(call.crm).id,
    dateAdded: iso(row.dateAdded),
    dateUpdated: iso(row.dateUpdated),
    lastMessageDate: iso(row.lastMessageDate),
    lastMessageBody: row.lastMessageBody,
    lastMessageType: row.lastMessageType,
    unreadCount: row.unreadCount,
    starred: row.starred,
    inbox: true,
    deleted: row.deleted,
  };
}
