/**
 * Messages of other threads that belong to a link all the same: Gmail split the thread (T4), or the reply names a
 * Message-ID that only the CRM knows (T5). Of other threads six headers are read and nothing is kept but hashes (T3).
 */
import { normaliseSubject } from '../../gmail/mime/subject';
import { isSearchable } from '../../gmail/mime/message-id';
import type { GmailRef, HistoryChange } from '../../gmail/types';
import { wakingKey } from '../keys';
import type { MessageView } from '../observed';
import { DAY_MS, INTENT_MS, MOST_HEADERS, STRAY_DAYS, type Item, type Link, type Stray } from '../state';
import { isMail, isOutbound, parentsOf, personKey, subjectKey } from '../threads';
import { mayReport, planReport } from './bounces';
import { openDeliveryIn } from './evidence';
import { mayBeWritten, type Planning } from './planning';

/** Clocks of Gmail and of the CRM may differ by this much. */
const CLOCKS_MS = 5 * 60_000;
const MOST_STRAYS = 150;

/** `changes` are messages of threads that no link has. */
export function planJoins(planning: Planning, changes: readonly HistoryChange[]): void {
  // What it was to wake is awake now, or else not to be had.
  for (const [key, { thread }] of planning.state.items) {
    if (key === wakingKey(thread) && !planning.isResting(key)) planning.items.delete(key);
  }
  let read = 0;
  for (const change of changes) {
    const key = `g:${change.id}`;
    if (read >= MOST_HEADERS) {
      planning.setAside(key, change.threadId, 'waiting', 'next-pass', planning.now);
      continue;
    }
    read += 1;
    const headers = planning.got<'headers'>({ kind: 'headers', id: change.id });
    if (headers === undefined) continue;
    if (headers.kind === 'unread') {
      planning.tryLater(key, change.threadId, 'unreadable');
      continue;
    }
    planning.items.delete(key);
    if (headers.kind === 'got' && isMail(headers.value.labelIds)) joinOrKeep(planning, headers.value);
  }
  for (const stray of [...planning.strays.values()]) joinStray(planning, stray);
  prune(planning);
}

function joinOrKeep(planning: Planning, message: MessageView): void {
  // An earlier message of the same round may have brought the whole thread in, or a delivery that was found to be done.
  const linked = planning.linkOfGmail(message.threadId);
  if (linked !== undefined) {
    const isKnown = planning.candidates.has(message.id) || planning.twins.has(message.id);
    if (!isKnown && message.date >= linked.since - CLOCKS_MS) planning.candidates.set(message.id, { crm: linked.crm });
    return;
  }
  const first = undecidedIn(planning, message.threadId);
  if (first !== undefined) return planning.waitBehind(`g:${message.id}`, message.threadId, first);
  const reported = reportIn(planning, message);
  if (reported !== false) return;
  const parents = parentsOf(message.mail);
  const named = parents.map((id) => planning.linkOfMessageId(id)).find((link) => link !== undefined);
  if (named !== undefined) return join(planning, named, message, 'T4');
  if (parents.length === 0) return;
  // Links know their newest messages. Older ones are in the mailbox, which is asked where Gmail began a thread with a reply.
  if (message.id === message.threadId) {
    const present = presentOf(planning, parents);
    if (present === undefined) return;
    if (present === 'unread') return planning.tryLater(`g:${message.id}`, message.threadId, 'unreadable');
    const older = present.map(({ threadId }) => planning.linkOfGmail(threadId)).find((link) => link !== undefined);
    if (older !== undefined) return join(planning, older, message, 'T4');
    const resting = present.find(({ threadId }) => planning.state.quiet?.byGmail(threadId) !== undefined);
    // Tried once: what does not wake is no link any more.
    if (resting !== undefined && !planning.state.items.has(wakingKey(resting.threadId))) {
      planning.setAside(wakingKey(resting.threadId), resting.threadId, 'waiting', 'next-pass', planning.now);
      return planning.setAside(`g:${message.id}`, message.threadId, 'waiting', 'next-pass', planning.now);
    }
  }
  if (isOutbound(message)) return;
  const stray: Stray = {
    id: message.id,
    thread: message.threadId,
    from: personKey(message.mail.from.email),
    subject: subjectKey(message.mail.subject),
    at: message.date,
  };
  if (stray.subject === '') return;
  if (newestFitting(planning, stray) === undefined && !askedResting(planning, message)) return;
  planning.strays.set(stray.id, stray);
}

/**
 * The e-mail with which its link begins could not be decided yet: a copy of a run that was killed stands in that thread, or
 * the draft that may have been sent was in it, whose turn may not have come where runs have died (X7).
 */
function undecidedIn(planning: Planning, threadId: string): Pick<Item, 'next'> | undefined {
  for (const [emailId, views] of planning.copies) {
    const item = planning.items.get(`e:${emailId}`);
    if (item !== undefined && views.some((view) => view.threadId === threadId)) return item;
  }
  return openDeliveryIn(planning, threadId);
}

/** A link that rests is not known by its people and subject: its copies in the mailbox are (X11). False while they are asked for. */
function askedResting(planning: Planning, { id, mail }: MessageView): boolean {
  const label = planning.head.labels?.own;
  if (planning.state.quiet === undefined || label === undefined || mail.from.email === '') return true;
  const subject = normaliseSubject(mail.subject);
  return planning.got<'kin'>({ kind: 'kin', id, from: mail.from.email, subject, label }) !== undefined;
}

