/**
 * The workbench of one plan: working copies of the state, what was observed, the questions that came up and the actions
 * decided so far. The steps of the plan (the other files of this folder) change it and nothing else; a plan that ends
 * with questions is thrown away and made again when they are answered.
 */
import { shortHash } from '../../platform/hash';
import type { CrmEmail } from '../../crm/types';
import type { Action } from '../actions';
import { claimAfter, partOf, standingOf, type Claim, type Part } from '../claims';
import type { SentView } from './delivery';
import {
  needKey,
  type Answers,
  type Got,
  type MessageView,
  type Need,
  type Observed,
  type ThreadView,
} from '../observed';
import { isStillIts } from '../parts';
import {
  dayOf,
  DAY_MS,
  type BulkSend,
  type Head,
  type Item,
  type Link,
  type OwnSync,
  type Reason,
  type Receipt,
  type State,
  type Stray,
  REFUSED_MS,
  retryPause,
} from '../state';
import { checkKey } from '../keys';
import { namedLink } from '../rename';
import type { Pairs } from './pairs';

const MOST_WAITS = 4;

export interface Candidate {
  readonly crm: string;
  /** The message, where it was read already. */
  readonly view?: MessageView;
  /** It may have been pushed before: the CRM is read back first. */
  readonly doubt?: boolean;
  /** The user wants it there, although a rule would leave it. */
  readonly asked?: boolean;
  /** It goes although its conversation is private: the user took the label off this one, or it was on its way already. */
  readonly unlabelled?: boolean;
}

/** Set aside for these, a message has not been written to the CRM before; for any other it may have been. */
const SURE: readonly Reason[] = ['next-pass', 'own-copy', 'order', 'no-time', 'unreadable'];

/** The CRM is read back before it is written there (X5). */
export function mayBeWritten(item: Item | undefined): boolean {
  return item !== undefined && (item.doubt === true || !SURE.includes(item.reason));
}

/** What is not due in a pass in doubt is looked for all the same when it is (X5). */
function doubtful(items: State['items']): [string, Item][] {
  return [...items].map(([key, item]) => [key, key.startsWith('g:') ? { ...item, doubt: true } : item]);
}

export class Planning {
  readonly needs = new Map<string, Need>();
  readonly actions: Action[] = [];
  readonly links: Map<string, Link>;
  readonly items: Map<string, Item>;
  readonly seen: Map<string, number>;
  readonly strays: Map<string, Stray>;
  readonly receipts: Receipt[];
  /** Gmail messages that the CRM has already as a mail of its own (T11): not to be pushed. */
  readonly twins = new Set<string>();
  /** Own copies found in Gmail, by CRM e-mail id. */
  readonly copies = new Map<string, MessageView[]>();
  /** Messages of linked threads to decide on, by Gmail id, with their CRM thread. */
  readonly candidates = new Map<string, Candidate>();
  /** E-mails of the CRM that are to be decided again although they were dealt with (S8). */
  readonly wanted = new Set<string>();
  /** What is on both sides of a link, by its CRM thread (T11). */
  readonly pairs = new Map<string, Pairs>();
  /** Own pushes that came up in this plan: the first e-mail of each `altId`. */
  readonly pushedBy = new Map<string, string>();
  /** E-mails that were found to be sent already. */
  readonly delivered: CrmEmail[] = [];
  /** Messages in Sent whose e-mails wait or are held. */
  readonly noticed: SentView[] = [];
  /** Contents of mails that may have been sent, and whose e-mails are gone from the CRM. */
  readonly doubtful: string[] = [];
  echoes: string[];
  ownSync: OwnSync | undefined;
  /** A copy of what the CRM sent through the mailbox was found (R2). */
  ownCopies: boolean;
  bulk: BulkSend | undefined;
  /** Keys of intents that reading has resolved. */
  readonly resolved = new Set<string>();
  private byGmail: Map<string, string> | undefined;
  private byMessageId: Map<string, string> | undefined;

  constructor(
    readonly state: State,
    readonly observed: Observed,
    /** Nothing may be pushed before the CRM was read back (X5). */
    readonly doubt: boolean,
  ) {
    this.links = new Map(state.links);
    this.items = new Map(doubt ? doubtful(state.items) : state.items);
    this.seen = new Map(state.seen);
    this.strays = new Map(state.strays);
    this.receipts = [];
    this.echoes = [...state.head.echoes];
    this.ownSync = state.head.ownSync;
    this.ownCopies = state.head.ownCopies === true;
    this.bulk = state.head.bulk;
  }

