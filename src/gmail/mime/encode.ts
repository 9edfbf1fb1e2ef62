/**
 * Header values on their way out: cleaned, put into encoded words, folded (RFC 5322 2.2.3, RFC 2047). Every value passes
 * `oneLine` first, so that no CR or LF of a mail or of the CRM can begin a header of its own (M5).
 */
import { base64FromBytes, cutText, utf8FromText, wellFormed } from '../../platform/text';

export const CRLF = '\r\n';
/** Lines should be shorter than 78 (RFC 5322 2.1.1), lines with encoded words at most 76 (RFC 2047 2). */
const LINE = 76;
/** An encoded word may have 75 characters; this leaves room for the name of nearly every header in front of it. */
const ENCODED_WORD = 60;

/** One line of text: no controls, no lone surrogates, single line, trimmed, at most `limit` code units. */
export function oneLine(value: string, limit: number): string {
  return cutText(
    wellFormed(cutText(value, limit * 4))
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .trim(),
    limit,
  ).trim();
}

/** Without the marks that turn text around: in a name they can make one address or file type look like another. */
export function withoutDirectionMarks(value: string): string {
  return value.replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
}

/** Whether a value can stand in a header as it is. `=?` would be taken for an encoded word. */
export function isPlain(value: string): boolean {
  return /^[ -~]*$/.test(value) && !value.includes('=?') && !/[^ ]{61}/.test(value);
}

/** Encoded words of at most 60 characters, never splitting a character. */
export function encodedWords(text: string, longest = ENCODED_WORD): string[] {
  const room = Math.floor((longest - '=?UTF-8?B??='.length) / 4) * 3;
  const words: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const character of wellFormed(text)) {
    const size = utf8Size(character);
    if (bytes + size > room) {
      words.push(encodedWord(piece));
      piece = '';
      bytes = 0;
    }
    piece += character;
    bytes += size;
  }
  if (piece !== '') words.push(encodedWord(piece));
  return words;
}

/** A header out of tokens that are separated by a space, or by a fold where the line would get too long. */
export function foldedHeader(name: string, tokens: readonly string[]): string {
  let text = `${name}:`;
  let column = text.length;
  for (const [index, token] of tokens.entries()) {
    if (index > 0 && column + 1 + token.length > LINE) {
      text += `${CRLF} ${token}`;
      column = 1 + token.length;
    } else {
      text += ` ${token}`;
      column += 1 + token.length;
    }
  }
  return text + CRLF;
}

/** A header of free text (Subject). */
export function textHeader(name: string, value: string): string {
  const text = oneLine(value, 1000);
  if (!isPlain(text)) return foldedHeader(name, encodedWords(text, Math.min(ENCODED_WORD, LINE - name.length - 2)));
  // A fold goes before spaces that something follows: a line of nothing but spaces would end the headers for some.
  return foldedHeader(
    name,
    (text.match(/ *[^ ]+/g) ?? []).map((piece, index) => (index === 0 ? piece : piece.slice(1))),
  );
}

function encodedWord(text: string): string {
  return `=?UTF-8?B?${base64FromBytes(utf8FromText(text))}?=`;
}

function utf8Size(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
