/** Header values on the wire: RFC 2047 encoded words of at most 75 characters, and RFC 2231 file names. */
import { base64OfBytes, bytesOfText } from './bytes';

/** UTF-8 bytes in one encoded word: 45 bytes are 60 characters of base64, with its frame of 12 below the limit of 75. */
const WORD_BYTES = 45;

/** No value of a header may begin another one, whoever typed it. */
export function oneLine(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

/** As it is where it is ASCII, otherwise encoded words, folded. */
export function encodeText(value: string): string {
  const line = oneLine(value);
  if (/^[\x20-\x7e]*$/.test(line) && !line.includes('=?')) return line;
  const words: string[] = [];
  let word = '';
  for (const character of line) {
    if (bytesOfText(word + character).length > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((text) => `=?UTF-8?B?${base64OfBytes(bytesOfText(text))}?=`).join('\r\n ');
}

/** `name="..."` for ASCII, else `name*=UTF-8''...`. */
export function encodeParameter(name: string, value: string): string {
  const line = oneLine(value);
  if (/^[\x20-\x7e]*$/.test(line)) return `${name}="${line.replace(/(["\\])/g, '\\$1')}"`;
  const bytes = [...bytesOfText(line)];
  const safe = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9.!#$&+^_`|~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `${name}*=UTF-8''${safe.join('')}`;
}
