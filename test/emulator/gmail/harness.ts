/** A Gmail of one test: two accounts, a clock, a network that delivers to these accounts and records the rest. */
import { Clock } from '../../../emulator/core/clock';
import type { EmulatedResponse } from '../../../emulator/core/http';
import { Ids } from '../../../emulator/core/ids';
import type { Delivery, Envelope } from '../../../emulator/core/network';
import { defaultsOf } from '../../../emulator/core/switches';
import { Gmail } from '../../../emulator/gmail/gmail';
import { GMAIL_SWITCHES, type GmailSwitches } from '../../../emulator/gmail/switches';

export const START = Date.UTC(2026, 10, 2, 9, 0, 0);
export const ANNA = 'anna@example.com';
export const BEN = 'ben@example.com';
export const MODIFY = 'https://www.googleapis.com/auth/gmail.modify';
export const FULL = 'https://mail.google.com/';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
  response: EmulatedResponse;
}

export class Harness {
  readonly clock = new Clock(START);
  readonly ids = new Ids(7);
  readonly switches: { -readonly [Name in keyof GmailSwitches]: GmailSwitches[Name] } = defaultsOf(GMAIL_SWITCHES);
  readonly outside: Envelope[] = [];
  /** Addresses that nobody has. */
  readonly unknown = new Set<string>();
  readonly gmail: Gmail;
  user = ANNA;
  scopes: string[] = [FULL];

  constructor(switches: Partial<GmailSwitches> = {}) {
    Object.assign(this.switches, { gmailEnforceQuota: false, gmailBareHistory: false }, switches);
    this.gmail = new Gmail({
      clock: this.clock,
      ids: this.ids,
      switches: () => this.switches,
      send: (envelope) => this.deliver(envelope),
    });
    this.gmail.addAccount({
      email: ANNA,
      name: 'Anna Ågren',
      aliases: [
        { email: 'sales@example.com', name: 'Sales', verified: true },
        { email: 'pending@example.com', name: 'Pending', verified: false },
      ],
    });
    this.gmail.addAccount({ email: BEN, name: 'Ben' });
  }

  private deliver(envelope: Envelope): Delivery {
    const delivery: Delivery = { delivered: [], refused: [] };
    for (const to of envelope.to) {
      if (this.gmail.accepts(to)) delivery.delivered.push(this.gmail.receive(to, envelope));
      else if (this.unknown.has(to)) delivery.refused.push({ to, reason: '550 5.1.1 User unknown' });
      else delivery.delivered.push({ account: to });
    }
    this.outside.push(envelope);
    return delivery;
  }

  request<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Answer<T> {
    const response = this.gmail.handle({
      method,
      host: 'gmail.googleapis.com',
      path: path.startsWith('/') ? path : `/gmail/v1/users/me/${path}`,
      headers: { authorization: `Bearer ${this.gmail.token(this.user, this.scopes)}`, ...headers },
      body: body === undefined ? Buffer.alloc(0) : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
    });
    const text = response.body.toString('utf8');
    const json = response.headers['content-type']?.startsWith('application/json');
    return { status: response.status, body: (json ? JSON.parse(text) : text) as T, response };
  }

  get<T = Record<string, unknown>>(path: string): T {
    const { status, body } = this.request<T>('GET', path);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  post<T = Record<string, unknown>>(path: string, body?: unknown): T {
    const answer = this.request<T>('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  insert(raw: string | Buffer, labelIds: string[] = ['INBOX'], threadId?: string): Stored {
    return this.post<Stored>('messages', { raw: encode(raw), labelIds, threadId });
  }

  send(raw: string, threadId?: string): Stored {
    return this.post<Stored>('messages/send', { raw: encode(raw), threadId });
  }

  message(id: string, query = ''): Message {
    return this.get<Message>(`messages/${id}${query}`);
  }

  raw(id: string): string {
    return Buffer.from(this.get<{ raw: string }>(`messages/${id}?format=raw`).raw, 'base64').toString('latin1');
  }

  historyId(): string {
    return this.get<{ historyId: string }>('profile').historyId;
  }

  history(start: string, query = ''): HistoryPage {
    return this.get<HistoryPage>(`history?startHistoryId=${start}${query}`);
  }
}

export interface Stored {
  id: string;
  threadId: string;
  labelIds?: string[];
}

export interface Part {
  partId: string;
  mimeType: string;
  filename: string;
  headers: { name: string; value: string }[];
  body: { size: number; data?: string; attachmentId?: string };
  parts?: Part[];
}

export interface Message extends Stored {
  snippet: string;
  payload: Part;
  sizeEstimate: number;
  historyId: string;
  internalDate: string;
  raw?: string;
}

export interface HistoryRecord {
  id: string;
  messages: Stored[];
  messagesAdded?: { message: Stored }[];
  messagesDeleted?: { message: Stored }[];
  labelsAdded?: { message: Stored; labelIds: string[] }[];
  labelsRemoved?: { message: Stored; labelIds: string[] }[];
}

export interface HistoryPage {
  history?: HistoryRecord[];
  historyId: string;
  nextPageToken?: string;
}

export function encode(raw: string | Buffer): string {
  return (Buffer.isBuffer(raw) ? raw : Buffer.from(raw, 'latin1')).toString('base64url');
}

/** A mail with these headers; the rest is filled in. */
export function mail(headers: Record<string, string> = {}, body = 'Hello\r\n'): string {
  const all: Record<string, string> = { From: 'Carl <carl@outside.example>', To: ANNA, Subject: 'Offer', ...headers };
  return (
    Object.entries(all)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('') + `\r\n${body}`
  );
}

export function text(part: { body: { data?: string } }): string {
  return Buffer.from(part.body.data ?? '', 'base64').toString('utf8');
}

export function header(message: Message, name: string): string | undefined {
  return message.payload.headers.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value;
}

/** Milliseconds of processor time since then: other work on the machine does not count. */
export function cpuMs(since: NodeJS.CpuUsage): number {
  return process.cpuUsage(since).user / 1_000;
}
