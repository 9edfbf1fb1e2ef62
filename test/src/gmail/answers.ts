/** Answers as UrlFetchApp would hand them over. */
import type { Answer } from '../../../src/platform/http';

export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json; charset=UTF-8', ...headers }, text: () => text };
}

/** Google's error form. */
export function googleError(code: number, message: string, reason: string, status = ''): unknown {
  return {
    error: { code, message, errors: [{ message, domain: 'global', reason }], ...(status === '' ? {} : { status }) },
  };
}
