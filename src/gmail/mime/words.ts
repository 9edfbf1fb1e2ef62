/**
 * Encoded words (RFC 2047) on their way in. Gmail decodes headers itself (facts, platform 3.5); what is still encoded
 * here is what it did not know. Decoded after addresses were parsed, never before: a decoded comma must not make two.
 */
import { bytesFromBase64, textFromBytes, textFromWindows1252 } from '../../platform/text';

const WORD = /=\?([\w.-]{1,40})(?:\*[\w-]*)?\?([bBqQ])\?([^?\s]*)\?=/;

/** The text with its encoded words decoded; those of an unknown charset stay as they are. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  const pieces = text.split(new RegExp(`(${WORD.source})`, 'g'));
  let out = '';
  // `split` gives, for each word: the text before it, the word, its charset, its encoding and its content.
  for (let at = 0; at < pieces.length; at += 5) {
    const before = pieces[at];
    // White space between two encoded words is there for folding only.
    out += at > 0 && at + 1 < pieces.length && /^\s*$/.test(before) ? '' : before;
    if (at + 1 >= pieces.length) break;
    const [word, charset, encoding, content] = pieces.slice(at + 1, at + 5);
    out +=
      decode(charset.toLowerCase(), encoding.toLowerCase() === 'b' ? bytesFromBase64(content) : fromQ(content)) ?? word;
  }
  return out;
}

function decode(charset: string, bytes: Uint8Array): string | undefined {
  if (/^(utf-?8|us-ascii|ascii|unknown-8bit)$/.test(charset)) return textFromBytes(bytes);
  if (/^(iso-?8859-?1|latin-?1|windows-?1252|cp1252)$/.test(charset)) return textFromWindows1252(bytes);
  return undefined;
}

function fromQ(content: string): Uint8Array {
  const codes: number[] = [];
  for (let at = 0; at < content.length; at += 1) {
    const escaped = content[at] === '=' ? /^=([0-9A-Fa-f]{2})/.exec(content.slice(at, at + 3)) : null;
    if (escaped !== null) {
      codes.push(parseInt(escaped[1], 16));
      at += 2;
    } else codes.push(content[at] === '_' ? 0x20 : content.charCodeAt(at) & 0xff);
  }
  return Uint8Array.from(codes);
}
