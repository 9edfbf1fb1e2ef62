/** What the results of a pass make of the state: pure. */
import type { Pushed } from '../crm/types';
import type { GmailRef } from '../gmail/types';
import { mirrorMessageId } from './mirror';
import type { Create, DeliverAction, MirrorAction, PushAction } from './actions';
import type { DeliverResult, DiscardResult, FollowResult } from './deliver';
import { addSends, sentKey } from './plan/delivery';
import type { LabelResult, MirrorResult, PushResult, RemoveResult, Result } from './perform';
import { checkKey, failureKey, moveKey, removalKey, SWEEP_KEY } from './keys';
import { nextMarks } from './marks';
import { joinsByAfter } from './push';
import { isUnnamed, namedLink } from './rename';
import { shortHash } from '../platform/hash';
import {
  dayOf,
  MOST_RECEIPTS,
  REFUSED_MS,
  retryPause,
  SETTLE_MS,
  type Head,
  type Intent,
  type Item,
  type JoinsBy,
  type Link,
  type Reason,
  type Receipt,
  type State,
  type Tally,
} from './state';

/** The intents that must stand in the head before these actions are performed. */
export function intentsFor(actions: readonly Create[], base: string, now: number): Intent[] {
  return actions.map((action) =>
    action.kind === 'mirror'
      ? { kind: 'mirror', key: action.key, at: now, base }
      : action.kind === 'deliver'
        ? {
            kind: 'deliver',
            key: action.key,
            at: now,
            base: action.base,
            draft: action.draft?.id,
            message: action.draft?.message,
            thread: action.draft?.thread,
            content: action.content,
          }
        : {
            kind: 'push',
            key: action.key,
            at: now,
            base,
            crm: action.crm,
            conversation: action.conversation,
            altId: action.altId,
          },
  );
}

/** `next` is the plan's state, `marked` the intents that were written before the actions. */
export function settle(next: State, results: readonly Result[], marked: readonly Intent[], now: number): State {
  const work = new Settling(next, marked, now);
  for (const result of results) {
    if (isLabelling(result)) work.labelled(result);
    else if (isRemoval(result)) work.removed(result);
    else if (isFollow(result)) work.followed(result);
    else if (isDiscard(result)) work.discarded(result);
    else if (isDelivery(result)) work.ended(result);
    else if (isMirror(result) && result.action.replaces !== undefined) work.moved(result, result.action.replaces);
    else work.written(result);
  }
  return work.state();
}

type Written = MirrorResult | PushResult;

function isFollow(result: Result): result is FollowResult {
  return result.action.kind === 'follow';
}

function isDiscard(result: Result): result is DiscardResult {
  return result.action.kind === 'discard';
}

function isDelivery(result: Result): result is DeliverResult {
  return result.action.kind === 'deliver';
}

function isLabelling(result: Result): result is LabelResult {
  return result.action.kind === 'label';
}

function isRemoval(result: Result): result is RemoveResult {
  return result.action.kind === 'remove';
}

function isMirror(result: Written): result is MirrorResult {
  return result.action.kind === 'mirror';
}

class Settling {
  private readonly links: Map<string, Link>;
  private readonly items: Map<string, Item>;
  private readonly seen: Map<string, number>;
  private readonly receipts: Receipt[] = [];
  private readonly echoes: string[];
  private readonly intents: Map<string, Intent>;
  /** CRM threads that this pass made, by the names that their links had before. */
  private readonly names = new Map<string, string>();
  private readonly tally = { mirrored: 0, delivered: 0, pushed: 0 };
  /** Gmail messages that were logged in the CRM. */
  private readonly logged: string[] = [];
  /** Gmail threads that stay the link's: a copy was to leave and did not, or another one went there. */
  private readonly staying = new Set<string>();
  private joinsBy: JoinsBy | undefined;
  /** Of the message that is being dealt with. */
  private uploaded: Item['uploaded'];

  constructor(
    private readonly next: State,
    marked: readonly Intent[],
    private readonly now: number,
  ) {
    this.links = new Map(next.links);
    this.items = new Map(next.items);
    this.seen = new Map(next.seen);
    this.echoes = [...next.head.echoes];
    this.joinsBy = next.head.joinsBy;
    this.intents = new Map([...next.head.intents, ...marked].map((intent) => [intent.key, intent]));
  }

