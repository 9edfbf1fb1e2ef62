/** Writes the mails of the demo world as people's mail programs do (RFC 5322, 2045 to 2047, 2183). */
import { mailDate } from '../network/date';
import type { DemoFile } from './files';

export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

export interface DemoMail {
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc?: readonly Mailbox[];
  readonly subject: string;
  readonly date: number;
  /** With brackets. */
  readonly messageId: string;
  /** Message-IDs of the thread so far, oldest first; the last is what is answered. */
  readonly references?: readonly string[];
  /** HTML where it has tags, else plain text; an HTML body gets a plain part beside it. */
  readonly body: string;
  readonly attachments?: readonly DemoFile[];
  /** Shown inside the HTML as `cid:NAME`. */
  readonly inline?: readonly DemoFile[];
  /** Header lines as they are. */
  readonly extra?: readonly string[];
}

/** `boundary` must be unique in the mail; each level adds a letter to it. */
export function composeMail(mail: DemoMail, boundary: string): Buffer {
  const { references = [], inline = [], attachments = [] } = mail;
  const list = (mailboxes: readonly Mailbox[]) => mailboxes.map(addressOf).join(',\r\n ');
  const head = [
    `From: ${addressOf(mail.from)}`,
    `To: ${list(mail.to)}`,
    ...(mail.cc === undefined ? [] : [`Cc: ${list(mail.cc)}`]),
    `Subject: ${encoded(mail.subject)}`,
    `Date: ${mailDate(mail.date)}`,
    `Message-ID: ${mail.messageId}`,
    ...(references.length === 0
      ? []
      : [`In-Reply-To: ${references.at(-1)}`, `References: ${references.join('\r\n ')}`]),
    ...(mail.extra ?? []),
    'MIME-Version: 1.0',
  ];
  const html = mail.body.includes('</');
  const words = html
    ? multipart('alternative', `${boundary}a`, [text('plain', plainOf(mail.body)), text('html', mail.body)])
    : text('plain', mail.body);
  const shown =
    inline.length === 0
      ? words
      : multipart('related', `${boundary}r`, [words, ...inline.map((file) => part(file, true))]);
  const whole =
    attachments.length === 0
      ? shown
      : multipart('mixed', `${boundary}m`, [shown, ...attachments.map((file) => part(file, false))]);
  return Buffer.from(`${head.join('\r\n')}\r\n${whole}`);
}

function text(kind: 'plain' | 'html', content: string): string {
  return `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(Buffer.from(content))}\r\n`;
}

function part({ name, type, bytes }: DemoFile, inline: boolean): string {
  const place = inline ? `Content-ID: <${name}>\r\nContent-Disposition: inline` : 'Content-Disposition: attachment';
  // RFC 2231 for the strict, an encoded word for the many that only know that.
  const fileName = /^[\x20-\x7e]*$/.test(name) ? `filename="${name}"` : `filename*=UTF-8''${encodeURIComponent(name)}`;
  return `Content-Type: ${type}; name="${encoded(name)}"\r\n${place}; ${fileName}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(bytes)}\r\n`;
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  const body = parts.map((content) => `--${boundary}\r\n${content}`).join('');
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`;
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n');
}

function addressOf({ name, email }: Mailbox): string {
  const shown = /^[\x20-\x7e]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encoded(name);
  return `${shown} <${email}>`;
}

/** Encoded words of at most 75 characters, none of which cuts a character (RFC 2047). */
export function encoded(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return value;
  const words: string[] = [];
  let word = '';
  for (const character of value) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((content) => `=?UTF-8?B?${Buffer.from(content).toString('base64')}?=`).join('\r\n ');
}

/** The plain part beside an HTML body. */
function plainOf(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<br\s*\/?>|<\/(p|div|tr|li|h\d|blockquote)>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
