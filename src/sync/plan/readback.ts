/**
 * Is a Gmail message in the CRM already? The CRM takes every push as a new mail (facts, reliability 0.6), so where there
 * is doubt its thread is read back first: by `altId`, else by direction, sender, subject and body, never by date (X5).
 */
import { bareAddress, parseAddresses, sameAddress } from '../../gmail/mime/addresses';
import { sameBody } from '../../gmail/mime/bodies';
import { normaliseSubject } from '../../gmail/mime/subject';
import type { CrmEmail, CrmThread, Direction } from '../../crm/types';
import { isOldestFirst, newestEnd, newestIds, reachesBack } from '../newest';
import type { Got, MessageView } from '../observed';
import { isUnnamed } from '../rename';
import type { Link } from '../state';
import { withoutNotes } from '../lost-files';
import { altIdFor } from '../push';
import { isOutbound } from '../threads';
import type { Planning } from './planning';

/** So many of the newest e-mails of the thread are read back at first, twice as many where those do not reach back far enough. */
const FIRST_OF_THREAD = 40;
/** Of a longer thread nobody can say: the message is set aside. */
const MOST_OF_THREAD = 640;
const MOST_BESIDE_READ = 20;
/** Clocks of Gmail and of the CRM differ, and the CRM may date what is logged by its own (X12). */
const CLOCKS_MS = 30 * 60_000;

/** What a link by hand does not have yet is not there to be read. */
function threadsOf(
  planning: Planning,
  { crm, conversation: id }: Link,
): { thread: Got<CrmThread>; conversation: Got<readonly CrmThread[]> } | undefined {
  const thread: Got<CrmThread> | undefined = isUnnamed(crm)
    ? { kind: 'gone' }
    : planning.got<'crmThread'>({ kind: 'crmThread', id: crm });
  const conversation: Got<readonly CrmThread[]> | undefined =
    id === '' ? { kind: 'gone' } : planning.got<'conversation'>({ kind: 'conversation', id });
  return thread === undefined || conversation === undefined ? undefined : { thread, conversation };
}

/**
 * What the CRM has; undefined while it is being asked for; `unread` where a part of it could not be read this time: the one
 * that is looked for may be in that part, so nobody decides by the rest.
 */
export type ReadBack = readonly CrmEmail[] | 'unread' | undefined;

/**
 * The CRM's e-mails of a link that were added since the message came, and those of the newest threads of its conversation.
 * What was logged of it is among them, however long ago that was.
 */
export function readBack(planning: Planning, link: Link, { date }: Pick<MessageView, 'date'>): ReadBack {
  const read = threadsOf(planning, link);
  if (read === undefined) return undefined;
  const { thread, conversation } = read;
  if (thread.kind === 'unread' || conversation.kind === 'unread') return 'unread';
  const own = thread.kind === 'got' ? ownSince(planning, thread.value.emailIds, link.lastEmail, date) : [];
  if (own === undefined || own === 'unread') return own;
  const ids = new Set(own.map(({ id }) => id));
  const others = besideOf(link, conversation).flatMap(({ emailIds }) => emailIds);
  const beside = readEmails(planning, others.filter((id) => !ids.has(id)).slice(0, MOST_BESIDE_READ));
  return beside === undefined || beside === 'unread' ? beside : [...own, ...beside];
}

function ownSince(planning: Planning, ids: readonly string[], known: string, date: number): ReadBack {
  const since = planning.toCrmTime(date) - CLOCKS_MS;
  for (let count = FIRST_OF_THREAD; count <= MOST_OF_THREAD; count *= 2) {
    const emails = readNewest(planning, ids, count, known);
    if (emails === undefined || emails === 'unread' || ids.length <= count) return emails;
    const oldestFirst = isOldestFirst(ids, emails) ?? true;
    if (reachesBack(newestEnd(ids, count, oldestFirst), emails, oldestFirst) < since) return emails;
  }
  return 'unread';
}

/** Where the one that was known to be among the newest is not any more, their dates tell at which end they stand. */
function readNewest(planning: Planning, ids: readonly string[], count: number, known: string): ReadBack {
  const guess = newestIds(ids, count, known);
  const emails = readEmails(planning, guess);
  if (emails === undefined || emails === 'unread') return emails;
  const oldestFirst = isOldestFirst(ids, emails);
  if (oldestFirst === undefined) return emails;
  return readEmails(planning, [...new Set([...guess, ...newestEnd(ids, count, oldestFirst)])]);
}

/** The other threads of the conversation, the newest first. */
function besideOf({ crm }: Link, conversation: Got<readonly CrmThread[]>): CrmThread[] {
  const rows = conversation.kind === 'got' ? conversation.value : [];
  return rows.filter(({ id }) => id !== crm).sort((a, b) => b.dateAdded - a.dateAdded);
}

