/** What Gmail reads of every message on arrival. Computed once for each content and shared by all copies of a world. */
import type { Content } from '../state';
import { parseMailDate } from './date';
import { decodeWords } from './encoded-words';
import { headerValue, headerValues, parseHeaders, type HeaderField } from './headers';
import { normaliseSubject } from './subject';
import { parseTree, type MimeNode } from './tree';

export interface Outline {
  readonly headers: readonly HeaderField[];
  readonly bodyStart: number;
  /** With angle brackets. */
  readonly messageId: string | undefined;
  /** What In-Reply-To and References name, the nearest parent first. */
  readonly parents: readonly string[];
  readonly subject: string;
  readonly normalisedSubject: string;
  /** Of the Date header, milliseconds since 1970. */
  readonly date: number | undefined;
}

const outlines = new WeakMap<Content, Outline>();
const trees = new WeakMap<Content, MimeNode>();
const MESSAGE_ID = /<[^<>\s]+>/g;

export function outlineOf(content: Content): Outline {
  const known = outlines.get(content);
  if (known !== undefined) return known;
  const outline = readOutline(content.raw);
  outlines.set(content, outline);
  return outline;
}

/** The headers alone are looked for in growing pieces: a mail of 25 MB is not turned into text to read its subject. */
export function readOutline(raw: Buffer): Outline {
  let piece = 65_536;
  let block = parseHeaders(raw.toString('latin1', 0, piece), 0);
  while (block.bodyStart >= piece && piece < raw.length) {
    piece *= 8;
    block = parseHeaders(raw.toString('latin1', 0, piece), 0);
  }
  const { fields } = block;
  const subject = decodeWords(headerValue(fields, 'subject') ?? '');
  const replies = headerValues(fields, 'in-reply-to').flatMap((value) => value.match(MESSAGE_ID) ?? []);
  const references = headerValues(fields, 'references').flatMap((value) => value.match(MESSAGE_ID) ?? []);
  return {
    headers: fields,
    bodyStart: block.bodyStart,
    messageId: headerValue(fields, 'message-id')?.match(MESSAGE_ID)?.[0],
    parents: [...new Set([...replies, ...references.reverse()])],
    subject,
    normalisedSubject: normaliseSubject(subject),
    date: parseMailDate(headerValue(fields, 'date')),
  };
}

export function treeOf(content: Content): MimeNode {
  const known = trees.get(content);
  if (known !== undefined) return known;
  const tree = parseTree(content.raw.toString('latin1'));
  trees.set(content, tree);
  return tree;
}
