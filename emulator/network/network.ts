/**
 * The mail between everybody: it hands each mail to the host that takes its recipient, keeps the mailboxes of people
 * who are on neither service, and lets those answer by themselves or bounce.
 *
 * Who tells a sender of a refusal: Gmail and the CRM are told by `send`'s return value and make their own report (facts,
 * platform 3.6); an outside sender is whoever called, and reads `refused`. What a host takes first and bounces later
 * comes back as a mail from here.
 */
import type { Clock } from '../core/clock';
import type { Ids } from '../core/ids';
import { Refusal, type Delivered, type Delivery, type Envelope, type MailHost, type Refused } from '../core/network';
import { copyState, type Snapshotable } from '../core/snapshot';
import type { SwitchValues } from '../core/switches';
import { answerAddress, composeAutoReply, mayAutoReply } from './auto-reply';
import { composeBounce } from './report';
import type { NETWORK_SWITCHES } from './switches';

export type NetworkSwitches = SwitchValues<typeof NETWORK_SWITCHES>;

/** How an outside mailbox treats what comes in. */
export interface MailboxBehaviour {
  /** `takes` (default); `refuses` at once, so that the sending host reports; `bounces`: takes it and sends it back. */
  readonly delivery: 'takes' | 'refuses' | 'bounces';
  /** The SMTP reply of a refusal or a bounce. */
  readonly reason: string;
  /** The text of a vacation notice; empty: none. */
  readonly autoReply: string;
}

export interface ReceivedMail {
  /** The mail as it travelled. */
  readonly raw: Buffer;
  /** When it came, milliseconds. */
  readonly at: number;
}

interface OutsideMailbox {
  readonly address: string;
  readonly name: string;
  behaviour: MailboxBehaviour;
  readonly received: ReceivedMail[];
  /** When which sender last got the vacation notice. */
  readonly notified: Map<string, number>;
}

export interface NetworkState {
  readonly mailboxes: Map<string, OutsideMailbox>;
  /** Mails that outside hosts send by themselves, by when they do. */
  waiting: readonly { readonly at: number; readonly envelope: Envelope }[];
}

export const TAKES_EVERYTHING: MailboxBehaviour = Object.freeze({
  delivery: 'takes',
  reason: '550 5.1.1 The email account that you tried to reach does not exist',
  autoReply: '',
});

/** How deep mails may cause one another before a hop count ends it, as `Received` lines do between real hosts. */
const MAXIMUM_DEPTH = 8;
const DAY = 86_400_000;

export class Network implements MailHost, Snapshotable<NetworkState> {
  private state: NetworkState = { mailboxes: new Map(), waiting: [] };
  private depth = 0;

  constructor(
    private readonly surroundings: {
      readonly clock: Clock;
      readonly ids: Ids;
      readonly switches: () => NetworkSwitches;
      /** The other hosts: Gmail and the CRM. */
      readonly hosts: () => readonly MailHost[];
      /** Is this one of the domains that those hosts serve? Tells an unknown user from an unknown domain. */
      readonly servesDomain: (domain: string) => boolean;
    },
  ) {}

