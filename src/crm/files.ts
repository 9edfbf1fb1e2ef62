/**
 * The files of CRM e-mails. Their addresses stand in mails that anybody may have written, so they are asked only of the
 * CRM's own hosts, over https, one redirect at a time, and never with the token. A secure file's address dies after an
 * hour; then `GET /files/d/{slug}` gives a new one (facts, highlevel 0.11, 5.7).
 */
import { ask, Unreadable, type Exchange, type Outcome, type Task } from '../platform/exchange';
import type { Answer, NoAnswer } from '../platform/http';
import { crmExchange } from './api';
import { unanswered } from './outcome';
import { retryAfter } from './pace';
import { optionalText, readObject, unwrap } from './shapes';
import { httpsAddress } from './uploads';

/** Those of the manifest's `urlFetchWhitelist` that serve files; a leading dot stands for any one below it. */
export const FILE_HOSTS: readonly string[] = [
  '.leadconnectorhq.com',
  '.filesafe.space',
  'storage.googleapis.com',
  '.storage.googleapis.com',
];
const MOST_REDIRECTS = 3;

export interface SecureFile {
  /** Works for a short time and without a token. */
  readonly url: string;
  readonly name?: string;
}

export interface FetchedFile {
  readonly blob: GoogleAppsScript.Base.Blob;
  /** The blob's bytes, taken out once: that is slow for a large file. */
  readonly bytes: GoogleAppsScript.Byte[];
  /** As the CRM or the host names it; undefined where neither does. */
  readonly name?: string;
}

/** The file, or the address that it moved to. */
export type FileAnswer = (FetchedFile & { readonly movedTo?: undefined }) | { readonly movedTo: string };

/** May this address be asked? */
export function isFileAddress(url: string): boolean {
  // No user part, no port, nothing that a lenient parser could take for the end of the host.
  const host = /^https:\/\/([a-z0-9.-]+)\/[^\s\\]*$/i.exec(url)?.[1].toLowerCase();
  if (host === undefined || host.includes('..')) return false;
  return FILE_HOSTS.some((allowed) =>
    allowed.startsWith('.') ? host.endsWith(allowed) && host.length > allowed.length : host === allowed,
  );
}

/** The slug of a secure file's address; undefined for any other address. */
export function slugOf(url: string): string | undefined {
  return isFileAddress(url)
    ? /^https:\/\/[^/]+\/(?:[^?#]*\/)?files\/d\/([A-Za-z0-9_-]{1,128})(?=[/?#]|$)/i.exec(url)?.[1]
    : undefined;
}

/** Needs `files.readonly`. 404 and 410 mean that there is no such file any more. */
export function getSecureFile(slug: string): Exchange<SecureFile> {
  return crmExchange({
    call: 'getSecureFile',
    effect: 'read',
    path: ['files', 'd', slug],
    read: (answer) => {
      const file = unwrap(readObject(answer), 'file');
      return {
        url: httpsAddress(file.url),
        name: optionalText(file.filename),
      };
    },
  });
}

/** One request for a file. Throws for an address that may not be asked: ask `isFileAddress` first. */
export function getFile(url: string): Exchange<FileAnswer> {
  if (!isFileAddress(url)) throw new Unreadable('not an address of a file of the CRM');
  return {
    service: 'file',
    effect: 'read',
    units: 0,
    call: { url, method: 'get' },
    read: (answer) => {
      if (answer.blob === undefined) throw new Unreadable('the answer has no bytes');
      const blob = answer.blob();
      const bytes = blob.getBytes();
      const { 'content-length': length, 'content-encoding': encoding } = answer.headers;
      // The platform undoes a compression, and then the length is that of something else.
      if (encoding === undefined && bytes.length < Number(length ?? 0)) throw new Unreadable('the file was cut');
      return { blob, bytes, name: nameIn(answer.headers['content-disposition'] ?? '') };
    },
  };
}

/** What an answer of a file's host means. Never throws. */
export function fileOutcome<T>(exchange: Exchange<T>, answer: Answer | NoAnswer): Outcome<T> {
  if (answer.status === 0) return unanswered(answer as NoAnswer);
  const given = answer as Answer;
  const { status } = given;
  const failure = (code: string) => ({ code, status, detail: `status ${status} of a file's host` });
  const location = given.headers.location ?? '';
  if (status >= 301 && status <= 308 && isFileAddress(location))
    return { kind: 'done', value: { movedTo: location } as FileAnswer as T };
  if (status >= 200 && status < 300) {
    try {
      return { kind: 'done', value: exchange.read(given) };
    } catch (error) {
      const detail = error instanceof Unreadable ? error.message : 'the file could not be read';
      return { kind: 'unknown', failure: { code: 'http.unreadable', status, detail } };
    }
  }
  if (status === 429) return { kind: 'later', failure: failure('file.rate-limited'), retryAfterMs: retryAfter(given) };
  if (status >= 500 || status === 408) return { kind: 'unknown', failure: failure('file.unavailable') };
  if (status === 401 || status === 403) return { kind: 'refused', failure: failure('file.closed') };
  return { kind: 'refused', failure: failure(status === 404 || status === 410 ? 'file.gone' : 'file.refused') };
}

/**
 * A file by the address that stands in a mail: from there while it is public, else through the CRM. Refused with
 * `file.foreign-host` where the address is none of the CRM's.
 */
export function* fetchFile(url: string): Task<Outcome<FetchedFile>> {
  if (!isFileAddress(url)) return refused('file.foreign-host');
  const direct = yield* follow(url);
  const slug = slugOf(url);
  if (direct.kind !== 'refused' || slug === undefined) return direct;
  const secure = yield* ask(getSecureFile(slug));
  if (secure.kind !== 'done') return secure;
  if (!isFileAddress(secure.value.url)) return refused('file.foreign-host');
  const file = yield* follow(secure.value.url);
  if (file.kind !== 'done') return file;
  return { kind: 'done', value: { ...file.value, name: secure.value.name ?? file.value.name } };
}

function* follow(url: string): Task<Outcome<FetchedFile>> {
  let at = url;
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    const outcome = yield* ask(getFile(at));
    if (outcome.kind !== 'done') return outcome;
    if (outcome.value.movedTo === undefined) return { kind: 'done', value: outcome.value };
    at = outcome.value.movedTo;
  }
  return refused('file.endless-redirects');
}

function refused(code: string): Outcome<never> {
  return { kind: 'refused', failure: { code, status: 0, detail: 'the address was not asked' } };
}

/** The name of a Content-Disposition, the extended form first (RFC 6266). */
function nameIn(disposition: string): string | undefined {
  const extended = /filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      // Not UTF-8: the plain form has to do.
    }
  }
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
  return plain === null ? undefined : (plain[1] ?? plain[2]).replace(/\\(.)/g, '$1') || undefined;
}
