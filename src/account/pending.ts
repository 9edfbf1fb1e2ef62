/**
 * What the first step of connecting leaves for the second. A card's parameters travel through the client (facts,
 * platform 5.1), so the token waits in the user's own store meanwhile; after a quarter of an hour it is ignored.
 */
import type { Store } from '../platform/store';
import type { Renewal } from '../sync/state';
import type { Credentials } from './credentials';

export interface Choice {
  readonly crmUser: string;
  readonly address: string;
  /** What the user says of the CRM's own sync, where the CRM does not (C3); empty where nothing was said. */
  readonly ownSync: string;
}

export interface Pending extends Credentials {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly companyId: string;
  /** OAuth alone. */
  readonly renewal?: Renewal;
  /** What the connection will be known by, the same for every attempt to finish it (C6). */
  readonly installation: string;
  /** What was chosen, while the user is asked whether to take the place of another mailbox (C6). */
  readonly choice?: Choice & { readonly claim: number };
}

const KEY = 'connect.pending';
export const PENDING_MS = 15 * 60_000;

export function keepPending(store: Store, pending: Pending): void {
  store.write(KEY, JSON.stringify(pending));
}

/** Has somebody begun to connect, and not come to the end of it? */
export function isPending(store: Store): boolean {
  return store.read(KEY) !== null;
}

/** Undefined where there is none, or one that is too old or was edited. */
export function readPending(store: Store, now: number): Pending | undefined {
  const text = store.read(KEY);
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Pending> | null;
    const { at, token, location, installation, companyId, renewal, choice } = value ?? {};
    if (typeof at !== 'number' || now - at > PENDING_MS || at > now) return undefined;
    if (![token, location, installation].every((entry) => typeof entry === 'string')) return undefined;
    const pending = { at, token, location, installation, companyId: typeof companyId === 'string' ? companyId : '' };
    return {
      ...(pending as Pending),
      ...(isRenewal(renewal) ? { renewal } : {}),
      ...(isChoice(choice) ? { choice } : {}),
    };
  } catch {
    return undefined;
  }
}

/** A token that nobody came back for does not stay (C2). */
export function dropLatePending(store: Store, now: number): void {
  if (readPending(store, now) === undefined) dropPending(store);
}

export function dropPending(store: Store): void {
  store.remove(KEY);
}

function isRenewal(value: Partial<Renewal> | undefined): value is Renewal {
  return (
    typeof value?.refreshToken === 'string' &&
    typeof value.expiresAt === 'number' &&
    typeof value.renewedAt === 'number'
  );
}

function isChoice(value: Partial<Pending['choice']>): value is NonNullable<Pending['choice']> {
  return (
    typeof value?.claim === 'number' &&
    [value.crmUser, value.address, value.ownSync].every((entry) => typeof entry === 'string')
  );
}
