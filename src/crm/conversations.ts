/** Conversations: each contact has one (facts, highlevel 5). */
import type { Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { asId, objects, optionalId, readObject, unwrap } from './shapes';

export interface Conversation {
  readonly id: string;
  readonly contactId: string;
}

/** The contact's conversation, in a list of one or none. */
export function searchByContact(locationId: string, contactId: string): Exchange<readonly Conversation[]> {
  return crmExchange({
    call: 'searchConversations',
    effect: 'read',
    path: ['conversations', 'search'],
    query: { locationId, contactId, status: 'all' },
    read: (answer) =>
      objects(readObject(answer).conversations, 'conversations')
        .filter((row) => optionalId(row.id) !== undefined && row.contactId === contactId)
        .map((row) => ({ id: asId(row.id, 'conversation id'), contactId })),
  });
}

/** Refused with `crm.conversation-exists` and `existingId` where the contact has one. */
export function createConversation(locationId: string, contactId: string): Exchange<Conversation> {
  return crmExchange({
    call: 'createConversation',
    effect: 'create',
    method: 'post',
    path: ['conversations'],
    slash: true,
    body: { locationId, contactId },
    read: (answer) => ({
      id: asId(unwrap(readObject(answer), 'conversation').id, 'conversation id'),
      contactId,
    }),
  });
}
