/**
 * The people of a scenario and what they do: CRM users, their contacts, strangers; and the moments at which the add-on
 * runs, each kept as a copy of the whole world from which it can be run again, cut.
 */
import type { CrmSend, CrmSent } from '../../emulator/core/services';
import { ALL_SCOPES } from '../../emulator/highlevel/api/scopes';
import { connect, disconnect, updateAddress } from '../../emulator/world/person';
import { WorldError } from '../../emulator/world/error';
import { openSidebar } from '../../emulator/world/sidebar';
import type { World, WorldState } from '../../emulator/world/world';
import { CRM, tagNumber, tagOf, type Letter } from './letters';
import { askGmail } from './outside';
import { isShutOut } from './damage';
import { pressBeside, type Presses } from './sidebar';

export const AGENT = 'agent@example.com';
export const COLLEAGUE = 'colleague@example.com';
export const MINUTE = 60_000;
/** What a token may do that may not see custom values. */
export const WITHOUT_CLAIMS = ALL_SCOPES.filter((scope) => !scope.startsWith('locations/customValues'));
export const FRIEND = 'friend@elsewhere.example';

/** An execution of the add-on, or a person's way through several cards, as it was about to begin. */
export interface Moment {
  readonly name: string;
  readonly user: string;
  readonly at: WorldState;
  /** Everything written until then. */
  readonly letters: readonly Letter[];
  /** Whoever was ever connected until then. */
  readonly users: readonly string[];
  readonly play: (world: World) => void;
  /** A person who saw it fail does it once more. */
  readonly gesture: boolean;
  /** False while it is open whether what the CRM sends for the user in this moment has to reach Gmail. */
  readonly settled: boolean;
}

export interface Written extends CrmSent {
  readonly letter: Letter;
}

type Sending = Partial<Omit<CrmSend, 'user' | 'to'>> & {
  readonly subject: string;
  readonly contact?: number;
  /** It has to reach Gmail. */
  readonly synced?: boolean;
};

interface Mailing {
  readonly to?: Letter;
  readonly contact?: number;
  readonly from?: string;
  readonly cc?: readonly string[];
  readonly attachment?: string;
  /** It belongs to a thread that is synced. */
  readonly synced?: boolean;
  readonly extra?: readonly string[];
  readonly html?: boolean;
  readonly subject?: string;
}

interface Found {
  readonly id: string;
  readonly threadId: string;
  readonly header: (name: string) => string;
}

export class Day {
  readonly letters: Letter[] = [];
  readonly users: string[] = [];
  readonly moments: Moment[] = [];
  private count = 0;
  private settled = true;

  constructor(readonly world: World) {}

  get contacts() {
    return this.world.highlevel.describe().contacts;
  }

  connect(user = AGENT, { app = false, token }: { app?: boolean; token?: string } = {}): this {
    if (!this.users.includes(user)) this.users.push(user);
    this.gesture('connect', user, (world) => {
      connect(world, { user, method: app ? 'oauth' : 'token', token });
      if (token !== undefined && isShutOut(world, user)) throw new WorldError('the new token is not there');
    });
    return this;
  }

  /** Connected, and looked around once: where most days begin, and nothing of it is cut. */
  connected(user = AGENT, { app = false, token }: { app?: boolean; token?: string } = {}): this {
    this.users.push(user);
    connect(this.world, { user, method: app ? 'oauth' : 'token', token });
    this.world.run(user, 'onSyncTimer');
    this.later(1);
    return this;
  }

  /** Another mailbox is connected for the same CRM user, and its owner says yes to that (C6). */
  takesOver(user: string, address: string): void {
    this.users.push(user);
    this.gesture('take-over', user, (world) => connect(world, { user, address, confirm: true }));
  }

  /** Somebody wipes the property store, and the next run says so: nothing of that is cut. */
  loses(user = AGENT): void {
    const { appsScript } = this.world;
    for (const key of Object.keys(appsScript.properties(user))) appsScript.setProperty(user, key, undefined);
    this.world.run(user, 'onSyncTimer');
  }

