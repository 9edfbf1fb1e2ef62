/**
 * Connecting with OAuth (C2): to the CRM's consent page and back. Whether the CRM gives `state` back is not documented
 * (facts, highlevel 2.1), so what binds the answer to the user who asked is a short-lived record in that user's own
 * store. Where the way back fails, the user brings the code: the address of the page on which they ended.
 */
import { callbackUrl, stateToken } from '../platform/callback';
import type { AppConfig } from '../platform/config';
import { ask, type Task } from '../platform/exchange';
import { randomId } from '../platform/session';
import type { Store } from '../platform/store';
import { authorizeUrl, exchangeCode, type TokenPair } from '../crm/oauth';
import { SCOPES } from '../crm/probes';
import { crmProblem } from './failures';
import { PENDING_MS, type Pending } from './pending';
import { done, problem, type Result } from './problems';

const KEY = 'connect.consent';
const LONGEST_INPUT = 4_000;
const CODE = /^[\w.~+/=-]{8,2000}$/;

interface Consent {
  readonly at: number;
  readonly nonce: string;
}

/** What came back to the script's address. Anybody can make a link to it. */
export interface Returned {
  readonly code?: string;
  readonly error?: string;
  readonly nonce?: string;
}

/** Where the user gives consent. */
export function beginConsent(store: Store, app: AppConfig, now: number, locale: string): string {
  const consent: Consent = { at: now, nonce: randomId() };
  store.write(KEY, JSON.stringify(consent));
  return authorizeUrl({
    url: app.authorizeUrl,
    clientId: app.clientId,
    redirectUri: callbackUrl(),
    scopes: SCOPES,
    state: stateToken({ nonce: consent.nonce, locale }, PENDING_MS / 1000),
  });
}

/** The code for which tokens may be asked, out of what the redirect brought. */
export function returnedCode(store: Store, { code, error, nonce }: Returned, now: number): Result<string> {
  const consent = readConsent(store, now);
  if (consent === undefined || consent.nonce !== nonce) return problem('sign-in-late');
  if (error !== undefined || code === undefined) return problem('sign-in-refused');
  return CODE.test(code) ? done(code) : problem('code-malformed');
}

/** The code out of what the user copied: the whole address, or the code alone. */
export function pastedCode(store: Store, pasted: string, now: number): Result<string> {
  if (readConsent(store, now) === undefined) return problem('sign-in-late');
  const input = pasted.slice(0, LONGEST_INPUT).trim();
  if (input === '') return problem('code-malformed');
  const found = /[?&]code=([^&#\s]+)/.exec(input);
  const code = found === null ? input : decoded(found[1]);
  return CODE.test(code) ? done(code) : problem('code-malformed');
}

/** Whichever way the code came, it works once. */
export function* redeemCode(
  app: AppConfig,
  code: string,
  now: () => number,
): Task<Result<Omit<Pending, 'installation'>>> {
  const outcome = yield* ask(exchangeCode(app, code, callbackUrl()));
  if (outcome.kind === 'done') return pendingOf(outcome.value, now());
  const { code: failure } = outcome.failure;
  if (failure === 'crm.grant-invalid') return problem('code-used');
  if (failure === 'crm.client-invalid') return problem('app-misconfigured');
  // Whether the code is used up cannot be told (X6); with a new sign-in it does not matter.
  return outcome.kind === 'unknown' ? problem('sign-in-lost') : crmProblem(outcome);
}

export function dropConsent(store: Store): void {
  store.remove(KEY);
}

/** A sign-in that nobody came back from leaves nothing behind. */
export function dropLateConsent(store: Store, now: number): void {
  if (store.read(KEY) !== null && readConsent(store, now) === undefined) dropConsent(store);
}

function pendingOf(pair: TokenPair, at: number): Result<Omit<Pending, 'installation'>> {
  // An agency installed the app for itself: its token opens no sub-account (facts, highlevel 2.1).
  if (pair.locationId === '' || /^company$/i.test(pair.userType)) return problem('agency-install');
  const renewal = { refreshToken: pair.refreshToken, expiresAt: at + pair.expiresInMs, renewedAt: at };
  return done({ at, token: pair.accessToken, location: pair.locationId, companyId: pair.companyId, renewal });
}

function readConsent(store: Store, now: number): Consent | undefined {
  try {
    const { at, nonce } = JSON.parse(store.read(KEY) ?? 'null') as Consent;
    return typeof nonce === 'string' && at <= now && now - at <= PENDING_MS ? { at, nonce } : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
