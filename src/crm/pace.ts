/** What the CRM says of its limits in every answer (facts, highlevel 1), and the time on its own clock. */
import type { Answer } from '../platform/http';

export interface Pace {
  /** Requests left in this interval. */
  readonly remaining?: number;
  /** Requests an interval: 100, of all users of the sub-account together. */
  readonly max?: number;
  readonly intervalMs?: number;
  readonly dailyRemaining?: number;
  readonly dailyLimit?: number;
  /** The CRM's clock (its Date header): its times are compared with nothing else (X12). */
  readonly now?: number;
}

export function readPace({ headers }: Answer): Pace {
  const now = Date.parse(headers.date ?? '');
  return {
    remaining: count(headers['x-ratelimit-remaining']),
    max: count(headers['x-ratelimit-max']),
    intervalMs: count(headers['x-ratelimit-interval-milliseconds']),
    dailyRemaining: count(headers['x-ratelimit-daily-remaining']),
    dailyLimit: count(headers['x-ratelimit-limit-daily']),
    now: Number.isNaN(now) ? undefined : now,
  };
}

const HOUR = 3_600_000;
/** The window of the burst limit. */
const INTERVAL = 10_000;
const LONGEST_WAIT = 24 * HOUR;

/** How long to stay away after a 429: `Retry-After` in seconds or as a date, else until the window is over. */
export function retryAfter(answer: Answer): number {
  const header = answer.headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(header)) return Math.min(Number(header) * 1000, LONGEST_WAIT);
  const pace = readPace(answer);
  const until = Date.parse(header);
  if (!Number.isNaN(until) && pace.now !== undefined) return Math.min(Math.max(until - pace.now, 0), LONGEST_WAIT);
  // The day's budget does not come back with the next window.
  if (pace.dailyRemaining === 0) return HOUR;
  return Math.min(pace.intervalMs ?? INTERVAL, LONGEST_WAIT);
}

function count(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header.trim()) ? Number(header) : undefined;
}
