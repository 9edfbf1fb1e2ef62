/**
 * Reads the parameters of `UrlFetchApp.fetch` and makes the request that goes over the wire, with the platform's limits
 * (facts, platform 2, 2.4): 2,082 characters of address, 100 headers of 8 KB in all, 50 MB of payload.
 */
import type { EmulatedRequest } from '../../core/http';
import type { Run } from '../execution/run';
import { mayFetch, readPrefix } from '../manifest';
import { BYTES } from '../realm/parameters';
import { ScriptException, ScriptObject } from '../realm/script-object';
import { isBlobSource } from '../utilities/blob';
import { formBody, multipartBody, type Body } from './payload';

const MOST_URL_CHARACTERS = 2_082;
const MOST_HEADERS = 100;
const MOST_HEADER_BYTES = 8_192;
const MOST_PAYLOAD_BYTES = 52_428_800;

const METHODS: ReadonlySet<string> = new Set(['get', 'delete', 'patch', 'post', 'put']);
/** The platform sets these itself. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['host', 'content-length']);
const USER_AGENT = 'Mozilla/5.0 (compatible; Google-Apps-Script; beanserver; +https://script.google.com; id: emulated)';

export interface FetchRequest {
  /** As the script gave it, for messages. */
  readonly url: string;
  readonly address: URL;
  readonly wire: EmulatedRequest;
  readonly muteHttpExceptions: boolean;
  readonly followRedirects: boolean;
}

type Parameters = Readonly<Record<string, unknown>>;

export function readRequest(run: Run, address: string, parameters: Parameters = {}): FetchRequest {
  const url = readUrl(address, flag(parameters, 'escaping', true));
  const body = readPayload(run, parameters.payload);
  const method = readMethod(parameters.method, body !== undefined);
  const headers = readHeaders(parameters.headers);
  const sent = method === 'get' ? undefined : body;
  if (parameters.contentType !== undefined && typeof parameters.contentType !== 'string') invalid('contentType');
  const contentType =
    sent?.boundary !== undefined ? sent.type : (parameters.contentType ?? headers['content-type'] ?? sent?.type);
  if (sent !== undefined && contentType !== undefined) headers['content-type'] = contentType;
  headers['user-agent'] ??= USER_AGENT;
  return {
    url: address,
    address: url,
    wire: {
      method: method.toUpperCase(),
      host: url.hostname.toLowerCase(),
      path: `${url.pathname}${url.search}`,
      headers,
      body: sent?.bytes ?? Buffer.alloc(0),
    },
    muteHttpExceptions: flag(parameters, 'muteHttpExceptions', false),
    followRedirects: flag(parameters, 'followRedirects', true),
  };
}

/** An address relative to the one that redirected, as a request of its own; undefined where it cannot be read. */
export function redirected(
  from: EmulatedRequest,
  status: number,
  location: string,
): { readonly address: URL; readonly wire: EmulatedRequest } | undefined {
  if (!URL.canParse(location, `https://${from.host}${from.path}`)) return undefined;
  const url = new URL(location, `https://${from.host}${from.path}`);
  const keeps = status === 307 || status === 308;
  const { authorization, ...others } = from.headers;
  const sameHost = url.hostname.toLowerCase() === from.host;
  const wire = {
    method: keeps || from.method === 'GET' ? from.method : 'GET',
    host: url.hostname.toLowerCase(),
    path: `${url.pathname}${url.search}`,
    headers: sameHost && authorization !== undefined ? { ...others, authorization } : others,
    body: keeps ? from.body : Buffer.alloc(0),
  };
  return { address: url, wire };
}

/** The manifest's list holds in every execution, triggers too (facts, platform 1.4). */
export function checkAllowed(run: Run, address: URL, shown = address.href): void {
  const whitelist = run.platform.manifest.urlFetchWhitelist;
  if (whitelist === undefined) return;
  if (!mayFetch(whitelist.map(readPrefix), address)) {
    throw new ScriptException(
      `Request to ${shown} failed because the URL has not been whitelisted in the script manifest.`,
    );
  }
}

function readUrl(address: string, escaping: boolean): URL {
  if (address.length > MOST_URL_CHARACTERS) throw new ScriptException('Limit Exceeded: URLFetch URL Length.');
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `http://${address}`;
  if (!URL.canParse(whole) || (!escaping && /[^\x21-\x7e]/.test(address))) {
    throw new ScriptException(`Invalid argument: ${address}`);
  }
  const url = new URL(whole);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new ScriptException(`Invalid argument: ${address}`);
  return url;
}

function readMethod(method: unknown, hasPayload: boolean): string {
  if (method === undefined || method === null) return hasPayload ? 'post' : 'get';
  const known = typeof method === 'string' ? method.toLowerCase() : '';
  if (!METHODS.has(known)) invalid('method');
  return known;
}

function readHeaders(headers: unknown): Record<string, string> {
  if (headers === undefined || headers === null) return {};
  if (typeof headers !== 'object' || Array.isArray(headers)) invalid('headers');
  const entries = Object.entries(headers);
  const read: Record<string, string> = {};
  let bytes = 0;
  for (const [name, value] of entries) {
    const text = String(value);
    const isBad =
      !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[\r\n\0]/.test(text) || value === undefined || value === null;
    if (isBad || OWN_HEADERS.has(name.toLowerCase())) throw attribute(`Header:${name}`);
    read[name.toLowerCase()] = text;
    bytes += name.length + text.length + 4;
  }
  if (entries.length > MOST_HEADERS || bytes > MOST_HEADER_BYTES) {
    throw new ScriptException('Limit Exceeded: URLFetch Header Size.');
  }
  return read;
}

function readPayload(run: Run, payload: unknown): Body | undefined {
  const body = toBody(run, run.realm.fromScript(payload));
  if (body !== undefined && body.bytes.length > MOST_PAYLOAD_BYTES) {
    throw new ScriptException('Limit Exceeded: URLFetch POST Size.');
  }
  return body;
}

const FORM = 'application/x-www-form-urlencoded';

function toBody(run: Run, payload: unknown): Body | undefined {
  if (payload === undefined || payload === null) return undefined;
  if (typeof payload === 'string') return { bytes: Buffer.from(payload), type: FORM };
  if (isBlobSource(payload)) {
    const blob = payload.getBlob();
    return { bytes: blob.bytes, type: blob.getContentType() ?? 'application/octet-stream' };
  }
  if (payload instanceof ScriptObject) invalid('payload');
  const bytes = BYTES.read(payload);
  if (bytes !== undefined) return { bytes: bytes.value as Buffer, type: FORM };
  if (typeof payload !== 'object' || Array.isArray(payload)) return invalid('payload');
  const fields = Object.entries(payload).map(([name, value]) => [name, run.realm.fromScript(value)] as const);
  return fields.some(([, value]) => isBlobSource(value)) ? multipartBody(fields, run.platform.ids) : formBody(fields);
}

function flag(parameters: Parameters, name: string, otherwise: boolean): boolean {
  const value = parameters[name];
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'boolean') invalid(name);
  return value;
}

function attribute(name: string): ScriptException {
  return new ScriptException(`Attribute provided with invalid value: ${name}`);
}

function invalid(name: string): never {
  throw attribute(name);
}
