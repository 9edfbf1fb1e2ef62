/** Bytes to text. Never throws: what a mail calls its charset is often wrong, and Gmail shows something all the same. */
import { TextDecoder } from 'node:util';

const decoders = new Map<string, TextDecoder | undefined>();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
/** 128 to 159 of windows-1252: Node's own decoder for it gives control characters in some versions. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** These say nothing about bytes beyond 127, so they are treated as if no charset had been given. */
const SAYS_NOTHING = new Set(['', 'us-ascii', 'ascii', 'ansi_x3.4-1968', 'unknown-8bit', 'x-unknown', 'default']);

function decoderFor(label: string): TextDecoder | undefined {
  if (decoders.has(label)) return decoders.get(label);
  let decoder: TextDecoder | undefined;
  try {
    decoder = new TextDecoder(label);
    if (decoder.encoding === 'windows-1252') decoder = undefined;
  } catch {
    decoder = undefined;
  }
  // Hostile mail can name any number of charsets; only real ones are worth keeping.
  if (decoder !== undefined) decoders.set(label, decoder);
  return decoder;
}

/** UTF-8 where the bytes are valid UTF-8, else windows-1252. */
export function guessText(bytes: Buffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return windows1252(bytes);
  }
}

function windows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 128]);
}

/** Text of a declared charset; an unknown one is read as windows-1252, none as UTF-8 or windows-1252. */
export function decodeText(bytes: Buffer, charset: string | undefined): string {
  const label = (charset ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  if (SAYS_NOTHING.has(label)) return guessText(bytes);
  return decoderFor(label)?.decode(bytes) ?? windows1252(bytes);
}
