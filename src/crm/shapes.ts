/**
 * Tolerant readers of what the CRM answers: wrapped or flat, text or list, several forms of time, fields that are
 * missing (facts, highlevel 10.1). Strict only where a wrong value would do harm: an object that is none, and ids, which
 * go into the paths of later requests.
 */
import { Unreadable } from '../platform/exchange';
import type { Answer } from '../platform/http';

export type Fields = Readonly<Record<string, unknown>>;

/** Anything earlier than 1973 in milliseconds would be a plausible number of seconds. */
const LARGEST_SECONDS = 1e11;
/** The year 9999. */
const LATEST_TIME = 253_402_300_799_999;

/** The JSON object of an answer. Throws `Unreadable` for a page, a cut or an empty body. */
export function readObject(answer: Answer): Fields {
  let value: unknown;
  try {
    value = JSON.parse(answer.text());
  } catch {
    throw new Unreadable('the answer is not JSON');
  }
  return asObject(value, 'the answer');
}

/**
 * An answer that only has to say that something was done. An empty body says nothing: a 201 without one stored nothing
 * (facts, highlevel 5.5), and proxies give empty ones too.
 */
export function readDone(answer: Answer): void {
  const body = readObject(answer);
  if ([body.success, body.succeded, body.succeeded].includes(false)) throw new Unreadable('the answer says not done');
}

export function asObject(value: unknown, what: string): Fields {
  if (!isObject(value)) throw new Unreadable(`${what} is not an object`);
  return value;
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is under this name, or the whole where it came flat. */
export function unwrap(body: Fields, name: string): Fields {
  const inner = body[name];
  return isObject(inner) ? inner : body;
}

/**
 * Objects of a list; null is empty, entries that are no objects are left out. An answer without the list is somebody
 * else's: throws `Unreadable`.
 */
export function objects(value: unknown, what: string): readonly Fields[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new Unreadable(`${what} is not a list`);
  return (value as unknown[]).filter(isObject);
}

/** An id of the CRM, bounded and without anything that could lead to another path. Throws `Unreadable` otherwise. */
export function asId(value: unknown, what: string): string {
  const id = optionalId(value);
  if (id === undefined) throw new Unreadable(`${what} is missing or not an id`);
  return id;
}

export function optionalId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : undefined;
}

/** Text, trimmed; empty where it is missing or something else. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

export function optionalText(value: unknown): string | undefined {
  return text(value) || undefined;
}

/** Texts of a list, of a single text, or of nothing. */
export function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(text).filter((entry) => entry !== '');
}

/** Addresses from a list or from one text with commas between them (facts, highlevel 5.9: string or array). */
export function addresses(value: unknown): readonly string[] {
  return texts(value)
    .flatMap(apart)
    .map(text)
    .filter((entry) => entry !== '');
}

/** At the commas that are in no quotes and in no brackets; behind a quote or bracket that never ends, at every comma. */
function apart(list: string): readonly string[] {
  const entries: string[] = [];
  let quoted = false;
  let bracketed = false;
  let from = 0;
  for (let at = 0; at < list.length; at += 1) {
    const character = list[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '<' || character === '>')) bracketed = character === '<';
    else if (character === ',' && !quoted && !bracketed) {
      entries.push(list.slice(from, at));
      from = at + 1;
    }
  }
  const rest = list.slice(from);
  return entries.concat(quoted || bracketed ? rest.split(',') : rest);
}

/** Milliseconds since 1970 of an ISO text, of milliseconds or of seconds; undefined where there is no time in it. */
export function time(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{9,14}$/.test(value) ? Number(value) : value;
  const found =
    typeof number === 'number'
      ? Math.abs(number) < LARGEST_SECONDS
        ? number * 1000
        : number
      : Date.parse(zoned(text(value)));
  return found > 0 && found <= LATEST_TIME ? Math.round(found) : undefined;
}

export function asTime(value: unknown, what: string): number {
  const found = time(value);
  if (found === undefined) throw new Unreadable(`${what} is missing or not a time`);
  return found;
}

/** Without an offset the CRM means UTC; the platform would take the script's own zone. */
function zoned(iso: string): string {
  return /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(iso) ? `${iso.replace(' ', 'T')}Z` : iso;
}
