/** Headers of a message: looked up without case, of repeated ones the first that makes sense. */
import type { Header } from '../types';
import { oneLine } from './encode';

/** All values of a header in order; tolerant of entries that are not what they should be. */
export function headerValues(headers: readonly Header[] | undefined, name: string): string[] {
  if (!Array.isArray(headers)) return [];
  const wanted = name.toLowerCase();
  return (headers as readonly Header[])
    .filter(
      (header) =>
        typeof header?.name === 'string' && typeof header.value === 'string' && header.name.toLowerCase() === wanted,
    )
    .map((header) => header.value);
}

/** The first value that is not blank; empty where there is none. */
export function headerValue(headers: readonly Header[] | undefined, name: string): string {
  return headerValues(headers, name).find((value) => value.trim() !== '') ?? '';
}

/** A header as one line of text. */
export function headerLine(headers: readonly Header[] | undefined, name: string): string {
  return oneLine(headerValue(headers, name), 2000);
}

/** The media type in lower case and its parameters: `text/plain; format=flowed` gives `text/plain` and `{format: 'flowed'}`. */
export function readParameters(value: string): {
  readonly value: string;
  readonly parameters: Readonly<Record<string, string>>;
} {
  const parameters: Record<string, string> = {};
  const bounded = value.slice(0, 4000);
  const parameter = /;\s*([\w!#$&^.+*-]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g;
  for (let match = parameter.exec(bounded); match !== null; match = parameter.exec(bounded)) {
    const [, name, quoted, plain] = match as unknown as [string, string, string | undefined, string | undefined];
    parameters[name.toLowerCase()] ??= quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1');
  }
  return { value: bounded.split(';')[0].trim().toLowerCase(), parameters };
}

/**
 * Whether nobody wrote this mail by hand: an auto-reply (RFC 3834), a bounce, a mailing list's or a bulk mail. Auto-replies
 * sync and trigger nothing (T9); loops are made of answers to such mail (facts, reliability R25).
 */
export function isAutomatic(headers: readonly Header[] | undefined): boolean {
  const submitted = headerValue(headers, 'Auto-Submitted').trim().toLowerCase();
  if (submitted !== '' && !/^no\b/.test(submitted)) return true;
  // Exchange asks others with this header not to answer; a person's mail never has it with these values.
  if (/\b(all|autoreply|oof)\b/i.test(headerValue(headers, 'X-Auto-Response-Suppress'))) return true;
  if (/^\s*(bulk|list|junk|auto_reply)\b/i.test(headerValue(headers, 'Precedence'))) return true;
  if (headerValues(headers, 'Return-Path').some((path) => path.trim() === '<>')) return true;
  return ['List-Id', 'X-Autoreply', 'X-Autorespond', 'X-Auto-Reply-From', 'X-Failed-Recipients'].some(
    (name) => headerValue(headers, name) !== '',
  );
}
