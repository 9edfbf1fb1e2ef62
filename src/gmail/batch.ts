/**
 * Several Gmail requests in one (facts, platform 3.8): composed as multipart/mixed, its answer taken apart again. Each
 * part counts for the quota as if it were alone, and the parts may be done in any order.
 */
import type { Exchange } from '../platform/exchange';
import type { Answer, HttpCall } from '../platform/http';
import { GMAIL } from './api';

const BOUNDARY = '=_threadlink_batch';

/** Uploads have an address and a body form of their own and go alone. */
export function isBatchable(exchange: Exchange<unknown>): boolean {
  const { url, payload } = exchange.call;
  return url.startsWith(`${GMAIL}/gmail/v1/`) && (payload === undefined || typeof payload === 'string');
}

/** One request of several; at most 100, and more than 50 are likely to trip the rate limit (facts, platform 3.8). */
export function composeBatch(exchanges: readonly Exchange<unknown>[]): HttpCall {
  const parts = exchanges.map(({ call }, index) => {
    const target = call.url.slice(GMAIL.length);
    const head = `--${BOUNDARY}\r\nContent-Type: application/http\r\nContent-ID: <item-${index}>\r\n\r\n${call.method.toUpperCase()} ${target} HTTP/1.1\r\n`;
    if (call.payload === undefined) return `${head}\r\n`;
    // JSON has no line breaks inside, so no value in it can start a part.
    return `${head}Content-Type: ${call.contentType ?? 'application/json'}\r\n\r\n${call.payload as string}\r\n`;
  });
  return {
    url: `${GMAIL}/batch/gmail/v1`,
    method: 'post',
    contentType: `multipart/mixed; boundary="${BOUNDARY}"`,
    payload: `${parts.join('')}--${BOUNDARY}--\r\n`,
  };
}

/**
 * The answers in the order of the requests, matched by Content-ID alone. A part that is missing is undefined: whether
 * its request was done is unknown. Where the batch failed as a whole, that answer is the answer of each part.
 */
export function parseBatch(answer: Answer, count: number): (Answer | undefined)[] {
  if (answer.status < 200 || answer.status > 299) return new Array<Answer>(count).fill(answer);
  const answers = new Array<Answer | undefined>(count).fill(undefined);
  const boundary = /boundary="?([^";]+)"?/i.exec(answer.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return answers;
  for (const part of partsOf(answer.text(), `--${boundary.trim()}`)) {
    const outer = headAndBody(part);
    const index = /item-(\d+)/.exec(outer.headers['content-id'] ?? '')?.[1];
    if (index === undefined || Number(index) >= count) continue;
    const inner = headAndBody(outer.body);
    const status = /^HTTP\/[\d.]+ (\d{3})/.exec(inner.firstLine)?.[1];
    if (status !== undefined)
      answers[Number(index)] ??= { status: Number(status), headers: inner.headers, text: () => inner.body };
  }
  return answers;
}

function partsOf(text: string, delimiter: string): string[] {
  const parts: string[] = [];
  let from = text.startsWith(delimiter) ? 0 : text.indexOf(`\n${delimiter}`) + 1;
  if (from === 0 && !text.startsWith(delimiter)) return parts;
  for (;;) {
    const start = from + delimiter.length;
    if (text.startsWith('--', start)) return parts;
    const next = text.indexOf(`\n${delimiter}`, start);
    // Without an end the answer was cut; what is left of the last part shows by itself whether it is whole.
    parts.push(next < 0 ? text.slice(start) : text.slice(start, text[next - 1] === '\r' ? next - 1 : next));
    if (next < 0) return parts;
    from = next + 1;
  }
}

function headAndBody(text: string): { firstLine: string; headers: Record<string, string>; body: string } {
  const begin = /\S/.exec(text.slice(0, 1000))?.index ?? 0;
  const gap = /\r?\n\r?\n/g;
  gap.lastIndex = begin;
  const end = gap.exec(text);
  const lines = (end === null ? text.slice(begin) : text.slice(begin, end.index)).split(/\r?\n/);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] ??= line.slice(colon + 1).trim();
  }
  return { firstLine: lines[0], headers, body: end === null ? '' : text.slice(end.index + end[0].length) };
}
