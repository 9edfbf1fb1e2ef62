/** Messages and threads of the mailbox: read, listed, inserted, labelled, put into the trash. */
import { isSearchable } from './mime/message-id';
import { Unreadable, type Exchange } from '../platform/exchange';
import {
  asId,
  asList,
  asObject,
  asOptionalText,
  asStrings,
  gmailExchange,
  gmailMessageExchange,
  readNothing,
  readObject,
  UNITS,
} from './api';
import type { GmailHeaders, GmailMessage, GmailRef, Header } from './types';

const METADATA_FIELDS = 'id,threadId,labelIds,internalDate,payload/headers';
const FULL_FIELDS = 'id,threadId,labelIds,internalDate,sizeEstimate,payload';

/** The whole message as a MIME tree; attachments without their bytes (facts, platform 3.5). */
export function getMessage(id: string): Exchange<GmailMessage> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.messagesGet,
    path: ['messages', id],
    query: { format: 'full', fields: FULL_FIELDS },
    read: (answer) => readMessage(readObject(answer)),
  });
}

/** The headers of these names, without case, as often as they occur. */
export function getHeaders(id: string, names: readonly string[]): Exchange<GmailHeaders> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.messagesGet,
    path: ['messages', id],
    query: { format: 'metadata', metadataHeaders: names, fields: METADATA_FIELDS },
    read: (answer) => readHeaders(readObject(answer)),
  });
}

/** Headers, and the first words of the text as Gmail shows them in a list. */
export function getSnippet(
  id: string,
  names: readonly string[],
): Exchange<GmailHeaders & { readonly snippet: string }> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.messagesGet,
    path: ['messages', id],
    query: { format: 'metadata', metadataHeaders: names, fields: `${METADATA_FIELDS},snippet` },
    read: (answer) => {
      const body = readObject(answer);
      return { ...readHeaders(body), snippet: typeof body.snippet === 'string' ? body.snippet : '' };
    },
  });
}

/** The messages of a thread with these headers, in the thread's order; also those in the trash or in spam. */
export function getThreadHeaders(
  threadId: string,
  names: readonly string[],
): Exchange<{ readonly id: string; readonly messages: readonly GmailHeaders[] }> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.threadsGet,
    path: ['threads', threadId],
    query: { format: 'metadata', metadataHeaders: names, fields: `id,messages(${METADATA_FIELDS})` },
    read: (answer) => readThread(readObject(answer), readHeaders),
  });
}

/** The messages of a thread as whole MIME trees. */
export function getThread(
  threadId: string,
): Exchange<{ readonly id: string; readonly messages: readonly GmailMessage[] }> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.threadsGet,
    path: ['threads', threadId],
    query: { format: 'full', fields: `id,messages(${FULL_FIELDS})` },
    read: (answer) => readThread(readObject(answer), readMessage),
  });
}

/** Base64url of an attachment's bytes. The id is that of this very reading of the message (facts, platform 3.5). */
export function getAttachment(messageId: string, attachmentId: string): Exchange<string> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.attachmentsGet,
    path: ['messages', messageId, 'attachments', attachmentId],
    query: { fields: 'data' },
    read: (answer) => {
      const { data } = readObject(answer);
      if (typeof data !== 'string') throw new Unreadable('the attachment has no data');
      return data;
    },
  });
}

export interface Insert {
  /** As the writer makes it: ASCII with CRLF. */
  readonly raw: string;
  readonly threadId?: string;
  readonly labelIds: readonly string[];
}

/** Puts a message into the mailbox without sending it; its Message-ID and date stay (facts, platform 3.7). */
export function insertMessage(insert: Insert): Exchange<GmailRef> {
  const { raw, threadId, labelIds } = insert;
  return gmailMessageExchange(
    {
      effect: 'create',
      units: UNITS.insert,
      path: ['messages'],
      query: { internalDateSource: 'dateHeader', fields: 'id,threadId' },
      read: (answer) => readRef(readObject(answer)),
    },
    raw,
    (encoded) => ({ raw: encoded, threadId, labelIds }),
  );
}

export interface MessageList {
  readonly messages: readonly GmailRef[];
  readonly nextPageToken?: string;
}

/** Newest first, 500 a page, of messages that carry all the labels; never by search, whose index lags (facts, platform 3.4). */
export function listMessages(filter: {
  readonly labelIds: readonly string[];
  readonly pageToken?: string;
  readonly includeSpamTrash?: boolean;
}): Exchange<MessageList> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.messagesList,
    path: ['messages'],
    query: {
      labelIds: filter.labelIds,
      maxResults: 500,
      pageToken: filter.pageToken,
      includeSpamTrash: filter.includeSpamTrash,
      fields: 'messages(id,threadId),nextPageToken',
    },
    read: (answer) => {
      const body = readObject(answer);
      const nextPageToken = asOptionalText(body.nextPageToken);
      const messages = asList(body.messages, 'messages').map((entry) => readRef(asObject(entry, 'message')));
      return nextPageToken === undefined ? { messages } : { messages, nextPageToken };
    },
  });
}

