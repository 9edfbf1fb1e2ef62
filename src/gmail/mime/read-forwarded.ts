/**
 * A mail attached to a mail. Gmail's tree has its parts, but no bytes of it as a whole, and reading the outer mail raw
 * for them would cost a second request and all its size. So the file is made again out of the parts: the headers that
 * a reader looks at and the bodies. Its attachments go beside it, each as a file of its own.
 */
import { base64FromBytes, base64UrlFromBase64, utf8FromText } from '../../platform/text';
import type { MessagePart } from '../types';
import { CRLF, textHeader } from './encode';
import { fileNameFor } from './file-names';
import { headerLine, headerValue } from './headers';
import { encodeText } from './transfer';
import type { MailAttachment } from './types';

/** In the order in which they are written. */
const HEADERS = ['Date', 'From', 'To', 'Cc', 'Subject', 'Message-ID', 'In-Reply-To', 'References'];
const BOUNDARY = '=_threadlink_forwarded';

/** The name of the file: the subject of the mail in it. */
export function forwardedName(message: MessagePart | undefined): string {
  return fileNameFor(headerLine(message?.headers, 'Subject') || 'message', 'message/rfc822');
}

export function forwardedMessage(
  message: MessagePart,
  bodies: { readonly text?: string; readonly html?: string },
  name: string,
): MailAttachment {
  const headers = HEADERS.filter((header) => headerValue(message.headers, header) !== '').map((header) =>
    textHeader(header, headerValue(message.headers, header)),
  );
  const parts: string[] = [];
  if (bodies.text !== undefined || bodies.html === undefined) parts.push(entity('plain', bodies.text ?? ''));
  if (bodies.html !== undefined) parts.push(entity('html', bodies.html));
  const content =
    parts.length === 1
      ? parts[0]
      : `Content-Type: multipart/alternative; boundary="${BOUNDARY}"${CRLF}${CRLF}` +
        parts.map((part) => `--${BOUNDARY}${CRLF}${part}`).join('') +
        `--${BOUNDARY}--${CRLF}`;
  const bytes = utf8FromText(`${headers.join('')}MIME-Version: 1.0${CRLF}${content}`);
  return {
    name,
    type: 'message/rfc822',
    size: bytes.length,
    data: base64UrlFromBase64(base64FromBytes(bytes)),
    inline: false,
  };
}

function entity(kind: 'plain' | 'html', text: string): string {
  const { encoding, body } = encodeText(text);
  return `Content-Type: text/${kind}; charset=utf-8${CRLF}Content-Transfer-Encoding: ${encoding}${CRLF}${CRLF}${body}`;
}
