/** Containers and mails in the shapes of the API (facts, highlevel 5.2, 5.3), with the variants that practice shows. */
import { iso, locationOf, type Crm } from '../crm';
import type { Conversation, Email, Json, Thread } from '../state';
import { nameOf } from '../records/contact-fields';

/** `type` of every e-mail row (facts, highlevel 5.2). */
const EMAIL_TYPE = 3;

export function messageView(crm: Crm, thread: Thread): Json {
  const { switches } = crm;
  const messageIds = switches.messageIdsOrder === 'oldest-first' ? thread.emailIds : [...thread.emailIds].reverse();
  const email = { messageIds, subject: thread.subject, direction: thread.direction };
  return {
    id: thread.id,
    ...(switches.altIdInMessages && thread.altId !== undefined ? { altId: thread.altId } : {}),
    type: EMAIL_TYPE,
    messageType: thread.messageType,
    locationId: locationOf(crm).id,
    contactId: thread.contactId,
    conversationId: thread.conversationId,
    dateAdded: iso(thread.dateAdded),
    ...(switches.exportDateUpdated ? { dateUpdated: iso(thread.updatedAt) } : {}),
    direction: thread.direction,
    status: thread.status,
    contentType: 'text/html',
    attachments: [],
    meta: { email: switches.metaShape === 'email.email' ? { email } : email },
    ...optional('source', switches.omitSource ? undefined : thread.source),
    ...optional('userId', switches.omitUserId ? undefined : thread.userId),
    ...optional('conversationProviderId', thread.conversationProviderId),
    ...optional('error', thread.error),
  };
}

export function emailView(crm: Crm, email: Email): Json {
  const { switches } = crm;
  return {
    id: email.id,
    ...optional('altId', switches.altIdInEmail ? email.altId : undefined),
    threadId: email.threadId,
    locationId: locationOf(crm).id,
    contactId: email.contactId,
    conversationId: email.conversationId,
    dateAdded: iso(email.dateAdded),
    subject: email.subject,
    body: email.body,
    direction: email.direction,
    status: email.status,
    contentType: 'text/html',
    attachments: email.attachments,
    ...optional('provider', email.provider),
    from: email.from,
    to: email.to,
    cc: email.cc,
    bcc: email.bcc,
    ...optional('replyToMessageId', email.replyToMessageId),
    ...optional('source', switches.omitSource ? undefined : email.source),
    ...optional('conversationProviderId', email.conversationProviderId),
    ...optional('error', email.error),
  };
}

/** A row of GET /conversations/search (facts, highlevel 5.1). */
export function conversationView(crm: Crm, conversation: Conversation): Json {
  const contact = crm.state.contacts.get(conversation.contactId);
  const name = contact === undefined ? '' : nameOf(contact);
  return {
    id: conversation.id,
    contactId: conversation.contactId,
    locationId: locationOf(crm).id,
    lastMessageBody: conversation.lastMessageBody,
    lastMessageType: conversation.lastMessageType,
    lastMessageDate: conversation.lastMessageDate,
    lastMessageDirection: conversation.lastMessageDirection,
    type: 'TYPE_EMAIL',
    unreadCount: conversation.unreadCount,
    fullName: name,
    contactName: name,
    email: contact?.email ?? '',
    phone: contact?.phone ?? '',
    ...optional('assignedTo', contact?.assignedTo),
    dateAdded: conversation.dateAdded,
    dateUpdated: conversation.dateUpdated,
  };
}

export function optional(name: string, value: unknown): Json {
  return value === undefined ? {} : { [name]: value };
}
