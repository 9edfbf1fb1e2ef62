/** POST /oauth/token: codes and rotating refresh tokens (facts, highlevel 2.2). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { ApiError, badRequest, unauthorized } from '../api/errors';
import { locationOf, type Crm } from '../crm';
import type { App, RefreshToken } from '../state';
import { issuePair, type Pair } from './apps';

export const TOKEN_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/oauth/token', open: true, version: 'none', handle: token },
];

function token(call: Call): Reply {
  const { crm } = call;
  const form = parametersOf(call);
  for (const name of ['client_id', 'client_secret', 'grant_type']) {
    if ((form.get(name) ?? '') === '') throw refusal(crm, `Missing parameter: ${camel(name)}`, 'invalid_request');
  }
  const grant = form.get('grant_type');
  if (grant !== 'authorization_code' && grant !== 'refresh_token') {
    throw refusal(crm, 'Invalid parameter: grantType', 'unsupported_grant_type');
  }
  const app = crm.state.app;
  if (app === undefined || form.get('client_id') !== app.clientId || form.get('client_secret') !== app.clientSecret) {
    throw unauthorized('Invalid client credentials!');
  }
  // The same refresh token works again when the location is active again (facts, highlevel 2.2).
  if (!crm.switches.locationActive) throw refusal(crm, 'Location is not active', 'invalid_request');
  const pair = grant === 'refresh_token' ? refresh(crm, app, form) : exchange(crm, app, form);
  return ok(answer(crm, pair, call.traceId));
}

/** The specification says a form; JSON is taken as well where a client sends it. */
function parametersOf(call: Call): URLSearchParams {
  if (!(call.headers['content-type'] ?? '').includes('json')) return new URLSearchParams(call.body.toString('utf8'));
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(call.json())) form.set(name, String(value));
  return form;
}

function exchange(crm: Crm, app: App, form: URLSearchParams): Pair {
  const code = crm.state.codes.get(form.get('code') ?? '');
  if (form.get('code') === null) throw refusal(crm, 'Missing parameter: code', 'invalid_request');
  if (code === undefined || code.expiresAt <= crm.clock.now) {
    throw refusal(crm, 'Invalid grant: authorization code is invalid', 'invalid_grant');
  }
  const redirectUri = form.get('redirect_uri');
  if (redirectUri !== null && redirectUri !== code.redirectUri) {
    throw refusal(crm, 'Invalid grant: redirect_uri does not match', 'invalid_grant');
  }
  crm.state.codes.delete(code.code);
  return issuePair(crm, app, code.userId, code.scopes);
}

function refresh(crm: Crm, app: App, form: URLSearchParams): Pair {
  const given = form.get('refresh_token');
  if (given === null) throw refusal(crm, 'Missing parameter: refreshToken', 'invalid_request');
  const known = crm.state.refreshTokens.get(given);
  // Invalid, expired, or already used: the answer is the same (facts, highlevel 2.2).
  const invalid = refusal(crm, 'Invalid grant: refresh token is invalid', 'invalid_grant');
  if (known === undefined || known.expiresAt <= crm.clock.now) throw invalid;
  if (known.usedAt !== undefined) {
    const again = crm.clock.now < known.usedAt + crm.switches.refreshGraceMs ? successorOf(crm, known) : undefined;
    if (again === undefined) throw invalid;
    return again;
  }
  const pair = issuePair(crm, app, known.userId, known.scopes);
  crm.state.refreshTokens.set(given, Object.freeze({ ...known, usedAt: crm.clock.now, successor: pair.refresh.token }));
  return pair;
}

function successorOf(crm: Crm, used: RefreshToken): Pair | undefined {
  const refreshToken = crm.state.refreshTokens.get(used.successor ?? '');
  const access = crm.state.tokens.get(refreshToken?.accessToken ?? '');
  return refreshToken === undefined || access === undefined ? undefined : { access, refresh: refreshToken };
}

function answer(crm: Crm, { access, refresh: next }: Pair, traceId: string) {
  const location = locationOf(crm);
  return {
    access_token: access.token,
    token_type: 'Bearer',
    expires_in: Math.floor(((access.expiresAt ?? 0) - crm.clock.now) / 1000),
    refresh_token: next.token,
    scope: access.scopes.join(' '),
    userType: 'Location',
    companyId: location.companyId,
    locationId: location.id,
    userId: next.userId,
    isBulkInstallation: false,
    traceId,
  };
}

function refusal(crm: Crm, message: string, error: string): ApiError {
  if (crm.switches.oauthErrorForm === 'message') return badRequest(message);
  return new ApiError(400, { error, error_description: message });
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