  disconnect(user = AGENT): void {
    this.gesture('disconnect', user, (world) => disconnect(world, user));
  }

  changesAddress(address: string, user = AGENT): void {
    // The CRM user goes on sending in the name of the former address.
    this.settled = false;
    this.gesture('address', user, (world) => updateAddress(world, user, address));
  }

  later(minutes: number): void {
    this.world.advance(minutes * MINUTE, false);
  }

  /** The timer's run, a minute after the one before. */
  pass(user = AGENT): void {
    this.moment('pass', user, (world) => world.run(user, 'onSyncTimer'));
    this.later(1);
  }

  /** Both colleagues', one after the other. */
  passes(): void {
    for (const user of this.users) this.pass(user);
  }

  syncsNow(user = AGENT): void {
    this.moment('card', user, (world) => world.run(user, 'onSyncNow'));
    this.later(1);
  }

  /** The thread of a message, with the sidebar beside it: once more where that shows an error. */
  opensThread(letter: Letter, user = AGENT): void {
    const { id } = this.inMailbox(user, letter.tag);
    this.gesture('thread', user, (world) => openSidebar(world, user, { at: 'message', id }));
    this.later(1);
  }

  /** Buttons of the sidebar beside a message, one after the other. */
  presses(letter: Letter, presses: Presses, user = AGENT): void {
    const { id } = this.inMailbox(user, letter.tag);
    const name = presses.buttons[presses.buttons.length - 1].replace('.', '-');
    this.gesture(name, user, (world) => pressBeside(world, user, id, presses));
    this.later(1);
  }

  opensHome(user = AGENT): void {
    this.moment('home', user, (world) => world.run(user, 'onHomepage'));
  }

  crmSends(sending: Sending, user = AGENT): Written {
    const { contact = 0, synced = true, ...send } = sending;
    const { users, contacts } = this.world.highlevel.describe();
    const tag = this.nextTag();
    const sent = this.world.highlevel.send({
      user: users.find(({ email }) => email === user)?.id ?? '',
      to: contacts[contact].id,
      kind: 'individual',
      channel: 'default',
      html: `<p>${tag} I hope that this finds you well.</p>`,
      ...send,
    });
    const copies = Object.fromEntries((send.cc ?? []).map((address) => [address, 1]));
    const letter = this.wrote({
      tag,
      at: this.world.clock.now,
      places: { [CRM]: 1, [contacts[contact].email]: 1, ...copies, ...(synced ? { [user]: 1 } : {}) },
      thread: synced ? sent.threadId : undefined,
      ...(send.channel === 'gmail' ? { pending: true } : {}),
    });
    return { ...sent, letter };
  }

  /** The contact answers a mail in their mailbox, to its real Reply-To. */
  contactAnswers(mailing: Mailing & { readonly to: Letter; readonly user?: string }): Letter {
    const { to: answered, contact = 0, synced = true, user = AGENT } = mailing;
    const sender = this.contacts[contact].email;
    const mail = this.received(sender, answered.tag);
    const recipients = [...addressesIn(mail('Reply-To') || mail('From')), ...(mailing.cc ?? [])];
    const tag = this.nextTag();
    const from = mailing.from ?? sender;
    const copies = (mailing.cc ?? []).map((address) => [address, 1] as const);
    const raw = this.compose(tag, { ...mailing, from, recipients, parent: mail });
    const letter = this.wrote({
      tag,
      at: this.world.clock.now,
      places: { ...Object.fromEntries(copies), ...(synced ? { [user]: 1, [CRM]: 1 } : this.asAddressed(recipients)) },
      thread: synced ? answered.thread : undefined,
    });
    this.world.network.send({ from, to: recipients, raw });
    return letter;
  }