  get head(): Head {
    return this.state.head;
  }

  get now(): number {
    return this.observed.now;
  }

  /** The answer to a need; undefined where it is not asked yet (it is then). */
  got<K extends Need['kind']>(need: Extract<Need, { kind: K }>): Got<Answers[K]> | undefined {
    const key = needKey(need);
    const answer = this.observed.answers.get(key) as Got<Answers[K]> | undefined;
    if (answer === undefined) this.needs.set(key, need);
    return answer;
  }

  /** The thread with full messages, or with headers where those will do and nothing more was read. */
  thread(id: string, full: boolean): Got<ThreadView> | undefined {
    if (!full) {
      const whole = this.observed.answers.get(needKey({ kind: 'thread', id, full: true })) as
        Got<ThreadView> | undefined;
      if (whole !== undefined) return whole;
    }
    return this.got<'thread'>({ kind: 'thread', id, full });
  }

  /** The own claim, after what is read of it now; undefined while it is being read (C6). */
  claim(): { readonly now?: Claim } | undefined {
    const { claim: own, connection } = this.head;
    if (own === undefined) return {};
    const { location, crmUser } = connection;
    const rows = this.got<'claim'>({ kind: 'claim', location, crmUser, text: own.text });
    if (rows === undefined) return undefined;
    if (rows.kind !== 'got' || rows.value === 'forbidden') return { now: own };
    return { now: claimAfter(own, standingOf(own.text, crmUser, rows.value)) };
  }

  /** Whose is what was added to the CRM at that time? Undefined while the claim is being read. */
  partAt(crmTime: number): Part | undefined {
    const claim = this.claim();
    return claim === undefined ? undefined : partOf(claim.now, crmTime);
  }

  /** By the CRM's clock: the two differ (X12). */
  toCrmTime(time: number): number {
    return time + this.observed.crmNow - this.observed.now;
  }

  /** Does what was added to a link at that time belong to another address or mailbox (C6)? Undefined while the claim is being read. */
  isOthers(link: Link, crmTime: number): boolean | undefined {
    if (link.stopped === 'former-address' && !isStillIts(this.head.connection, link, crmTime)) return true;
    const part = this.partAt(crmTime);
    return part === undefined ? undefined : part !== 'mine';
  }

  /** Why what was added to a link at that time stays where it is; empty where it goes. */
  stopOf(link: Link, crmTime: number): '' | 'T8' | 'C6' | undefined {
    if (link.stopped === 'user') return 'T8';
    const others = this.isOthers(link, crmTime);
    return others === undefined ? undefined : others ? 'C6' : '';
  }

  /** A message that turned out to be what the CRM gave out: it does not go there, whatever it waited for. */
  noteOwn(id: string): void {
    this.candidates.delete(id);
    this.items.delete(`g:${id}`);
    this.twins.add(id);
  }

  isSeen(emailId: string): boolean {
    return this.seen.has(shortHash(emailId));
  }

  see(emailId: string): void {
    this.seen.set(shortHash(emailId), dayOf(this.now));
  }

  linkOfGmail(threadId: string): Link | undefined {
    if (this.byGmail === undefined) {
      this.byGmail = new Map();
      for (const link of this.links.values()) for (const id of link.gmail) this.byGmail.set(id, link.crm);
    }
    const crm = this.byGmail.get(threadId);
    return crm === undefined ? undefined : this.links.get(crm);
  }

  /** The link one of whose messages has this Message-ID (T4). */
  linkOfMessageId(messageId: string): Link | undefined {
    if (this.byMessageId === undefined) {
      this.byMessageId = new Map();
      for (const link of this.links.values()) for (const id of link.ids) this.byMessageId.set(id, link.crm);
    }
    const crm = this.byMessageId.get(shortHash(messageId));
    return crm === undefined ? undefined : this.links.get(crm);
  }

  /** Copies that this plan makes for a link go where its conversation turned out to be. */
  redirectMirrors(crm: string, threadId: string): void {
    this.actions.forEach((action, index) => {
      if (action.kind === 'mirror' && action.crm === crm && action.replaces === undefined)
        this.actions[index] = { ...action, threadId };
    });
  }

