/** Why a pass did not end well, as codes of the word catalogue: pure. */
import type { Failure } from '../platform/exchange';
import { endOf } from './claims';
import type { HostFailed } from './host';
import { mustSignIn } from './renewal';
import type { Connection, Head } from './state';

export function troubleOf({ service, failure }: HostFailed, connection: Connection): string {
  return service === 'crm' ? crmTrouble(failure, connection) : gmailTrouble(failure);
}

/** What somebody should do something about although the pass ended well. */
export function standingTrouble({ connection, claim, crmAt }: Head): string {
  if (mustSignIn(connection)) return 'crm-renewal';
  const end = endOf(claim);
  return end === undefined ? '' : crmAt < end ? 'claim-moving' : 'claim-moved';
}

/** The run's own end, not the host's. */
export function isOutOfTime({ failure }: HostFailed): boolean {
  return failure.code === 'run.out-of-time';
}

/** Without an answer the token was not looked at. */
export function isTokenRefused({ service, failure }: HostFailed): boolean {
  return service === 'crm' && failure.status === 401 && isTokenOver(failure);
}

/** The user took the access back, or left a box unticked at the consent (C8). */
function gmailTrouble({ code }: Failure): string {
  return ['gmail.unauthorized', 'gmail.scope-missing', 'gmail.forbidden'].includes(code)
    ? 'google-permission'
    : 'gmail-down';
}

function isTokenOver({ code }: Failure): boolean {
  return code === 'crm.token-invalid' || code === 'crm.token-expired';
}

function crmTrouble(failure: Failure, { kind }: Connection): string {
  const { code } = failure;
  if (isTokenOver(failure)) return kind === 'oauth' ? 'crm-sign-in' : 'crm-token';
  if (code === 'crm.scope-missing' || code === 'crm.auth-class') return kind === 'oauth' ? 'crm-consent' : 'crm-scope';
  if (code === 'crm.location-refused') return 'crm-location';
  if (code === 'crm.location-inactive') return 'crm-inactive';
  if (code === 'crm.client-invalid') return 'crm-app';
  return code === 'crm.rate-limited' ? 'crm-busy' : 'crm-down';
}
