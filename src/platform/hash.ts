/**
 * Short hashes for what the state must recognise again but must not keep: addresses, subjects, e-mail ids, bodies.
 * cyrb53 (public domain), 53 bits: among 20,000 links one accidental match in about 450,000 look-ups of unknown values
 * would need 2^53 / 20,000 tries, so a match is checked before use but never expected to be wrong.
 */
export function hash53(text: string, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';

/** A hash of `length` characters (6 bits each, 8 at most) of a text. */
export function shortHash(text: string, length = 7): string {
  let value = hash53(text);
  let out = '';
  for (let i = 0; i < length; i++) {
    out += DIGITS[value % 64];
    value = Math.floor(value / 64);
  }
  return out;
}
