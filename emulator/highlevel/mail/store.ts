/**
 * The mails of the CRM: one conversation a contact, containers in it, mails in the containers (facts, highlevel 5).
 * Everything that adds or changes a mail goes through here, so that containers, conversations and the export agree.
 */
import { keep, newId, stamp, type Crm } from '../crm';
import { indexLater } from '../lagging-index';
import type { Conversation, Email, Thread } from '../state';

/** What differs between containers: a new mail in an old container does not change it. */
export interface NewThread {
  readonly messageType: string;
}

export interface NewEmail extends Omit<Email, 'id' | 'threadId' | 'conversationId' | 'dateAdded'> {
  readonly dateAdded?: number;
  /** The container that it joins; undefined: a new one. */
  readonly threadId?: string;
}

/** The one conversation of a contact; made where there is none. */
export function conversationOf(crm: Crm, contactId: string): Conversation {
  const known = crm.state.conversationOfContact.get(contactId);
  if (known !== undefined) return crm.state.conversations.get(known) as Conversation;
  const now = stamp(crm);
  const conversation = keep(crm.state.conversations, {
    id: newId(crm),
    contactId,
    unreadCount: 0,
    starred: false,
    deleted: false,
    dateAdded: now,
    dateUpdated: now,
    lastMessageBody: '',
    lastMessageDate: now,
    lastMessageType: '',
    lastMessageDirection: '',
  });
  crm.state.conversationOfContact.set(contactId, conversation.id);
  return conversation;
}

export function addEmail(crm: Crm, given: NewEmail, thread: NewThread): Email {
  const now = stamp(crm);
  const container = given.threadId === undefined ? undefined : crm.state.threads.get(given.threadId);
  const conversation = conversationOf(crm, container?.contactId ?? given.contactId);
  const email = keep<Email>(crm.state.emails, {
    ...given,
    contactId: conversation.contactId,
    id: newId(crm),
    threadId: container?.id ?? newId(crm),
    conversationId: conversation.id,
    dateAdded: given.dateAdded ?? now,
  });
  const backdated = given.dateAdded !== undefined && crm.switches.updatedAtOfBackdated === 'date';
  if (container === undefined) addThread(crm, email, thread, backdated ? email.dateAdded : now);
  else extendThread(crm, container, email, backdated ? Math.max(container.updatedAt, email.dateAdded) : now);
  noteInConversation(crm, conversation, email, thread);
  if (email.altId !== undefined) crm.state.altIds.set(email.altId, email.id);
  return email;
}

function addThread(crm: Crm, email: Email, { messageType }: NewThread, updatedAt: number): void {
  const thread: Thread = {
    id: email.threadId,
    conversationId: email.conversationId,
    contactId: email.contactId,
    messageType,
    emailIds: Object.freeze([email.id]),
    dateAdded: email.dateAdded,
    updatedAt,
    ...mirrored(email),
    ...(email.userId === undefined ? {} : { userId: email.userId }),
  };
  const siblings = crm.state.threadsOfConversation.get(email.conversationId) ?? [];
  crm.state.threadsOfConversation.set(email.conversationId, Object.freeze([...siblings, thread.id]));
  keepThread(crm, thread);
}

/** The container shows its latest mail (facts, highlevel 7: it is mutable). */
function extendThread(crm: Crm, container: Thread, email: Email, updatedAt: number): void {
  const first = crm.switches.containerUserId === 'first' && container.userId !== undefined;
  keepThread(crm, {
    ...container,
    ...mirrored(email),
    subject: container.subject,
    emailIds: Object.freeze([...container.emailIds, email.id]),
    updatedAt,
    userId: first ? container.userId : (email.userId ?? container.userId),
  });
}

function mirrored(email: Email) {
  const { direction, status, subject, source, altId, conversationProviderId, error } = email;
  return { direction, status, subject, source, altId, conversationProviderId, error };
}