  /** The user answers in Gmail; without `synced` the CRM must not have it. */
  userAnswers(mailing: Mailing & { readonly to: Letter; readonly user?: string; readonly alone?: string }): Letter {
    const { to: answered, synced = true, user = AGENT } = mailing;
    const { threadId, header } = this.inMailbox(user, answered.tag);
    const tag = this.nextTag();
    const recipients = [
      ...(mailing.alone === undefined ? [this.partner(user, header)] : [mailing.alone]),
      ...(mailing.cc ?? []),
    ];
    const raw = this.compose(tag, { ...mailing, from: mailing.from ?? user, recipients, parent: header });
    const letter = this.wrote({
      tag,
      at: this.world.clock.now,
      places: {
        ...Object.fromEntries(recipients.map((address) => [address, 1])),
        [user]: 1,
        ...(synced ? { [CRM]: 1 } : {}),
      },
      thread: synced ? answered.thread : undefined,
    });
    askGmail(this.world, user, 'POST', 'messages/send', { threadId, raw: raw.toString('base64url') });
    return letter;
  }

  /** Somebody writes to the mailbox of a matter that the CRM knows nothing of. */
  strangerWrites({ user = AGENT, from = FRIEND, subject = 'Dinner on Friday' } = {}): Letter {
    const tag = this.nextTag();
    const raw = this.compose(tag, { from, recipients: [user], subject });
    const letter = this.wrote({ tag, at: this.world.clock.now, places: { [user]: 1 } });
    this.world.network.send({ from, to: [user], raw });
    return letter;
  }

  switches(values: Readonly<Record<string, string | number | boolean>>): this {
    this.world.switches.set(values);
    return this;
  }

  /** The token may not see custom values: nobody claims a mailbox, and only times tell whose a mail is. */
  withoutClaims(): this {
    this.world.highlevel.changeScopes(this.world.highlevel.describe().token, WITHOUT_CLAIMS);
    return this;
  }

  /** What the mail host of a contact does with mail: takes it, refuses it, or takes it and sends it back (T9). */
  hostOf(contact: number, delivery: 'takes' | 'refuses' | 'bounces'): this {
    this.world.network.setBehaviour(this.contacts[contact].email, { delivery });
    return this;
  }

  /** Notes what has to be where; for what the other methods do not do. */
  wrote(letter: Letter): Letter {
    this.letters.push(Object.freeze(letter));
    return letter;
  }

  /** What was noted of a letter changes: a person threw it away, or nothing of it syncs any more. */
  amend(letter: Letter, places: Readonly<Record<string, number>>, maybe: readonly string[] = []): void {
    const index = this.letters.findIndex(({ tag }) => tag === letter.tag);
    const { maybe: before = [] } = this.letters[index];
    this.letters[index] = Object.freeze({ ...letter, places, maybe: [...before, ...maybe] });
  }

  nextTag(): string {
    this.count += 1;
    return tagNumber(this.count);
  }

  /** Is it in that outside mailbox? */
  isReceived(address: string, tag: string): boolean {
    return (this.world.network.received(address) ?? []).some(({ raw }) => plain(raw.toString('latin1')).includes(tag));
  }

  isInMailbox(user: string, tag: string): boolean {
    return this.findInMailbox(user, tag) !== undefined;
  }

  inMailbox(user: string, tag: string): Found {
    const found = this.findInMailbox(user, tag);
    if (found === undefined) throw new Error(`${user} has no message ${tag} to answer`);
    return found;
  }

  private findInMailbox(user: string, tag: string): Found | undefined {
    const { messages = [] } = askGmail(this.world, user, 'GET', 'messages?maxResults=500') as {
      messages?: { id: string; threadId: string }[];
    };
    for (const { id, threadId } of messages) {
      const message = askGmail(this.world, user, 'GET', `messages/${id}?format=metadata`) as {
        snippet: string;
        labelIds?: string[];
        payload: { headers: { name: string; value: string }[] };
      };
      if (tagOf(message.snippet) !== tag || message.labelIds?.includes('DRAFT') === true) continue;
      return { id, threadId, header: (name) => headerOf(message.payload.headers, name) };
    }
    return undefined;
  }

  /** The people have done what they do: nothing is due any more but what the passes bring. */
  finish(): void {
    this.world.appsScript.setFaults([]);
  }

