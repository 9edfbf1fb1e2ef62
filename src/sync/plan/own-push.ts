/**
 * A CRM e-mail that was logged from this mailbox is not a new one: known by its `altId`, which an open intent, a link or the
 * mailbox itself has, and where the CRM shows none by what it says (X1, X5).
 */
import { isSearchable } from '../../gmail/mime/message-id';
import { shortHash } from '../../platform/hash';
import type { CrmEmail } from '../../crm/types';
import type { GmailRef } from '../../gmail/types';
import type { Got, MessageView } from '../observed';
import { altIdFor } from '../push';
import { isUnnamed } from '../rename';
import { DAY_MS, type Link, type Receipt } from '../state';
import { isMail, isOutbound } from '../threads';
import { remember } from './mirrors';
import { mayBeWritten, type Planning } from './planning';
import { isRecordOf, isSameLetter, readBackNewest } from './readback';

/** How often it is looked whether a mail is still in the CRM twice. */
const LOOK_AGAIN_MS = DAY_MS;

/**
 * A CRM e-mail that was logged from this mailbox is not taken for a new one. Gives whether it was one, and it is dealt
 * with; undefined while something is being read. A push that took effect after all hope of it, or twice, cannot be taken
 * back: the CRM has the message twice, and that is shown until one of the two is gone (X1).
 */
export function takeOwnPush(planning: Planning, email: CrmEmail): boolean | undefined {
  const key = `e:${email.id}`;
  const own = isOwnPush(planning, email);
  if (own === undefined || own === false) return own;
  const twice = own === 'unread' ? own : (email.altId ?? '') !== '' && isTwice(planning, email);
  if (twice === undefined) return undefined;
  if (twice === 'unread' && planning.isPatient(key)) planning.tryLater(key, email.threadId, 'unreadable');
  else if (own === 'unread') return false;
  else if (twice === true) showTwice(planning, email);
  else planning.finish(key, receiptOf(email));
  return true;
}

export function receiptOf({ threadId: crm, direction }: CrmEmail): Omit<Receipt, 'at' | 'key'> {
  return { what: 'pushed', crm, direction, rule: 'X5' };
}

/** Until one of the two is gone. */
export function showTwice(planning: Planning, { id, threadId }: CrmEmail): void {
  planning.see(id);
  planning.setAside(`e:${id}`, threadId, 'parked', 'twice', planning.now + LOOK_AGAIN_MS);
}

/** Another e-mail of the thread has the same `altId`. Only looked for where the message was dealt with before. */
function isTwice(planning: Planning, email: CrmEmail): boolean | 'unread' | undefined {
  const altId = email.altId ?? '';
  const first = planning.pushedBy.get(altId);
  planning.pushedBy.set(altId, first ?? email.id);
  if (first !== undefined && first !== email.id) return true;
  // The first of a thread that was linked by hand (T7) makes a CRM thread each time.
  const link = planning.links.get(email.threadId) ?? planning.linkOfMessageId(altId);
  const open = planning.head.intents.some(({ kind, altId: other }) => kind === 'push' && other === altId);
  if (open || link === undefined || !link.ids.includes(shortHash(altId))) return false;
  const emails = readBackNewest(planning, link);
  if (emails === undefined || emails === 'unread') return emails;
  return emails.some((other) => other.id !== email.id && other.altId === altId);
}

/**
 * Is the CRM e-mail one that was logged from this mailbox, or the CRM's own copy of a message that the mailbox has? Known
 * by its `altId` being that of an open intent or of a message of a link. Such a message is not pushed (again). Undefined
 * while a thread is being read, `unread` where one could not be.
 */
function isOwnPush(planning: Planning, email: CrmEmail): boolean | 'unread' | undefined {
  const altId = email.altId ?? '';
  if (altId === '') return isOwnByContent(planning, email);
  const intent = planning.head.intents.find((open) => open.kind === 'push' && open.altId === altId);
  if (intent !== undefined) {
    const unnamed = planning.links.get(isUnnamed(intent.crm ?? '') ? (intent.crm ?? '') : '');
    if (unnamed !== undefined) planning.setLink({ ...planning.nameLink(unnamed, email), lastEmail: email.id });
    planning.twins.add(intent.key.slice(2));
    if (!hasItsTurn(planning, intent.key)) finishPushed(planning, intent.key, email, altId);
    return true;
  }
  const link = planning.links.get(email.threadId) ?? planning.linkOfMessageId(altId);
  if (link === undefined) return isFoundAgain(planning, email, undefined);
  if (link.ids.includes(shortHash(altId))) return true;
  // All at once: a link whose answers began threads of their own has many, and a pass asks so many questions only.
  const threads = link.gmail.map((id) => planning.thread(id, false));
  const message = threads
    .flatMap((thread) => (thread?.kind === 'got' ? thread.value.messages : []))
    .find((candidate) => altIdFor(planning.head.connection, candidate) === altId);
  if (message !== undefined) {
    planning.twins.add(message.id);
    return true;
  }
  if (threads.includes(undefined)) return undefined;
  return threads.some((thread) => thread?.kind === 'unread') ? 'unread' : isFoundAgain(planning, email, link);
}

/**
 * Logged from a thread that a lost store does not know any more to have joined the link (T4, T5): the mailbox has the message,
 * among what is read again, or by its name. The thread joins once more, or what answers there would be lost.
 */
