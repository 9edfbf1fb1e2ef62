/** Writes a mail of the sub-account's own provider as it goes over the network. */
import type { StoredFile } from '../state';
import { encoded, field, mailbox, parameter } from './headers';

export interface Composition {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly date: number;
  readonly messageId: string;
  readonly references: readonly string[];
  readonly html: string;
  readonly attachments: readonly StoredFile[];
  /** A string that occurs in no part. */
  readonly boundary: string;
}

export function compose(mail: Composition): Buffer {
  const { boundary, references } = mail;
  const head = [
    field('From', mailbox(mail.from.name, mail.from.address)),
    ...(mail.to.length > 0 ? [field('To', mail.to.map((to) => mailbox('', to)).join(', '))] : []),
    ...(mail.cc.length > 0 ? [field('Cc', mail.cc.map((cc) => mailbox('', cc)).join(', '))] : []),
    ...(mail.replyTo.length > 0 ? [field('Reply-To', mail.replyTo.join(', '))] : []),
    field('Subject', encoded(mail.subject)),
    field('Date', new Date(mail.date).toUTCString().replace('GMT', '+0000')),
    field('Message-ID', mail.messageId),
    ...(references.length > 0
      ? [field('In-Reply-To', references[references.length - 1]), field('References', references.join(' '))]
      : []),
    'MIME-Version: 1.0\r\n',
  ];
  const body = multipart('alternative', `${boundary}-a`, [
    textPart('text/plain', plainText(mail.html)),
    textPart('text/html', mail.html),
  ]);
  if (mail.attachments.length === 0) return Buffer.from(head.join('') + body, 'latin1');
  const parts = [body, ...mail.attachments.map(filePart)];
  return Buffer.from(head.join('') + multipart('mixed', `${boundary}-m`, parts), 'latin1');
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  const inner = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${inner}--${boundary}--\r\n`;
}

function textPart(type: string, text: string): string {
  const head = `Content-Type: ${type}; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
  return head + quotedPrintable(text);
}

function filePart(file: StoredFile): string {
  const lines = file.bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  return (
    `Content-Type: ${file.type}${parameter('name', file.name)}\r\n` +
    `Content-Disposition: attachment${parameter('filename', file.name)}\r\n` +
    `Content-Transfer-Encoding: base64\r\n\r\n${lines}`
  );
}

/** RFC 2045, 6.7: lines of at most 76 characters, CRLF between them. */
export function quotedPrintable(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  return lines.map(encodeLine).join('\r\n');
}

function encodeLine(line: string): string {
  let out = '';
  let column = 0;
  const bytes = Buffer.from(line, 'utf8');
  bytes.forEach((byte, index) => {
    const last = index === bytes.length - 1;
    const plain = (byte >= 33 && byte <= 126 && byte !== 61) || ((byte === 32 || byte === 9) && !last);
    const unit = plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (column + unit.length > 75) {
      out += '=\r\n';
      column = 0;
    }
    out += unit;
    column += unit.length;
  });
  return out;
}

/** The text alternative of an HTML body. */
export function plainText(html: string): string {
  return html
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<br\s*\/?>|<\/(p|div|tr|h[1-6]|li|blockquote)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
