/**
 * Short hashes for what the state must recognise again but must not keep: addresses, subjects, e-mail ids, bodies.
 * cyrb53 (public domain), 53 bits: among 20,000 links one accidental match in about 450,000 look-ups of unknown values
 * would need 2^53 / 20,000 tries, so a match is checked before use but never expected to be wrong.
 */
export function hash53(text: string, seed = 0): number {
  // A global that is looked up for each character is what takes the time in a runtime that has just begun.
  const { imul } = Math;
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = imul(high ^ code, 2654435761);
    low = imul(low ^ code, 1597334677);
  }
  high = imul(high ^ (high >>> 16), 2246822507) ^ imul(low ^ (low >>> 13), 3266489909);
  low = imul(low ^ (low >>> 16), 2246822507) ^ imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';

/** A hash of `length` characters (6 bits each, 8 at most) of a text. */
export function shortHash(text: string, length = 7): string {
  const value = hash53(text);
  // Two whole numbers of 30 and 23 bits: a remainder of a larger one is a call into the C library.
  let rest = value % LOW;
  let out = '';
  for (let i = 0; i < length; i++) {
    if (i === 5) rest = Math.floor(value / LOW);
    out += DIGITS[rest & 63];
    rest >>= 6;
  }
  return out;
}

const LOW = 2 ** 30;
