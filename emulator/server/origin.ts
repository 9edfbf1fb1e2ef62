/**
 * Who may ask. The server listens on this machine alone, but a web page of anybody's can send requests there: under a
 * name of its own that points here (DNS rebinding), or across sites. Tools send neither header, the page its own.
 */
import type { IncomingHttpHeaders } from 'node:http';

const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function mayAsk(headers: IncomingHttpHeaders): boolean {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  if (!OWN_NAMES.has(host.replace(/:\d+$/, ''))) return false;
  // The address bar and links lead here, and send no origin; the consent page's form sends its own.
  if (origin !== undefined && origin !== 'null' && !isOwn(origin)) return false;
  return site === undefined || site !== 'cross-site' || origin === undefined;
}

function isOwn(origin: string): boolean {
  try {
    const { protocol, hostname } = new URL(origin);
    return protocol === 'http:' && OWN_NAMES.has(hostname);
  } catch {
    return false;
  }
}
