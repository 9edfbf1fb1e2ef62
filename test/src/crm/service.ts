/** Sends the client's own exchanges to the emulated CRM, as UrlFetchApp and the driver would. */
import { crmOutcome } from '../../../src/crm/api';
import { fileOutcome } from '../../../src/crm/files';
import type { Exchange, Outcome, Task } from '../../../src/platform/exchange';
import type { Answer, HttpCall } from '../../../src/platform/http';
import { TestCrm } from '../../emulator/highlevel/world';
import { blobOf } from './answers';

const BOUNDARY = '----test-boundary';

export class Service {
  readonly world = new TestCrm();
  token = this.world.token;
  /** The calls so far, with their authorization. */
  readonly log: { url: string; authorization: string | undefined }[] = [];

  ask<T>(exchange: Exchange<T>): Outcome<T> {
    const answered = this.fetch(exchange.call, exchange.service === 'crm' ? this.token : '');
    return (exchange.service === 'file' ? fileOutcome : crmOutcome)(exchange, answered);
  }

  /** The value of an exchange that has to succeed. */
  get<T>(exchange: Exchange<T>): T {
    return valueOf(this.ask(exchange));
  }

  run<T>(task: Task<T>): T {
    let step = task.next([]);
    while (step.done !== true) step = task.next(step.value.map((exchange) => this.ask(exchange)));
    return step.value;
  }

  private fetch(call: HttpCall, token: string): Answer {
    const url = new URL(call.url);
    const { contentType, body } = bodyOf(call);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(call.headers ?? {})) headers[name.toLowerCase()] = value;
    if (contentType !== undefined) headers['content-type'] = contentType;
    if (token !== '') headers.authorization = `Bearer ${token}`;
    this.log.push({ url: call.url, authorization: headers.authorization });
    const response = this.world.crm.handle({
      method: call.method.toUpperCase(),
      host: url.host,
      path: url.pathname + url.search,
      headers,
      body,
    });
    return {
      status: response.status,
      headers: response.headers,
      text: () => response.body.toString('utf8'),
      blob: () => blobOf(response.body, response.headers['content-type']),
    };
  }
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'done') throw new Error(`${outcome.kind} ${outcome.failure.code}: ${outcome.failure.detail}`);
  return outcome.value;
}

function bodyOf({ payload, contentType }: HttpCall): { contentType: string | undefined; body: Buffer } {
  if (payload === undefined) return { contentType: undefined, body: Buffer.alloc(0) };
  if (typeof payload === 'string') return { contentType, body: Buffer.from(payload) };
  const fields = Object.entries(payload as Record<string, string | GoogleAppsScript.Base.Blob>);
  if (fields.every(([, value]) => typeof value === 'string')) {
    const form = new URLSearchParams(fields as [string, string][]).toString();
    return { contentType: 'application/x-www-form-urlencoded', body: Buffer.from(form) };
  }
  const parts = fields.flatMap(([name, value]) => [
    Buffer.from(`--${BOUNDARY}\r\n`),
    partOf(name, value),
    Buffer.from('\r\n'),
  ]);
  return {
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
    body: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  };
}

function partOf(name: string, value: string | GoogleAppsScript.Base.Blob): Buffer {
  const head = `Content-Disposition: form-data; name="${name}"`;
  if (typeof value === 'string') return Buffer.from(`${head}\r\n\r\n${value}`);
  const type = value.getContentType() ?? 'application/octet-stream';
  const file = `${head}; filename="${value.getName() ?? ''}"\r\nContent-Type: ${type}\r\n\r\n`;
  return Buffer.concat([Buffer.from(file), (value as ReturnType<typeof blobOf>).raw]);
}
