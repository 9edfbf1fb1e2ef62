/** The marketplace app of the add-on: its registration, its tokens, its installation (facts, highlevel 2). */
import type { Crm } from '../crm';
import type { App, RefreshToken, Token } from '../state';

/** Access tokens live a day, `expires_in: 86399`; refresh tokens a year (facts, highlevel 2.2). */
export const ACCESS_LIFE_MS = 86_399_000;
export const REFRESH_LIFE_MS = 365 * 86_400_000;

/** The client id is the app's id and a suffix (facts, highlevel 2.5). */
export function registerApp(crm: Crm): App {
  const id = crm.ids.hex(24);
  const app: App = Object.freeze({
    id,
    clientId: `${id}-${crm.ids.alphanumeric(8).toLowerCase()}`,
    clientSecret: crm.ids.hex(32),
    providerId: crm.ids.hex(24),
    providerName: 'Gmail',
  });
  crm.state.app = app;
  return app;
}

export interface Pair {
  readonly access: Token;
  readonly refresh: RefreshToken;
}

export function issuePair(crm: Crm, app: App, userId: string, scopes: readonly string[]): Pair {
  const access: Token = Object.freeze({
    token: webToken(crm),
    kind: 'app',
    scopes,
    appId: app.id,
    userId,
    expiresAt: crm.clock.now + ACCESS_LIFE_MS,
  });
  const refresh: RefreshToken = Object.freeze({
    token: webToken(crm),
    appId: app.id,
    userId,
    scopes,
    expiresAt: crm.clock.now + REFRESH_LIFE_MS,
    accessToken: access.token,
  });
  crm.state.tokens.set(access.token, access);
  crm.state.refreshTokens.set(refresh.token, refresh);
  return { access, refresh };
}

/** Of the form and about the length of a JSON web token; its parts mean nothing. */
function webToken(crm: Crm): string {
  const payload = Math.max(20, crm.switches.appTokenChars - 83);
  return `eyJ${crm.ids.alphanumeric(33)}.eyJ${crm.ids.alphanumeric(payload)}.${crm.ids.alphanumeric(43)}`;
}

/** Ends every token of the app; with a user, those of the others only. */
export function endTokens(crm: Crm, keepUser?: string): void {
  for (const [name, { kind, userId }] of crm.state.tokens) {
    if (kind === 'app' && (keepUser === undefined || userId !== keepUser)) crm.state.tokens.delete(name);
  }
  for (const [name, { userId }] of crm.state.refreshTokens) {
    if (keepUser === undefined || userId !== keepUser) crm.state.refreshTokens.delete(name);
  }
}

export function newPrivateToken(crm: Crm, scopes: readonly string[]): string {
  const token = `pit-${[8, 4, 4, 4, 12].map((length) => crm.ids.hex(length)).join('-')}`;
  crm.state.tokens.set(token, Object.freeze({ token, kind: 'private', scopes: Object.freeze([...scopes]) }));
  return token;
}
