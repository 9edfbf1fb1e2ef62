/** Why something that the user asked for was not done, as values; the word catalogue has a sentence and an advice for each. */

export type ProblemCode =
  | 'token-missing'
  | 'token-malformed'
  | 'token-refused'
  /** An agency's token, which cannot open a sub-account. */
  | 'token-kind'
  | 'location-missing'
  | 'location-malformed'
  | 'location-unknown'
  /** The token belongs to another sub-account. */
  | 'location-refused'
  | 'location-inactive'
  | 'scope-missing'
  | 'crm-down'
  | 'crm-busy'
  | 'gmail-refused'
  | 'gmail-down'
  /** Neither side answered. */
  | 'unreachable'
  | 'no-users'
  | 'user-unknown'
  | 'address-unknown'
  /** The CRM's own Gmail sync is on for that user (C3). */
  | 'own-sync-on'
  | 'own-sync-unanswered'
  /** What was entered in the first step is gone or too old. */
  | 'too-late'
  /** The sign-in at the CRM: it began too long ago or elsewhere, was declined, brought nothing that is a code, a code that was used, or no answer. */
  | 'sign-in-late'
  | 'sign-in-missing'
  | 'sign-in-refused'
  | 'code-malformed'
  | 'code-used'
  | 'sign-in-lost'
  /** The app was installed for an agency as a whole, whose token opens no sub-account. */
  | 'agency-install'
  /** No app is configured, or its credentials are wrong. */
  | 'app-misconfigured'
  /** Another sub-account is connected already (C9). */
  | 'other-location'
  /** What is stored belongs to another mailbox (C9). */
  | 'other-account'
  /** Another mailbox is connected for that CRM user: the user is asked (C6). */
  | 'claim-live'
  /** A pass has the lock. */
  | 'busy'
  | 'store-full'
  | 'not-connected'
  | 'thread-unknown'
  | 'item-unknown'
  /** Not in the CRM any more, or not this user's to see. */
  | 'contact-unknown'
  | 'record-unknown'
  | 'unexpected';

export interface Problem {
  readonly code: ProblemCode;
  /** The permissions that are missing, by the CRM's own names. */
  readonly scopes?: readonly string[];
  /** The number of the claim that is in the way. */
  readonly claim?: number;
  /** The name of what is in the way. */
  readonly name?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function done<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function problem(code: ProblemCode, more: Omit<Problem, 'code'> = {}): { ok: false; problem: Problem } {
  return { ok: false, problem: { code, ...more } };
}
