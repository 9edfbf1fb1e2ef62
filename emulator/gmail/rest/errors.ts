/** Errors in Google's form. Thrown inside, answered by `rest.ts`. */
import { jsonResponse, type EmulatedResponse } from '../../core/http';

export interface ErrorForm {
  readonly code: number;
  readonly message: string;
  readonly reason: string;
  readonly status: string;
  /** Of the inner error, where it differs. */
  readonly detail?: string;
  readonly domain?: string;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly details?: readonly unknown[];
}

export class ApiError extends Error {
  constructor(readonly form: ErrorForm) {
    super(form.message);
  }
}

export function errorResponse(form: ErrorForm): EmulatedResponse {
  const { code, message, reason, status, detail = message, domain = 'global', more = {}, details } = form;
  const errors = [{ message: detail, domain, reason, ...more }];
  return jsonResponse(code, {
    error: { code, message, errors, status, ...(details === undefined ? {} : { details }) },
  });
}

export const badRequest = (message: string, reason = 'invalidArgument') =>
  new ApiError({ code: 400, message, reason, status: 'INVALID_ARGUMENT' });

export const failedPrecondition = (message: string) =>
  new ApiError({ code: 400, message, reason: 'failedPrecondition', status: 'FAILED_PRECONDITION' });

/** Gmail's words for whatever is not there (facts, platform 3.2). */
export const notFound = (message = 'Requested entity was not found.') =>
  new ApiError({ code: 404, message, reason: 'notFound', status: 'NOT_FOUND' });

export const conflict = (message: string) => new ApiError({ code: 409, message, reason: 'aborted', status: 'ABORTED' });

export const tooLarge = (message: string) =>
  new ApiError({ code: 413, message, reason: 'uploadTooLarge', status: 'INVALID_ARGUMENT' });

export const notImplemented = (message: string) =>
  new ApiError({ code: 501, message, reason: 'notImplemented', status: 'UNIMPLEMENTED' });

export const unauthorized = () =>
  new ApiError({
    code: 401,
    message:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    detail: 'Invalid Credentials',
    reason: 'authError',
    status: 'UNAUTHENTICATED',
    more: { location: 'Authorization', locationType: 'header' },
  });

export const insufficientScope = (method: string) =>
  new ApiError({
    code: 403,
    message: 'Request had insufficient authentication scopes.',
    detail: 'Insufficient Permission',
    reason: 'insufficientPermissions',
    status: 'PERMISSION_DENIED',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
        metadata: { service: 'gmail.googleapis.com', method },
      },
    ],
  });

export const forbidden = (message: string, reason = 'forbidden') =>
  new ApiError({ code: 403, message, reason, status: 'PERMISSION_DENIED' });

/** Retryable although it is a 403 (facts, platform 3.1). */
export const rateLimited = () =>
  new ApiError({
    code: 403,
    message:
      "Quota exceeded for quota metric 'Total Query Cost' and limit 'Units per minute per user' of service 'gmail.googleapis.com' for consumer 'project_number:100000000000'.",
    reason: 'rateLimitExceeded',
    status: 'RESOURCE_EXHAUSTED',
    domain: 'usageLimits',
  });

/** The sending limit of a day (facts, platform 3.2). */
export const sendingLimit = (retryAt: number) =>
  new ApiError({
    code: 429,
    message: `User-rate limit exceeded.  Retry after ${new Date(retryAt).toISOString()} (Mail sending)`,
    reason: 'rateLimitExceeded',
    status: 'RESOURCE_EXHAUSTED',
    domain: 'usageLimits',
  });

export const internal = () =>
  new ApiError({ code: 500, message: 'Internal error encountered.', reason: 'backendError', status: 'INTERNAL' });
