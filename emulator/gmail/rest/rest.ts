/** One request against the API: path, authorization, quota, query, body, method, partial response. Never throws. */
import { jsonResponse, type EmulatedRequest, type EmulatedResponse } from '../../core/http';
import { settleBounces } from '../mail/deliver';
import type { GmailContext, Mailbox, Token } from '../state';
import { Call } from './call';
import {
  ApiError,
  badRequest,
  errorResponse,
  forbidden,
  insufficientScope,
  internal,
  notFound,
  notImplemented,
  unauthorized,
} from './errors';
import { selectFields } from './fields';
import { takeUnits } from './quota';
import { beginUpload, continueUpload } from './resumable';
import { findRoute, isKnownElsewhere, type Found } from './routes';
import { parseJson, readUpload } from './upload';

const COMMON = new Set([
  'alt',
  'fields',
  'key',
  'prettyPrint',
  'access_token',
  'oauth_token',
  'quotaUser',
  'userIp',
  'callback',
  'uploadType',
  'upload_protocol',
  'upload_id',
  '$.xgafv',
  '$alt',
  '$prettyPrint',
  '$fields',
  '$key',
]);
const PATH = /^(\/resumable)?(\/upload)?\/gmail\/v1\/users\/([^/]+)\/(.+)$/;

interface Target extends Found {
  readonly user: string;
  readonly upload: boolean;
  readonly query: URLSearchParams;
}

/** @throws ApiError 404 or 501 */
function locate({ method, path }: Pick<EmulatedRequest, 'method' | 'path'>): Target {
  const mark = path.indexOf('?');
  const match = PATH.exec(mark < 0 ? path : path.slice(0, mark));
  if (match === null) throw notFound('Not Found');
  const upload = match[2] !== undefined;
  const segments = match[4].split('/').map(decode);
  // Some clients write `users/me/messages/send/` as it was in older documents.
  if (segments.at(-1) === '') segments.pop();
  const found = findRoute(method, segments);
  if (found === undefined) {
    if (isKnownElsewhere(segments)) throw notImplemented(`${method} ${segments.join('/')} is not emulated.`);
    throw notFound('Not Found');
  }
  if (upload && !found.route.upload) throw notFound('Not Found');
  return { ...found, user: decode(match[3]), upload, query: new URLSearchParams(mark < 0 ? '' : path.slice(mark + 1)) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badRequest('Invalid path.', 'badRequest');
  }
}

/** Units of the method that the request names; 0 for what is none. */
export function unitsOf(request: EmulatedRequest): number {
  try {
    return locate(request).route.units;
  } catch {
    return 0;
  }
}

export function answer(context: GmailContext, request: EmulatedRequest): EmulatedResponse {
  try {
    return serve(context, request);
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(error.form);
    return errorResponse({ ...internal().form, detail: error instanceof Error ? error.message : 'unknown' });
  }
}

function serve(context: GmailContext, request: EmulatedRequest): EmulatedResponse {
  const finished = continueUpload(context, request);
  if (finished === 'more') return { status: 308, headers: {}, body: Buffer.alloc(0) };
  const target = locate(finished?.request ?? request);
  const token = authorize(context, request, target.query);
  const mailbox = context.state.mailboxes.get(token.email);
  if (mailbox === undefined) throw unauthorized();
  const { route, query } = target;
  if (!token.scopes.some((scope) => route.scopes.includes(scope))) {
    throw insufficientScope(`caribou.api.proto.MailboxService.${route.id}`);
  }
  if (target.user !== 'me' && target.user.toLowerCase() !== mailbox.email) {
    throw forbidden(`Delegation denied for ${mailbox.email}`);
  }
  if (request.headers['x-threadlink-outside'] === undefined) takeUnits(context, mailbox, route.units);
  checkQuery(target);
  settleBounces(context, mailbox);
  const { body, media } = finished?.read ?? readBody(request, target);
  if (body === undefined) return beginUpload(context, mailbox, request);
  checkBody(route.body, body);
  const call = new Call(context, mailbox, token, target.path, query, body, media);
  const fields = query.get('fields') ?? query.get('$fields') ?? undefined;
  // A selection that is wrong is refused before anything is done.
  selectFields({}, fields);
  const value = route.run(call);
  return value === undefined
    ? { status: 204, headers: {}, body: Buffer.alloc(0) }
    : jsonResponse(200, selectFields(value, fields), { vary: 'Origin, X-Origin, Referer' });
}

function readBody(
  request: EmulatedRequest,
  { upload, query }: Target,
): { body: Record<string, unknown> | undefined; media?: Buffer } {
  if (!upload) return { body: readJson(request) };
  const kind = query.get('uploadType') ?? query.get('upload_protocol') ?? '';
  if (kind === 'resumable') return { body: undefined };
  return readUpload(request, kind);
}

/** A form is bound to the query, so that JSON sent as one (what UrlFetchApp calls a text by default) is an unknown name. */
function readJson({ body, headers }: EmulatedRequest): Record<string, unknown> {
  if (body.length === 0) return {};
  const text = body.toString('utf8');
  if (/^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '')) {
    const name = text.slice(0, 60);
    throw badRequest(`Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter.`);
  }
  return parseJson(text);
}

/** Bearer header or `access_token`; what is unknown or revoked is a 401. */
function authorize({ state }: GmailContext, request: EmulatedRequest, query: URLSearchParams): Token {
  const header = /^\s*Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = state.tokens.get(header ?? query.get('access_token') ?? '');
  if (token === undefined || isRevoked(state.mailboxes.get(token.email), token)) throw unauthorized();
  return token;
}

function isRevoked(mailbox: Mailbox | undefined, token: Token): boolean {
  return mailbox === undefined || mailbox.generation !== token.generation;
}

/** Google refuses fields that a resource does not have. */
function checkBody(known: readonly string[], body: Readonly<Record<string, unknown>>, prefix = ''): void {
  for (const [name, value] of Object.entries(body)) {
    const path = prefix + name;
    if (!known.includes(path)) {
      throw badRequest(`Invalid JSON payload received. Unknown name "${name}": Cannot find field.`);
    }
    const deeper = known.some((candidate) => candidate.startsWith(`${path}.`));
    if (deeper && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      checkBody(known, value as Readonly<Record<string, unknown>>, `${path}.`);
    }
  }
}

/** Google refuses names that a method does not know. */
function checkQuery({ route, query }: Target): void {
  for (const name of query.keys()) {
    if (!COMMON.has(name) && !route.query.includes(name)) {
      throw badRequest(
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      );
    }
  }
}