/**
 * The messages that have one of these Message-IDs, spam and trash included. What it finds is there; that it finds nothing
 * proves little, since the index lags (facts, platform 3.4).
 */
export function findByMessageIds(messageIds: readonly string[]): Exchange<readonly GmailRef[]> {
  const terms = messageIds.filter(isSearchable).map((id) => `rfc822msgid:${id.slice(1, -1)}`);
  return gmailExchange({
    effect: 'read',
    units: UNITS.messagesList,
    path: ['messages'],
    query: { q: terms.join(' OR '), maxResults: 20, includeSpamTrash: true, fields: 'messages(id,threadId)' },
    read: (answer) =>
      asList(readObject(answer).messages, 'messages').map((entry) => readRef(asObject(entry, 'message'))),
  });
}

/**
 * Messages with this label to that address, with that subject. By search: it lags behind what has just come, so only for what
 * has been there for long, and never to prove that something is not there (facts, platform 3.4).
 */
export function findOwnTo(label: string, address: string, subject: string): Exchange<readonly GmailRef[]> {
  const words = subject
    .replace(/["\\\s]+/g, ' ')
    .trim()
    .slice(0, 200);
  return gmailExchange({
    effect: 'read',
    units: UNITS.messagesList,
    path: ['messages'],
    query: {
      labelIds: [label],
      q: `to:${address.replace(/[\s"(){}]/g, '')} subject:"${words}"`,
      maxResults: 20,
      fields: 'messages(id,threadId)',
    },
    read: (answer) =>
      asList(readObject(answer).messages, 'messages').map((entry) => readRef(asObject(entry, 'message'))),
  });
}

/** Adds and removes labels; at most 1,000 messages in one request (facts, platform 3.8). */
export function modifyMessages(
  ids: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): Exchange<void> {
  return gmailExchange({
    effect: 'idempotent',
    units: UNITS.batchModify,
    method: 'post',
    path: ['messages', 'batchModify'],
    body: { ids, addLabelIds: add, removeLabelIds: remove },
    read: readNothing,
  });
}

/** The same for all messages of a thread. */
export function modifyThread(id: string, add: readonly string[], remove: readonly string[]): Exchange<void> {
  return gmailExchange({
    effect: 'idempotent',
    units: UNITS.threadsModify,
    method: 'post',
    path: ['threads', id, 'modify'],
    query: { fields: 'id' },
    body: { addLabelIds: add, removeLabelIds: remove },
    read: (answer) => void asId(readObject(answer).id, 'thread id'),
  });
}

export function trashMessage(id: string): Exchange<GmailRef> {
  return gmailExchange({
    effect: 'idempotent',
    units: UNITS.trash,
    method: 'post',
    path: ['messages', id, 'trash'],
    query: { fields: 'id,threadId' },
    read: (answer) => readRef(readObject(answer)),
  });
}

export function readRef(body: Record<string, unknown>): GmailRef {
  return { id: asId(body.id, 'message id'), threadId: asId(body.threadId, 'thread id') };
}

export function readHeaders(body: Record<string, unknown>): GmailHeaders {
  const payload = body.payload === undefined ? {} : asObject(body.payload, 'payload');
  return {
    ...readRef(body),
    labelIds: asStrings(body.labelIds, 'labels'),
    internalDate: readDate(body.internalDate),
    headers: asList(payload.headers, 'headers') as readonly Header[],
  };
}

function readMessage(body: Record<string, unknown>): GmailMessage {
  return {
    ...readRef(body),
    labelIds: asStrings(body.labelIds, 'labels'),
    internalDate: readDate(body.internalDate),
    sizeEstimate: typeof body.sizeEstimate === 'number' ? body.sizeEstimate : 0,
    payload: body.payload === undefined ? {} : asObject(body.payload, 'payload'),
  };
}

function readThread<T>(
  body: Record<string, unknown>,
  read: (message: Record<string, unknown>) => T,
): { id: string; messages: T[] } {
  return {
    id: asId(body.id, 'thread id'),
    messages: asList(body.messages, 'messages').map((entry) => read(asObject(entry, 'message'))),
  };
}

function readDate(value: unknown): number {
  const date = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof date !== 'number' || !Number.isFinite(date)) throw new Unreadable('the internal date is missing');
  return date;
}
