/** `UrlFetchApp` (facts, platform 2.4). `fetchAll` is the only parallelism; one dead host makes all of it throw. */
import type { Run } from '../execution/run';
import { ARRAY, OBJECT, TEXT } from '../realm/parameters';
import { ScriptException, ScriptObject, type Signatures } from '../realm/script-object';
import { checkAllowed, readRequest, type FetchRequest } from './request';
import { HttpResponse } from './response';
import { sendRound } from './round';

const SCOPE = 'https://www.googleapis.com/auth/script.external_request';
const MOST_RESPONSE_BYTES = 52_428_800;
const SHOWN_CHARACTERS = 600;

export class UrlFetchApp extends ScriptObject {
  static readonly scriptName = 'UrlFetchApp';
  static readonly signatures: Signatures = {
    fetch: [[TEXT], [TEXT, OBJECT]],
    fetchAll: [[ARRAY]],
    getRequest: [[TEXT], [TEXT, OBJECT]],
  };

  constructor(private readonly run: Run) {
    super();
  }

  fetch(url: string, parameters?: Readonly<Record<string, unknown>>): HttpResponse {
    this.demand('fetch');
    return this.send([readRequest(this.run, url, parameters)])[0];
  }

  fetchAll(requests: readonly unknown[]): HttpResponse[] {
    this.demand('fetchAll');
    return this.send(requests.map((request) => this.readOne(request)));
  }

  /** The request as it would be sent, which it is not. */
  getRequest(url: string, parameters?: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const { wire } = readRequest(this.run, url, parameters);
    const { 'content-type': contentType, ...headers } = wire.headers;
    return {
      url,
      method: wire.method.toLowerCase(),
      headers,
      ...(contentType === undefined ? {} : { contentType }),
      ...(wire.body.length === 0 ? {} : { payload: wire.body.toString() }),
      useIntranet: false,
      followRedirects: true,
      validateHttpsCertificates: true,
    };
  }

  private readOne(request: unknown): FetchRequest {
    if (typeof request === 'string') return readRequest(this.run, request);
    if (typeof request !== 'object' || request === null || !('url' in request) || typeof request.url !== 'string') {
      throw new ScriptException('Attribute provided with no value: url');
    }
    return readRequest(this.run, request.url, request);
  }

  private send(requests: readonly FetchRequest[]): HttpResponse[] {
    if (requests.length === 0) return [];
    for (const { address, url } of requests) checkAllowed(this.run, address, url);
    const responses = sendRound(this.run, requests);
    return responses.map((response, index) => {
      const { url, wire, muteHttpExceptions } = requests[index];
      if (!muteHttpExceptions && response.status >= 400) throw failed(url, response.status, response.body);
      const body = response.body.subarray(0, MOST_RESPONSE_BYTES);
      return new HttpResponse({ ...response, body }, wire.path);
    });
  }

  private demand(method: string): void {
    this.run.platform.authority.demand(this.run.user, SCOPE, `UrlFetchApp.${method}`);
  }
}

function failed(url: string, status: number, body: Buffer): ScriptException {
  const host = new URL(url).origin;
  const text = body.toString().slice(0, SHOWN_CHARACTERS);
  return new ScriptException(
    `Request failed for ${host} returned code ${status}. Truncated server response: ${text} (use muteHttpExceptions option to examine full response)`,
  );
}
