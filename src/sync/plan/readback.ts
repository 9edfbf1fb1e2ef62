/**
 * Is a Gmail message in the CRM already? The CRM takes every push as a new mail (facts, reliability 0.6), so where there
 * is doubt its thread is read back first: by `altId`, else by direction, sender, subject and body, never by date (X5).
 */
import { bareAddress, sameAddress } from '../../gmail/mime/addresses';
import { sameBody } from '../../gmail/mime/bodies';
import { normaliseSubject } from '../../gmail/mime/subject';
import type { CrmEmail, CrmThread, Direction } from '../../crm/types';
import { newestIds } from '../newest';
import type { Got, MessageView } from '../observed';
import { isUnnamed } from '../rename';
import type { Link } from '../state';
import { withoutNotes } from '../lost-files';
import { altIdFor } from '../push';
import type { Planning } from './planning';

/** At most this many e-mails are read back at once, and so many of them of the thread itself; the newest, where it has more. */
const MOST_READ_BACK = 60;
const MOST_OF_THREAD = 40;

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

/** The CRM's e-mails of a link and of the newest threads of its conversation. */
export function readBack(planning: Planning, link: Link): ReadBack {
  const read = threadsOf(planning, link);
  if (read === undefined) return undefined;
  const { thread, conversation } = read;
  if (thread.kind === 'unread' || conversation.kind === 'unread') return 'unread';
  const own = thread.kind === 'got' ? newestIds(thread.value.emailIds, MOST_OF_THREAD, link.lastEmail) : [];
  const ids = new Set([...own, ...besideOf(link, conversation).flatMap(({ emailIds }) => emailIds)]);
  return readEmails(planning, [...ids].slice(0, MOST_READ_BACK));
}

/** The other threads of the conversation, the newest first. */
function besideOf({ crm }: Link, conversation: Got<readonly CrmThread[]>): CrmThread[] {
  const rows = conversation.kind === 'got' ? conversation.value : [];
  return rows.filter(({ id }) => id !== crm).sort((a, b) => b.dateAdded - a.dateAdded);
}

function readEmails(planning: Planning, ids: readonly string[]): ReadBack {
  const read = ids.map((id) => planning.got<'email'>({ kind: 'email', id }));
  if (read.includes(undefined)) return undefined;
  if (read.some((email) => email?.kind === 'unread')) return 'unread';
  return read.flatMap((email) => (email?.kind === 'got' ? [email.value] : []));
}

/** For comparing what came in just now, the newest of the thread and of those beside it do. */
const MOST_NEWEST = 12;
const MOST_BESIDE = 3;

/** The newest e-mails of a link's CRM thread, those that are still to be decided, and the last one of each thread beside it. */
export function readBackNewest(planning: Planning, link: Link): ReadBack {
  const read = threadsOf(planning, link);
  if (read === undefined) return undefined;
  const { thread, conversation } = read;
  if (thread.kind === 'unread' || conversation.kind === 'unread') return 'unread';
  const own = thread.kind === 'got' ? newestIds(thread.value.emailIds, MOST_NEWEST, link.lastEmail) : [];
  const beside = besideOf(link, conversation)
    .slice(0, MOST_BESIDE)
    .flatMap(({ emailIds }) => newestIds(emailIds, 1));
  return readEmails(planning, [...new Set([...own, ...undecided(planning, link).slice(-MOST_NEWEST), ...beside])]);
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
