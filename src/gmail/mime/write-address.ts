/** Addresses on their way out. One that is not well-formed is left out: it could become two (M5). */
import { shortHash } from '../../platform/hash';
import { encodedWords, isPlain, oneLine, withoutDirectionMarks } from './encode';
import { asciiDomain } from './idn';
import type { Address } from './types';

const ATEXT = "A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-";
const DOT_ATOM = new RegExp(`^[${ATEXT}]+(\\.[${ATEXT}]+)*$`);
/** Dots where RFC 5322 has none, as Japanese carriers give them out: valid in quotes. */
const LOOSE_LOCAL = new RegExp(`^[${ATEXT}.]+$`);
const LITERAL = /^\[(\d{1,3}(\.\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]+)\]$/;
const LONGEST_NAME = 200;
const LONGEST_ADDRESS = 320;

/**
 * The address as it can be written into a header; undefined where it cannot: not of the form local@domain, a local part
 * outside ASCII (which needs SMTPUTF8), or one that mailers read in different ways (quoted with spaces, commas or `@`,
 * or an encoded word).
 */
export function writableAddress(email: string): string | undefined {
  const bare = email.trim().replace(/^<([^<>]*)>$/, '$1');
  const at = bare.lastIndexOf('@');
  if (at < 1 || bare.length > LONGEST_ADDRESS) return undefined;
  const local = bare.slice(0, at).replace(/^"([^"\\]*)"$/, '$1');
  const domain = bare.slice(at + 1);
  const host = LITERAL.test(domain) ? domain : asciiDomain(domain);
  // An encoded word in a local part is decoded by some servers into another address.
  if (host === undefined || !LOOSE_LOCAL.test(local) || local.includes('=?')) return undefined;
  // The case of a local part may matter, that of a domain does not; both stay as they are where they can.
  const written = host === domain.toLowerCase() ? domain : host;
  return DOT_ATOM.test(local) ? `${local}@${written}` : `"${local}"@${written}`;
}

/** Tokens of an address for `foldedHeader`; undefined where it cannot be written. */
function addressTokens(address: Address): string[] | undefined {
  const email = writableAddress(address.email);
  if (email === undefined) return undefined;
  const name = nameTokens(address.name);
  return name.length === 0 ? [email] : [...name, `<${email}>`];
}

/** Tokens of a list, commas at the right places; those that cannot be written are left out. */
export function addressListTokens(addresses: readonly Address[]): string[] {
  const lists = addresses.map(addressTokens).filter((tokens): tokens is string[] => tokens !== undefined);
  return lists.flatMap((tokens, index) => {
    if (index === lists.length - 1) return tokens;
    return [...tokens.slice(0, -1), `${tokens[tokens.length - 1]},`];
  });
}

/**
 * A mail must have a From. One that cannot be written becomes the name of an address that reaches nobody (RFC 2606), so
 * that a reader still sees what stood there.
 */
export function senderTokens(address: Address): string[] {
  const tokens = addressTokens(address);
  if (tokens !== undefined) return tokens;
  const shown = [address.name, address.email].filter((text) => text.trim() !== '').join(' ');
  return [...nameTokens(shown === '' ? 'Unknown sender' : shown), `<unknown-${shortHash(shown)}@threadlink.invalid>`];
}

function nameTokens(value: string): string[] {
  const name = withoutDirectionMarks(oneLine(value, LONGEST_NAME)).trim();
  if (name === '') return [];
  if (!isPlain(name)) return encodedWords(name);
  if (new RegExp(`^[${ATEXT} ]+$`).test(name) && !/ {2}/.test(name)) return name.split(' ');
  const quoted = `"${name.replace(/["\\]/g, '\\$&')}"`;
  // A quoted string is not folded here, so a long one goes as encoded words.
  return quoted.length > 60 ? encodedWords(name) : [quoted];
}
