/** The two rate limits and their headers (facts, highlevel 1): a burst in 10 seconds and a number a day, a client and location. */
import type { Crm } from '../crm';
import type { RateWindow, Token } from '../state';
import { ApiError } from './errors';

const INTERVAL_MS = 10_000;
const DAY_MS = 86_400_000;

export function rateHeaders(crm: Crm, token: Token): Record<string, string> {
  const window = windowOf(crm, token);
  const { rateLimitBurst, rateLimitDaily } = crm.switches;
  return {
    'x-ratelimit-limit-daily': String(rateLimitDaily),
    'x-ratelimit-daily-remaining': String(Math.max(0, rateLimitDaily - window.usedToday)),
    'x-ratelimit-interval-milliseconds': String(INTERVAL_MS),
    'x-ratelimit-max': String(rateLimitBurst),
    'x-ratelimit-remaining': String(Math.max(0, rateLimitBurst - window.used)),
  };
}

/** Counts one request; throws 429 where it is one too many. A refused request is not counted. */
export function countRequest(crm: Crm, token: Token): void {
  const window = windowOf(crm, token);
  const burst = window.used >= crm.switches.rateLimitBurst;
  if (burst || window.usedToday >= crm.switches.rateLimitDaily) {
    const waitMs = (burst ? window.windowStart + INTERVAL_MS : window.dayStart + DAY_MS) - crm.clock.now;
    const retryAfter: Record<string, string> = {};
    if (crm.switches.rateLimitRetryAfter) retryAfter['retry-after'] = String(Math.ceil(waitMs / 1000));
    throw new ApiError(429, { statusCode: 429, message: 'Too Many Requests' }, retryAfter);
  }
  window.used++;
  window.usedToday++;
}

/** An app's tokens share one budget; a Private Integration Token is a client of its own. */
function windowOf(crm: Crm, token: Token): RateWindow {
  const key = token.appId ?? token.token;
  const now = crm.clock.now;
  let window = crm.state.rates.get(key);
  if (window === undefined) {
    window = { windowStart: now, used: 0, dayStart: now - (now % DAY_MS), usedToday: 0 };
    crm.state.rates.set(key, window);
  }
  if (now - window.windowStart >= INTERVAL_MS) Object.assign(window, { windowStart: now, used: 0 });
  if (now - window.dayStart >= DAY_MS) Object.assign(window, { dayStart: now - (now % DAY_MS), usedToday: 0 });
  return window;
}
