/** Parts of Gmail's MIME tree, looked at with care: each field may be missing or something else than it should be. */
import type { MessagePart } from '../types';
import { headerValue, readParameters } from './headers';

/** The children of a part. */
export function childrenOf(part: MessagePart): readonly MessagePart[] {
  const parts: unknown = part.parts;
  if (!Array.isArray(parts)) return [];
  return (parts as unknown[]).filter((child): child is MessagePart => typeof child === 'object' && child !== null);
}

/** In lower case, without parameters; `text/plain` where nothing says (RFC 2045 5.2). */
export function typeOf(part: MessagePart): string {
  const given =
    typeof part.mimeType === 'string' && part.mimeType !== ''
      ? part.mimeType
      : headerValue(part.headers, 'Content-Type');
  return readParameters(given).value || 'text/plain';
}

/** A parameter of the content type, e.g. `format` or `report-type`; empty where it is missing. */
export function typeParameter(part: MessagePart, name: string): string {
  return readParameters(headerValue(part.headers, 'Content-Type')).parameters[name] ?? '';
}

/** `attachment`, `inline` or empty. */
export function dispositionOf(part: MessagePart): string {
  return readParameters(headerValue(part.headers, 'Content-Disposition')).value;
}

/** Without angle brackets; undefined where there is none. */
export function contentIdOf(part: MessagePart): string | undefined {
  const id = (headerValue(part.headers, 'Content-ID') || headerValue(part.headers, 'X-Attachment-Id'))
    .trim()
    .replace(/^<|>$/g, '');
  return id === '' ? undefined : id;
}

/** The bytes that came with the part, in base64url. */
export function dataOf(part: MessagePart): string | undefined {
  return typeof part.body?.data === 'string' ? part.body.data : undefined;
}

/** For bytes that have to be read separately. */
export function attachmentIdOf(part: MessagePart): string | undefined {
  const id = part.body?.attachmentId;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

export function sizeOf(part: MessagePart): number {
  const size = part.body?.size;
  return typeof size === 'number' && size >= 0 ? size : 0;
}

/** Every part of a tree in order, however deep it is, the root included. */
export function allParts(root: MessagePart): MessagePart[] {
  const parts: MessagePart[] = [];
  const waiting: MessagePart[] = [root];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    parts.push(part);
    const children = childrenOf(part);
    for (let at = children.length - 1; at >= 0; at -= 1) waiting.push(children[at]);
  }
  return parts;
}