  private moment(name: string, user: string, play: Moment['play'], gesture = false): void {
    this.moments.push({
      name: `${this.moments.length + 1}-${name}`,
      user,
      at: this.world.snapshot(),
      letters: [...this.letters],
      users: [...this.users],
      play,
      gesture,
      settled: this.settled,
    });
    play(this.world);
  }

  private gesture(name: string, user: string, play: Moment['play']): void {
    this.moment(name, user, play, true);
  }

  /** Whom an answer goes to: the sender, or of an own mail its recipient. */
  private partner(user: string, header: (name: string) => string): string {
    const own = [user, ...this.aliases(user)];
    const [sender] = addressesIn(header('From'));
    const address = own.includes(sender.toLowerCase()) ? addressesIn(header('To'))[0] : sender;
    return address.toLowerCase();
  }

  private aliases(user: string): string[] {
    const { sendAs } = askGmail(this.world, user, 'GET', 'settings/sendAs') as { sendAs: { sendAsEmail: string }[] };
    return sendAs.map(({ sendAsEmail }) => sendAsEmail.toLowerCase());
  }

  private asAddressed(recipients: readonly string[]): Record<string, number> {
    const accounts = this.world.gmail.accounts().map(({ email }) => email);
    return Object.fromEntries(
      recipients.map((address) => [accounts.includes(address.toLowerCase()) ? address.toLowerCase() : CRM, 1]),
    );
  }

  /** Reads the headers of a mail in an outside mailbox. */
  private received(address: string, tag: string): (name: string) => string {
    const mails = this.world.network.received(address) ?? [];
    const raw = mails.map((mail) => mail.raw.toString('latin1')).find((text) => plain(text).includes(tag));
    if (raw === undefined) throw new Error(`${address} has no mail ${tag} to answer`);
    const head = raw.split('\r\n\r\n')[0].replace(/\r\n[ \t]+/g, ' ');
    return (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  }

  private compose(
    tag: string,
    mail: Omit<Mailing, 'to'> & { from: string; recipients: readonly string[]; parent?: (name: string) => string },
  ): Buffer {
    const { from, recipients, parent, attachment, html = false } = mail;
    const was = parent?.('Subject') ?? '';
    const subject = mail.subject ?? (/^re:/i.test(was) ? was : `Re: ${was}`);
    const type = html ? 'text/html' : 'text/plain';
    const text = html ? `<p>${tag} Thank you for <b>that</b>.</p>` : `${tag} Thank you for that.`;
    const part = [`Content-Type: ${type}; charset=utf-8`, '', text, ''];
    const head = [
      `From: ${from}`,
      `To: ${recipients.join(', ')}`,
      `Subject: ${subject}`,
      `Message-ID: <${this.world.ids.hex(12)}@mail.customer.test>`,
      ...(parent === undefined
        ? []
        : [
            `In-Reply-To: ${parent('Message-ID')}`,
            `References: ${`${parent('References')} ${parent('Message-ID')}`.trim()}`,
          ]),
      `Date: ${new Date(this.world.clock.now).toUTCString()}`,
      ...(mail.extra ?? []),
      'MIME-Version: 1.0',
    ];
    const body =
      attachment === undefined
        ? part
        : [
            'Content-Type: multipart/mixed; boundary=cut',
            '',
            '--cut',
            ...part,
            '--cut',
            'Content-Type: text/plain; name=notes.txt',
            'Content-Disposition: attachment; filename=notes.txt',
            '',
            attachment,
            '--cut--',
            '',
          ];
    return Buffer.from([...head, ...body].join('\r\n'));
  }
}

function headerOf(headers: readonly { name: string; value: string }[], name: string): string {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? '';
}

function addressesIn(header: string): string[] {
  return [...header.matchAll(/[\w.+-]+@[\w.-]+/g)].map(([address]) => address);
}

function plain(text: string): string {
  const body = text.replace(/=\r\n/g, '');
  const blocks = [...body.matchAll(/(?:^[A-Za-z0-9+/=]{20,}\r\n)+/gm)];
  return [body, ...blocks.map(([block]) => Buffer.from(block, 'base64').toString('utf8'))].join('\n');
}
