/** What an answer of Gmail means for the request that it belongs to (facts, platform 3.2; reliability 2.6). */
import { Unreadable, type Exchange, type Failure, type Outcome } from '../platform/exchange';
import type { Answer, NoAnswer } from '../platform/http';

const HOUR = 3_600_000;
const LONGEST_WAIT = 24 * HOUR;
/** The bucket is enforced more finely than its minute (facts, platform 3.1), so a short pause helps. */
const RATE_LIMIT_WAIT = 2_000;

/** Google's error in both of its forms: `errors[].reason` and `details[].reason`. */
interface GoogleError {
  readonly message: string;
  readonly reasons: readonly string[];
}

/** The outcome of an exchange with Gmail. Never throws. */
export function gmailOutcome<T>(exchange: Exchange<T>, answer: Answer | NoAnswer): Outcome<T> {
  if (answer.status === 0)
    return { kind: 'unknown', failure: { code: 'http.no-answer', status: 0, detail: (answer as NoAnswer).reason } };
  const given = answer as Answer;
  if (given.status >= 200 && given.status < 300) return success(exchange, given);
  return failure(given, exchange.codes?.[given.status]);
}

function success<T>(exchange: Exchange<T>, answer: Answer): Outcome<T> {
  try {
    // A page for people is somebody else's answer, also where no body is expected (facts, reliability C18).
    if (/^text\/html/i.test(answer.headers['content-type'] ?? '')) throw new Unreadable('the answer is a page');
    return { kind: 'done', value: exchange.read(answer) };
  } catch (error) {
    const detail = error instanceof Unreadable ? error.message : 'the answer could not be read';
    return { kind: 'unknown', failure: { code: 'http.unreadable', status: answer.status, detail } };
  }
}

function failure(answer: Answer, ownCode: string | undefined): Outcome<never> {
  const error = readError(answer);
  const say = (code: string): Failure => ({ code, status: answer.status, detail: harmless(error.message) });
  const refused = (code: string): Outcome<never> => ({ kind: 'refused', failure: say(ownCode ?? code) });
  const later = (code: string, wait: number): Outcome<never> => ({
    kind: 'later',
    failure: say(code),
    retryAfterMs: retryAfter(answer, error) ?? wait,
  });
  const has = (...reasons: string[]) => error.reasons.some((reason) => reasons.includes(reason));

  switch (answer.status) {
    case 400:
    case 403:
    case 429:
      if (/\bsending\b.*\b(limit|quota)|\b(limit|quota)\b.*\bsending\b/i.test(error.message))
        return later('gmail.sending-limit', HOUR);
  }
  switch (answer.status) {
    case 400:
      if (/mail service not enabled/i.test(error.message)) return { kind: 'denied', failure: say('gmail.not-enabled') };
      // Seen as transient shortly after a message came (facts, platform 3.2).
      if (has('failedPrecondition', 'FAILED_PRECONDITION')) return later('gmail.failed-precondition', RATE_LIMIT_WAIT);
      return refused('gmail.bad-request');
    case 401:
      return { kind: 'denied', failure: say('gmail.unauthorized') };
    case 403:
      return forbidden(error, say, later, has);
    case 404:
      return refused('gmail.not-found');
    case 409:
      return refused('gmail.conflict');
    case 413:
      return refused('gmail.too-large');
    case 429:
      return later('gmail.rate-limited', RATE_LIMIT_WAIT);
    case 408:
      return { kind: 'unknown', failure: say('gmail.unavailable') };
  }
  if (answer.status >= 500) return { kind: 'unknown', failure: say('gmail.unavailable') };
  // A redirect of an API leads to a login page (facts, reliability C19); whether the request was taken cannot be told.
  if (answer.status < 400) return { kind: 'unknown', failure: say('http.redirected') };
  return refused('gmail.refused');
}

function forbidden(
  error: GoogleError,
  say: (code: string) => Failure,
  later: (code: string, wait: number) => Outcome<never>,
  has: (...reasons: string[]) => boolean,
): Outcome<never> {
  if (has('dailyLimitExceeded', 'dailyLimitExceededUnreg', 'quotaExceeded')) return later('gmail.daily-limit', HOUR);
  // Not a matter of scopes, however it looks (facts, platform 3.1, 3.2).
  const limited = has('rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED', 'concurrentLimitExceeded');
  if (limited || /quota exceeded|rate limit exceeded/i.test(error.message))
    return later('gmail.rate-limited', RATE_LIMIT_WAIT);
  const denied = (code: string): Outcome<never> => ({ kind: 'denied', failure: say(code) });
  if (
    has('insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT') ||
    /insufficient.*(scope|permission)/i.test(error.message)
  ) {
    return denied('gmail.scope-missing');
  }
  if (has('accessNotConfigured', 'SERVICE_DISABLED')) return denied('gmail.not-enabled');
  if (has('domainPolicy')) return denied('gmail.domain-policy');
  return denied('gmail.forbidden');
}

function readError(answer: Answer): GoogleError {
  let body: unknown;
  try {
    body = JSON.parse(answer.text());
  } catch {
    return { message: `status ${answer.status} without a readable reason`, reasons: [] };
  }
  const error = field(body, 'error');
  // The token endpoint's form, which a gateway may use: {"error": "invalid_token", "error_description": "…"}.
  if (typeof error === 'string') return { message: error, reasons: [error] };
  const message = field(error, 'message');
  const lists = [field(error, 'errors'), field(error, 'details')];
  const reasons = lists
    .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    .map((entry) => field(entry, 'reason'))
    .concat(field(error, 'status'))
    .filter((reason): reason is string => typeof reason === 'string');
  return { message: typeof message === 'string' ? message : `status ${answer.status}`, reasons };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Milliseconds, of `Retry-After` in seconds or as a date, or of the date in Gmail's text ("Retry after 2026-…Z"). */
function retryAfter(answer: Answer, error: GoogleError): number | undefined {
  const header = answer.headers['retry-after']?.trim();
  if (header !== undefined && /^\d+$/.test(header)) return Math.min(Number(header) * 1000, LONGEST_WAIT);
  const until = Date.parse(header ?? /retry after (\S+Z)/i.exec(error.message)?.[1] ?? '');
  // Compared with the service's own clock: this machine's may be wrong (facts, reliability C20).
  const now = Date.parse(answer.headers.date ?? '');
  if (Number.isNaN(until) || Number.isNaN(now)) return undefined;
  return Math.min(Math.max(until - now, 0), LONGEST_WAIT);
}

/** Without addresses, links and anything that may be a token (X14). */
function harmless(message: string): string {
  return message
    .slice(0, 1000)
    .replace(/https?:\/\/\S+/g, '(link)')
    .replace(/[^\s<>"'()]+@[^\s<>"'()]+/g, '(address)')
    .replace(/[\w.~+/-]{40,}=*/g, '(secret)')
    .slice(0, 200);
}
