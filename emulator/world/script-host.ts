/** `script.google.com`, as far as an OAuth consent needs it: the redirect back to the script (facts, platform 8). */
import { jsonResponse, type EmulatedRequest, type EmulatedResponse } from '../core/http';
import type { World } from './world';

export const SCRIPT_HOST = 'script.google.com';
const CALLBACK = /^\/macros\/d\/[\w-]+\/usercallback$/;

export function serveCallback(world: World, { method, path }: EmulatedRequest): EmulatedResponse {
  const { pathname, searchParams } = new URL(path, `https://${SCRIPT_HOST}`);
  if (method !== 'GET' || !CALLBACK.test(pathname))
    return jsonResponse(404, { error: `nothing is served at ${pathname}` });
  const query = Object.fromEntries(searchParams);
  let refusal = 'nobody is signed in';
  // The browser here is signed in as whoever began: the token belongs to one account only.
  for (const { email } of world.gmail.accounts()) {
    try {
      const { ok, error, result } = world.appsScript.userCallback(email, query);
      world.changes++;
      return ok ? page(200, htmlOf(result)) : page(500, `<p>${escaped(error ?? 'Error')}</p>`);
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
    }
  }
  return page(400, `<p>${escaped(refusal)}</p>`);
}

function htmlOf(result: unknown): string {
  const html = typeof result === 'object' && result !== null && 'html' in result ? result.html : undefined;
  return typeof html === 'string' ? html : '<p>The script completed but did not return anything.</p>';
}

function page(status: number, html: string): EmulatedResponse {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(html) };
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
