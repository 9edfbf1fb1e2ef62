/**
 * How a request to the Gmail API is made: one JSON call with its price, and only the fields that are read (partial
 * responses: facts, platform 3.5). Nothing is sent here.
 */
import { Unreadable, type Effect, type Exchange } from '../platform/exchange';
import type { Answer, HttpCall } from '../platform/http';
import { base64UrlFromText } from '../platform/text';

export const GMAIL = 'https://gmail.googleapis.com';
const MAILBOX = '/gmail/v1/users/me';
/** Above this many characters the base64 of a message inside JSON costs more than an upload of its own. */
const LARGEST_JSON_MESSAGE = 3_000_000;

/** Quota units of the table for new projects (facts, platform 3.1), which are never lower than those for old ones. */
export const UNITS = {
  profile: 1,
  sendAs: 1,
  history: 2,
  messagesList: 5,
  messagesGet: 20,
  attachmentsGet: 20,
  threadsGet: 40,
  threadsModify: 10,
  insert: 25,
  batchModify: 50,
  trash: 20,
  draftsCreate: 10,
  draftsList: 5,
  draftsGet: 20,
  draftsSend: 100,
  draftsDelete: 10,
  labelsList: 1,
  labelsWrite: 5,
} as const;

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

interface Request<T> {
  readonly effect: Effect;
  readonly units: number;
  readonly method?: HttpCall['method'];
  /** Path segments below `users/me`; each is escaped. */
  readonly path: readonly string[];
  readonly query?: Query;
  readonly body?: unknown;
  readonly read: (answer: Answer) => T;
  readonly codes?: Exchange<T>['codes'];
}

/** A request with or without a JSON body. */
export function gmailExchange<T>(request: Request<T>): Exchange<T> {
  const json =
    request.body === undefined ? {} : { contentType: 'application/json', payload: JSON.stringify(request.body) };
  return {
    service: 'gmail',
    effect: request.effect,
    units: request.units,
    call: { url: mailboxUrl(request.path, request.query), method: request.method ?? 'get', ...json },
    read: request.read,
    ...(request.codes === undefined ? {} : { codes: request.codes }),
  };
}

/**
 * A request that carries a message (`raw`: ASCII with CRLF). A small one goes as base64url inside the JSON, so that it
 * fits into a batch; a big one as a multipart upload, whose text is its bytes.
 */
export function gmailMessageExchange<T>(
  request: Omit<Request<T>, 'body' | 'method'>,
  raw: string,
  body: (raw: string | undefined) => unknown,
): Exchange<T> {
  if (raw.length <= LARGEST_JSON_MESSAGE) {
    return gmailExchange({ ...request, method: 'post', body: body(base64UrlFromText(raw)) });
  }
  // The writer's own lines never start like this, and JSON has no line breaks.
  const boundary = '=_threadlink_upload';
  const exchange = gmailExchange({ ...request, method: 'post', query: { ...request.query, uploadType: 'multipart' } });
  return {
    ...exchange,
    call: {
      ...exchange.call,
      url: exchange.call.url.replace(GMAIL, `${GMAIL}/upload`),
      contentType: `multipart/related; boundary="${boundary}"`,
      payload:
        `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(body(undefined))}\r\n` +
        `--${boundary}\r\nContent-Type: message/rfc822\r\n\r\n${raw}\r\n--${boundary}--\r\n`,
    },
  };
}

/** Reads an answer's JSON object. Throws `Unreadable` for HTML, a cut or an empty body. */
export function readObject(answer: Answer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(answer.text());
  } catch {
    throw new Unreadable('the answer is not JSON');
  }
  return asObject(value, 'answer');
}

/** The answer to a request that has none: 204, or an empty object. Any other may be one that was cut off. */
export function readNothing(answer: Answer): void {
  if (answer.status !== 204) readObject(answer);
}

export function asObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable(`${what} is not an object`);
  return value as Record<string, unknown>;
}

/** An absent list is an empty one: Gmail leaves empty lists out (facts, platform 3.9). */
export function asList(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Unreadable(`${what} is not a list`);
  return value as readonly unknown[];
}

export function asStrings(value: unknown, what: string): readonly string[] {
  return asList(value, what).map((entry) => {
    if (typeof entry !== 'string') throw new Unreadable(`${what} holds something else than text`);
    return entry;
  });
}

/** An id of a message, thread, draft or label. */
export function asId(value: unknown, what: string): string {
  if (typeof value !== 'string' || !/^[\w.:-]{1,128}$/.test(value)) throw new Unreadable(`${what} is not an id`);
  return value;
}

/** A history id: a decimal string, beyond 2^53 (facts, reliability C25). */
export function asHistoryId(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,20}$/.test(text)) throw new Unreadable('the history id is not a number');
  return text;
}

export function asOptionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function mailboxUrl(path: readonly string[], query: Query = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const values = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    return values.map((one) => `${name}=${encodeURIComponent(one)}`);
  });
  // `..` survives escaping, and out of a store that was edited by hand it would lead to another resource.
  const segments = path.map((segment) => encodeURIComponent(segment).replace(/^\.+$/, '-'));
  return `${GMAIL}${MAILBOX}/${segments.join('/')}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
}
