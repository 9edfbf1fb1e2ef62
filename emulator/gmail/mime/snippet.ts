/** Visible text of a message: the short beginning that lists show, and the words that search looks through. */
import type { Content } from '../state';
import { eachPart, partTree, textOf, type Part } from './payload';

const snippets = new WeakMap<Content, string>();
const LENGTH = 200;
/** A body is read so far for its text; what lies beyond is not searched. */
const READ = 200_000;

/** HTML-escaped, as Gmail gives it. */
export function snippetOf(content: Content): string {
  const known = snippets.get(content);
  if (known !== undefined) return known;
  const bodies = [...eachPart(partTree(content))].filter(isBody);
  const body = bodies.find(({ mimeType }) => mimeType === 'text/plain') ?? bodies[0];
  const text = body === undefined ? '' : visibleText(body).slice(0, LENGTH).trim();
  const snippet = text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
  snippets.set(content, snippet);
  return snippet;
}

export function searchableText(content: Content): string {
  return [...eachPart(partTree(content))].filter(isBody).map(visibleText).join(' ');
}

export function fileNames(content: Content): string[] {
  return [...eachPart(partTree(content))].filter(({ kind }) => kind === 'attachment').map(({ filename }) => filename);
}

function isBody(part: Part): boolean {
  return part.kind === 'text' && part.mimeType.startsWith('text/');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" };

function visibleText(part: Part): string {
  const text = textOf(part).slice(0, READ);
  if (part.mimeType !== 'text/html') return text.replace(/\s+/g, ' ');
  return text
    .replace(/<(style|script|head|title)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^>]*>?/g, ' ')
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
        const code = decimal !== undefined ? Number(decimal) : parseInt(hex ?? '', 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
      },
    )
    .replace(/\s+/g, ' ');
}
