/**
 * What the first step of connecting leaves for the second. A card's parameters travel through the client (facts,
 * platform 5.1), so the token waits in the user's own store meanwhile; after a quarter of an hour it is ignored.
 */
import type { Store } from '../platform/store';
import type { Credentials } from './credentials';

export interface Pending extends Credentials {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly companyId: string;
}

const KEY = 'connect.pending';
const LIFE_MS = 15 * 60_000;

export function keepPending(store: Store, pending: Pending): void {
  store.write(KEY, JSON.stringify(pending));
}

/** Undefined where there is none, or one that is too old or was edited. */
export function readPending(store: Store, now: number): Pending | undefined {
  const text = store.read(KEY);
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Record<keyof Pending, unknown>> | null;
    const { at, token, location, companyId } = value ?? {};
    if (typeof at !== 'number' || now - at > LIFE_MS || at > now) return undefined;
    if (typeof token !== 'string' || typeof location !== 'string') return undefined;
    return { at, token, location, companyId: typeof companyId === 'string' ? companyId : '' };
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