function keepThread(crm: Crm, thread: Thread): void {
  keep(crm.state.threads, thread);
  indexLater(crm.state.exportIndex, crm.clock.now, crm.switches.exportLagMs, thread.id, thread);
}

function noteInConversation(crm: Crm, conversation: Conversation, email: Email, { messageType }: NewThread): void {
  keep(crm.state.conversations, {
    ...conversation,
    unreadCount: conversation.unreadCount + (email.direction === 'inbound' ? 1 : 0),
    dateUpdated: stamp(crm),
    lastMessageBody: email.body
      .replace(/<[^>]*>/g, ' ')
      .trim()
      .slice(0, 100),
    lastMessageDate: email.dateAdded,
    lastMessageType: messageType,
    lastMessageDirection: email.direction,
  });
}

/** Changes the status of a mail, and of its container where it is the latest one in it. */
export function changeStatus(crm: Crm, emailId: string, status: string, error?: string): Email | undefined {
  const before = crm.state.emails.get(emailId);
  if (before === undefined || (before.status === status && before.error === error)) return before;
  const email = keep<Email>(crm.state.emails, { ...before, status, error: error ?? undefined });
  const thread = crm.state.threads.get(email.threadId);
  if (thread !== undefined) {
    const latest = thread.emailIds[thread.emailIds.length - 1] === email.id;
    const updatedAt = crm.switches.statusBumpsUpdatedAt ? stamp(crm) : thread.updatedAt;
    keepThread(crm, { ...thread, updatedAt, ...(latest ? { status, error: email.error } : {}) });
  }
  return email;
}

/** Takes a mail out of its container, as the CRM does with a failed one that is tried again (facts, reliability S15). */
export function forgetEmail(crm: Crm, email: Email): void {
  crm.state.emails.delete(email.id);
  const thread = crm.state.threads.get(email.threadId);
  if (thread === undefined) return;
  const emailIds = Object.freeze(thread.emailIds.filter((id) => id !== email.id));
  keepThread(crm, { ...thread, emailIds, updatedAt: stamp(crm) });
}

/** Moves every container of a conversation to another one, as a merge of contacts does (facts, highlevel 10 R6). */
export function moveThreads(crm: Crm, from: Conversation, to: Conversation): void {
  const { contactId } = to;
  const moved = { contactId, conversationId: to.id };
  for (const thread of threadsOf(crm, from.id)) {
    for (const email of emailsOf(crm, thread.id)) keep<Email>(crm.state.emails, { ...email, ...moved });
    keepThread(crm, { ...thread, ...moved, updatedAt: stamp(crm) });
  }
  const ids = [from.id, to.id].flatMap((id) => crm.state.threadsOfConversation.get(id) ?? []);
  crm.state.threadsOfConversation.set(to.id, Object.freeze(ids));
  crm.state.threadsOfConversation.delete(from.id);
  keep<Conversation>(crm.state.conversations, { ...from, deleted: true, dateUpdated: stamp(crm) });
  crm.state.conversationOfContact.delete(from.contactId);
}

/** Notes the RFC 5322 Message-ID under which a mail went out. */
export function noteMessageId(crm: Crm, emailId: string, messageId: string): Email {
  const email = crm.state.emails.get(emailId) as Email;
  return keep<Email>(crm.state.emails, { ...email, messageId });
}

/** Containers of a conversation, newest first; of those of one moment the one that was made last. */
export function threadsOf(crm: Crm, conversationId: string): Thread[] {
  const ids = crm.state.threadsOfConversation.get(conversationId) ?? [];
  const threads = ids.map((id) => crm.state.threads.get(id) as Thread);
  return threads.reverse().sort((a, b) => b.dateAdded - a.dateAdded);
}

/** Mails of a container, oldest first. */
export function emailsOf(crm: Crm, threadId: string): Email[] {
  const thread = crm.state.threads.get(threadId);
  return (thread?.emailIds ?? []).map((id) => crm.state.emails.get(id) as Email);
}
