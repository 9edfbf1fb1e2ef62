/** Pending e-mails of the CRM that Gmail sends (R1, R3, R6), each once (X3). What comes after a send is in `follow.ts`. */
import { markerOf } from '../../gmail/mime/write';
import type { CrmEmail } from '../../crm/types';
import type { GmailRef, HistoryChange } from '../../gmail/types';
import type { DeliverAction } from '../actions';
import { followKey } from '../keys';
import { SETTLE_MS, type Attempt, type Link, type Reason } from '../state';
import { contentKey, decideDelivery, isRepeated, sendingRoom, type Decision, type DraftView } from './delivery';
import { attemptOf, changedSince, isUntouched, sentByHand, sentTwin, sentViews } from './evidence';
import { followOf, sweepLater } from './follow';
import { parentOf, threadOf } from './mirrors';
import type { Planning } from './planning';

const MOST_REFERENCES = 20;

/** `early`: from before the connection, so that nobody can tell whether somebody has sent it since (C4). */
export function deliverOne(planning: Planning, link: Link, email: CrmEmail, rule: string, early: boolean): void {
  const key = `e:${email.id}`;
  const stop = early && link.stopped === '' ? '' : planning.stopOf(link, email.dateAdded);
  if (stop === undefined) return;
  const attempt = attemptOf(planning, key);
  if (stop !== '' && attempt === undefined) return leaveStopped(planning, link, key, stop);
  const wish = planning.state.items.get(key)?.reason;
  const again = wish === 'send-again';
  if (attempt === undefined && !again && wish !== 'said-sent' && isSentTwice(planning, email)) {
    return setAside(planning, link, email, 'held', 'repeated', 0);
  }
  const drafts = planning.got<'drafts'>({ kind: 'drafts' });
  const untouched = isUntouched(planning, email);
  const sent = sentViews(planning, email, attempt, !early && untouched);
  const thread = threadOf(planning, link);
  if (drafts === undefined || sent === undefined || thread === undefined) return;
  if (drafts.kind !== 'got' || sent.kind !== 'got' || thread === 'unread') return tryLater(planning, link, email);

  const decision = decideDelivery({
    marker: markerOf(email.id),
    pinned: again ? undefined : pinOf(attempt),
    attemptedAt: again ? undefined : attempt?.at,
    drafts: drafts.value,
    sent: [...sent.value, ...planning.noticed],
    now: planning.now,
  });
  const unmarked =
    again || (early && attempt === undefined) ? 'none' : unmarkedOf(planning, email, decision, attempt, untouched);
  if (unmarked === undefined) return;
  if (unmarked === 'unread') return tryLater(planning, link, email);
  if (decision.do === 'done') return adoptSent(planning, link, email, decision.sent, decision.extras, rule);
  if (unmarked !== 'none') return adoptSent(planning, link, email, unmarked, [], rule);
  if (stop !== '') return leaveStopped(planning, link, key, stop);
  if (wish === 'said-sent') return takeAsSent(planning, link, email, drafts.value, rule);
  if (early && !again && attempt === undefined) return setAside(planning, link, email, 'held', 'before-connection', 0);
  const changed =
    attempt === undefined || again || decision.do !== 'create'
      ? 'none'
      : changedSince(planning, email, attempt.at, drafts.value);
  if (changed === undefined) return;
  if (changed === 'unread') return tryLater(planning, link, email);
  if (changed !== 'none') return setAside(planning, link, email, 'held', changed, 0);
  switch (decision.do) {
    case 'wait':
      return setAside(planning, link, email, 'waiting', 'checking', decision.until);
    case 'hold':
      return setAside(planning, link, email, 'held', decision.reason, 0);
    case 'create':
    case 'send':
  }
  // A second one of the same thread goes when it is known where the first one went.
  if (planning.actions.some((action) => action.kind === 'deliver' && action.crm === link.crm)) {
    return setAside(planning, link, email, 'waiting', again ? 'send-again' : 'order', planning.now);
  }
  const planned = planning.actions.filter(({ kind }) => kind === 'deliver').length;
  const { room, until } = sendingRoom(planning.head.sends ?? [], planning.head.connection.mailbox, planning.now);
  if (planned >= room) return setAside(planning, link, email, 'waiting', 'sending-cap', until);
  const parent = parentOf(planning, link, email, thread.messages);
  planning.actions.push({
    kind: 'deliver',
    key,
    crm: link.crm,
    email,
    direction: 'outbound',
    ...(decision.do === 'send' ? { draft: decision.draft } : {}),
    base: attempt?.base ?? planning.head.history,
    content: contentKey(email),
    retried: attempt !== undefined,
    final: wish === 'refused-by-gmail' || wish === 'too-large',
    threadId: thread.id,
    inReplyTo: parent?.id,
    references: parent === undefined ? [] : [...parent.references.slice(-MOST_REFERENCES), parent.id],
    patient: planning.isPatient(key),
    rule,
  });
  planning.setLink({ ...link, touched: planning.now, lastEmail: email.id });
}