  /** The CRM thread of a link that was made by hand is known now (T7). */
  nameLink(link: Link, named: { readonly threadId: string; readonly conversationId: string }): Link {
    const { crm } = link;
    this.links.delete(crm);
    const renamed = namedLink(link, named, this.links.get(named.threadId));
    this.setLink(renamed);
    for (const [key, item] of this.items)
      if (item.thread === crm) this.items.set(key, { ...item, thread: renamed.crm });
    for (const [id, candidate] of this.candidates)
      if (candidate.crm === crm) this.candidates.set(id, { ...candidate, crm: renamed.crm });
    const rename = <T extends { readonly crm: string }>(each: T): T =>
      each.crm === crm ? { ...each, crm: renamed.crm } : each;
    this.actions.splice(0, this.actions.length, ...this.actions.map(rename));
    this.receipts.splice(0, this.receipts.length, ...this.receipts.map(rename));
    return renamed;
  }

  /** Where it turns out to have begun earlier, what stands in its threads from before is compared (T4). */
  setLink(link: Link): void {
    const known = this.state.links.get(link.crm);
    if (known !== undefined && link.since < known.since && link.gmail.length > 0)
      this.setAside(checkKey(link.crm), link.crm, 'waiting', 'next-pass', this.now);
    this.links.set(link.crm, link);
    this.byGmail = undefined;
    this.byMessageId = undefined;
  }

  /** Not this one in this pass: another one is dealt with alone, or it has killed runs (X7). Settled here. */
  isBarred(key: string, thread: string): boolean {
    const { only, poison } = this.observed;
    if (poison?.key === key && poison.level === 'aside') this.park(key, thread, 'too-heavy');
    else if (only === undefined || only === key) return false;
    // What waits for another one does so still, or two of a thread would wait for each other.
    else if (this.items.get(key)?.reason !== 'order') this.setAside(key, thread, 'waiting', 'next-pass', this.now);
    return true;
  }

  /** It has killed runs, and is read by its headers and first words alone. */
  isReduced(key: string): boolean {
    return this.observed.poison?.key === key;
  }

  /** Set aside until the user wants it tried again, or a day later. */
  private park(key: string, thread: string, reason: Reason): void {
    this.setAside(key, thread, 'parked', reason, this.now + DAY_MS);
  }

  /** An item that is not to be tried now. */
  isResting(key: string): boolean {
    const item = this.state.items.get(key);
    return item !== undefined && (item.next === 0 || item.next > this.now);
  }

  /** Few enough attempts so far to wait for an attachment. */
  isPatient(key: string): boolean {
    return (this.state.items.get(key)?.attempts ?? 0) < MOST_WAITS;
  }

  /** Sets a message aside (X2): it blocks nothing, and no cursor waits for it. */
  setAside(key: string, thread: string, state: Item['state'], reason: Reason, next: number): void {
    const before = this.items.get(key);
    const doubted = this.candidates.get(key.slice(2))?.doubt === true;
    const doubt = key.startsWith('g:') && (doubted || mayBeWritten(before) || this.doubt || this.observed.resynced);
    this.items.set(key, {
      key,
      state,
      reason,
      since: before?.since ?? this.now,
      next,
      attempts: before?.attempts ?? 0,
      thread,
      ...(before?.asked === true ? { asked: true } : {}),
      ...(doubt ? { doubt: true } : {}),
      ...(before?.attempt === undefined ? {} : { attempt: before.attempt }),
      uploaded: before?.uploaded,
    });
  }

  /** Until the one before it is decided; where that is for the user to say, it is looked at again now and then. */
  waitBehind(key: string, thread: string, first: Pick<Item, 'next'>): void {
    this.setAside(key, thread, 'waiting', 'order', first.next === 0 ? this.now + REFUSED_MS : first.next);
  }

  /** Another attempt later, later each time; after the third it counts as parked. */
  tryLater(key: string, thread: string, reason: Reason): void {
    const attempts = (this.state.items.get(key)?.attempts ?? 0) + 1;
    this.setAside(key, thread, attempts < 3 ? 'waiting' : 'parked', reason, this.now + retryPause(attempts));
    const item = this.items.get(key);
    if (item !== undefined) this.items.set(key, { ...item, attempts });
  }

  /** The message is dealt with: it is no item any more, and its receipt says why. */
  finish(key: string, receipt: Omit<Receipt, 'at' | 'key'>): void {
    this.items.delete(key);
    this.resolved.add(key);
    if (key.startsWith('e:')) this.see(key.slice(2));
    this.receipts.push({ at: this.now, key, ...receipt });
  }

  note(receipt: Omit<Receipt, 'at'>): void {
    this.receipts.push({ at: this.now, ...receipt });
  }
}
