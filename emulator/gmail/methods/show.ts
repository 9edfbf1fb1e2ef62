/** Messages as the API shows them, in the four formats (facts, platform 3.5). */
import { outlineOf } from '../mime/outline';
import { headerValue } from '../mime/headers';
import { parseParameters } from '../mime/parameters';
import { base64Url, partTree, shownHeader, showPart, type PayloadOptions } from '../mime/payload';
import { snippetOf } from '../mime/snippet';
import type { GmailContext, StoredMessage } from '../state';
import { forbidden } from '../rest/errors';
import type { Call, Json } from '../rest/call';
import { isHeldToMetadata } from '../rest/scopes';
import { newAttachmentId } from './attachments';

export type Format = 'full' | 'metadata' | 'minimal' | 'raw';

export function reference({ id, threadId, labelIds }: StoredMessage): Json {
  return { id, threadId, ...(labelIds.length === 0 ? {} : { labelIds }) };
}

export function readFormat(call: Call, formats: readonly Format[] = ['full', 'metadata', 'minimal', 'raw']): Format {
  const format = call.choice('format', formats, 'full');
  if (isHeldToMetadata(call.token.scopes) && (format === 'full' || format === 'raw')) {
    throw forbidden(`Metadata scope doesn't allow format ${format.toUpperCase()}`);
  }
  return format;
}

/** @param names of the headers wanted with `metadata`, in any case; empty for all */
export function showMessage(
  context: GmailContext,
  message: StoredMessage,
  format: Format,
  names: readonly string[],
): Json {
  const { content } = message;
  return {
    ...reference(message),
    snippet: snippetOf(content),
    ...(format === 'full' ? { payload: showPart(partTree(content), payloadOptions(context, message)) } : {}),
    ...(format === 'metadata' ? { payload: metadata(context, message, names) } : {}),
    sizeEstimate: content.raw.length,
    ...(format === 'raw' ? { raw: base64Url(content.raw) } : {}),
    historyId: String(message.historyId),
    internalDate: String(message.internalDate),
  };
}

export function payloadOptions(context: GmailContext, message: StoredMessage): PayloadOptions {
  const switches = context.switches();
  return {
    quoteNames: switches.gmailQuoteDecodedNames,
    largeBodyBytes: switches.gmailLargeBodyBytes,
    nestedMailBytes: switches.gmailNestedMailBytes,
    attachmentId: (partId) => newAttachmentId(context, message.id, partId),
  };
}

function metadata(context: GmailContext, message: StoredMessage, names: readonly string[]): Json {
  const { headers } = outlineOf(message.content);
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const shown = headers.filter(({ name }) => wanted.size === 0 || wanted.has(name.toLowerCase()));
  const type = parseParameters(headerValue(headers, 'content-type') ?? 'text/plain').value;
  return {
    mimeType: /^[^\s/]+\/[^\s/]+$/.test(type) ? type : 'text/plain',
    headers: shown.map((field) => shownHeader(field, context.switches().gmailQuoteDecodedNames)),
  };
}
