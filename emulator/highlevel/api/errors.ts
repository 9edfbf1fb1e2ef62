/** Errors in the forms of the HighLevel API (facts, highlevel 1). */
import type { Json } from '../state';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: Json,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`status ${status}`);
    this.name = 'ApiError';
  }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  501: 'Not Implemented',
};

function plain(status: number, message: string, more: Json = {}): ApiError {
  return new ApiError(status, { statusCode: status, message, error: REASONS[status], ...more });
}

export const badRequest = (message: string, more?: Json): ApiError => plain(400, message, more);
export const unauthorized = (message: string): ApiError => plain(401, message);
export const forbidden = (message: string): ApiError => plain(403, message);
export const notFound = (message: string): ApiError => plain(404, message);

/** A path that HighLevel documents and this emulator leaves out. */
export const notEmulated = (what: string): ApiError => plain(501, `${what} is not emulated`);

/** 422 with one message a field (facts, highlevel 1). */
export function unprocessable(messages: readonly string[]): ApiError {
  return new ApiError(422, { statusCode: 422, message: [...messages], error: 'Unprocessable Entity' });
}

/** The upload endpoints' own form: 413 and 415 `{status, message}` (facts, highlevel 1). */
export function refusedUpload(status: 413 | 415, message: string): ApiError {
  return new ApiError(status, { status, message });
}

/** The two 401 that speak of the token itself (facts, highlevel 1). */
export const invalidToken = (): ApiError => unauthorized('Invalid token: access token is invalid');
export const expiredToken = (): ApiError => unauthorized('Invalid JWT');
export const scopeMissing = (): ApiError => unauthorized('The token is not authorized for this scope.');
export const wrongAuthClass = (): ApiError =>
  unauthorized(
    'This authClass type is not allowed to access this scope. Please reach out to support to fix this issue.',
  );
export const authClassNotSupported = (): ApiError => unauthorized('E-102. This AuthClass is not yet supported!');
export const foreignLocation = (): ApiError => forbidden('The token does not have access to this location.');
