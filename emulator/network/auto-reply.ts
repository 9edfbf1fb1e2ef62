/**
 * Vacation notices, as a well-behaved responder sends them (RFC 3834): never to a machine, never to a list, marked as
 * automatic, and in answer to the mail that caused them.
 */
import type { Envelope } from '../core/network';
import { mailDate } from './date';
import { headerBlock, headerOf } from './header-block';

/** May this mail be answered by a machine? (RFC 3834, section 2) */
export function mayAutoReply(envelope: Envelope): boolean {
  if (envelope.from === '' || /^(mailer-daemon|no-?reply|bounces?)([+-]|@)/i.test(envelope.from)) return false;
  const block = headerBlock(envelope.raw);
  if (headerOf(block, 'List-Id') !== undefined || headerOf(block, 'List-Unsubscribe') !== undefined) return false;
  if (/^(bulk|list|junk)$/i.test(headerOf(block, 'Precedence') ?? '')) return false;
  return (headerOf(block, 'Auto-Submitted') ?? 'no').toLowerCase() === 'no';
}

/** Where the mail asks for answers. */
export function answerAddress(envelope: Envelope): string {
  const block = headerBlock(envelope.raw);
  const header = headerOf(block, 'Reply-To') ?? headerOf(block, 'From') ?? envelope.from;
  // One notice is enough: of several addresses the first.
  return /[^\s<>,;:"]+@[^\s<>,;:"]+/.exec(header)?.[0] ?? envelope.from;
}

export interface Responder {
  readonly address: string;
  readonly name: string;
  readonly text: string;
  readonly to: string;
  readonly now: number;
  /** Unique in this world. */
  readonly id: string;
}

export function composeAutoReply(envelope: Envelope, responder: Responder): Buffer {
  const block = headerBlock(envelope.raw);
  const messageId = headerOf(block, 'Message-ID');
  const references = [headerOf(block, 'References'), messageId].filter((value) => value !== undefined).join(' ');
  const name = /^[\w .-]*$/.test(responder.name)
    ? `"${responder.name}"`
    : `=?UTF-8?B?${Buffer.from(responder.name).toString('base64')}?=`;
  const lines = [
    `From: ${name} <${responder.address}>`,
    `To: <${responder.to}>`,
    `Date: ${mailDate(responder.now)}`,
    `Message-ID: <${responder.id}@${responder.address.slice(responder.address.lastIndexOf('@') + 1)}>`,
    `Subject: Auto: ${headerOf(block, 'Subject') ?? ''}`,
    ...(messageId === undefined ? [] : [`In-Reply-To: ${messageId}`, `References: ${references}`]),
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(responder.text).toString('base64').replace(/.{76}/g, '$&\r\n'),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}