function isFoundAgain(
  planning: Planning,
  { altId = '' }: CrmEmail,
  link: Link | undefined,
): boolean | 'unread' | undefined {
  const { doubt, observed, head } = planning;
  if (!doubt && !observed.resynced) return false;
  const read = readAgain(planning);
  const named = isSearchable(altId) ? planning.got<'named'>({ kind: 'named', ids: [altId] }) : NOT_ASKED;
  if (read === undefined || named === undefined) return undefined;
  const [message] = [
    ...read.filter((view) => altIdFor(head.connection, view) === altId),
    ...(named.kind === 'got' ? named.value : []),
  ] as readonly (GmailRef | undefined)[];
  if (message === undefined) return named.kind === 'unread' ? 'unread' : false;
  planning.twins.add(message.id);
  joinAgain(planning, link, message);
  return true;
}

/** What is read again of the mailbox, by its headers; undefined while it is being read. */
function readAgain(planning: Planning): readonly MessageView[] | undefined {
  const { observed, head } = planning;
  const read = observed.changes
    .filter(({ labelIds }) => isMail(labelIds) && !labelIds.includes(head.labels?.own ?? ''))
    .map(({ id }) => planning.got<'headers'>({ kind: 'headers', id }));
  if (read.includes(undefined)) return undefined;
  return read.flatMap((headers) => (headers?.kind === 'got' ? [headers.value] : []));
}

function joinAgain(planning: Planning, link: Link | undefined, { threadId }: GmailRef): void {
  if (link !== undefined && planning.linkOfGmail(threadId) === undefined)
    planning.setLink({ ...link, gmail: [...link.gmail, threadId] });
}

const NOT_ASKED: Got<readonly GmailRef[]> = { kind: 'gone' };

/**
 * A CRM that does not show `altId` (facts, highlevel 10): what came by its API, or where a push of the thread is in doubt,
 * is known for a logged mail by what it says. Each message of the mailbox stands for one.
 */
function isOwnByContent(planning: Planning, email: CrmEmail): boolean | 'unread' | undefined {
  const { threadId: crm, direction } = email;
  if ((email.provider ?? '') !== '' || !(email.source === 'api' || isPushOpen(planning, crm))) return false;
  const views = maybePushed(planning, email);
  if (views === undefined || views === 'unread') return views;
  const message = views.find(
    (view) =>
      view.mail.marker === undefined &&
      !planning.twins.has(view.id) &&
      isOutbound(view) === (direction === 'outbound') &&
      isRecordOf(email, view, direction),
  );
  if (message === undefined) return false;
  planning.twins.add(message.id);
  joinAgain(planning, planning.links.get(crm), message);
  if (!hasItsTurn(planning, `g:${message.id}`))
    finishPushed(planning, `g:${message.id}`, email, message.mail.messageId ?? '');
  return true;
}

/** Gmail's history may show the message only later: by its name it is known then. */
function finishPushed(planning: Planning, key: string, email: CrmEmail, messageId: string): void {
  const link = planning.links.get(email.threadId);
  if (link !== undefined) planning.setLink({ ...link, ids: remember(link.ids, messageId) });
  planning.finish(key, receiptOf(email));
}

/**
 * What a link's threads have, what a killed run was about to push from a thread that it had just joined, and what is read again
 * and is alike: a lost store does not know its thread to have joined.
 */
function maybePushed(planning: Planning, email: CrmEmail): readonly MessageView[] | 'unread' | undefined {
  const { threadId: crm, direction } = email;
  const threads = (planning.links.get(crm)?.gmail ?? []).map((id) => planning.thread(id, true));
  const linked = threads.flatMap((thread) => (thread?.kind === 'got' ? thread.value.messages : []));
  const again = planning.doubt || planning.observed.resynced ? readAgain(planning) : [];
  if (again === undefined || threads.includes(undefined)) return undefined;
  const alike = again.filter((view) => isSameLetter(email, view, direction)).map(({ id }) => id);
  const others = [...new Set([...pushesBegun(planning, crm), ...alike])].filter(
    (id) => !linked.some((view) => view.id === id),
  );
  const messages = others.map((id) => planning.got<'message'>({ kind: 'message', id }));
  const read = [...threads, ...messages];
  if (read.includes(undefined)) return undefined;
  if (read.some((each) => each?.kind === 'unread')) return 'unread';
  return [...linked, ...messages.flatMap((message) => (message?.kind === 'got' ? [message.value] : []))];
}

function pushesBegun({ head }: Planning, crm: string): string[] {
  return head.intents.flatMap((intent) => (intent.kind === 'push' && intent.crm === crm ? [intent.key.slice(2)] : []));
}

function isPushOpen(planning: Planning, crm: string): boolean {
  return (
    planning.doubt ||
    planning.observed.resynced ||
    pushesBegun(planning, crm).length > 0 ||
    [...planning.items.values()].some((item) => item.key.startsWith('g:') && item.thread === crm && mayBeWritten(item))
  );
}

/**
 * The message comes up in this pass, or waits for a pass that knows its Gmail thread: it is finished then, since it may be the
 * one that joins that thread to the link (T4, T5).
 */
function hasItsTurn(planning: Planning, key: string): boolean {
  const id = key.slice(2);
  const item = planning.items.get(key);
  return (
    planning.candidates.has(id) ||
    planning.observed.changes.some((change) => change.id === id) ||
    (item !== undefined && !planning.links.has(item.thread))
  );
}
