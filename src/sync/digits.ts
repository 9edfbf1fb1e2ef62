/**
 * Numbers in the 64 characters that every store and transport leaves alone, six bits each, the lowest first. Gmail's ids
 * have 64 bits, more than a number holds, and are dealt with in two halves of 28 and 36 bits (16 hexadecimal digits).
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
const HALF = 9;
const LOW = 2 ** 36;
const HIGH = 2 ** 28;

export function digits(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < length; i++) {
    text += DIGITS[rest % 64];
    rest = Math.floor(rest / 64);
  }
  return text;
}

export function fromDigits(text: string): number {
  let value = 0;
  for (let i = text.length - 1; i >= 0; i--) value = value * 64 + Math.max(0, DIGITS.indexOf(text[i]));
  return value;
}

/** An id that comes back exactly as it was. */
export function isGmailId(id: string): boolean {
  return /^[1-9a-f][0-9a-f]{0,15}$/.test(id);
}

/** In 16 digits, so that texts sort as the numbers do. */
export function paddedId(id: string): string {
  return id.padStart(16, '0');
}

export function plainId(padded: string): string {
  return padded.replace(/^0+/, '');
}

/** `to - from` of two padded ids, `from` not the greater one: 11 digits. */
export function gapOf(from: string, to: string): string {
  let low = lowOf(to) - lowOf(from);
  let high = highOf(to) - highOf(from);
  if (low < 0) {
    low += LOW;
    high -= 1;
  }
  return digits(low, 6) + digits(high, 5);
}

/** The padded id that lies so far after `from`; zeros at the end of the gap may be missing. */
export function sumOf(from: string, gap: string): string {
  let low = lowOf(from) + fromDigits(gap.slice(0, 6));
  let high = highOf(from) + fromDigits(gap.slice(6));
  if (low >= LOW) {
    low -= LOW;
    high += 1;
  }
  return (high % HIGH).toString(16).padStart(16 - HALF, '0') + low.toString(16).padStart(HALF, '0');
}

function lowOf(padded: string): number {
  return Number.parseInt(padded.slice(16 - HALF), 16);
}

function highOf(padded: string): number {
  return Number.parseInt(padded.slice(0, 16 - HALF), 16);
}
