/**
 * The emulated hosts behind the server's own address: `https://HOST/PATH` is served at `/HOST/PATH`, and Gmail's paths
 * at the root too, because Google's own clients drop a path from their `rootUrl`.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { EmulatedRequest, EmulatedResponse } from '../core/http';

const GMAIL = 'gmail.googleapis.com';
const GMAIL_PATHS = /^\/(gmail\/v1|upload\/gmail\/v1|resumable\/upload\/gmail\/v1|batch\/gmail\/v1)(\/|\?|$)/;
/** A first segment that reads as a host name: with a dot, and not a file of the page. */
const HOST = /^\/([a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|space|example))(\/.*|\?.*|)$/i;

/** From where a request came in matters to no service but for what it counts and limits. */
export const OUTSIDE = 'x-threadlink-outside';

/** Host and path of the emulated service that this path names; undefined where it names none. */
export function emulatedTarget(path: string): { host: string; path: string } | undefined {
  if (GMAIL_PATHS.test(path)) return { host: GMAIL, path };
  const match = HOST.exec(path);
  if (match === null) return undefined;
  return { host: match[1].toLowerCase(), path: match[2].startsWith('/') ? match[2] : `/${match[2]}` };
}

export function emulatedRequest(
  method: string,
  target: { host: string; path: string },
  headers: IncomingHttpHeaders,
  body: Buffer,
): EmulatedRequest {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { method, ...target, headers: { ...plain, host: target.host, [OUTSIDE]: '1' }, body };
}

/**
 * A person's browser that is sent on to an emulated host stays on this server: a page must not lead away to the real
 * one. Programs get the address as the service gave it.
 */
export function withLocalRedirect(
  response: EmulatedResponse,
  headers: IncomingHttpHeaders,
  serves: (host: string) => boolean,
): EmulatedResponse {
  const { location } = response.headers;
  if (location === undefined || !(headers.accept ?? '').includes('text/html')) return response;
  const target = /^https:\/\/([^/?#]+)(.*)$/i.exec(location);
  if (target === null || !serves(target[1].toLowerCase())) return response;
  return { ...response, headers: { ...response.headers, location: `/${target[1].toLowerCase()}${target[2]}` } };
}
