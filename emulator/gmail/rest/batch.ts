/** `/batch/gmail/v1`: several requests in one (facts, platform 3.8). */
import { createHash } from 'node:crypto';
import type { EmulatedRequest, EmulatedResponse } from '../../core/http';
import { parseParameters } from '../mime/parameters';
import { badRequest, errorResponse, type ApiError } from './errors';
import { splitParts } from './upload';

const MOST_PARTS = 100;

interface BatchPart {
  readonly contentId: string | undefined;
  readonly request: EmulatedRequest;
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
};

export function isBatchPath(request: EmulatedRequest): boolean {
  return request.method === 'POST' && /^\/batch(?:\/gmail\/v1)?\/?(?:\?|$)/.test(request.path);
}

/** @throws ApiError for a batch that Gmail refuses as a whole */
export function readBatch(request: EmulatedRequest): BatchPart[] {
  const type = parseParameters(request.headers['content-type'] ?? '');
  const boundary = type.parameters.get('boundary') ?? '';
  if (type.value !== 'multipart/mixed' || boundary === '') {
    throw badRequest('The batch request could not be processed: missing multipart boundary.', 'badRequest');
  }
  const parts = splitParts(request.body, boundary);
  if (parts.length === 0) throw badRequest('The batch request contains no calls.', 'badRequest');
  if (parts.length > MOST_PARTS) {
    throw badRequest(`The batch request must not contain more than ${MOST_PARTS} calls.`, 'badRequest');
  }
  return parts.map(({ head, content }) => ({
    contentId: /^content-id:[ \t]*(.*)$/im.exec(head)?.[1]?.trim(),
    request: readInner(content, request),
  }));
}

function readInner(content: Buffer, outer: EmulatedRequest): EmulatedRequest {
  let start = 0;
  while (content[start] === 10 || content[start] === 13) start++;
  const text = content.toString('latin1', start);
  const end = /\r?\n\r?\n/.exec(text);
  const head = (end === null ? text : text.slice(0, end.index)).split(/\r?\n/);
  const line = /^([A-Za-z]+)[ ]+(\S+)(?:[ ]+HTTP\/[\d.]+)?[ ]*$/.exec(head[0]);
  if (line === null) throw badRequest('Failed to parse batch request, a part has no request line.', 'badRequest');
  const headers: Record<string, string> = {};
  for (const name of ['authorization', 'x-threadlink-outside', 'user-agent']) {
    if (outer.headers[name] !== undefined) headers[name] = outer.headers[name];
  }
  for (const row of head.slice(1)) {
    const colon = row.indexOf(':');
    if (colon > 0) headers[row.slice(0, colon).trim().toLowerCase()] = row.slice(colon + 1).trim();
  }
  const body = end === null ? Buffer.alloc(0) : content.subarray(start + end.index + end[0].length);
  const path = line[2].replace(/^https?:\/\/[^/]+/i, '');
  return {
    method: line[1].toUpperCase(),
    host: outer.host,
    path: path.startsWith('/') ? path : `/${path}`,
    headers,
    body,
  };
}

/** Parts that are undefined are missing in the answer, as when it is cut off on its way. */
export function writeBatch(
  request: EmulatedRequest,
  answers: readonly (EmulatedResponse | undefined)[],
): EmulatedResponse {
  let ids: (string | undefined)[];
  try {
    ids = readBatch(request).map(({ contentId }) => contentId);
  } catch (error) {
    return errorResponse((error as ApiError).form);
  }
  const boundary = `batch_${createHash('sha256').update(request.body).digest('base64url').slice(0, 32)}`;
  const chunks: (string | Buffer)[] = [];
  answers.forEach((answer, index) => {
    if (answer === undefined) return;
    const id = ids[index];
    chunks.push(`--${boundary}\r\nContent-Type: application/http\r\n`);
    if (id !== undefined) chunks.push(`Content-ID: ${responseId(id)}\r\n`);
    chunks.push(`\r\nHTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? 'Unknown'}\r\n`);
    for (const [name, value] of Object.entries(answer.headers)) chunks.push(`${titled(name)}: ${value}\r\n`);
    if (answer.body.length > 0) chunks.push(`Content-Length: ${answer.body.length}\r\n`);
    chunks.push('\r\n', answer.body, '\r\n');
  });
  chunks.push(`--${boundary}--\r\n`);
  return {
    status: 200,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
    body: Buffer.concat(chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk))),
  };
}

function responseId(id: string): string {
  return id.startsWith('<') ? `<response-${id.slice(1)}` : `response-${id}`;
}

function titled(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