/** In a thread that the user stopped nobody sends it, which the CRM does not say by itself (R10). */
function leaveStopped(planning: Planning, link: Link, key: string, stop: string): void {
  const rule = stop === 'T8' ? 'R10' : stop;
  planning.finish(key, { what: 'left', crm: link.crm, direction: 'outbound', rule });
}

/** Of our provider, and not pending any more: it went out through Gmail, whatever this installation remembers of it. */
export function recogniseSent(planning: Planning, link: Link, email: CrmEmail, rule: string): void {
  const attempt = attemptOf(planning, `e:${email.id}`);
  const sent = sentViews(planning, email, attempt, false);
  if (sent === undefined) return;
  if (sent.kind === 'unread' && planning.isPatient(`e:${email.id}`)) return tryLater(planning, link, email);
  const marked = sent.kind === 'got' ? sent.value.find(({ marker }) => marker === markerOf(email.id)) : undefined;
  const twin = marked === undefined ? sentTwin(planning, email, attempt) : 'none';
  const found = marked ?? (twin === 'none' ? sentByHand(planning, email, attempt?.at ?? email.dateAdded) : twin);
  if (found === undefined) return;
  if (found === 'unread' && planning.isPatient(`e:${email.id}`)) return tryLater(planning, link, email);
  if (typeof found === 'object') return adoptSent(planning, link, email, found, [], rule);
  // A run of ours was about to send it: what Gmail lists lags behind.
  const settled = attempt === undefined ? 0 : attempt.at + SETTLE_MS;
  if (planning.now < settled) return setAside(planning, link, email, 'waiting', 'checking', settled);
  planning.finish(`e:${email.id}`, { what: 'left', crm: email.threadId, direction: 'outbound', rule });
}

/** An e-mail whose end is open turns up in Sent: it is decided in this pass, whenever its turn would be. */
export function noticeSent(planning: Planning, changes: readonly HistoryChange[]): void {
  const open = [...planning.state.items.values()].some(({ attempt }) => attempt !== undefined);
  if (!open) return;
  for (const { id, labelIds } of changes) {
    if (!labelIds.includes('SENT')) continue;
    const headers = planning.got<'headers'>({ kind: 'headers', id });
    const marker = headers?.kind === 'got' ? headers.value.mail.marker : undefined;
    if (headers?.kind === 'got' && marker !== undefined && planning.state.items.has(`e:${marker}`)) {
      planning.noticed.push({ id, threadId: headers.value.threadId, marker });
    }
  }
}

/** The e-mail is gone from the CRM in the midst of a delivery: the same mail under a new id is to be asked about (S15). */
export function forgetGone(planning: Planning, key: string): void {
  const attempt = attemptOf(planning, key);
  if (attempt === undefined) return;
  planning.doubtful.push(attempt.content);
  sweepLater(planning);
}

/** The same mail was sent within 24 hours, is being sent, or is open (section R, the CRM's Retry). */
function isSentTwice(planning: Planning, email: CrmEmail): boolean {
  const content = contentKey(email);
  const key = `e:${email.id}`;
  return (
    isRepeated(content, planning.seen, planning.now) ||
    planning.doubtful.includes(content) ||
    planning.actions.some((action) => action.kind === 'deliver' && action.content === content) ||
    planning.head.intents.some((intent) => intent.key !== key && intent.content === content) ||
    [...planning.items.values()].some((item) => item.key !== key && item.attempt?.content === content)
  );
}

