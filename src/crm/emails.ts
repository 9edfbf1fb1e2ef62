/** One mail of a CRM thread (facts, highlevel 5.3). */
import { Unreadable, type Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import {
  addresses,
  asId,
  asTime,
  isObject,
  optionalId,
  optionalText,
  readObject,
  text,
  texts,
  unwrap,
  type Fields,
} from './shapes';
import type { CrmEmail } from './types';

/** A bounce's text is as long as its writer likes. */
const LONGEST_ERROR = 500;

/** Only ids out of `emailIds` of a thread, of a send or of a push are known to it; the id of a thread is not (facts, highlevel 5.3). */
export function getEmail(id: string): Exchange<CrmEmail> {
  return crmExchange({
    call: 'getEmail',
    effect: 'read',
    path: ['conversations', 'messages', 'email', id],
    read: (answer) => {
      // Wrapped in practice, flat in the specification (facts, highlevel 5.3).
      const email = readEmail(unwrap(readObject(answer), 'emailMessage'));
      if (email.id !== id) throw new Unreadable('the answer is another e-mail');
      return email;
    },
  });
}

/** Throws `Unreadable` where id, thread, direction or date are missing: without them nothing can be decided about it. */
export function readEmail(row: Fields): CrmEmail {
  return {
    id: asId(row.id, 'e-mail id'),
    threadId: asId(row.threadId, 'thread id'),
    conversationId: optionalId(row.conversationId) ?? '',
    contactId: optionalId(row.contactId) ?? '',
    locationId: optionalId(row.locationId) ?? '',
    direction: directionOf(row.direction),
    status: text(row.status).toLowerCase(),
    source: optionalText(row.source)?.toLowerCase(),
    provider: optionalText(row.provider),
    conversationProviderId: optionalText(row.conversationProviderId),
    from: texts(row.from)[0] ?? '',
    to: addresses(row.to),
    cc: addresses(row.cc),
    bcc: addresses(row.bcc),
    subject: text(row.subject),
    body: bodyOf(row),
    attachments: texts(row.attachments),
    replyToMessageId: optionalId(row.replyToMessageId),
    altId: optionalText(row.altId),
    dateAdded: asTime(row.dateAdded, 'date'),
    error: errorOf(row.error),
  };
}

function directionOf(value: unknown): CrmEmail['direction'] {
  if (value === 'inbound' || value === 'outbound') return value;
  throw new Unreadable('direction is missing');
}

/** The body is HTML, whatever `contentType` says of it; only one without a single tag is taken for the text that it claims to be. */
function bodyOf(row: Fields): string {
  const body = typeof row.body === 'string' ? row.body : '';
  if (!/^text\/plain/i.test(text(row.contentType)) || /<[a-z!/][^>]*>/i.test(body)) return body;
  return body
    .replace(/&(?!#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r\n?|\n/g, '<br>');
}

function errorOf(value: unknown): string | undefined {
  const found = isObject(value) ? text(value.message) : text(value);
  return found === '' ? undefined : found.slice(0, LONGEST_ERROR);
}