  addMailbox(address: string, name: string, behaviour: Partial<MailboxBehaviour> = {}): void {
    const key = address.toLowerCase();
    if (this.state.mailboxes.has(key)) throw new Error(`there is a mailbox ${address} already`);
    if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address)) throw new Error(`not an address: ${address}`);
    const full = Object.freeze({ ...TAKES_EVERYTHING, ...behaviour });
    this.state.mailboxes.set(key, { address, name, behaviour: full, received: [], notified: new Map() });
  }

  setBehaviour(address: string, behaviour: Partial<MailboxBehaviour>): void {
    const mailbox = this.mailboxOf(address);
    if (mailbox === undefined) throw new Error(`no outside mailbox ${address}`);
    mailbox.behaviour = Object.freeze({ ...mailbox.behaviour, ...behaviour });
  }

  describe(): { address: string; name: string; behaviour: MailboxBehaviour }[] {
    return [...this.state.mailboxes.values()].map(({ address, name, behaviour }) => ({ address, name, behaviour }));
  }

  /** What that mailbox has received, oldest first; undefined where there is none of that address. */
  received(address: string): readonly ReceivedMail[] | undefined {
    this.settle();
    return this.mailboxOf(address)?.received;
  }

  /** Hands a mail to every recipient's host. Never throws. */
  readonly send = (envelope: Envelope): Delivery => {
    const delivered: Delivered[] = [];
    const refused: Refused[] = [];
    this.depth++;
    try {
      for (const to of withoutRepeats(envelope.to)) {
        try {
          delivered.push(this.hostOf(to).receive(to, envelope));
        } catch (error) {
          refused.push({ to, reason: reasonOf(error) });
        }
      }
    } finally {
      this.depth--;
    }
    return { delivered, refused };
  };

  /** When the next bounce or auto-reply goes out. */
  nextDue(): number | undefined {
    const times = this.state.waiting.map(({ at }) => at);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Sends the bounces and auto-replies that are due by now. */
  settle(): void {
    const { now } = this.surroundings.clock;
    const due = this.state.waiting.filter(({ at }) => at <= now);
    if (due.length === 0) return;
    this.state.waiting = this.state.waiting.filter(({ at }) => at > now);
    for (const { envelope } of due) this.send(envelope);
  }

  accepts(address: string): boolean {
    return this.mailboxOf(address) !== undefined;
  }

  receive(to: string, envelope: Envelope): Delivered {
    const mailbox = this.mailboxOf(to);
    if (mailbox === undefined) throw new Refusal(TAKES_EVERYTHING.reason);
    const { behaviour } = mailbox;
    if (behaviour.delivery === 'refuses') throw new Refusal(behaviour.reason);
    if (envelope.raw.length > this.surroundings.switches().outsideMaximumBytes) {
      throw new Refusal('552 5.3.4 Message size exceeds fixed limit');
    }
    if (behaviour.delivery === 'bounces') this.bounce(mailbox, envelope);
    else {
      mailbox.received.push(Object.freeze({ raw: envelope.raw, at: this.surroundings.clock.now }));
      if (behaviour.autoReply !== '') this.autoReply(mailbox, envelope);
    }
    return { account: mailbox.address };
  }

  snapshot(): NetworkState {
    return copyState(this.state);
  }

  restore(state: NetworkState): void {
    this.state = copyState(state);
  }

  private hostOf(address: string): MailHost {
    if (this.depth > MAXIMUM_DEPTH) throw new Refusal('554 5.4.14 Hop count exceeded: possible mail loop');
    const domain = /^[^\s@<>,;]+@([^\s@<>,;]+)$/.exec(address)?.[1].toLowerCase();
    if (domain === undefined) throw new Refusal(`501 5.1.3 Bad recipient address syntax: ${address}`);
    const host = [...this.surroundings.hosts(), this].find((candidate) => candidate.accepts(address.toLowerCase()));
    if (host !== undefined) return host;
    const known =
      this.surroundings.servesDomain(domain) ||
      [...this.state.mailboxes.keys()].some((key) => key.endsWith(`@${domain}`));
    throw new Refusal(known ? TAKES_EVERYTHING.reason : `550 5.1.2 The domain ${domain} could not be found`);
  }

  private mailboxOf(address: string): OutsideMailbox | undefined {
    const key = address.toLowerCase();
    // A tag after a plus belongs to the same mailbox, as at most hosts (RFC 5233).
    return this.state.mailboxes.get(key) ?? this.state.mailboxes.get(key.replace(/\+[^@]*@/, '@'));
  }

  private bounce({ address, behaviour }: OutsideMailbox, envelope: Envelope): void {
    // A report is never reported on (RFC 5321, 4.5.5).
    if (envelope.from === '') return;
    const { clock, ids, switches } = this.surroundings;
    const raw = composeBounce({
      envelope,
      recipient: address,
      reason: behaviour.reason,
      now: clock.now,
      id: ids.hex(24),
      form: switches().lateBounceForm === 'text' ? 'text' : 'report',
      references: switches().lateBounceReferences,
    });
    this.sendLater({ from: '', to: [envelope.from], raw });
  }

  private autoReply({ address, name, behaviour, notified }: OutsideMailbox, envelope: Envelope): void {
    if (!mayAutoReply(envelope)) return;
    const { clock, ids, switches } = this.surroundings;
    const to = switches().autoReplyTo === 'envelope' ? envelope.from : answerAddress(envelope);
    const sender = to.toLowerCase();
    const last = notified.get(sender);
    if (last !== undefined && clock.now - last < switches().vacationIntervalDays * DAY) return;
    notified.set(sender, clock.now);
    const raw = composeAutoReply(envelope, {
      address,
      name,
      to,
      text: behaviour.autoReply,
      now: clock.now,
      id: ids.hex(24),
    });
    // Sent with an empty envelope sender, so that nothing can answer it (RFC 3834, section 3.3).
    this.sendLater({ from: '', to: [to], raw });
  }

  private sendLater(envelope: Envelope): void {
    const at = this.surroundings.clock.now + this.surroundings.switches().outsideReactionMs;
    this.state.waiting = [...this.state.waiting, Object.freeze({ at, envelope: Object.freeze(envelope) })];
  }
}

function withoutRepeats(addresses: readonly string[]): string[] {
  const seen = new Set<string>();
  return addresses.filter((address) => {
    const key = address.toLowerCase();
    return seen.has(key) ? false : seen.add(key);
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.reason;
  if (typeof error === 'string') return error;
  return `451 4.3.0 ${error instanceof Error ? error.message : 'mail server error'}`;
}
