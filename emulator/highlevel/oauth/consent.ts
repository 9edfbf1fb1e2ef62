/**
 * The consent page of the marketplace (facts, highlevel 2.1). `GET /oauth/chooselocation` (or `/v2/oauth/…`) with
 * `response_type, client_id, redirect_uri, scope, state` shows a form; `GET …/chooselocation/approve` with the same
 * and `user_id` installs the app and redirects to `redirect_uri?code=…`, with `state` where the switch says so.
 */
import type { EmulatedRequest, EmulatedResponse } from '../../core/http';
import { split } from '../api/serve';
import { APP_SCOPES, ALL_SCOPES } from '../api/scopes';
import { locationOf, stamp, type Crm } from '../crm';
import { endTokens } from './apps';

/** How long a code can be exchanged; not documented, ten minutes are RFC 6749's advice. */
const CODE_LIFE_MS = 600_000;

export function serveMarketplace(crm: Crm, request: EmulatedRequest): EmulatedResponse {
  const [path, search = ''] = split(request.path);
  const query = new URLSearchParams(search);
  const page = /^(?:\/v2)?\/oauth\/chooselocation(\/approve)?\/?$/.exec(path);
  if (page === null || request.method !== 'GET') return html(crm, 404, '<h1>Not found</h1>');
  const problem = problemOf(crm, query);
  if (problem !== undefined) return html(crm, 400, `<h1>This link does not work</h1><p>${escaped(problem)}</p>`);
  return page[1] === undefined ? html(crm, 200, form(crm, query)) : approve(crm, query);
}

function problemOf(crm: Crm, query: URLSearchParams): string | undefined {
  if (crm.state.app === undefined || query.get('client_id') !== crm.state.app.clientId)
    return 'error.noAppVersionIdFound';
  if (query.get('response_type') !== 'code') return 'Invalid parameter: response_type';
  if (!/^https?:\/\/[^\s]+$/.test(query.get('redirect_uri') ?? '')) return 'Invalid parameter: redirect_uri';
  const unknown = scopesIn(query).find((scope) => !ALL_SCOPES.includes(scope) && !APP_SCOPES.includes(scope));
  return unknown === undefined ? undefined : `Invalid scope: ${unknown}`;
}

function form(crm: Crm, query: URLSearchParams): string {
  const hidden = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const users = [...crm.state.users.values()].map(
    ({ id, name, email }) => `<option value="${id}">${escaped(name)} (${escaped(email)})</option>`,
  );
  const scopes = scopesIn(query).map((scope) => `<li>${escaped(scope)}</li>`);
  // A relative address: the page may be served below another path.
  return (
    `<h1>Connect ${escaped(locationOf(crm).name)}</h1>` +
    `<p>The app asks for:</p><ul>${scopes.join('')}</ul>` +
    `<form method="get" action="chooselocation/approve">${hidden.join('')}` +
    `<label>Signed in as <select name="user_id">${users.join('')}</select></label> ` +
    `<button type="submit">Proceed</button></form>`
  );
}

function approve(crm: Crm, query: URLSearchParams): EmulatedResponse {
  const app = crm.state.app;
  const userId = query.get('user_id') ?? [...crm.state.users.keys()][0];
  if (app === undefined || userId === undefined || !crm.state.users.has(userId)) {
    return html(crm, 400, '<h1>Unknown user</h1>');
  }
  const redirectUri = query.get('redirect_uri') ?? '';
  const code = crm.ids.hex(40);
  const expiresAt = crm.clock.now + CODE_LIFE_MS;
  const scopes = Object.freeze(scopesIn(query));
  crm.state.codes.set(code, Object.freeze({ code, appId: app.id, userId, scopes, redirectUri, expiresAt }));
  crm.state.app = Object.freeze({ ...app, installedBy: app.installedBy ?? userId, installedAt: crm.clock.now });
  if (crm.switches.authorizationEndsOthers) endTokens(crm, userId);
  const back = new URL(redirectUri);
  back.searchParams.set('code', code);
  const state = query.get('state');
  if (state !== null && crm.switches.oauthStateReturned) back.searchParams.set('state', state);
  return { status: 302, headers: { ...common(crm), location: back.toString() }, body: Buffer.alloc(0) };
}

function scopesIn(query: URLSearchParams): string[] {
  return (query.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '');
}

function html(crm: Crm, status: number, body: string): EmulatedResponse {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Marketplace</title><body>${body}</body></html>`;
  return { status, headers: { ...common(crm), 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(page) };
}

function common(crm: Crm): Record<string, string> {
  return { date: new Date(stamp(crm)).toUTCString() };
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
