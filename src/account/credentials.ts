/** What the user pastes into the connect form: trimmed, bounded, and out of an address where one was pasted. */
import { done, problem, type Result } from './problems';

export interface Credentials {
  readonly token: string;
  readonly location: string;
}

/** Longer is a pasted document. */
const LONGEST_INPUT = 4_000;
const TOKEN = /^[\x21-\x7e]{8,2000}$/;
const LOCATION = /^[A-Za-z0-9_-]{6,64}$/;

export function readCredentials(token: string, location: string): Result<Credentials> {
  const bare = bareToken(token);
  if (bare === '') return problem('token-missing');
  if (bare.length > LONGEST_INPUT || !TOKEN.test(bare)) return problem('token-malformed');
  const id = locationId(location);
  if (id === '') return problem('location-missing');
  return LOCATION.test(id) ? done({ token: bare, location: id }) : problem('location-malformed');
}

/** Copied out of examples, it comes with the word in front that requests have. */
function bareToken(input: string): string {
  return withoutBlanks(input).replace(/^bearer\s+/i, '');
}

/** The id, also out of the address of one of the sub-account's pages (facts, highlevel 3). */
function locationId(input: string): string {
  const text = withoutBlanks(input).slice(0, LONGEST_INPUT);
  const found = /\/location\/([A-Za-z0-9_-]+)/.exec(text) ?? /[?&]location_?id=([A-Za-z0-9_-]+)/i.exec(text);
  return found === null ? text : found[1];
}

/** Also the zero-width characters that come along when something is copied from a page. */
function withoutBlanks(input: string): string {
  return input.replace(/[\u200b-\u200f\u2060\ufeff]/g, '').trim();
}