  written(result: Written): void {
    const { action, outcome } = result;
    const { key } = action;
    if (outcome.kind !== 'unknown') this.intents.delete(key);
    this.uploaded = isMirror(result) ? undefined : kept(result.uploaded);
    switch (outcome.kind) {
      case 'done':
        return isMirror(result)
          ? this.mirrored(result.action, outcome.value as GmailRef)
          : this.pushed(result.action, outcome.value as Pushed);
      case 'unknown':
        return this.setAside(action, 'waiting', 'checking', this.now + SETTLE_MS);
      case 'skipped':
        return this.setAside(action, 'waiting', 'order', this.now);
      case 'later':
        if (outcome.failure.code.startsWith('run.')) return this.setAside(action, 'waiting', 'no-time', this.now);
        return this.again(
          action,
          outcome.failure.code.startsWith('file.')
            ? 'attachment'
            : action.kind === 'mirror'
              ? 'gmail-busy'
              : 'crm-busy',
          outcome.retryAfterMs,
        );
      case 'denied':
        return this.again(action, action.kind === 'mirror' ? 'gmail-busy' : 'crm-busy', 0);
      case 'refused':
        // Final for now, and shown as such; tried again all the same, since what was wrong may be mended (X7).
        return this.setAside(action, 'parked', refusal(action, outcome.failure.code), this.now + REFUSED_MS, 3);
    }
  }

  /** What became of a delivery; where it is not certain, its item keeps what was begun, with the draft (X3, X6). */
  ended(result: DeliverResult): void {
    const { action, outcome } = result;
    const intent = this.intents.get(action.key);
    this.intents.delete(action.key);
    if (outcome.kind === 'done') {
      this.delivered(action, outcome.value, intent?.message);
      if (result.follow !== undefined) this.followed(result.follow);
      return;
    }
    if (outcome.kind === 'refused' && action.final) return this.failed(action, outcome.failure.code);
    this.undelivered(action, outcome);
    const item = this.items.get(action.key);
    if (intent === undefined || item === undefined) return;
    const { base, at, draft, message, thread } = intent;
    this.items.set(action.key, { ...item, attempt: { base, at, draft, message, thread, content: action.content } });
  }

  private undelivered(action: DeliverAction, outcome: Exclude<DeliverResult['outcome'], { kind: 'done' }>): void {
    switch (outcome.kind) {
      case 'unknown':
        return this.setAside(action, 'waiting', 'checking', this.now + SETTLE_MS);
      case 'later': {
        const { code } = outcome.failure;
        if (code.startsWith('run.')) return this.setAside(action, 'waiting', 'no-time', this.now);
        if (code === 'gmail.sending-limit')
          return this.setAside(action, 'waiting', 'sending-cap', this.now + outcome.retryAfterMs);
        return this.again(action, code.startsWith('file.') ? 'attachment' : 'gmail-busy', outcome.retryAfterMs);
      }
      case 'denied':
        return this.again(action, 'gmail-busy', 0);
      case 'refused':
        return this.setAside(action, 'parked', refusal(action, outcome.failure.code), this.now + REFUSED_MS, 3);
    }
  }

  /** Refused twice: the CRM is to show it as failed, where it can be corrected and sent again (facts, reliability S18). */
  private failed(action: DeliverAction, code: string): void {
    const { key, crm, email } = action;
    this.items.delete(key);
    this.seen.set(shortHash(email.id), dayOf(this.now));
    this.receipts.push({ at: this.now, what: 'left', key, crm, direction: 'outbound', rule: 'R8' });
    const failure = failureKey(email.id, code.endsWith('too-large') ? 'too-large' : 'refused');
    this.putItem(failure, 'status', this.now, 0, crm);
    this.sweepLater();
  }

  private delivered(action: DeliverAction, { id, threadId }: GmailRef, draft: string | undefined): void {
    const link = this.links.get(action.crm);
    if (link !== undefined) {
      // A draft begins a thread of its own name, or Gmail has put it beside others, which may have come before there was a link.
      if (!link.gmail.includes(threadId) && threadId !== draft)
        this.putItem(checkKey(action.crm), 'next-pass', this.now, 0, action.crm);
      const gmail = link.gmail.includes(threadId) ? link.gmail : [threadId, ...link.gmail];
      this.links.set(action.crm, { ...link, gmail, count: link.count + 1 });
    }
    this.echoes.push(id);
    this.seen.set(shortHash(action.email.id), dayOf(this.now));
    this.seen.set(sentKey(action.content, this.now), dayOf(this.now));
    if (action.retried) this.sweepLater();
    this.items.delete(action.key);
    this.tally.delivered += 1;
    this.note(action, 'delivered');
  }

  /** Labels and the CRM's status, tried again until they stand (X3). */
  followed({ action, complete, messageId, retryAfterMs }: FollowResult): void {
    const { key, crm } = action;
    const link = this.links.get(crm);
    if (link !== undefined && messageId !== undefined)
      this.links.set(crm, { ...link, ids: withHash(link.ids, messageId) });
    // The report comes soon after the mail was set to delivered, which a late effect may do once more: looked at again.
    if (complete && key.startsWith('g:') && action.attempts === 0)
      return this.putItem(key, 'status', this.now + SETTLE_MS, 1, crm);
    if (complete && key.startsWith('g:')) {
      this.receipts.push({ at: this.now, what: 'left', key, crm, direction: 'inbound', rule: 'T9' });
    }
    if (complete) return void this.items.delete(key);
    const attempts = action.attempts + 1;
    this.putItem(key, 'status', this.now + Math.max(retryAfterMs, retryPause(attempts)), attempts, crm);
  }

