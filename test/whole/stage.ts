/**
 * The built add-on on the emulator, and the people around it: a CRM user with their Gmail, and the contact who answers.
 * What both sides hold is read through their own APIs, as somebody outside would.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AppsScriptManifest } from '../../emulator/apps-script/manifest';
import type { CrmSend, CrmSent, Execution, LoggedCall } from '../../emulator/core/services';
import { connect, disconnect } from '../../emulator/world/person';
import { World } from '../../emulator/world/world';
import { shortHash } from '../../src/platform/hash';
import { buildAddon, root } from '../build/built';

export const AGENT = 'agent@example.com';
export const MINUTE = 60_000;

let code: string | undefined;

/** A fresh world with nothing connected; the bundle is built once a test file. `guardMs` 0: a run may take long on the wall. */
export function emptyWorld(seed = 1, guardMs?: number): World {
  if (code === undefined) {
    const built = buildAddon();
    built.remove();
    code = built.code;
  }
  const manifest = JSON.parse(readFileSync(path.join(root, 'appsscript.json'), 'utf8')) as AppsScriptManifest;
  return World.create({ seed, world: 'empty', bundle: code, manifest, guardMs });
}

export interface GmailMessageSeen {
  readonly id: string;
  readonly threadId: string;
  readonly labels: readonly string[];
  readonly date: number;
  readonly header: (name: string) => string;
}

export interface CrmEmailSeen {
  readonly id: string;
  readonly threadId: string;
  readonly direction: string;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  readonly altId: string;
  readonly attachments: readonly string[];
}

export class Stage {
  readonly crm: ReturnType<World['highlevel']['describe']>;
  readonly crmUser: string;
  readonly contact: { readonly id: string; readonly name: string; readonly email: string };

  constructor(
    readonly world: World,
    readonly user = AGENT,
  ) {
    this.crm = world.highlevel.describe();
    this.crmUser = this.crm.users.find(({ email }) => email === user)?.id ?? '';
    this.contact = this.crm.contacts[0];
  }

  connect(): this {
    connect(this.world, { user: this.user });
    return this;
  }

  disconnect(): void {
    disconnect(this.world, this.user);
  }

  later(minutes: number): void {
    this.world.advance(minutes * MINUTE, false);
  }

  pass(): Execution {
    return this.world.run(this.user, 'onSyncTimer');
  }

  /** Changes the head of the store as only a test can: with a checksum that fits. */
  rewriteHead(over: Readonly<Record<string, unknown>>): void {
    const head = JSON.parse(this.world.appsScript.properties(this.user).head.slice(7)) as Record<string, unknown>;
    const text = JSON.stringify({ ...head, ...over });
    this.world.appsScript.setProperty(this.user, 'head', `${shortHash(text, 6)}:${text}`);
  }

  /** Passes until the world is quiet, over the settle time and longer pauses. */
  settleDown(): void {
    for (const minutes of [11, 11, 11, 11, 70, 250, 11]) {
      this.later(minutes);
      const { ok, error } = this.pass();
      if (!ok) throw new Error(`a pass failed: ${error ?? ''}`);
    }
  }

  /** The HTTP requests of the add-on since that sequence number; a Gmail batch is one. */
  requestsSince(seq: number): LoggedCall[] {
    return this.world.appsScript.requests(seq).filter(({ service }) => service === 'UrlFetchApp');
  }

  lastSeq(): number {
    return this.world.appsScript.requests(0).at(-1)?.seq ?? 0;
  }

  crmSends(send: Partial<CrmSend> & { subject: string; html: string }): CrmSent {
    return this.world.highlevel.send({
      user: this.crmUser,
      to: this.contact.id,
      kind: 'individual',
      channel: 'default',
      ...send,
    });
  }

