/** One request, taken apart: what a method of the API gets to see. */
import type { GmailContext, Mailbox, Token } from '../state';
import { badRequest } from './errors';

export type Json = Record<string, unknown>;

export class Call {
  constructor(
    readonly context: GmailContext,
    readonly mailbox: Mailbox,
    readonly token: Token,
    /** The ids inside the path, by name. */
    readonly path: Readonly<Record<string, string>>,
    readonly query: URLSearchParams,
    /** The body as JSON; of an upload its metadata part. */
    readonly body: Json,
    /** The message of an upload. */
    readonly media: Buffer | undefined,
  ) {}

  /** A whole number of the query. */
  number(name: string, fallback: number, most: number): number {
    const text = this.query.get(name);
    if (text === null || text === '') return fallback;
    if (!/^\d{1,10}$/.test(text)) {
      throw badRequest(`Invalid value at '${snake(name)}' (TYPE_UINT32), "${text}"`);
    }
    const value = Number(text);
    return value === 0 ? fallback : Math.min(value, most);
  }

  flag(name: string): boolean {
    const text = this.query.get(name);
    if (text === null) return false;
    if (text !== 'true' && text !== 'false' && text !== '') {
      throw badRequest(`Invalid value at '${snake(name)}' (TYPE_BOOL), "${text}"`);
    }
    return text === 'true';
  }

  /** One of these words, in any case. */
  choice<Word extends string>(name: string, words: readonly Word[], fallback: Word): Word {
    const text = this.query.get(name);
    if (text === null || text === '') return fallback;
    const word = words.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
    if (word === undefined) throw badRequest(`Invalid value at '${snake(name)}' (TYPE_ENUM), "${text}"`);
    return word;
  }

  text(name: string): string | undefined {
    return this.query.get(name) ?? undefined;
  }
}

export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A field of a body that must be a text where it is there. */
export function textField(body: Json, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string')
    throw badRequest(`Invalid value at '${snake(name)}' (TYPE_STRING), ${JSON.stringify(value)}`);
  return value;
}

export function textList(body: Json, name: string): string[] {
  const value = body[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string')) {
    throw badRequest(`Invalid value at '${snake(name)}' (TYPE_STRING), ${JSON.stringify(value)}`);
  }
  return value as string[];
}

export function objectField(body: Json, name: string): Json | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value))
    throw badRequest(`Invalid value at '${snake(name)}', ${JSON.stringify(value)}`);
  return value as Json;
}
