/** Reads one message of Gmail's API (format=full) for the screen: who, what, bodies, attachments, inline images. */
import type { Message, MessagePart } from '../api/gmail';
import { parseAddresses, type MailAddress } from './addresses';
import { bytesOfBase64, textOfBytes } from './bytes';
import type { Answerable } from './reply';
import { htmlFromText, textFromHtml } from './text';

export interface ReadAttachment {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** One of the two. */
  readonly data?: string;
  readonly attachmentId?: string;
  /** Without brackets; empty where it is not inline. */
  readonly contentId: string;
}

export interface ReadMessage extends Answerable {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: readonly string[];
  readonly snippet: string;
  readonly attachments: readonly ReadAttachment[];
}

export function readMessage(message: Message): ReadMessage {
  const payload = message.payload ?? {};
  const headers = (name: string) => headerOf(payload, name);
  const leaves = [...leavesOf(payload)];
  const bodies = leaves.filter((part) => isBody(part));
  const html = bodies.find(({ mimeType }) => mimeType === 'text/html');
  const plain = bodies
    .filter(({ mimeType }) => mimeType === 'text/plain')
    .map(textOfPart)
    .join('\n');
  const htmlText = html === undefined ? htmlFromText(plain) : textOfPart(html);
  return {
    id: message.id,
    threadId: message.threadId,
    labelIds: message.labelIds ?? [],
    snippet: message.snippet ?? '',
    from: parseAddresses(headers('From')),
    replyTo: parseAddresses(headers('Reply-To')),
    to: parseAddresses(headers('To')),
    cc: parseAddresses(headers('Cc')),
    subject: headers('Subject'),
    messageId: headers('Message-ID'),
    references: headers('References').match(/<[^<>\s]+>/g) ?? [],
    text: plain !== '' ? plain : html === undefined ? '' : textFromHtml(htmlText),
    html: htmlText,
    at: Number(message.internalDate ?? 0),
    attachments: leaves.filter((part) => !isBody(part)).map(attachmentOf),
  };
}

export function headerOf(part: MessagePart, name: string): string {
  const wanted = name.toLowerCase();
  return part.headers?.find((header) => header.name.toLowerCase() === wanted)?.value ?? '';
}

/** Everything that is no multipart; what is inside a forwarded message (message/rfc822) belongs to that message. */
function* leavesOf(part: MessagePart): Generator<MessagePart> {
  if (part.mimeType === undefined) return;
  if (part.mimeType === 'message/rfc822' || part.parts === undefined || part.parts.length === 0) {
    if (!part.mimeType.startsWith('multipart/')) yield part;
  } else for (const inner of part.parts) yield* leavesOf(inner);
}

function isBody(part: MessagePart): boolean {
  const text = part.mimeType === 'text/html' || part.mimeType === 'text/plain';
  return text && (part.filename ?? '') === '' && !/^attachment/i.test(headerOf(part, 'Content-Disposition'));
}

function textOfPart(part: MessagePart): string {
  return textOfBytes(bytesOfBase64(part.body?.data ?? ''));
}

function attachmentOf(part: MessagePart): ReadAttachment {
  return {
    name: part.filename || (part.mimeType === 'message/rfc822' ? 'forwarded message.eml' : 'attachment'),
    type: part.mimeType ?? 'application/octet-stream',
    size: part.body?.size ?? 0,
    contentId: headerOf(part, 'Content-ID').replace(/^<|>$/g, ''),
    ...(part.body?.data === undefined ? {} : { data: part.body.data }),
    ...(part.body?.attachmentId === undefined ? {} : { attachmentId: part.body.attachmentId }),
  };
}

/** Does any part of the message have a file that is not shown inside the text? */
export function hasAttachment(payload: MessagePart): boolean {
  return [...leavesOf(payload)].some((part) => (part.filename ?? '') !== '' && headerOf(part, 'Content-ID') === '');
}

export function senderOf(payload: MessagePart): MailAddress | undefined {
  return parseAddresses(headerOf(payload, 'From'))[0];
}