  /** The contact answers the newest mail in their mailbox, to its real Reply-To. */
  contactAnswers(text: string, extra: { from?: string; attachment?: string } = {}): void {
    const mail = this.newestOf(this.contact.email);
    const to = addressesIn(mail('Reply-To') || mail('From'));
    const from = extra.from ?? this.contact.email;
    const id = `<${this.world.ids.hex(12)}@mail.customer.test>`;
    const subject = /^re:/i.test(mail('Subject')) ? mail('Subject') : `Re: ${mail('Subject')}`;
    const head = [
      `From: ${from}`,
      `To: ${to.join(', ')}`,
      `Subject: ${subject}`,
      `Message-ID: ${id}`,
      `In-Reply-To: ${mail('Message-ID')}`,
      `References: ${`${mail('References')} ${mail('Message-ID')}`.trim()}`,
      `Date: ${new Date(this.world.clock.now).toUTCString()}`,
      'MIME-Version: 1.0',
    ];
    const body =
      extra.attachment === undefined
        ? ['Content-Type: text/plain; charset=utf-8', '', text, '']
        : [
            'Content-Type: multipart/mixed; boundary=cut',
            '',
            '--cut',
            'Content-Type: text/plain; charset=utf-8',
            '',
            text,
            '--cut',
            'Content-Type: text/plain; name=notes.txt',
            'Content-Disposition: attachment; filename=notes.txt',
            '',
            extra.attachment,
            '--cut--',
            '',
          ];
    this.world.network.send({ from, to, raw: Buffer.from([...head, ...body].join('\r\n')) });
  }

