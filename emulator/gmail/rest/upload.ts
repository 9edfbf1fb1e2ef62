/** Bodies of requests: JSON, and the media, multipart and resumable uploads of `/upload/gmail/v1`. */
import type { EmulatedRequest } from '../../core/http';
import { parseParameters } from '../mime/parameters';
import { badRequest } from './errors';
import type { Json } from './call';

export interface ReadBody {
  readonly body: Json;
  readonly media: Buffer | undefined;
}

export function parseJson(text: string): Json {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest('Invalid JSON payload received. Unexpected token.', 'parseError');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('Invalid JSON payload received. Root element must be a message.', 'parseError');
  }
  return value as Json;
}

/** @param kind `uploadType` of the query */
export function readUpload(request: EmulatedRequest, kind: string): ReadBody {
  if (kind === 'media') {
    checkMediaType(request.headers['content-type']);
    return { body: {}, media: request.body };
  }
  if (kind === 'multipart') return readMultipart(request);
  throw badRequest(`Unsupported upload type: ${kind}`, 'badRequest');
}

function checkMediaType(type: string | undefined): void {
  if (type !== undefined && !/^message\//i.test(type)) {
    throw badRequest(`Media type '${type}' is not supported. Valid media types: [message/*]`, 'badContent');
  }
}

/** multipart/related of two parts: the JSON metadata, then the message. */
function readMultipart(request: EmulatedRequest): ReadBody {
  const boundary = parseParameters(request.headers['content-type'] ?? '').parameters.get('boundary') ?? '';
  if (boundary === '') throw badRequest('Missing end boundary in multipart body.', 'badContent');
  const parts = splitParts(request.body, boundary);
  if (parts.length < 2) throw badRequest('Missing end boundary in multipart body.', 'badContent');
  const [metadata, media] = parts;
  checkMediaType(/^content-type:[ \t]*(\S+)/im.exec(media.head)?.[1]);
  const encoding = /^content-transfer-encoding:[ \t]*base64/im.test(media.head);
  return {
    body: parseJson(metadata.content.toString('utf8')),
    media: encoding ? Buffer.from(media.content.toString('latin1'), 'base64') : media.content,
  };
}

export interface RawPart {
  readonly head: string;
  readonly content: Buffer;
}

/** The parts of a multipart body, bytes untouched. Without the closing boundary nothing of the last part is given. */
export function splitParts(body: Buffer, boundary: string): RawPart[] {
  const delimiter = `--${boundary}`;
  const parts: RawPart[] = [];
  let from = body.indexOf(delimiter);
  while (from >= 0) {
    const start = body.indexOf('\n', from) + 1;
    if (start === 0 || body.toString('latin1', from + delimiter.length, from + delimiter.length + 2) === '--') break;
    const next = body.indexOf(`\n${delimiter}`, Math.max(start - 1, 0));
    if (next < 0) break;
    const end = body[next - 1] === 13 ? next - 1 : next;
    const piece = body.subarray(start, Math.max(start, end));
    const split = headEnd(piece);
    parts.push({ head: piece.toString('latin1', 0, split.head), content: piece.subarray(split.content) });
    from = next + 1;
  }
  return parts;
}

function headEnd(piece: Buffer): { head: number; content: number } {
  if (piece[0] === 10) return { head: 0, content: 1 };
  if (piece[0] === 13 && piece[1] === 10) return { head: 0, content: 2 };
  const long = piece.indexOf('\r\n\r\n');
  const short = piece.indexOf('\n\n');
  if (long >= 0 && (short < 0 || long < short)) return { head: long, content: long + 4 };
  if (short >= 0) return { head: short, content: short + 2 };
  return { head: piece.length, content: piece.length };
}
