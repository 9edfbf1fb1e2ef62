/** The verbs of the fortnight. Each does something as a person would, and writes it into the ledger. */
import { createHash } from 'node:crypto';
import { composeMail } from '../../../emulator/demo/compose';
import type { CrmSent } from '../../../emulator/core/services';
import { connect, disconnect, updateAddress } from '../../../emulator/world/person';
import type { World } from '../../../emulator/world/world';
import { Stage } from '../stage';
import type { Chance } from './chance';
import { Ledger, type Deed, type Entry, type LedgerFile } from './ledger';
import { assistantOf, FRIEND } from './town';

export interface Conversation {
  readonly begin: Entry;
  readonly sent?: CrmSent;
}

interface Draft {
  readonly token: string;
  readonly text: string;
  readonly html: string;
  readonly files: readonly { name: string; type: string; bytes: Buffer }[];
}

const WORDS =
  'the offer price for Ihre Website très bientôt 価格 über next week call тоже contract “quoted” & <signed>';
const KINDS = [
  { name: 'angebot übersicht.pdf', type: 'application/pdf' },
  { name: 'プラン.png', type: 'image/png' },
  { name: 'list; "final".csv', type: 'text/csv' },
  { name: 'notes.txt', type: 'text/plain' },
];

export class Life {
  readonly ledger = new Ledger();
  private readonly stages = new Map<string, Stage>();
  private count = 0;

  constructor(
    readonly world: World,
    readonly chance: Chance,
  ) {}

  get now(): number {
    return this.world.clock.now;
  }

  of(user: string): Stage {
    const stage = this.stages.get(user) ?? new Stage(this.world, user);
    this.stages.set(user, stage);
    return stage;
  }

  connects(user: string, method: 'token' | 'oauth', address = user): void {
    connect(this.world, { user, method, address });
    this.ledger.connected(user, address, this.now);
  }

  changesAddress(user: string, address: string): void {
    updateAddress(this.world, user, address);
    this.ledger.connected(user, address, this.now);
  }

  leaves(user: string): void {
    disconnect(this.world, user);
    this.ledger.disconnected(user, this.now);
  }

  /** By the CRM's screens; several contacts make several mails, each a conversation of its own. */
  sendsFromCrm(
    user: string,
    contacts: readonly { id: string; email: string }[],
    deed: Extract<Deed, { kind: 'crm' }>,
    options: { from?: string; within?: Conversation; files?: boolean } = {},
  ): Conversation[] {
    const stage = this.of(user);
    const { within } = options;
    const draft = this.draft(options.files === true);
    const subject = within === undefined ? `About ${draft.token}` : `Re: ${within.begin.subject}`;
    const from = options.from ?? this.ledger.spanAt(user, this.now)?.address ?? user;
    const sent = this.world.highlevel.send({
      user: stage.crmUser,
      to: contacts.length === 1 ? contacts[0].id : contacts.map(({ id }) => id),
      kind: deed.how,
      channel: deed.channel,
      from,
      subject,
      html: draft.html,
      attachments: draft.files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') })),
      ...(within?.sent === undefined ? {} : { replyTo: { threadId: within.sent.threadId } }),
    });
    return [sent, ...(sent.others ?? [])].map((one, index) => {
      const token = contacts.length === 1 ? draft.token : `${draft.token}-${index}`;
      const begin = this.ledger.write({
        token,
        word: draft.token,
        deed,
        conversation: within?.begin.token ?? token,
        user,
        contact: contacts[index].email,
        from,
        to: [contacts[index].email],
        cc: [],
        subject,
        text: draft.text,
        files: filesOf(draft),
        at: this.now,
      });
      return { begin: within?.begin ?? begin, sent: one };
    });
  }

  /** The contact, or their assistant, answers the newest mail of the conversation, to where it asks for answers. */
  answers(conversation: Conversation, options: { files?: boolean; copy?: boolean; assistant?: boolean } = {}): boolean {
    const { begin } = conversation;
    const from = options.assistant === true ? assistantOf(begin.contact) : begin.contact;
    const mail = this.newestIn(from, begin.subject, options.assistant === true ? begin.contact : '@example.com');
    if (mail === undefined) return false;
    // The assistant, who had the contact's answer in copy, writes to whom that one went.
    const to = addressesIn(options.assistant === true ? mail('To') : mail('Reply-To') || mail('From'));
    const users = to.filter((address) => address.endsWith('@example.com'));
    const draft = this.draft(options.files === true);
    // An assistant has the contact in copy, as one does.
    const cc = options.assistant === true ? [begin.contact] : options.copy === true ? [assistantOf(begin.contact)] : [];
    this.mail({ from, to, cc, subject: `Re: ${begin.subject}`, draft, parent: mail });
    this.ledger.write({
      token: draft.token,
      word: draft.token,
      deed: { kind: 'answer', to: users.length === to.length ? 'user' : users.length === 0 ? 'crm' : 'both' },
      conversation: begin.token,
      user: begin.user,
      contact: begin.contact,
      from,
      to,
      cc,
      subject: `Re: ${begin.subject}`,
      text: draft.text,
      files: filesOf(draft),
      at: this.now,
    });
    return true;
  }

