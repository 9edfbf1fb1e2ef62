/** Attachment ids name a part of a message and, as Gmail's do, differ from one answer to the next (facts, platform 3.5). */
import { dataOfPart, eachPart, isDetached, partTree } from '../mime/payload';
import type { GmailContext } from '../state';
import { badRequest } from '../rest/errors';
import type { Call, Json } from '../rest/call';
import { findMessage } from './find';

const PREFIX = 'ANGjdJ';

export function newAttachmentId({ ids, switches }: GmailContext, messageId: string, partId: string): string {
  const salt = switches().gmailStableAttachmentIds ? 'stable--' : ids.alphanumeric(8);
  return PREFIX + Buffer.from(`${salt}:${messageId}:${partId}`).toString('base64url');
}

export function getAttachment(call: Call): Json {
  const message = findMessage(call, call.path.messageId);
  const id = call.path.id;
  const [, messageId, partId] = id.startsWith(PREFIX)
    ? Buffer.from(id.slice(PREFIX.length), 'base64url').toString('latin1').split(':')
    : [];
  if (messageId !== message.id || partId === undefined) throw badRequest('Invalid attachment token');
  const switches = call.context.switches();
  const options = { largeBodyBytes: switches.gmailLargeBodyBytes, nestedMailBytes: switches.gmailNestedMailBytes };
  for (const part of eachPart(partTree(message.content))) {
    if (part.partId === partId && isDetached(part, options)) return { size: part.size, data: dataOfPart(part) };
  }
  throw badRequest('Invalid attachment token');
}
