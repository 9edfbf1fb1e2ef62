/**
 * The wrong answers that a fault gives in place of a service's own, each in the form of the host that is asked:
 * Google's error object for `*.googleapis.com`, HighLevel's for all others (facts, platform 3.2; facts, highlevel 1).
 */
import type { Answer } from '../../core/services';
import { jsonResponse, type EmulatedRequest, type EmulatedResponse } from '../../core/http';

/** Answers that come back as a response; the others end in an exception. */
export type AnswerWithBody = Exclude<Answer, 'timeout' | 'dns' | 'refused' | 'slow'>;

export interface FaultAnswerOptions {
  /** Seconds of a `Retry-After` header on the CRM's 429; 0 for none. */
  readonly retryAfterSeconds: number;
}

/** `truth` is the service's own answer where the request was done. */
export function faultAnswer(
  answer: AnswerWithBody,
  request: EmulatedRequest,
  truth: EmulatedResponse | undefined,
  options: FaultAnswerOptions,
): EmulatedResponse {
  switch (answer) {
    case 'html':
      return page(
        200,
        'Sign in',
        '<form method="post" action="/login"><input name="user"><button>Next</button></form>',
      );
    case 'truncated': {
      const whole = truth ?? successOf(request, Buffer.from('{"id":"0000000000","status":"ok"}'));
      return { ...whole, body: whole.body.subarray(0, Math.floor(whole.body.length / 2)) };
    }
    case 'empty':
      return { ...(truth ?? successOf(request, Buffer.alloc(0))), body: Buffer.alloc(0) };
    case '502':
      return page(502, 'Bad Gateway', '<p>The server returned an invalid or incomplete response.</p>');
    default:
      return isGoogle(request.host) ? googleError(answer) : highLevelError(answer, options);
  }
}

export function isGoogle(host: string): boolean {
  return host === 'googleapis.com' || host.endsWith('.googleapis.com');
}

function successOf(request: EmulatedRequest, body: Buffer): EmulatedResponse {
  const created = request.method === 'POST' && !isGoogle(request.host);
  return { status: created ? 201 : 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

function page(status: number, title: string, content: string): EmulatedResponse {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: Buffer.from(
      `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1>${content}</body></html>`,
    ),
  };
}

type ErrorAnswer = Exclude<AnswerWithBody, 'html' | 'truncated' | 'empty' | '502'>;

const GOOGLE_ERRORS: Readonly<
  Record<ErrorAnswer, { message: string; reason: string; status: string; domain?: string }>
> = {
  '401': { message: 'Invalid Credentials', reason: 'authError', status: 'UNAUTHENTICATED' },
  '403-rate': {
    message:
      "Quota exceeded for quota metric 'Total Query Cost' and limit 'Units per minute per user' of service 'gmail.googleapis.com'.",
    reason: 'rateLimitExceeded',
    status: 'PERMISSION_DENIED',
    domain: 'usageLimits',
  },
  '404': { message: 'Requested entity was not found.', reason: 'notFound', status: 'NOT_FOUND' },
  '413': { message: 'Request payload size exceeds the limit.', reason: 'uploadTooLarge', status: 'INVALID_ARGUMENT' },
  '422': { message: 'Request contains an invalid argument.', reason: 'invalidArgument', status: 'INVALID_ARGUMENT' },
  '429': {
    message: 'Too many concurrent requests for user',
    reason: 'rateLimitExceeded',
    status: 'RESOURCE_EXHAUSTED',
    domain: 'usageLimits',
  },
  '500': { message: 'Internal error encountered.', reason: 'backendError', status: 'INTERNAL' },
  '503': { message: 'The service is currently unavailable.', reason: 'backendError', status: 'UNAVAILABLE' },
};

function googleError(answer: ErrorAnswer): EmulatedResponse {
  const code = parseInt(answer, 10);
  const { message, reason, status, domain = 'global' } = GOOGLE_ERRORS[answer];
  return jsonResponse(code, { error: { code, message, errors: [{ message, domain, reason }], status } });
}

const HIGHLEVEL_ERRORS: Readonly<Record<ErrorAnswer, Record<string, unknown>>> = {
  '401': { statusCode: 401, message: 'Invalid JWT' },
  '403-rate': { statusCode: 403, message: 'Forbidden resource', error: 'Forbidden' },
  '404': { statusCode: 404, message: 'Not Found' },
  '413': { status: 413, message: 'File too large' },
  '422': { statusCode: 422, message: ['the request is not valid'], error: 'Unprocessable Entity' },
  '429': { statusCode: 429, message: 'Too Many Requests' },
  '500': { statusCode: 500, message: 'Internal server error' },
  '503': { statusCode: 503, message: 'Service Unavailable' },
};

function highLevelError(answer: ErrorAnswer, { retryAfterSeconds }: FaultAnswerOptions): EmulatedResponse {
  const limit =
    answer === '429'
      ? {
          'x-ratelimit-max': '100',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-interval-milliseconds': '10000',
          ...(retryAfterSeconds > 0 ? { 'retry-after': String(retryAfterSeconds) } : {}),
        }
      : {};
  return jsonResponse(parseInt(answer, 10), HIGHLEVEL_ERRORS[answer], limit);
}
