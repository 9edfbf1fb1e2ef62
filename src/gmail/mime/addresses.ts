/** Addresses on their way in. */
import type AddressParser from 'nodemailer/lib/addressparser';
import { oneLine } from './encode';
import { asciiDomain } from './idn';
import type { Address } from './types';
import { decodeWords } from './words';

const LONGEST_NAME = 500;
const SIMPLE = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/;

/** Asked for where it is used: it builds tables when it is loaded, and most runs need none of it (facts, platform 2.5). */
function addressParser(): typeof AddressParser {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would run at every start
  return require('nodemailer/lib/addressparser') as typeof AddressParser;
}

/** The addresses of a header, groups flattened. An entry without an address keeps its name and has an empty one. */
export function parseAddresses(value: string): Address[] {
  if (SIMPLE.test(value)) return [{ name: '', email: value }];
  return addressParser()(value, { flatten: true }).map(({ name, address }) => ({
    name: oneLine(decodeWords(name), LONGEST_NAME),
    email: oneLine(address, LONGEST_NAME),
  }));
}

/**
 * The one sender of a From header. Gmail decodes names before they get here (facts, platform 3.5), so the name of a
 * hostile mail can hold a comma and an address of its own: where exactly one address is in angle brackets, that one is
 * the sender and everything before it its name.
 */
export function parseSender(value: string): Address {
  const addresses = parseAddresses(value).filter(({ email }) => email !== '');
  const bracketed = (value.match(/<[^<>\s]+>/g) ?? []).filter((one) => one.includes('@'));
  if (addresses.length > 1 && bracketed.length === 1) {
    const name = value.slice(0, value.lastIndexOf(bracketed[0])).replace(/^\s*"|"\s*$/g, '');
    return { name: oneLine(decodeWords(name), LONGEST_NAME), email: bracketed[0].slice(1, -1) };
  }
  return addresses[0] ?? { name: oneLine(decodeWords(value), LONGEST_NAME), email: '' };
}

/** The address alone, in lower case and with an ASCII domain; empty where there is none. Of several the first. */
export function bareAddress(value: string): string {
  const email = SIMPLE.test(value)
    ? value
    : (parseAddresses(value).find((address) => address.email !== '')?.email ?? '');
  const lower = email.toLowerCase();
  if (/^[\0-\x7f]*$/.test(lower)) return lower;
  const at = lower.lastIndexOf('@');
  return `${lower.slice(0, at + 1)}${asciiDomain(lower.slice(at + 1)) ?? lower.slice(at + 1)}`;
}

/** Whether two values name the same mailbox, whatever their case and display names. Two empty ones do not. */
export function sameAddress(a: string, b: string): boolean {
  const left = bareAddress(a);
  return left !== '' && left === bareAddress(b);
}
