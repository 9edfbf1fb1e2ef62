/** Who is calling: the several kinds of 401 and 403 (facts, highlevel 1). */
import type { Crm } from '../crm';
import type { Token } from '../state';
import type { Call, Route } from './call';
import { expiredToken, foreignLocation, invalidToken, scopeMissing, unauthorized, wrongAuthClass } from './errors';

/** Versions that the API knows (facts, highlevel 1). */
const VERSIONS = ['v3', '2023-02-21', '2021-07-28', '2021-04-15', 'legacy'];

export function tokenOf(crm: Crm, headers: Readonly<Record<string, string>>): Token {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers['authorization'] ?? '');
  const token = bearer === null ? undefined : crm.state.tokens.get(bearer[1]);
  if (token === undefined) throw invalidToken();
  if (token.expiresAt !== undefined && token.expiresAt <= crm.clock.now) throw expiredToken();
  return token;
}

/** A missing or unknown Version. The form of the answer is not documented; a 401 that is not about the token is the harder case. */
export function checkVersion(route: Route, headers: Readonly<Record<string, string>>): void {
  if (route.version === 'none') return;
  const version = headers['version'];
  if (version === undefined || version === '') throw unauthorized('version header was not found.');
  if (!VERSIONS.includes(version)) throw unauthorized('version header is invalid.');
}

export function checkAccess(route: Route, token: Token): void {
  // A Private Integration Token opens no endpoint of the classes ending in -Only (facts, highlevel 2.4).
  if (route.access === 'agency' || (route.access === 'app' && token.kind === 'private')) throw wrongAuthClass();
  if (route.scope !== undefined && !token.scopes.includes(route.scope)) throw scopeMissing();
}

/** A token is bound to its location: another one anywhere in the request is refused (facts, highlevel 1). */
export function checkLocation(call: Call): void {
  const mine = call.crm.state.location?.id;
  const named = [call.params['locationId'], call.query.get('locationId'), call.query.get('location_id')];
  if (call.query.get('altType') === 'location') named.push(call.query.get('altId'));
  if (call.isJson && call.body.length > 0 && call.body.includes('"locationId"')) {
    named.push(call.json()['locationId'] as string);
  }
  for (const id of named) if (typeof id === 'string' && id !== '' && id !== mine) throw foreignLocation();
}
