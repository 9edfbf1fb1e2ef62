/** A small location with two users and three contacts, an own clock, and a network that keeps what is sent. */
import { Clock } from '../../../emulator/core/clock';
import type { EmulatedResponse } from '../../../emulator/core/http';
import { Ids } from '../../../emulator/core/ids';
import type { Delivery, Envelope } from '../../../emulator/core/network';
import { defaultsOf } from '../../../emulator/core/switches';
import { HighLevel } from '../../../emulator/highlevel/highlevel';
import { HIGHLEVEL_SWITCHES, type HighLevelSwitches } from '../../../emulator/highlevel/switches';

export const API = 'services.leadconnectorhq.com';
export const STORAGE = 'storage.leadconnectorhq.com';
export const MARKETPLACE = 'marketplace.gohighlevel.com';

/** JSON that a test looks into. */
export type Loose = ReturnType<typeof JSON.parse>;

export interface Answered {
  status: number;
  headers: EmulatedResponse['headers'];
  body: Loose;
  bytes: Buffer;
}

export interface Asked {
  headers?: Record<string, string>;
  body?: unknown;
  token?: string;
  version?: string;
  host?: string;
}

export class TestCrm {
  readonly clock = new Clock(Date.parse('2026-03-02T08:00:00Z'));
  readonly switches: HighLevelSwitches = defaultsOf(HIGHLEVEL_SWITCHES);
  readonly sent: Envelope[] = [];
  readonly copies: { address: string; raw: Buffer }[] = [];
  /** Recipient → why the network refuses it. */
  readonly refusals = new Map<string, string>();
  readonly crm = new HighLevel({
    clock: this.clock,
    ids: new Ids(1),
    switches: () => this.switches,
    send: (envelope) => this.deliver(envelope),
    leaveInSent: (address, raw) => this.copies.push({ address, raw }),
  });
  readonly locationId = this.crm.createLocation({ name: 'Acme', timezone: 'Europe/Berlin' });
  readonly agent = this.crm.addUser({ name: 'Alex Agent', email: 'agent@example.com' });
  readonly colleague = this.crm.addUser({ name: 'Casey', email: 'colleague@example.com', assignedDataOnly: true });
  readonly ann = this.crm.addContact({ name: 'Ann Other', email: 'ann@outside.example', phone: '+1 555 0101' });
  readonly bob = this.crm.addContact({ name: 'Bob Buyer', email: 'Bob@Outside.example' });
  readonly cem = this.crm.addContact({ name: 'Cem', email: 'cem@outside.example' });
  token = this.crm.describe().token;

  private deliver(envelope: Envelope): Delivery {
    this.sent.push(envelope);
    const refused = envelope.to.filter((to) => this.refusals.has(to));
    return {
      delivered: envelope.to.filter((to) => !this.refusals.has(to)).map((account) => ({ account })),
      refused: refused.map((to) => ({ to, reason: this.refusals.get(to) as string })),
    };
  }

  /** `Version` defaults to 2021-07-28; `version: ''` sends none. */
  ask(method: string, path: string, asked: Asked = {}): Answered {
    const { host = API, version = '2021-07-28', token = this.token } = asked;
    const raw = Buffer.isBuffer(asked.body);
    const body =
      asked.body === undefined
        ? Buffer.alloc(0)
        : raw
          ? (asked.body as Buffer)
          : Buffer.from(JSON.stringify(asked.body));
    const response = this.crm.handle({
      method,
      host,
      path,
      headers: {
        accept: 'application/json',
        ...(version === '' ? {} : { version }),
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(asked.body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...asked.headers,
      },
      body,
    });
    const text = response.body.toString('utf8');
    const json = (response.headers['content-type'] ?? '').includes('json') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      body: json ? JSON.parse(text) : text,
      bytes: response.body,
    };
  }

  get(path: string, asked?: Asked): Answered {
    return this.ask('GET', path, asked);
  }

  post(path: string, body?: unknown, asked?: Asked): Answered {
    return this.ask('POST', path, { ...asked, body });
  }

  put(path: string, body?: unknown, asked?: Asked): Answered {
    return this.ask('PUT', path, { ...asked, body });
  }

  /** A mail of the CRM's own screens to Ann by the agent. */
  write(more: Partial<Parameters<HighLevel['send']>[0]> = {}) {
    return this.crm.send({
      user: this.agent.id,
      to: this.ann.id,
      kind: 'individual',
      channel: 'default',
      subject: 'Offer',
      html: '<p>Dear Ann</p>',
      ...more,
    });
  }

  companyId(): string {
    return this.get(`/locations/${this.locationId}`).body.location.companyId;
  }

  email(id: string): Loose {
    return this.get(`/conversations/messages/email/${id}`, { version: '' }).body.emailMessage;
  }

  export(more = ''): Loose {
    return this.get(`/conversations/messages/export?locationId=${this.locationId}&channel=Email${more}`).body;
  }

  /** The raw mail that was sent last, as text. */
  lastRaw(): string {
    return this.sent[this.sent.length - 1].raw.toString('latin1');
  }

  /** Connects the add-on's app as the agent: gives its tokens. */
  connectApp(scope = 'conversations/message.readonly conversations/message.write oauth.write'): Loose {
    const { clientId, clientSecret } = this.crm.app();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: 'https://script.google.com/macros/d/x/usercallback',
      scope,
      state: 'sta te',
      user_id: this.agent.id,
    });
    const page = this.get(`/v2/oauth/chooselocation/approve?${query}`, { host: MARKETPLACE, token: '' });
    const code = new URL(page.headers['location']).searchParams.get('code') as string;
    return this.tokens({ client_id: clientId, client_secret: clientSecret, grant_type: 'authorization_code', code })
      .body;
  }

  tokens(form: Record<string, string>): Answered {
    return this.ask('POST', '/oauth/token', {
      token: '',
      version: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams(form).toString()),
    });
  }
}