/**
 * A delivery report in a thread of its own, as other hosts send them (T9). It names the mail that failed, and still it is
 * no place for the conversation: where it is of no delivered e-mail, but of a mail of a link, the CRM gets it all the same.
 * Undefined while something is being read, or where that is for later.
 */
function reportIn(planning: Planning, headers: MessageView): boolean | undefined {
  if (planning.head.connection.provider === undefined || isOutbound(headers) || !mayReport(headers.mail)) return false;
  const message = planning.got<'message'>({ kind: 'message', id: headers.id });
  if (message === undefined) return undefined;
  if (message.kind === 'unread') {
    planning.tryLater(`g:${headers.id}`, headers.threadId, 'unreadable');
    return undefined;
  }
  if (message.kind !== 'got' || message.value.bounce === undefined) return false;
  const reported = planReport(planning, message.value);
  if (reported !== false) return reported;
  const named = parentsOf(message.value.mail)
    .map((id) => planning.linkOfMessageId(id))
    .find((link) => link !== undefined);
  if (named !== undefined) planning.candidates.set(headers.id, { crm: named.crm, view: message.value });
  return true;
}

function joinStray(planning: Planning, stray: Stray): void {
  const link = newestFitting(planning, stray);
  if (link === undefined || planning.linkOfGmail(stray.thread) !== undefined) return;
  const thread = planning.thread(stray.thread, true);
  if (thread === undefined) return;
  if (thread.kind === 'unread') return planning.tryLater(`g:${stray.id}`, stray.thread, 'unreadable');
  planning.strays.delete(stray.id);
  if (thread.kind !== 'got') return;
  const message = thread.value.messages.find(({ id }) => id === stray.id);
  if (message === undefined) return;
  // A parent that is in the mailbox makes it a reply to something else with the same subject. What stands before the parent may
  // be there: an earlier answer that came in copy.
  const [nearest] = parentsOf(message.mail);
  if (thread.value.messages.some(({ mail }) => mail.messageId === nearest)) return;
  const present = presentOf(planning, [nearest]);
  if (present === 'unread') {
    planning.strays.set(stray.id, stray);
    planning.tryLater(`g:${stray.id}`, stray.thread, 'unreadable');
  } else if (present?.length === 0) join(planning, link, { id: stray.id, threadId: stray.thread }, 'T5');
}

/** A reply names its nearest ancestors last; so many of them are looked for. */
const MOST_PARENTS = 8;

/** The messages of the mailbox that a reply names; undefined while they are asked for. */
function presentOf(planning: Planning, parents: readonly string[]): readonly GmailRef[] | 'unread' | undefined {
  const ids = parents.slice(0, MOST_PARENTS).filter(isSearchable);
  if (ids.length === 0) return [];
  const found = planning.got<'named'>({ kind: 'named', ids });
  if (found === undefined) return undefined;
  if (found.kind === 'unread') return 'unread';
  return found.kind === 'got' ? found.value : [];
}

/** Of several links of that person and subject the newest that began before the reply. */
function newestFitting(planning: Planning, stray: Stray): Link | undefined {
  const fitting = [...planning.links.values()]
    .filter(
      (link) =>
        link.mirrored &&
        link.subject === stray.subject &&
        link.people.includes(stray.from) &&
        link.since <= stray.at + CLOCKS_MS,
    )
    .sort((a, b) => b.since - a.since);
  return fitting.find(({ since }) => since <= stray.at) ?? fitting[fitting.length - 1];
}

/** The thread becomes one of the link's, and what it had since the link began goes too (T4). */
function join(
  planning: Planning,
  link: Link,
  { id, threadId }: Pick<MessageView, 'id' | 'threadId'>,
  rule: string,
): void {
  const thread = planning.thread(threadId, true);
  if (thread === undefined) return;
  if (thread.kind === 'unread') return planning.tryLater(`g:${id}`, threadId, 'unreadable');
  if (thread.kind !== 'got') return;
  // Its conversation lives here now: further mirrors go where the contact answers.
  planning.setLink({ ...link, gmail: [threadId, ...link.gmail], touched: planning.now });
  planning.redirectMirrors(link.crm, threadId);
  planning.note({ key: `g:${threadId}`, what: 'joined', crm: link.crm, direction: '', rule });
  for (const view of thread.value.messages) {
    if (view.date < link.since - CLOCKS_MS) continue;
    // A killed run may have joined it before, and what it began is remembered no longer than this.
    const doubt = view.date < planning.now - INTENT_MS || mayBeWritten(planning.state.items.get(`g:${view.id}`));
    planning.candidates.set(view.id, { crm: link.crm, view, doubt });
  }
}

function prune(planning: Planning): void {
  const { gap, crmAt } = planning.head;
  // After an outage both sides are taken up in pieces: what an answer is to may be in a later one than the answer.
  const takenUp = Math.min(planning.now, gap?.since ?? Infinity, crmAt - planning.toCrmTime(0));
  for (const [id, stray] of planning.strays) if (stray.at < takenUp - STRAY_DAYS * DAY_MS) planning.strays.delete(id);
  for (const id of [...planning.strays.keys()].slice(0, -MOST_STRAYS)) planning.strays.delete(id);
}
