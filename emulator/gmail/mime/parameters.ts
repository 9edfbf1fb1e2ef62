/** A header with parameters (Content-Type, Content-Disposition), with RFC 2231 and what broken mailers do instead of it. */
import { decodeText } from './charset';
import { decodeWords } from './encoded-words';

export interface Parameterised {
  /** In lower case: `text/plain`, `attachment`. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** @param header unfolded, one byte a character */
export function parseParameters(header: string): Parameterised {
  const [first, ...rest] = splitOutsideQuotes(header);
  const plain = new Map<string, string>();
  const pieces = new Map<string, { index: number; encoded: boolean; text: string }[]>();
  for (const item of rest) {
    const equals = item.indexOf('=');
    if (equals < 0) continue;
    const name = item.slice(0, equals).trim().toLowerCase();
    const text = unquote(item.slice(equals + 1).trim());
    const extended = /^([^*]+)\*(?:(\d{1,4})(\*)?)?$/.exec(name);
    if (extended === null) {
      // The first one counts, as Gmail's own reading of a doubled boundary does.
      if (!plain.has(name)) plain.set(name, text);
      continue;
    }
    const [, base, index, star] = extended;
    const list = pieces.get(base) ?? [];
    list.push({ index: Number(index ?? 0), encoded: index === undefined || star !== undefined, text });
    pieces.set(base, list);
  }
  const parameters = new Map<string, string>();
  for (const [name, text] of plain) parameters.set(name, name === 'boundary' ? text : decodeWords(text));
  for (const [name, list] of pieces) parameters.set(name, joinPieces(list));
  return {
    value: stripComments(first ?? '')
      .trim()
      .toLowerCase(),
    parameters,
  };
}

function splitOutsideQuotes(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted && character === '\\') i++;
    else if (character === '"') quoted = !quoted;
    else if (character === ';' && !quoted) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** Character by character: an expression would need a stack as deep as the value is long. */
function unquote(text: string): string {
  if (!text.startsWith('"')) return stripComments(text).trim();
  let value = '';
  for (let i = 1; i < text.length && text[i] !== '"'; i++) {
    if (text[i] === '\\') i++;
    value += text[i] ?? '';
  }
  return value;
}

function stripComments(text: string): string {
  return text.includes('(') ? text.replace(/\([^()]*\)/g, '') : text;
}

function joinPieces(list: { index: number; encoded: boolean; text: string }[]): string {
  const sorted = [...list].sort((a, b) => a.index - b.index);
  const head = sorted[0].encoded ? /^([^']*)'[^']*'(.*)$/s.exec(sorted[0].text) : null;
  const bytes = sorted.map(({ encoded, text }, position) => {
    const content = position === 0 && head !== null ? head[2] : text;
    return Buffer.from(encoded ? percentDecode(content) : content, 'latin1');
  });
  return decodeText(Buffer.concat(bytes), head?.[1]);
}

function percentDecode(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