  /** A draft that could not be deleted is looked for again. */
  discarded({ outcome }: DiscardResult): void {
    if (outcome.kind !== 'done') this.sweepLater();
  }

  private sweepLater(): void {
    this.putItem(SWEEP_KEY, 'checking', this.now + SETTLE_MS, 0, '');
  }

  private putItem(key: string, reason: Reason, next: number, attempts: number, thread: string): void {
    const since = this.items.get(key)?.since ?? this.now;
    this.items.set(key, { key, state: 'waiting', reason, since, next, attempts, thread });
  }

  /** A copy that follows its thread: where it did not come to its end, the link is looked at again. */
  moved({ action, outcome, replaced }: MirrorResult, former: { id: string; threadId: string }): void {
    if (outcome.kind !== 'unknown') this.intents.delete(action.key);
    const link = this.links.get(action.crm);
    if (outcome.kind === 'done') this.echoes.push(outcome.value.id);
    const left = link?.gmail.filter((id) => id !== former.threadId) ?? [];
    if (outcome.kind === 'done' && replaced && link !== undefined) {
      const { threadId } = outcome.value;
      // Where Gmail did not put it beside the answer it still belongs to the link.
      this.staying.add(threadId);
      const gmail = this.staying.has(former.threadId) ? link.gmail : left;
      this.links.set(link.crm, { ...link, gmail: gmail.includes(threadId) ? gmail : [...gmail, threadId] });
    } else {
      // Of one thread some may have been moved: as long as one has not, it is the link's.
      this.staying.add(former.threadId);
      if (link !== undefined) this.links.set(link.crm, { ...link, gmail: [...left, former.threadId] });
      this.putItem(moveKey(action.crm), 'checking', this.now + SETTLE_MS, 0, action.crm);
    }
  }

  private mirrored(action: MirrorAction, { id, threadId }: GmailRef): void {
    const link = this.links.get(action.crm);
    const gmail = link?.gmail ?? [];
    // Another copy may be on its way out of that thread.
    this.staying.add(threadId);
    if (link !== undefined) {
      this.links.set(action.crm, {
        ...link,
        gmail: gmail.includes(threadId) ? gmail : [threadId, ...gmail],
        ids: withHash(link.ids, mirrorMessageId(action.email.id)),
        count: link.count + 1,
      });
    }
    // Gmail has put it beside others, which may have come before there was a link.
    if (!gmail.includes(threadId) && threadId !== id)
      this.putItem(checkKey(action.crm), 'next-pass', this.now, 0, action.crm);
    this.echoes.push(id);
    this.seen.set(shortHash(action.email.id), dayOf(this.now));
    this.items.delete(action.key);
    this.tally.mirrored += 1;
    this.note(action, 'mirrored');
  }

  private pushed(action: PushAction, pushed: Pushed): void {
    const { emailId } = pushed;
    this.seen.set(shortHash(emailId), dayOf(this.now));
    if (isUnnamed(action.crm) && pushed.threadId !== '') this.name(action.crm, pushed);
    const crm = this.crmOf(action.crm);
    if (action.joins !== '' && pushed.threadId !== '')
      this.joinsBy = joinsByAfter(this.joinsBy, pushed.threadId === crm);
    const link = this.links.get(crm);
    if (link !== undefined) this.links.set(crm, { ...link, lastEmail: emailId, count: link.count + 1 });
    this.items.delete(action.key);
    this.logged.push(action.message.id);
    this.tally.pushed += 1;
    this.note(action, 'pushed', emailId);
  }

  /** Where it could not be done, the message is looked at again. */
  labelled({ action, outcome }: LabelResult): void {
    if (outcome.kind !== 'done' && outcome.kind !== 'refused') this.lookAgain(`g:${action.id}`, action.crm);
  }

  /** The CRM thread of a link that was made by hand is there now (T7). */
  private name(crm: string, pushed: Pushed): void {
    const link = this.links.get(crm);
    if (link === undefined) return;
    this.links.delete(crm);
    const named = namedLink(link, pushed, this.links.get(pushed.threadId));
    this.links.set(named.crm, named);
    this.names.set(crm, named.crm);
    for (const [key, item] of this.items) if (item.thread === crm) this.items.set(key, { ...item, thread: named.crm });
  }

  private crmOf(crm: string): string {
    return this.names.get(crm) ?? crm;
  }