  /** The user answers the newest message of the inbox, in Gmail. */
  userAnswers(text: string): void {
    const [newest] = this.messages()
      .filter(({ labels }) => labels.includes('INBOX'))
      .slice(-1);
    const raw = [
      `From: ${this.user}`,
      `To: ${newest.header('From')}`,
      `Subject: Re: ${newest.header('Subject').replace(/^re: /i, '')}`,
      `In-Reply-To: ${newest.header('Message-ID')}`,
      `References: ${`${newest.header('References')} ${newest.header('Message-ID')}`.trim()}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
      '',
    ].join('\r\n');
    this.gmail('POST', 'messages/send', { threadId: newest.threadId, raw: Buffer.from(raw).toString('base64url') });
  }

  /** A header reader of the newest mail in an outside mailbox. */
  newestOf(address: string): (header: string) => string {
    const raw = this.world.network.received(address)?.at(-1)?.raw.toString('latin1') ?? '';
    const head = raw.split('\r\n\r\n')[0].replace(/\r\n[ \t]+/g, ' ');
    return (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  }

  gmail(method: string, request: string, body?: unknown): Record<string, unknown> {
    return this.call('gmail.googleapis.com', `/gmail/v1/users/me/${request}`, method, body, {
      authorization: `Bearer ${this.world.gmail.token(this.user, ['https://mail.google.com/'])}`,
    });
  }

  /** Every message of the mailbox but those in the trash, oldest first. */
  messages(): GmailMessageSeen[] {
    const { messages = [] } = this.gmail('GET', 'messages?maxResults=500') as { messages?: { id: string }[] };
    return messages.map(({ id }) => this.message(id)).sort((a, b) => a.date - b.date || (a.id < b.id ? -1 : 1));
  }

  message(id: string): GmailMessageSeen {
    const got = this.gmail('GET', `messages/${id}?format=metadata`) as unknown as {
      id: string;
      threadId: string;
      labelIds: string[];
      internalDate: string;
      payload: { headers: { name: string; value: string }[] };
    };
    return {
      id: got.id,
      threadId: got.threadId,
      labels: got.labelIds,
      date: Number(got.internalDate),
      header: (name) =>
        got.payload.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? '',
    };
  }

  /** Every e-mail of the CRM, in the order in which they were added to their threads, newest thread first. */
  emails(): CrmEmailSeen[] {
    const { messages } = this.crmGet(
      `/conversations/messages/export?locationId=${this.crm.locationId}&channel=Email&limit=500`,
    ) as { messages: { meta?: { email?: { messageIds?: string[] } } }[] };
    return messages.flatMap(({ meta }) => (meta?.email?.messageIds ?? []).map((id) => this.email(id)));
  }

  /** The e-mails of one CRM thread, oldest first. */
  emailsOf(threadId: string): CrmEmailSeen[] {
    const { message = {}, meta } = this.crmGet(`/conversations/messages/${threadId}`) as {
      message?: { meta?: { email?: { messageIds?: string[] } } };
      meta?: { email?: { messageIds?: string[] } };
    };
    return ((message.meta ?? meta)?.email?.messageIds ?? []).map((id) => this.email(id));
  }

  /** The bytes behind an attachment's address, as anybody gets them. */
  file(url: string): Buffer {
    const { host, pathname, search } = new URL(url);
    const answer = this.world.request({
      method: 'GET',
      host,
      path: pathname + search,
      headers: { 'x-threadlink-outside': '1' },
      body: Buffer.alloc(0),
    });
    if (answer.status !== 200) throw new Error(`GET ${url}: ${answer.status}`);
    return answer.body;
  }

  email(id: string): CrmEmailSeen {
    const body = this.crmGet(`/conversations/messages/email/${id}`) as { emailMessage: Record<string, unknown> };
    const mail = body.emailMessage;
    return {
      id: String(mail.id),
      threadId: String(mail.threadId),
      direction: String(mail.direction),
      from: String(mail.from),
      subject: String(mail.subject),
      body: String(mail.body),
      altId: (mail.altId as string | undefined) ?? '',
      attachments: (mail.attachments as string[] | undefined) ?? [],
    };
  }

  /** What the CRM's screen shows of an e-mail: `pending`, `delivered`, `failed`, … */
  statusOf(emailId: string): string {
    const body = this.crmGet(`/conversations/messages/email/${emailId}`) as { emailMessage: { status?: string } };
    return body.emailMessage.status ?? '';
  }

  /** Why the CRM's screen says that it failed. */
  errorOf(emailId: string): string {
    const body = this.crmGet(`/conversations/messages/email/${emailId}`) as { emailMessage: { error?: unknown } };
    return JSON.stringify(body.emailMessage.error ?? '');
  }

  /**
   * Both sides in a form that does not depend on ids that are given out by chance: for comparing the end of a run that was
   * cut with that of one that was not.
   */
  bothSides(): unknown {
    const threads = new Map<string, string>();
    const known = new Map<string, string>();
    // Mails of one second stand in the order in which they came, which a cut may change.
    const messages = this.messages().sort(
      (a, b) => a.date - b.date || (a.header('Subject') < b.header('Subject') ? -1 : 1),
    );
    for (const message of messages) {
      if (!threads.has(message.threadId)) threads.set(message.threadId, `thread ${threads.size}`);
      known.set(message.header('Message-ID'), `message ${known.size}`);
    }
    return {
      gmail: messages.map((message) => ({
        thread: threads.get(message.threadId),
        from: message.header('From'),
        to: message.header('To'),
        subject: message.header('Subject'),
        marker: message.header('X-Threadlink-Email-Id'),
        answers: known.get(message.header('In-Reply-To')),
        labels: message.labels.filter((label) => !label.startsWith('Label_')).sort(),
        date: message.date,
      })),
      crm: this.emails()
        .map(({ threadId, direction, from, subject, body, attachments }) =>
          [threadId, direction, from, subject, body, attachments.length].join(' | '),
        )
        .sort(),
      drafts: ((this.gmail('GET', 'drafts') as { drafts?: unknown[] }).drafts ?? []).length,
    };
  }

  private crmGet(request: string): unknown {
    return this.call('services.leadconnectorhq.com', request, 'GET', undefined, {
      authorization: `Bearer ${this.crm.token}`,
      version: '2021-04-15',
    });
  }

  private call(
    host: string,
    request: string,
    method: string,
    body: unknown,
    headers: Record<string, string>,
  ): Record<string, unknown> {
    const answer = this.world.request({
      method,
      host,
      path: request,
      headers: { ...headers, 'content-type': 'application/json', 'x-threadlink-outside': '1' },
      body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
    });
    if (answer.status >= 300) throw new Error(`${method} ${request}: ${answer.status} ${answer.body.toString()}`);
    return JSON.parse(answer.body.toString() || '{}') as Record<string, unknown>;
  }
}

function addressesIn(header: string): string[] {
  return [...header.matchAll(/[\w.+-]+@[\w.-]+/g)].map(([address]) => address);
}