export function readEmails(planning: Planning, ids: readonly string[]): ReadBack {
  const read = ids.map((id) => planning.got<'email'>({ kind: 'email', id }));
  if (read.includes(undefined)) return undefined;
  if (read.some((email) => email?.kind === 'unread')) return 'unread';
  return read.flatMap((email) => (email?.kind === 'got' ? [email.value] : []));
}

/** For comparing what came in just now, the newest of the thread and of those beside it do. */
export const MOST_NEWEST = 12;
const MOST_BESIDE = 3;

/** The newest e-mails of a link's CRM thread, those that are still to be decided, and the last one of each thread beside it. */
export function readBackNewest(planning: Planning, link: Link): ReadBack {
  const read = threadsOf(planning, link);
  if (read === undefined) return undefined;
  const { thread, conversation } = read;
  if (thread.kind === 'unread' || conversation.kind === 'unread') return 'unread';
  const own = thread.kind === 'got' ? readNewest(planning, thread.value.emailIds, MOST_NEWEST, link.lastEmail) : [];
  if (own === undefined || own === 'unread') return own;
  const beside = besideOf(link, conversation)
    .slice(0, MOST_BESIDE)
    .flatMap(({ emailIds }) => newestIds(emailIds, 1));
  const newest = own.map(({ id }) => id);
  return readEmails(planning, [...new Set([...newest, ...undecided(planning, link).slice(-MOST_NEWEST), ...beside])]);
}

/** In a long thread others may have come after them. */
function undecided(planning: Planning, { crm }: Link): string[] {
  const shown = planning.observed.rows.flatMap(({ id, emailIds }) => (id === crm ? emailIds : []));
  const waiting = [...planning.state.items.values()].flatMap(({ key, thread }) =>
    key.startsWith('e:') && thread === crm ? [key.slice(2)] : [],
  );
  return [...shown.filter((id) => !planning.isSeen(id)), ...waiting];
}

/** The CRM e-mail that is this Gmail message, among those that no other message has claimed. */
export function findPushed(
  planning: Planning,
  message: MessageView,
  direction: Direction,
  emails: readonly CrmEmail[],
  claimed: Set<string>,
): CrmEmail | undefined {
  const altId = altIdFor(planning.head.connection, message);
  const free = emails.filter(({ id }) => !claimed.has(id));
  const found =
    free.find((email) => email.altId === altId) ??
    free.find((email) => (email.altId ?? '') === '' && isRecordOf(email, message, direction)) ??
    // What a colleague sent is outbound where their own mailbox logged it (T10).
    free.find((email) => (email.altId ?? '') === '' && isRecordOf(email, message, 'outbound'));
  if (found !== undefined) claimed.add(found.id);
  return found;
}

/** A logged mail may end with what became of its files. */
export function isRecordOf(email: CrmEmail, message: MessageView, direction: Direction): boolean {
  return isSameMail({ ...email, body: withoutNotes(email.body) }, message, direction);
}

/** Same direction, sender, subject and text. */
export function isSameMail(email: CrmEmail, message: MessageView, direction: Direction): boolean {
  const { html, text } = message.mail;
  return isSameLetter(email, message, direction) && sameBody({ html: email.body }, { html, text });
}

/** As much of that as headers tell. */
export function isSameLetter(email: CrmEmail, { mail }: MessageView, direction: Direction): boolean {
  return (
    email.direction === direction &&
    sameAddress(bareAddress(email.from), mail.from.email) &&
    normaliseSubject(email.subject) === normaliseSubject(mail.subject)
  );
}

/**
 * Of messages of Sent, seen by their headers, the one without a marker that is this e-mail. The text decides: an answer of
 * the same day has sender, subject and recipients in common with it. Undefined while they are being read.
 */
export function sentAs(
  planning: Planning,
  email: CrmEmail,
  views: readonly MessageView[],
): MessageView | 'none' | 'unread' | undefined {
  const alike = views.filter((view) => isOutbound(view) && view.mail.marker === undefined && isLetterTo(email, view));
  const read = alike.map(({ id }) => planning.got<'message'>({ kind: 'message', id }));
  if (read.includes(undefined)) return undefined;
  if (read.some((message) => message?.kind === 'unread')) return 'unread';
  const messages = read.flatMap((message) => (message?.kind === 'got' ? [message.value] : []));
  return messages.find((message) => isSameMail(email, message, 'outbound')) ?? 'none';
}

function isLetterTo(email: CrmEmail, message: MessageView): boolean {
  return isSameLetter(email, message, 'outbound') && isTo(email, message);
}

export function isTo(email: CrmEmail, { mail }: MessageView): boolean {
  const recipients = email.to.flatMap((to) => parseAddresses(to));
  return recipients.every((to) => mail.to.some((other) => sameAddress(other.email, to.email)));
}