function pinOf(attempt: Attempt | undefined): DeliverAction['draft'] {
  if (attempt?.draft === undefined || attempt.message === undefined) return undefined;
  return { id: attempt.draft, message: attempt.message, thread: attempt.thread };
}

/** Where no draft and no marker shows it, though it was begun or may have been: what Sent may have of it all the same. */
function unmarkedOf(
  planning: Planning,
  email: CrmEmail,
  decision: Decision,
  attempt: Attempt | undefined,
  untouched: boolean,
): GmailRef | 'none' | 'unread' | undefined {
  if (decision.do === 'create')
    return attempt === undefined && untouched
      ? 'none'
      : sentByHand(planning, email, attempt?.at ?? email.dateAdded, true);
  const isGone = decision.do === 'wait' || (decision.do === 'hold' && decision.reason === 'unsure-sent');
  return isGone ? sentTwin(planning, email, attempt) : 'none';
}

/** What was begun stays with the item until the e-mail is dealt with, so that the head has room for other intents. */
function setAside(
  planning: Planning,
  link: Link,
  email: CrmEmail,
  state: 'waiting' | 'held',
  reason: Reason,
  next: number,
): void {
  const key = `e:${email.id}`;
  planning.setAside(key, link.crm, state, reason, next);
  keepAttempt(planning, key);
}

function tryLater(planning: Planning, link: Link, email: CrmEmail): void {
  const key = `e:${email.id}`;
  planning.tryLater(key, link.crm, 'gmail-busy');
  keepAttempt(planning, key);
}

export function keepAttempt(planning: Planning, key: string): void {
  const attempt = attemptOf(planning, key);
  const item = planning.items.get(key);
  if (attempt === undefined || item === undefined) return;
  planning.items.set(key, { ...item, attempt });
  planning.resolved.add(key);
}

/** Sent already: by a run that was killed, by a late effect, or by the user's own hand. */
function adoptSent(
  planning: Planning,
  link: Link,
  email: CrmEmail,
  sent: { id: string; threadId: string },
  extras: readonly string[],
  rule: string,
): void {
  const gmail = link.gmail.includes(sent.threadId) ? link.gmail : [sent.threadId, ...link.gmail];
  planning.setLink({ ...link, gmail, touched: planning.now, lastEmail: email.id, count: link.count + 1 });
  finishSent(planning, link, email, rule);
  // Where this pass has seen it in history, it does not come again.
  if (!planning.observed.changes.some(({ id }) => id === sent.id)) planning.echoes.push(sent.id);
  planning.noteOwn(sent.id);
  planning.actions.push(followOf(planning, followKey(email.id, sent.id), link.crm, email.status === 'pending'));
  for (const draft of extras) planning.actions.push({ kind: 'discard', draft, crm: link.crm });
}

/** The user says that it was sent: nobody knows as which message. A draft that they changed is theirs. */
function takeAsSent(planning: Planning, link: Link, email: CrmEmail, drafts: readonly DraftView[], rule: string): void {
  const pinned = pinOf(attemptOf(planning, `e:${email.id}`));
  planning.setLink({ ...link, touched: planning.now, lastEmail: email.id });
  finishSent(planning, link, email, rule);
  planning.actions.push(followOf(planning, followKey(email.id, ''), link.crm, true));
  for (const { id, message, marker } of drafts) {
    const ours = marker === markerOf(email.id) && (pinned === undefined || pinned.message === message);
    if (ours) planning.actions.push({ kind: 'discard', draft: id, crm: link.crm });
  }
}

function finishSent(planning: Planning, link: Link, email: CrmEmail, rule: string): void {
  planning.finish(`e:${email.id}`, { what: 'delivered', crm: link.crm, direction: 'outbound', rule });
  planning.delivered.push(email);
  sweepLater(planning);
}
