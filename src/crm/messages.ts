/** E-mail threads of the CRM: what changed lately, those of one conversation, one by its id (facts, highlevel 5.2, 5.4). */
import { Unreadable, type Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { readPace } from './pace';
import { isObject, objects, optionalText, optionalId, readObject, unwrap } from './shapes';
import { readThread, readThreadRows, type ThreadRows } from './threads';
import type { CrmThread, ExportPage } from './types';

/** The API takes 10 to 500 (facts, highlevel 5.4). */
const EXPORT_LIMITS = { least: 10, most: 500, usual: 100 };
const LIST_LIMIT = 100;

export interface ExportQuery {
  readonly locationId: string;
  /** Of the page before; dies 2 minutes after its last use, which comes out as refused with `crm.cursor-expired`. */
  readonly cursor?: string;
  readonly limit?: number;
  readonly conversationId?: string;
  readonly contactId?: string;
}

/**
 * One page of the e-mail threads of the location, the latest change first: a new mail in an old thread changes the
 * thread (facts, highlevel 5.4). No date is asked for, because what the export's dates filter is not documented.
 */
export function exportEmails(query: ExportQuery): Exchange<ExportPage> {
  const { locationId, cursor, conversationId, contactId, limit = EXPORT_LIMITS.usual } = query;
  return crmExchange({
    call: 'exportMessages',
    effect: 'read',
    path: ['conversations', 'messages', 'export'],
    query: {
      locationId,
      channel: 'Email',
      sortBy: 'updatedAt',
      sortOrder: 'desc',
      limit: Math.min(Math.max(limit, EXPORT_LIMITS.least), EXPORT_LIMITS.most),
      conversationId,
      contactId,
      cursor,
    },
    read: (answer) => {
      const body = readObject(answer);
      const list = listOf(body);
      const rows = readThreadRows(list.rows, locationId);
      // The export's own clock; where a proxy took the header away, nothing of the page is later than its newest row.
      const now = readPace(answer).now ?? Math.max(0, ...rows.threads.map((row) => row.dateUpdated ?? row.dateAdded));
      if (now === 0) throw new Unreadable('the answer has no date');
      return { ...rows, nextCursor: optionalText(body.nextCursor) ?? optionalText(list.inner.nextCursor), now };
    },
    ...(cursor === undefined ? {} : { codes: { 400: 'crm.cursor-expired' } }),
  });
}

export interface MessagePage extends ThreadRows {
  /** Where the next page begins; undefined on the last one. */
  readonly lastMessageId?: string;
}

/**
 * A page of a conversation's messages, newest first, its e-mail threads alone. The API's own `type` filter is not used:
 * it has no value for campaign mails (facts, highlevel 5.2).
 */
export function listMessages(conversationId: string, lastMessageId?: string): Exchange<MessagePage> {
  return crmExchange({
    call: 'listMessages',
    effect: 'read',
    path: ['conversations', conversationId, 'messages'],
    query: { limit: LIST_LIMIT, lastMessageId },
    read: (answer) => {
      const { inner, rows } = listOf(readObject(answer));
      const more = inner.nextPage === true ? optionalId(inner.lastMessageId) : undefined;
      return { ...readThreadRows(rows), lastMessageId: more };
    },
  });
}

/** The newest e-mail threads of a conversation, without the count of pages. */
export function listEmailThreads(conversationId: string): Exchange<readonly CrmThread[]> {
  const exchange = listMessages(conversationId);
  return { ...exchange, read: (answer) => exchange.read(answer).threads };
}

/** One thread by its id, which is the `threadId` of its e-mails (facts, highlevel, fact 2). */
export function getThread(id: string): Exchange<CrmThread> {
  return crmExchange({
    call: 'getMessage',
    effect: 'read',
    path: ['conversations', 'messages', id],
    read: (answer) => {
      const thread = readThread(unwrap(readObject(answer), 'message'));
      if (thread.id !== id) throw new Unreadable('the answer is another message');
      return thread;
    },
  });
}

/** `{messages: []}` in the specification, `{messages: {messages: []}}` in practice (facts, highlevel 5.2). */
function listOf(body: Readonly<Record<string, unknown>>) {
  const inner = isObject(body.messages) ? body.messages : body;
  if (!Array.isArray(inner.messages)) throw new Unreadable('messages are missing');
  return { inner, rows: objects(inner.messages, 'messages') };
}
