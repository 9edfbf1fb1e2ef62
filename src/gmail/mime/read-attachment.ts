/** What is handed on as a file: named safely, and given a name where the mail has none. */
import { base64Size } from '../../platform/text';
import type { MessagePart } from '../types';
import { fileNameFor, safeFileName } from './file-names';
import { headerValue, readParameters } from './headers';
import { attachmentIdOf, contentIdOf, dataOf, sizeOf, typeOf } from './parts';
import type { MailAttachment } from './types';
import { decodeWords } from './words';

/** Parts that mail programs leave without a name. */
const NAMES: Readonly<Record<string, string>> = {
  'text/calendar': 'invite.ics',
  'application/ics': 'invite.ics',
  'application/ms-tnef': 'winmail.dat',
  'application/vnd.ms-tnef': 'winmail.dat',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
  'application/pgp-signature': 'signature.asc',
  'application/pgp-encrypted': 'pgp-version.txt',
  'application/pgp-keys': 'key.asc',
  'message/delivery-status': 'delivery-status.txt',
  'message/disposition-notification': 'disposition-notification.txt',
  'text/rfc822-headers': 'headers.txt',
};

/** The name that the mail gives a part; empty where it gives none. */
export function givenName(part: MessagePart): string {
  if (typeof part.filename === 'string' && part.filename.trim() !== '') return part.filename;
  const disposition = readParameters(headerValue(part.headers, 'Content-Disposition')).parameters;
  const type = readParameters(headerValue(part.headers, 'Content-Type')).parameters;
  return disposition.filename ?? type.name ?? '';
}

/** The part as a file. `number` counts the files of the mail, for those without a name. */
export function readAttachment(part: MessagePart, number: number): MailAttachment {
  const type = typeOf(part);
  const attachmentId = attachmentIdOf(part);
  const data = dataOf(part) ?? (attachmentId === undefined ? '' : undefined);
  const contentId = contentIdOf(part);
  const stem = type.startsWith('image/') ? `image-${number}` : `attachment-${number}`;
  return {
    name: safeFileName(decodeWords(givenName(part))) || (NAMES[type] ?? fileNameFor(stem, type)),
    type,
    size: data === undefined ? sizeOf(part) : base64Size(data),
    ...(data === undefined ? { attachmentId } : { data }),
    ...(contentId === undefined ? {} : { contentId }),
    inline: false,
  };
}
