/** The verbs of the demo's story: what people do in the CRM, in their own mail programs and in Gmail. */
import { addressIn, headerBlock, headerOf } from '../network/header-block';
import { decodeWords } from '../gmail/mime/encoded-words';
import type { CrmSend, CrmSent } from '../core/services';
import { TIMER } from '../world/contexts';
import { AGENT } from '../world/empty';
import type { World } from '../world/world';
import { composeMail, type DemoMail, type Mailbox } from './compose';
import type { DemoFile } from './files';
import { contactOf } from './people';

const MINUTE = 60_000;

type Letter = Pick<DemoMail, 'subject' | 'body' | 'attachments' | 'inline' | 'cc'>;

interface GmailMessage {
  readonly threadId: string;
  readonly headers: ReadonlyMap<string, string>;
}

export class Play {
  private readonly contactIds: ReadonlyMap<string, string>;
  private readonly userIds: ReadonlyMap<string, string>;

  constructor(private readonly world: World) {
    const { contacts, users } = world.highlevel.describe();
    this.contactIds = new Map(contacts.map(({ email, id }) => [email, id]));
    this.userIds = new Map(users.map(({ email, id }) => [email, id]));
  }

  contactId(key: string): string {
    return idIn(this.contactIds, contactOf(key).email);
  }

  userId(email: string): string {
    return idIn(this.userIds, email);
  }

  /** Lets time go by until that moment; nothing runs meanwhile but what `pass` runs. */
  until(day: number, hour: number, minute = 0): void {
    this.world.advance(Date.UTC(2026, 2, day, hour, minute) - this.world.clock.now, false);
  }

  /** A pass of the add-on for the user, and another one when what waits a few minutes is due. */
  pass(): void {
    this.world.run(AGENT.email, TIMER);
    this.world.advance(4 * MINUTE, false);
    this.world.run(AGENT.email, TIMER);
  }

  sendFromCrm(
    send: Omit<CrmSend, 'user' | 'to' | 'channel' | 'kind' | 'attachments'> & {
      readonly sender?: Mailbox;
      readonly to: string | readonly string[];
      readonly kind?: CrmSend['kind'];
      readonly files?: readonly DemoFile[];
    },
  ): CrmSent {
    const { sender = AGENT, to, kind = 'individual', files = [], ...rest } = send;
    return this.world.highlevel.send({
      ...rest,
      user: this.userId(sender.email),
      to: typeof to === 'string' ? this.contactId(to) : to.map((key) => this.contactId(key)),
      kind,
      channel: 'default',
      attachments: files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') })),
    });
  }

  /** The contact answers the newest mail of that subject in their mailbox, to where it asks for answers. */
  answerAs(key: string, letter: Letter): void {
    const contact = contactOf(key);
    const blocks = (this.world.network.received(contact.email) ?? []).map(({ raw }) => headerBlock(raw));
    const block = blocks.findLast((candidate) =>
      isAnswer(letter.subject, decodeWords(headerOf(candidate, 'Subject') ?? '')),
    );
    if (block === undefined) throw new Error(`${key} has no mail to answer with ${letter.subject}`);
    const to = (headerOf(block, 'Reply-To') ?? headerOf(block, 'From') ?? '').split(',').map(addressIn);
    const messageId = headerOf(block, 'Message-ID');
    const earlier = (headerOf(block, 'References') ?? '').split(/\s+/).filter((id) => id !== '');
    const references = messageId === undefined ? earlier : [...earlier, messageId];
    const raw = this.compose(
      contact,
      to.map((email) => ({ name: AGENT.name, email })),
      letter,
      references,
    );
    const copies = (letter.cc ?? []).map(({ email }) => email);
    this.world.network.send({ from: contact.email, to: [...to, ...copies], raw });
  }

  /** The contact writes of their own accord. */
  writeAs(key: string, letter: Letter): void {
    const contact = contactOf(key);
    this.world.network.send({
      from: contact.email,
      to: [AGENT.email],
      raw: this.compose(contact, [AGENT], letter, []),
    });
  }

  /** The user answers the contact's newest mail of that subject in Gmail; false where it has not come there. */
  answerInGmail(key: string, letter: Letter): boolean {
    const contact = contactOf(key);
    const mail = this.newestFrom(contact.email, letter.subject);
    if (mail === undefined) return false;
    const messageId = mail.headers.get('message-id');
    const earlier = (mail.headers.get('references') ?? '').split(/\s+/).filter((id) => id !== '');
    const references = messageId === undefined ? earlier : [...earlier, messageId];
    const raw = this.compose(AGENT, [contact], letter, references);
    this.gmail('POST', 'messages/send', { raw: raw.toString('base64url'), threadId: mail.threadId });
    return true;
  }

  private compose(from: Mailbox, to: readonly Mailbox[], letter: Letter, references: readonly string[]): Buffer {
    const { ids, clock } = this.world;
    const messageId = `<${ids.hex(16)}@${from.email.split('@')[1]}>`;
    return composeMail({ ...letter, from, to, date: clock.now, messageId, references }, `part-${ids.hex(12)}`);
  }

  private newestFrom(email: string, subject: string): GmailMessage | undefined {
    const { messages = [] } = this.gmail('GET', 'messages?labelIds=INBOX&maxResults=100') as {
      messages?: { id: string }[];
    };
    for (const { id } of messages) {
      const found = this.gmail('GET', `messages/${id}?format=metadata`) as {
        threadId: string;
        payload: { headers: { name: string; value: string }[] };
      };
      const headers = new Map(found.payload.headers.map(({ name, value }) => [name.toLowerCase(), value]));
      if (addressIn(headers.get('from') ?? '').toLowerCase() !== email) continue;
      if (isAnswer(subject, headers.get('subject') ?? '')) return { threadId: found.threadId, headers };
    }
    return undefined;
  }

  private gmail(method: string, path: string, body?: unknown): unknown {
    const response = this.world.request({
      method,
      host: 'gmail.googleapis.com',
      path: `/gmail/v1/users/me/${path}`,
      headers: {
        authorization: `Bearer ${this.world.gmail.token(AGENT.email, ['https://mail.google.com/'])}`,
        'content-type': 'application/json',
        'x-threadlink-outside': '1',
      },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    });
    if (response.status >= 300) throw new Error(`Gmail: ${response.body.toString()}`);
    return JSON.parse(response.body.toString());
  }
}

/** Compared without `Re:` and `AW:`. */
function isAnswer(subject: string, to: string): boolean {
  const bare = (value: string) => value.replace(/^((re|aw):\s*)+/i, '').trim();
  return bare(subject) === bare(to);
}

function idIn(ids: ReadonlyMap<string, string>, email: string): string {
  const id = ids.get(email);
  if (id === undefined) throw new Error(`the CRM does not know ${email}`);
  return id;
}