  /** The user answers the newest mail of the conversation that is in their inbox; false where there is none. */
  answersInGmail(conversation: Conversation, options: { files?: boolean } = {}): boolean {
    const { begin } = conversation;
    const stage = this.of(begin.user);
    const fits = stage
      .messages()
      .filter(({ labels, header }) => labels.includes('INBOX') && header('Subject').endsWith(begin.subject))
      .filter(({ header }) => addressesIn(header('From'))[0]?.endsWith(begin.contact));
    const newest = fits.at(-1);
    if (newest === undefined) return false;
    const draft = this.draft(options.files === true);
    const to = addressesIn(newest.header('From'));
    const raw = this.compose({
      from: begin.user,
      to,
      cc: [],
      subject: `Re: ${begin.subject}`,
      draft,
      parent: newest.header,
    });
    stage.gmail('POST', 'messages/send', { threadId: newest.threadId, raw: raw.toString('base64url') });
    this.ledger.write({
      token: draft.token,
      word: draft.token,
      deed: { kind: 'gmail' },
      conversation: begin.token,
      user: begin.user,
      contact: begin.contact,
      from: begin.user,
      to,
      cc: [],
      subject: `Re: ${begin.subject}`,
      text: draft.text,
      files: filesOf(draft),
      at: this.now,
    });
    return true;
  }

  contactWritesFirst(user: string, contact: string): Conversation {
    const draft = this.draft(false);
    const subject = `A question, ${draft.token}`;
    this.mail({ from: contact, to: [user], cc: [], subject, draft });
    return { begin: this.first({ kind: 'contact-first' }, user, contact, contact, [user], subject, draft) };
  }

  writesToAFriend(user: string): void {
    const draft = this.draft(false);
    const subject = `Tonight, ${draft.token}`;
    const raw = this.compose({ from: user, to: [FRIEND], cc: [], subject, draft });
    this.of(user).gmail('POST', 'messages/send', { raw: raw.toString('base64url') });
    this.first({ kind: 'private' }, user, FRIEND, user, [FRIEND], subject, draft);
  }

  private first(
    deed: Deed,
    user: string,
    contact: string,
    from: string,
    to: readonly string[],
    subject: string,
    draft: Draft,
  ): Entry {
    const { token, text } = draft;
    return this.ledger.write({
      token,
      word: token,
      deed,
      conversation: token,
      user,
      contact,
      from,
      to,
      cc: [],
      subject,
      text,
      files: filesOf(draft),
      at: this.now,
    });
  }

  private draft(withFiles: boolean): Draft {
    const token = `tok${(this.count++).toString(36).padStart(3, '0')}${this.chance.below(46656).toString(36)}`;
    const words = WORDS.split(' ');
    const some = Array.from({ length: 4 + this.chance.below(12) }, () => this.chance.oneOf(words));
    const text = [token, ...some].join(' ');
    const files = withFiles
      ? Array.from({ length: 1 + this.chance.below(2) }, () => {
          const { name, type } = this.chance.oneOf(KINDS);
          return { name, type, bytes: Buffer.from(`${token} ${name} ${this.chance.below(1e9)}`.repeat(20)) };
        })
      : [];
    return { token, text, html: `<p>${escaped(text)}</p>`, files };
  }

  private mail(letter: Letter): void {
    const { from, to, cc } = letter;
    this.world.network.send({ from, to: [...to, ...cc], raw: this.compose(letter) });
  }

  private compose({ from, to, cc, subject, draft, parent }: Letter): Buffer {
    const { ids, clock } = this.world;
    const named = (email: string) => ({ name: '', email });
    const answered = parent?.('Message-ID') ?? '';
    const earlier = (parent?.('References') ?? '').split(/\s+/).filter((id) => id !== '');
    return composeMail(
      {
        from: named(from),
        to: to.map(named),
        ...(cc.length === 0 ? {} : { cc: cc.map(named) }),
        subject,
        date: clock.now,
        messageId: `<${ids.hex(16)}@${from.split('@')[1]}>`,
        references: answered === '' ? earlier : [...earlier, answered],
        body: this.chance.happens(0.5) ? draft.html : draft.text,
        attachments: draft.files,
      },
      `part-${ids.hex(12)}`,
    );
  }

  /** A header reader of the newest mail of that conversation, from addresses with that end, in an outside mailbox. */
  private newestIn(address: string, subject: string, sender: string): ((header: string) => string) | undefined {
    const heads = (this.world.network.received(address) ?? []).map(({ raw }) => {
      const head = raw
        .toString('latin1')
        .split('\r\n\r\n')[0]
        .replace(/\r\n[ \t]+/g, ' ');
      return (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
    });
    return heads.findLast(
      (header) => header('Subject').endsWith(subject) && addressesIn(header('From'))[0]?.endsWith(sender),
    );
  }
}

interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly draft: Draft;
  readonly parent?: (header: string) => string;
}

function filesOf({ files }: Draft): LedgerFile[] {
  return files.map(({ name, bytes }) => ({ name, sha: createHash('sha256').update(bytes).digest('hex') }));
}

export function addressesIn(header: string): string[] {
  return [...header.matchAll(/[\w.+-]+@[\w.-]+/g)].map(([address]) => address.toLowerCase());
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
