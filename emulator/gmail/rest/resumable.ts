/** Resumable uploads: a first request names the message, the next ones bring its bytes. */
import type { EmulatedRequest, EmulatedResponse } from '../../core/http';
import type { GmailContext, Mailbox } from '../state';
import { badRequest, notFound } from './errors';
import { parseJson, type ReadBody } from './upload';

export function beginUpload(context: GmailContext, mailbox: Mailbox, request: EmulatedRequest): EmulatedResponse {
  const id = `ABPnzm${context.ids.alphanumeric(40)}`;
  const metadata = request.body.toString('utf8');
  parseJson(metadata);
  context.state.uploads.set(id, { email: mailbox.email, path: request.path, metadata, received: Buffer.alloc(0) });
  const separator = request.path.includes('?') ? '&' : '?';
  return {
    status: 200,
    headers: {
      location: `https://${request.host}${request.path}${separator}upload_id=${id}`,
      'x-guploader-uploadid': id,
    },
    body: Buffer.alloc(0),
  };
}

interface Finished {
  /** The request that began the upload, for its path. */
  readonly request: Pick<EmulatedRequest, 'method' | 'path'>;
  readonly read: ReadBody;
}

/** Undefined for a request that continues nothing; `more` while bytes are missing. */
export function continueUpload(context: GmailContext, request: EmulatedRequest): Finished | 'more' | undefined {
  if (request.method !== 'PUT' && request.method !== 'POST') return undefined;
  const id = /[?&]upload_id=([^&]+)/.exec(request.path)?.[1];
  if (id === undefined) return undefined;
  const upload = context.state.uploads.get(id);
  if (upload === undefined) throw notFound('Not Found');
  const range = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(request.headers['content-range'] ?? '');
  if (range !== null && range[1] !== undefined && Number(range[1]) !== upload.received.length) {
    throw badRequest('Invalid request. The upload does not continue where it stopped.', 'badRequest');
  }
  if (range === null || range[1] !== undefined) upload.received = Buffer.concat([upload.received, request.body]);
  if (range !== null && (range[3] === '*' || upload.received.length < Number(range[3]))) return 'more';
  context.state.uploads.delete(id);
  const method = /\/drafts\/(?!send)[^/?]+(?:\?|$)/.test(upload.path) ? 'PUT' : 'POST';
  return { request: { method, path: upload.path }, read: { body: parseJson(upload.metadata), media: upload.received } };
}
