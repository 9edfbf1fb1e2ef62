/**
 * Makes an RFC 5322 message of a mail: ASCII, CRLF, the same bytes each time for the same mail (M6). Nothing in the
 * mail can add a header, a recipient or a part (M5): header values are cleaned to one line and encoded, and bodies are
 * in base64 or quoted-printable, in which the boundary, with its `=_`, cannot occur.
 */
import { shortHash } from '../../platform/hash';
import { CRLF, foldedHeader, textHeader } from './encode';
import { nameParameters, safeFileName } from './file-names';
import { normaliseMessageId } from './message-id';
import { plainFromHtml } from './html';
import { base64Lines, encodeText } from './transfer';
import type { OutgoingAttachment, OutgoingMail } from './types';
import { addressListTokens, senderTokens } from './write-address';

export const MARKER_HEADER = 'X-Threadlink-Email-Id';
export const LOST_HEADER = 'X-Threadlink-Lost';
/** RFC 5322 wants the first and the latest ones; a header of thousands is refused by some servers. */
const MOST_REFERENCES = 40;
/** 9999-12-31, the last day with a year of four digits. */
const LAST_DATE = 253_402_300_799_000;

/** An entity: its own headers, and its body with CRLF at the end. */
interface Entity {
  readonly headers: string;
  readonly body: string;
}

/** The message. Addresses that cannot be written are left out: see `writableAddress`. */
export function writeMail(mail: OutgoingMail): string {
  const boundary = `=_threadlink_${shortHash(mail.marker, 8)}`;
  const content = mailContent(mail, boundary);
  return `${mailHeaders(mail)}MIME-Version: 1.0${CRLF}${content.headers}${CRLF}${content.body}`;
}

/** The value of the marker header for a CRM e-mail id. Ids of the CRM stay as they are. */
export function markerOf(emailId: string): string {
  return /^[\w.:-]{1,128}$/.test(emailId) ? emailId : `hash-${shortHash(emailId, 8)}`;
}

const WRITTEN = 'sidebar-';

/** The marker of a mail that was written in the sidebar, by its single-use id: no e-mail of the CRM has such an id. */
export function writtenMarker(once: string): string {
  return `${WRITTEN}${once}`;
}

export function isWrittenMarker(marker: string): boolean {
  return marker.startsWith(WRITTEN);
}

function mailHeaders(mail: OutgoingMail): string {
  const to = addressListTokens(mail.to);
  const cc = addressListTokens(mail.cc ?? []);
  const bcc = addressListTokens(mail.bcc ?? []);
  const references = [...new Set((mail.references ?? []).map(writableId))].filter((id) => id !== undefined);
  const kept =
    references.length <= MOST_REFERENCES ? references : [references[0], ...references.slice(1 - MOST_REFERENCES)];
  return [
    foldedHeader('Date', [writeDate(mail.date)]),
    foldedHeader('From', senderTokens(mail.from)),
    // A mail needs a destination field, also when all its recipients are in Bcc or could not be written.
    foldedHeader('To', to.length > 0 ? to : ['undisclosed-recipients:;']),
    cc.length > 0 ? foldedHeader('Cc', cc) : '',
    bcc.length > 0 ? foldedHeader('Bcc', bcc) : '',
    textHeader('Subject', mail.subject),
    idHeader('Message-ID', mail.messageId),
    idHeader('In-Reply-To', mail.inReplyTo),
    kept.length > 0 ? foldedHeader('References', kept) : '',
    foldedHeader(MARKER_HEADER, [markerOf(mail.marker)]),
    (mail.lost ?? '') === '' ? '' : textHeader(LOST_HEADER, mail.lost ?? ''),
  ].join('');
}

function idHeader(name: string, value: string | undefined): string {
  const id = value === undefined ? undefined : writableId(value);
  return id === undefined ? '' : foldedHeader(name, [id]);
}

/** Some servers decode an encoded word wherever it stands, and what comes out could be a header. */
function writableId(value: string): string | undefined {
  return value.includes('=?') ? undefined : normaliseMessageId(value);
}

function writeDate(milliseconds: number): string {
  const time = Number.isFinite(milliseconds) ? Math.min(Math.max(milliseconds, 0), LAST_DATE) : 0;
  return new Date(time).toUTCString().replace('GMT', '+0000');
}

/** multipart/mixed of multipart/related of multipart/alternative, each only where something needs it. */
function mailContent(mail: OutgoingMail, boundary: string): Entity {
  const attachments = mail.attachments ?? [];
  const inline = attachments.filter((attachment) => contentId(attachment) !== undefined);
  const files = attachments.filter((attachment) => contentId(attachment) === undefined);
  const bodies = multipart('alternative', `${boundary}_a`, [
    textEntity('plain', mail.text ?? plainFromHtml(mail.html)),
    textEntity('html', mail.html),
  ]);
  const shown =
    inline.length === 0 ? bodies : multipart('related', `${boundary}_r`, [bodies, ...inline.map(fileEntity)]);
  return files.length === 0 ? shown : multipart('mixed', `${boundary}_m`, [shown, ...files.map(fileEntity)]);
}

function multipart(kind: 'mixed' | 'related' | 'alternative', boundary: string, parts: readonly Entity[]): Entity {
  const type = kind === 'related' ? ['multipart/related; type="multipart/alternative";'] : [`multipart/${kind};`];
  const body = parts.map((part) => `--${boundary}${CRLF}${part.headers}${CRLF}${part.body}`);
  return {
    headers: foldedHeader('Content-Type', [...type, `boundary="${boundary}"`]),
    body: `${body.join('')}--${boundary}--${CRLF}`,
  };
}

function textEntity(kind: 'plain' | 'html', text: string): Entity {
  const { encoding, body } = encodeText(text);
  return {
    headers:
      foldedHeader('Content-Type', [`text/${kind};`, 'charset=utf-8']) +
      foldedHeader('Content-Transfer-Encoding', [encoding]),
    body,
  };
}

function fileEntity(attachment: OutgoingAttachment): Entity {
  const id = contentId(attachment);
  const name = safeFileName(attachment.name) || 'attachment';
  return {
    headers:
      parameterHeader('Content-Type', mediaType(attachment.type), nameParameters('name', name).slice(0, 1)) +
      parameterHeader(
        'Content-Disposition',
        id === undefined ? 'attachment' : 'inline',
        nameParameters('filename', name),
      ) +
      (id === undefined ? '' : foldedHeader('Content-ID', [`<${id}>`])) +
      foldedHeader('Content-Transfer-Encoding', ['base64']),
    body: base64Lines(attachment.base64),
  };
}

function parameterHeader(name: string, value: string, parameters: readonly string[]): string {
  const tokens = [value, ...parameters];
  return foldedHeader(
    name,
    tokens.map((token, index) => (index < tokens.length - 1 ? `${token};` : token)),
  );
}

/** A type of its own structure may not be in base64 (RFC 2046 5.1, 5.2.1), so a forwarded mail goes as a file. */
function mediaType(type: string): string {
  const plain = type.split(';')[0].trim().toLowerCase();
  const valid = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/.test(plain);
  return valid && !/^(multipart|message)\//.test(plain) ? plain : 'application/octet-stream';
}

function contentId(attachment: OutgoingAttachment): string | undefined {
  const id = attachment.contentId?.trim().replace(/^<|>$/g, '');
  if (id === undefined || id.length > 200 || id.includes('=?')) return undefined;
  return /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~@-]+$/.test(id) ? id : undefined;
}
