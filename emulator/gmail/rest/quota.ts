/** The user's bucket of quota units, in virtual time (facts, platform 3.1). */
import type { GmailContext, Mailbox } from '../state';
import { rateLimited } from './errors';

/** About 2,900 units at once trip it, and 6,000 a minute are allowed. */
const BUCKET_UNITS = 3_000;
const UNITS_PER_MS = 100 / 1_000;

export function fullBucket(now: number): { units: number; at: number } {
  return { units: BUCKET_UNITS, at: now };
}

/** Takes the units of one request, or refuses it: then none are taken. */
export function takeUnits({ clock, switches }: GmailContext, mailbox: Mailbox, units: number): void {
  if (!switches().gmailEnforceQuota) return;
  const { bucket } = mailbox;
  bucket.units = Math.min(BUCKET_UNITS, bucket.units + (clock.now - bucket.at) * UNITS_PER_MS);
  bucket.at = clock.now;
  if (bucket.units < units) throw rateLimited();
  bucket.units -= units;
}
