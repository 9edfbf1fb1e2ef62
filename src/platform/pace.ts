/**
 * How fast a service is spoken to (X9). Gmail counts units: a bucket of 1,000, refilled at 80 a second, so that the 6,000 a
 * minute are never met. A round that does not find it empty may overdraw it by as much again, and what follows waits until
 * that is paid back: 5,800 units in the worst minute, 2,000 at once (some 2,900 trip the limit: facts, platform 3.1). The CRM says in every answer how many requests are left in which
 * interval; all users of a sub-account share them (facts, highlevel 1).
 */
import type { Exchange } from './exchange';

/** What an answer says of the service's limits; absent where it says nothing. */
export interface Limits {
  readonly remaining?: number;
  readonly max?: number;
  readonly intervalMs?: number;
  /** Of the day's budget, in percent. */
  readonly dayLeft?: number;
}

const BUCKET = 1_000;
const PER_MS = 0.08;
/** Requests sent to the CRM in one wave before it has said anything. */
const FIRST_WAVE = 80;
/** Left to the others of the sub-account. */
const SPARE = 5;
const INTERVAL_MS = 10_000;

export class Pace {
  /** Of the CRM's day, in percent, as it said last. */
  dayLeft: number | undefined;
  private units = BUCKET;
  private unitsAt: number;
  private wave = FIRST_WAVE;
  private left = FIRST_WAVE;
  private until = 0;

  constructor(now: number) {
    this.unitsAt = now;
  }

  /** How many of these may go now, from the front; with none, how long to wait until one may. */
  admit(exchanges: readonly Exchange<unknown>[], now: number): { count: number; waitMs: number } {
    this.refill(now);
    if (this.until > 0 && now >= this.until) {
      this.left = this.wave;
      this.until = 0;
    }
    let units = 0;
    let requests = 0;
    let count = 0;
    for (const exchange of exchanges) {
      const more = units + exchange.units;
      const isPaid = exchange.service === 'gmail' && exchange.units > 0;
      if (isPaid && (this.units <= 0 || (units > 0 && more > this.units + BUCKET))) break;
      if (exchange.service === 'crm' && requests >= this.left) break;
      units = more;
      requests += exchange.service === 'crm' ? 1 : 0;
      count += 1;
    }
    if (count > 0 || exchanges.length === 0) return { count, waitMs: 0 };
    const [{ service }] = exchanges;
    if (service === 'crm') return { count, waitMs: Math.max(1, this.until - now) };
    return { count, waitMs: Math.ceil((1 - this.units) / PER_MS) };
  }

  sent(exchanges: readonly Exchange<unknown>[]): void {
    for (const { service, units } of exchanges) {
      if (service === 'gmail') this.units -= units;
      if (service === 'crm') this.left -= 1;
    }
  }

  /** What an answer says; of a wave the least counts. */
  heard({ remaining, max, intervalMs = INTERVAL_MS, dayLeft }: Limits, now: number): void {
    if (max !== undefined) this.wave = Math.max(1, max - SPARE);
    if (dayLeft !== undefined) this.dayLeft = dayLeft;
    if (remaining === undefined) return;
    this.left = this.until > now ? Math.min(this.left, remaining - SPARE) : remaining - SPARE;
    this.until = now + intervalMs;
  }

  private refill(now: number): void {
    this.units = Math.min(BUCKET, this.units + (now - this.unitsAt) * PER_MS);
    this.unitsAt = now;
  }
}
