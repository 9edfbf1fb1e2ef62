/**
 * A message as `format=full` shows it (facts, platform 3.5): headers decoded and unfolded, text parts in UTF-8, nested
 * mails expanded, everything else by attachmentId.
 */
import { decodeText } from './charset';
import { decodeWords } from './encoded-words';
import { unfold, type HeaderField } from './headers';
import { treeOf } from './outline';
import { bodyBytes, bodySize, type MimeNode } from './tree';
import type { Content } from '../state';

export interface ShownHeader {
  readonly name: string;
  readonly value: string;
}

/** A part whose bytes have been looked at; kept for each content, shared by all copies of a world. */
export interface Part {
  readonly node: MimeNode;
  readonly partId: string;
  readonly mimeType: string;
  readonly filename: string;
  /** Bytes, transfer encoding undone, before any change of charset. */
  readonly size: number;
  readonly kind: 'container' | 'text' | 'attachment';
  readonly parts: readonly Part[];
}

const ADDRESS_HEADERS = new Set(['from', 'to', 'cc', 'bcc', 'reply-to', 'sender', 'return-path', 'delivered-to']);
const partsOf = new WeakMap<Content, Part>();
const dataOf = new WeakMap<Part, string>();

export function shownHeader({ name, value }: HeaderField, quoteNames: boolean): ShownHeader {
  return { name, value: decodeWords(unfold(value).trim(), quoteNames && ADDRESS_HEADERS.has(name.toLowerCase())) };
}

/** The root part of a message. */
export function partTree(content: Content): Part {
  const known = partsOf.get(content);
  if (known !== undefined) return known;
  const root = describe(treeOf(content), '');
  partsOf.set(content, root);
  return root;
}

function describe(node: MimeNode, partId: string): Part {
  const mimeType = node.type.value;
  const filename = fileName(node);
  const parts = node.children.map((child, index) =>
    describe(child, partId === '' ? String(index) : `${partId}.${index}`),
  );
  const container = mimeType.startsWith('multipart/') && parts.length > 0;
  const size = container ? 0 : bodySize(node);
  return Object.freeze({
    node,
    partId,
    mimeType,
    filename,
    size,
    kind: container ? 'container' : kindOf(node, filename),
    parts,
  });
}

function fileName(node: MimeNode): string {
  const given = node.disposition?.parameters.get('filename') ?? node.type.parameters.get('name');
  if (given !== undefined && given !== '') return given.replace(/[\r\n]+/g, ' ');
  return node.type.value === 'text/calendar' ? 'invite.ics' : '';
}

function kindOf(node: MimeNode, filename: string): 'text' | 'attachment' {
  if (filename !== '' || node.disposition?.value === 'attachment') return 'attachment';
  return /^(?:text|message|multipart)\//.test(node.type.value) ? 'text' : 'attachment';
}

/** The parts in document order, the root first. */
export function* eachPart(root: Part): Generator<Part> {
  const waiting = [root];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    yield part;
    for (let i = part.parts.length - 1; i >= 0; i--) waiting.push(part.parts[i]);
  }
}

export function textOf(part: Part): string {
  return decodeText(bodyBytes(part.node), part.node.type.parameters.get('charset'));
}

/** What `data` or `attachments.get` hold, as padded base64url (facts, platform 3.9). Only bodies change their charset. */
export function dataOfPart(part: Part): string {
  const known = dataOf.get(part);
  if (known !== undefined) return known;
  const bytes =
    part.kind === 'text' && part.mimeType !== 'message/rfc822' ? Buffer.from(textOf(part)) : bodyBytes(part.node);
  const data = base64Url(bytes);
  dataOf.set(part, data);
  return data;
}

/** With padding, as Gmail's REST answers have it. */
export function base64Url(bytes: Buffer): string {
  return bytes.toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
}

export interface PayloadOptions {
  readonly quoteNames: boolean;
  readonly largeBodyBytes: number;
  readonly nestedMailBytes: boolean;
  readonly attachmentId: (partId: string) => string;
}

/** Is the part handed out by attachmentId? */
export function isDetached(part: Part, options: Pick<PayloadOptions, 'largeBodyBytes' | 'nestedMailBytes'>): boolean {
  if (part.kind === 'container') return false;
  if (part.mimeType === 'message/rfc822') return part.filename !== '' && options.nestedMailBytes;
  return part.kind === 'attachment' || part.size > options.largeBodyBytes;
}

/** `payload` as JSON. */
export function showPart(part: Part, options: PayloadOptions): Record<string, unknown> {
  return {
    partId: part.partId,
    mimeType: part.mimeType,
    filename: part.filename,
    headers: part.node.headers.map((field) => shownHeader(field, options.quoteNames)),
    body: showBody(part, options),
    ...(part.parts.length === 0 ? {} : { parts: part.parts.map((child) => showPart(child, options)) }),
  };
}

function showBody(part: Part, options: PayloadOptions): Record<string, unknown> {
  if (isDetached(part, options)) return { attachmentId: options.attachmentId(part.partId), size: part.size };
  if (part.kind === 'container' || part.mimeType === 'message/rfc822' || part.size === 0) return { size: 0 };
  return { size: part.size, data: dataOfPart(part) };
}
