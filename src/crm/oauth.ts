/**
 * OAuth 2 of the CRM (facts, highlevel 2.1, 2.2). The exchanges here go out without a bearer token: their driver's wire
 * for the CRM adds none. What their failures mean: `crm.grant-invalid` reconnect (after reading the store again, since a
 * refresh token works once), `crm.client-invalid` the app's own credentials, `crm.location-inactive` and everything
 * unknown: keep the pair and try again later (C5).
 */
import { Unreadable, type Exchange } from '../platform/exchange';
import type { Answer } from '../platform/http';
import { CRM, queryOf } from './api';
import { optionalId, readObject, text, type Fields } from './shapes';

/** The documented address; the app's own installation address (which carries its version) goes before it. */
export const AUTHORIZE_URL = 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation';

/** What an access token lasts where the answer does not say it. */
const USUAL_LIFE_MS = 86_399_000;

export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TokenPair {
  readonly accessToken: string;
  /** Works once, and gives the next pair. */
  readonly refreshToken: string;
  /** Of the access token, from the moment of the answer. */
  readonly expiresInMs: number;
  readonly scopes: readonly string[];
  /** `Location` or `Company`; only the first can be worked with. */
  readonly userType: string;
  readonly locationId: string;
  readonly companyId: string;
  /** Who installed the app, not necessarily who is at the keyboard (facts, highlevel 2.6). */
  readonly userId: string;
}

/** Where the user gives consent. Parameters that the configured address has already stay as they are. */
export function authorizeUrl(consent: {
  readonly url?: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Undocumented: it may not come back (facts, highlevel 2.1). */
  readonly state: string;
}): string {
  const base = consent.url ?? AUTHORIZE_URL;
  const wanted = {
    response_type: 'code',
    client_id: consent.clientId,
    redirect_uri: consent.redirectUri,
    scope: consent.scopes.join(' '),
    state: consent.state,
  };
  const missing = Object.entries(wanted).filter(([name]) => !new RegExp(`[?&]${name}=`).test(base));
  const more = queryOf(Object.fromEntries(missing));
  return base + (base.includes('?') ? more.replace('?', '&') : more);
}

export function exchangeCode(client: OAuthClient, code: string, redirectUri: string): Exchange<TokenPair> {
  return tokenExchange(client, { grant_type: 'authorization_code', code, redirect_uri: redirectUri });
}

export function refreshTokens(client: OAuthClient, refreshToken: string): Exchange<TokenPair> {
  return tokenExchange(client, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

/** In snake case and without a Version, as the live documents have it (facts, highlevel 2.2). */
function tokenExchange(client: OAuthClient, grant: Readonly<Record<string, string>>): Exchange<TokenPair> {
  return {
    service: 'crm',
    // Both grants work once: repeated, an answered one would come back as invalid.
    effect: 'create',
    units: 0,
    call: {
      url: `${CRM}/oauth/token`,
      method: 'post',
      headers: { Accept: 'application/json' },
      payload: { client_id: client.clientId, client_secret: client.clientSecret, user_type: 'Location', ...grant },
    },
    read: readTokens,
  };
}

/** Snake case, or camel case as in v3 (facts, highlevel 2.2). */
function readTokens(answer: Answer): TokenPair {
  const body = readObject(answer);
  const seconds = Number(body.expires_in ?? body.expiresIn);
  return {
    accessToken: token(body.access_token ?? body.accessToken),
    refreshToken: token(body.refresh_token ?? body.refreshToken),
    expiresInMs: seconds > 0 ? seconds * 1000 : USUAL_LIFE_MS,
    scopes: text(body.scope).split(/\s+/).filter(Boolean),
    userType: text(body.userType ?? body.user_type),
    locationId: id(body, 'locationId', 'location_id'),
    companyId: id(body, 'companyId', 'company_id'),
    userId: id(body, 'userId', 'user_id'),
  };
}

function token(value: unknown): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]{8,4096}$/.test(value)) throw new Unreadable('a token is missing');
  return value;
}

function id(body: Fields, camel: string, snake: string): string {
  return optionalId(body[camel] ?? body[snake]) ?? '';
}
