/** A Gmail message read as a mail. Total: whatever the message is like, each field has a defined value and nothing throws. */
import type { GmailMessage, Header } from '../types';
import { parseAddresses, parseSender } from './addresses';
import { headerLine, headerValue, headerValues, isAutomatic } from './headers';
import { normaliseMessageId, readReferences } from './message-id';
import { typeOf } from './parts';
import { readContent } from './read-content';
import type { Address, Mail } from './types';
import { decodeWords } from './words';
import { LOST_HEADER, MARKER_HEADER } from './write';

/**
 * Reads the message. Where `detachedBodies` is not empty, Gmail keeps bodies as attachments: read those and call again
 * with them (base64url by attachment id), for the same reading of the message; a body that is still missing then is a file.
 *
 * A marker proves nothing about who wrote the message: anybody can put the header into a mail.
 */
export function readMail(message: GmailMessage, bodies?: Readonly<Record<string, string>>): Mail {
  const headers = message.payload.headers;
  const messageId = firstMessageId(headers);
  const marker = readMarker(headers);
  return {
    from: readFrom(headers),
    to: recipients(headers, 'To'),
    cc: recipients(headers, 'Cc'),
    bcc: recipients(headers, 'Bcc'),
    replyTo: recipients(headers, 'Reply-To'),
    subject: decodeWords(headerLine(headers, 'Subject')),
    ...(messageId === undefined ? {} : { messageId }),
    inReplyTo: headerValues(headers, 'In-Reply-To').flatMap(readReferences),
    references: headerValues(headers, 'References').flatMap(readReferences),
    automatic: isAutomatic(headers) || typeOf(message.payload) === 'multipart/report',
    ...(marker === undefined ? {} : { marker, lost: decodeWords(headerLine(headers, LOST_HEADER)) }),
    ...readContent(message.payload, bodies),
  };
}

/** Of a header that is there several times (broken mailers, resent mail), the first well-formed id. */
export function firstMessageId(headers: readonly Header[] | undefined): string | undefined {
  return headerValues(headers, 'Message-ID')
    .map(normaliseMessageId)
    .find((id) => id !== undefined);
}

/** The CRM e-mail id that the add-on wrote into a message of its own. */
export function readMarker(headers: readonly Header[] | undefined): string | undefined {
  const marker = headerValue(headers, MARKER_HEADER).trim();
  return /^[\w.:-]{1,128}$/.test(marker) ? marker : undefined;
}

/** From, else Sender: the first that names an address. */
function readFrom(headers: readonly Header[] | undefined): Address {
  const senders = [...headerValues(headers, 'From'), ...headerValues(headers, 'Sender')].map(parseSender);
  return senders.find(({ email }) => email !== '') ?? senders[0] ?? { name: '', email: '' };
}

function recipients(headers: readonly Header[] | undefined, name: string): Address[] {
  return headerValues(headers, name)
    .flatMap(parseAddresses)
    .filter(({ email }) => email !== '');
}