  removed({ action, outcome }: RemoveResult): void {
    const key = removalKey(action.id);
    // Not there any more counts as removed when it is said twice.
    const gone = outcome.kind === 'refused' && this.items.has(key);
    if (outcome.kind === 'done' || gone) {
      this.items.delete(key);
      const { crm } = action;
      this.receipts.push({ at: this.now, what: 'removed', key: `g:${action.id}`, crm, direction: '', rule: 'X4' });
    } else {
      // What the heir did not take over is planned anew with it.
      this.lookAgain(action.heir === undefined ? key : `g:${action.heir.id}`, action.crm);
    }
  }

  private lookAgain(key: string, thread: string): void {
    const kept = this.items.get(key);
    const attempts = (kept?.attempts ?? 0) + 1;
    this.items.set(key, {
      ...kept,
      key,
      state: 'waiting',
      reason: 'gmail-busy',
      since: this.now,
      next: this.now + retryPause(attempts),
      attempts,
      thread,
    });
  }

  private note(action: Create, what: 'mirrored' | 'pushed' | 'delivered', email?: string): void {
    this.receipts.push({
      at: this.now,
      what,
      key: action.key,
      crm: action.crm,
      direction: action.direction,
      rule: action.rule,
      ...(email === undefined ? {} : { email }),
    });
  }

  private again(action: Create, reason: Reason, retryAfterMs: number): void {
    const attempts = (this.items.get(action.key)?.attempts ?? 0) + 1;
    // Whatever was answered may still be done late: not before that is out of the question (X6).
    const pause = Math.max(retryAfterMs, SETTLE_MS, retryPause(attempts));
    this.setAside(action, attempts < 3 ? 'waiting' : 'parked', reason, this.now + pause, attempts);
  }

  private setAside(action: Create, state: Item['state'], reason: Reason, next: number, attempts?: number): void {
    const before = this.items.get(action.key);
    this.items.set(action.key, {
      key: action.key,
      state,
      reason,
      since: before?.since ?? this.now,
      next,
      attempts: attempts ?? before?.attempts ?? 0,
      thread: this.crmOf(action.crm),
      ...(before?.asked === true ? { asked: true } : {}),
      ...(before?.doubt === true ? { doubt: true } : {}),
      ...(before?.attempt === undefined ? {} : { attempt: before.attempt }),
      uploaded: action.kind === 'push' ? (this.uploaded ?? before?.uploaded) : undefined,
    });
  }

  state(): State {
    const head: Head = {
      ...this.next.head,
      ...nextMarks(this.next.head, this.links, this.items.values(), this.logged),
      intents: [...this.intents.values()].map((intent) =>
        intent.crm === undefined ? intent : { ...intent, crm: this.crmOf(intent.crm) },
      ),
      echoes: this.echoes.slice(-40),
      due: earliest(this.items.values()),
      today: addTally(this.next.head.today, this.tally, this.now),
      sends: addSends(this.next.head.sends ?? [], this.tally.delivered, this.now),
      joinsBy: this.joinsBy,
    };
    return {
      ...this.next,
      head,
      links: this.links,
      items: this.items,
      seen: this.seen,
      receipts: [...this.next.receipts, ...this.receipts]
        .map((receipt) => ({ ...receipt, crm: this.crmOf(receipt.crm) }))
        .slice(-MOST_RECEIPTS),
    };
  }
}

/** So many addresses a message: more would be most of the store. */
const MOST_UPLOADED = 12;

function kept(uploaded: Item['uploaded']): Item['uploaded'] {
  const entries = Object.entries(uploaded ?? {}).filter(([, url]) => url.length <= 300);
  return entries.length === 0 ? undefined : Object.fromEntries(entries.slice(0, MOST_UPLOADED));
}

function refusal(action: Create, code: string): Reason {
  if (code === 'crm.contact-not-found') return 'contact-gone';
  if (code.endsWith('too-large')) return 'too-large';
  return action.kind === 'push' ? 'refused-by-crm' : 'refused-by-gmail';
}

function withHash(ids: readonly string[], messageId: string): readonly string[] {
  const hash = shortHash(messageId);
  return ids.includes(hash) ? ids : [...ids, hash];
}

/** When the first item wants another attempt; 0 where none does. */
export function earliest(items: Iterable<Item>): number {
  let due = 0;
  for (const { next } of items) if (next > 0 && (due === 0 || next < due)) due = next;
  return due;
}

function addTally(today: Tally, more: { mirrored: number; delivered: number; pushed: number }, now: number): Tally {
  const day = dayOf(now);
  const base = today.day === day ? today : { day, mirrored: 0, delivered: 0, pushed: 0 };
  return {
    ...base,
    mirrored: base.mirrored + more.mirrored,
    delivered: base.delivered + more.delivered,
    pushed: base.pushed + more.pushed,
  };
}
