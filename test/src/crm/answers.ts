/** Answers as UrlFetchApp would hand them over, and blobs as the platform has them. */
import type { Answer } from '../../../src/platform/http';

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
export const PAGE = '<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>';

/** A text goes as it is, anything else as JSON. */
export function answer(status: number, body: unknown, headers: Record<string, string> = JSON_TYPE): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers, text: () => text };
}

/** HighLevel's usual error form (facts, highlevel 1). */
export function crmError(
  status: number,
  message: string | readonly string[],
  more: Record<string, unknown> = {},
): Answer {
  return answer(status, { statusCode: status, message, ...more });
}

export function fileAnswer(status: number, bytes: Buffer, headers: Record<string, string> = {}): Answer {
  return { status, headers, text: () => bytes.toString('utf8'), blob: () => blobOf(bytes, headers['content-type']) };
}

/** The platform's bytes are signed (facts, platform 2.5); `raw` spares a test the copies of a large file. */
export function blobOf(
  bytes: Buffer,
  type: string | undefined,
  name = '',
): GoogleAppsScript.Base.Blob & { readonly raw: Buffer } {
  const blob = {
    raw: bytes,
    getBytes: () => [...new Int8Array(bytes)],
    getContentType: () => type ?? null,
    getName: () => name,
    isGoogleType: () => false,
  };
  return blob as unknown as GoogleAppsScript.Base.Blob & { readonly raw: Buffer };
}
