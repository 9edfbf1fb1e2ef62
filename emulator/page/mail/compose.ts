/** Writes a mail (RFC 5322 with MIME) out of what somebody typed. UTF-8 text in base64, so that no line is too long. */
import { writeAddresses, type MailAddress } from './addresses';
import { base64OfBytes, bytesOfText } from './bytes';
import { encodeParameter, encodeText, oneLine } from './encoded-words';
import { htmlFromText } from './text';

export interface NewMail {
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc?: readonly MailAddress[];
  readonly bcc?: readonly MailAddress[];
  readonly subject: string;
  readonly text: string;
  /** Where it is left out, the text with its line breaks. */
  readonly html?: string;
  readonly attachments?: readonly { name: string; type: string; base64: string }[];
  /** Message-IDs with their brackets. */
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** Given where no server adds one. */
  readonly messageId?: string;
  /** Milliseconds. */
  readonly date: number;
}

/** `unique` makes the boundaries: letters and digits that no other mail has. */
export function writeMail(mail: NewMail, unique: string): Uint8Array {
  const headers: [string, string][] = [
    ['From', writeAddresses([mail.from])],
    ...(mail.to.length > 0 ? ([['To', writeAddresses(mail.to)]] as [string, string][]) : []),
    ...(mail.cc?.length ? ([['Cc', writeAddresses(mail.cc)]] as [string, string][]) : []),
    ...(mail.bcc?.length ? ([['Bcc', writeAddresses(mail.bcc)]] as [string, string][]) : []),
    ['Subject', encodeText(mail.subject)],
    ['Date', rfc5322Date(mail.date)],
    ...(mail.messageId ? ([['Message-ID', oneLine(mail.messageId)]] as [string, string][]) : []),
    ...(mail.inReplyTo ? ([['In-Reply-To', oneLine(mail.inReplyTo)]] as [string, string][]) : []),
    ...(mail.references?.length
      ? ([['References', mail.references.map(oneLine).join('\r\n ')]] as [string, string][])
      : []),
    ['MIME-Version', '1.0'],
  ];
  const body = withAttachments(mail, unique);
  return bytesOfText(`${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}${body}`);
}

function withAttachments({ text, html, attachments = [] }: NewMail, unique: string): string {
  const content = multipart('alternative', `alternative-${unique}`, [
    textPart('text/plain', text),
    textPart('text/html', html ?? htmlFromText(text)),
  ]);
  if (attachments.length === 0) return content;
  const files = attachments.map(({ name, type, base64 }) => {
    const safeType = /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
    return (
      `Content-Type: ${safeType}; ${encodeParameter('name', name)}\r\n` +
      `Content-Disposition: attachment; ${encodeParameter('filename', name)}\r\n` +
      `Content-Transfer-Encoding: base64\r\n\r\n${inLines(base64)}\r\n`
    );
  });
  return multipart('mixed', `mixed-${unique}`, [content, ...files]);
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  const inner = parts.map((part) => `--${boundary}\r\n${part}`).join('');
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${inner}--${boundary}--\r\n`;
}

function textPart(type: string, text: string): string {
  const canonical = text.replace(/\r\n|\r|\n/g, '\r\n');
  return (
    `Content-Type: ${type}; charset=UTF-8\r\n` +
    `Content-Transfer-Encoding: base64\r\n\r\n${inLines(base64OfBytes(bytesOfText(canonical)))}\r\n`
  );
}

function inLines(base64: string): string {
  return base64.match(/.{1,76}/g)?.join('\r\n') ?? '';
}

/** RFC 5322 in UTC: `Mon, 02 Mar 2026 08:00:00 +0000`. */
export function rfc5322Date(at: number): string {
  return new Date(at).toUTCString().replace(/GMT$/, '+0000');
}
