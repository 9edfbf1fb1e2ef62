/**
 * The tree of a MIME message, as offsets into its source. One pass over the lines with a list of the parts that are
 * open, so that 1,000 levels cost no stack and a boundary of any level closes what is open inside it.
 */
import { headerValue, parseHeaders, type HeaderField } from './headers';
import { parseParameters, type Parameterised } from './parameters';
import { decodeTransfer } from './transfer';

export interface MimeNode {
  readonly headers: readonly HeaderField[];
  readonly type: Parameterised;
  readonly disposition: Parameterised | undefined;
  /** In lower case; empty where none was given. */
  readonly encoding: string;
  /** One byte a character. */
  readonly source: string;
  readonly bodyStart: number;
  bodyEnd: number;
  readonly children: MimeNode[];
}

/** Deeper multiparts are leaves: more than any mailer makes, less than any stack holds. */
const DEEPEST = 1_200;
const DEFAULT_TYPE: Parameterised = { value: 'text/plain', parameters: new Map() };
const DIGEST_TYPE: Parameterised = { value: 'message/rfc822', parameters: new Map() };
const IDENTITY = new Set(['', '7bit', '8bit', 'binary']);

/** Encoded mails inside encoded mails are read so far. */
const DEEPEST_ENCODED = 20;

/** @param source one byte a character */
export function parseTree(source: string, encodedDepth = 0): MimeNode {
  const open: MimeNode[] = [];
  const boundaries = new Map<string, number[]>();

  const begin = (start: number): number => {
    let position = start;
    for (;;) {
      const parent = open.at(-1);
      const node = readNode(source, position, parent);
      parent?.children.push(node);
      open.push(node);
      const boundary = node.type.value.startsWith('multipart/') ? (node.type.parameters.get('boundary') ?? '') : '';
      if (boundary !== '' && open.length < DEEPEST) {
        boundaries.set(boundary, [...(boundaries.get(boundary) ?? []), open.length - 1]);
      }
      if (node.type.value !== 'message/rfc822' || open.length >= DEEPEST) return node.bodyStart;
      if (!IDENTITY.has(node.encoding)) return node.bodyStart;
      position = node.bodyStart;
    }
  };
  const closeAbove = (index: number, end: number) => {
    for (let i = open.length - 1; i > index; i--) {
      const node = open[i];
      node.bodyEnd = Math.max(node.bodyStart, end);
      forget(boundaries, node, i);
    }
    open.length = index + 1;
  };

  let position = begin(0);
  const root = open[0];
  while (position < source.length && boundaries.size > 0) {
    const line = source.startsWith('--', position) ? position : nextDashes(source, position);
    if (line < 0) break;
    const newline = source.indexOf('\n', line);
    const lineEnd = newline < 0 ? source.length : newline;
    position = newline < 0 ? source.length : newline + 1;
    // RFC 2046 allows 70 characters; a longer line is text.
    if (lineEnd - line > 1_000) continue;
    const text = source.slice(line + 2, lineEnd).trimEnd();
    const opening = boundaries.get(text)?.at(-1);
    const closing =
      opening === undefined && text.endsWith('--') ? boundaries.get(text.slice(0, -2))?.at(-1) : undefined;
    const index = opening ?? closing;
    if (index === undefined) continue;
    closeAbove(index, beforeLineBreak(source, line));
    if (closing !== undefined) forget(boundaries, open[index], index);
    else position = begin(position);
  }
  closeAbove(-1, source.length);
  if (encodedDepth < DEEPEST_ENCODED) expandEncodedMails(root, encodedDepth + 1);
  return root;
}

function readNode(source: string, start: number, parent: MimeNode | undefined): MimeNode {
  const { fields, bodyStart } = parseHeaders(source, start, parent !== undefined);
  const declared = headerValue(fields, 'content-type');
  const fallback = parent?.type.value === 'multipart/digest' ? DIGEST_TYPE : DEFAULT_TYPE;
  const parsed = declared === undefined ? fallback : parseParameters(declared);
  const disposition = headerValue(fields, 'content-disposition');
  return {
    headers: fields,
    type: /^[^\s/]+\/[^\s/]+$/.test(parsed.value)
      ? parsed
      : { value: DEFAULT_TYPE.value, parameters: parsed.parameters },
    disposition: disposition === undefined ? undefined : parseParameters(disposition),
    encoding: (headerValue(fields, 'content-transfer-encoding') ?? '').toLowerCase().replace(/[^a-z0-9-].*$/, ''),
    source,
    bodyStart,
    bodyEnd: source.length,
    children: [],
  };
}

function nextDashes(source: string, from: number): number {
  const found = source.indexOf('\n--', from);
  return found < 0 ? -1 : found + 1;
}

function beforeLineBreak(source: string, lineStart: number): number {
  if (source[lineStart - 1] !== '\n') return lineStart;
  return source[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
}

function forget(boundaries: Map<string, number[]>, node: MimeNode, index: number): void {
  const boundary = node.type.parameters.get('boundary');
  const indexes = boundary === undefined ? undefined : boundaries.get(boundary);
  if (boundary === undefined || indexes?.at(-1) !== index) return;
  if (indexes.length === 1) boundaries.delete(boundary);
  else indexes.pop();
}

/** RFC 2046 forbids an encoded message/rfc822, mailers make it all the same. */
function expandEncodedMails(root: MimeNode, encodedDepth: number): void {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type.value === 'message/rfc822' && node.children.length === 0 && !IDENTITY.has(node.encoding)) {
      const inner = decodeTransfer(node.source.slice(node.bodyStart, node.bodyEnd), node.encoding).toString('latin1');
      if (inner.length > 0) node.children.push(parseTree(inner, encodedDepth));
    } else {
      waiting.push(...node.children);
    }
  }
}

/** The bytes of a part, transfer encoding undone. */
export function bodyBytes(node: MimeNode): Buffer {
  return decodeTransfer(node.source.slice(node.bodyStart, node.bodyEnd), node.encoding);
}

/** How many bytes `bodyBytes` gives; where nothing is encoded, without a copy of each level of nested mails. */
export function bodySize(node: MimeNode): number {
  const encoded = node.encoding === 'base64' || node.encoding === 'quoted-printable';
  return encoded ? bodyBytes(node).length : node.bodyEnd - node.bodyStart;
}
