/**
 * Is a Gmail message in the CRM already? The CRM takes every push as a new mail (facts, reliability 0.6), so where there
 * is doubt its thread is read back first: by `altId`, else by direction, sender, subject and body, never by date (X5).
 */
import { bareAddress, sameAddress } from '../../gmail/mime/addresses';
import { sameBody } from '../../gmail/mime/bodies';
import { normaliseSubject } from '../../gmail/mime/subject';
import { shortHash } from '../../platform/hash';
import type { CrmEmail, CrmThread, Direction } from '../../crm/types';
import type { Got, MessageView } from '../observed';
import { isUnnamed } from '../rename';
import { DAY_MS, type Link } from '../state';
import { withoutNotes } from '../lost-files';
import { altIdFor } from '../push';
import type { Planning } from './planning';

/** At most this many e-mails of a CRM thread are read back at once; the newest, where it has more. */
const MOST_READ_BACK = 60;

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

/** The CRM's e-mails of a link and of the newest threads of its conversation. Undefined while they are being asked for. */
export function readBack(planning: Planning, link: Link): CrmEmail[] | undefined {
  const read = threadsOf(planning, link);
  if (read === undefined) return undefined;
  const { thread, conversation } = read;
  const ids = new Set<string>();
  if (thread.kind === 'got') thread.value.emailIds.forEach((id) => ids.add(id));
  if (conversation.kind === 'got') conversation.value.forEach(({ emailIds }) => emailIds.forEach((id) => ids.add(id)));
  return readEmails(planning, [...ids].slice(-MOST_READ_BACK));
}

function readEmails(planning: Planning, ids: readonly string[]): CrmEmail[] | undefined {
  const emails: CrmEmail[] = [];
  let open = false;
  for (const id of ids) {
    const email = planning.got<'email'>({ kind: 'email', id });
    if (email === undefined) open = true;
    else if (email.kind === 'got') emails.push(email.value);
  }
  return open ? undefined : emails;
}

/** For comparing what came in just now, the newest of the thread and of those beside it do. */
const MOST_NEWEST = 12;
const MOST_BESIDE = 3;

/** The newest e-mails of a link's CRM thread, and the last one of each thread beside it. Undefined while they are being asked for. */
export function readBackNewest(planning: Planning, link: Link): CrmEmail[] | undefined {
  const read = threadsOf(planning, link);
  if (read === undefined) return undefined;
  const { thread, conversation } = read;
  const own = thread.kind === 'got' ? thread.value.emailIds.slice(-MOST_NEWEST) : [];
  const beside = (conversation.kind === 'got' ? conversation.value : [])
    .filter(({ id }) => id !== link.crm)
    .slice(0, MOST_BESIDE)
    .flatMap(({ emailIds }) => emailIds.slice(-1));
  return readEmails(planning, [...own, ...beside]);
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
    free.find((email) => (email.altId ?? '') === '' && isSameMail(bare(email), message, direction)) ??
    // What a colleague sent is outbound where their own mailbox logged it (T10).
    free.find((email) => (email.altId ?? '') === '' && isSameMail(bare(email), message, 'outbound'));
  if (found !== undefined) claimed.add(found.id);
  return found;
}

function bare(email: CrmEmail): CrmEmail {
  return { ...email, body: withoutNotes(email.body) };
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

/** How often it is looked whether a mail is still in the CRM twice. */
const LOOK_AGAIN_MS = DAY_MS;

/**
 * A CRM e-mail that was logged from this mailbox is not taken for a new one. Gives whether it was one, and it is dealt
 * with; undefined while something is being read. A push that took effect after all hope of it, or twice, cannot be taken
 * back: the CRM has the message twice, and that is shown until one of the two is gone (X1).
 */
export function takeOwnPush(planning: Planning, email: CrmEmail): boolean | undefined {
  const own = isOwnPush(planning, email);
  if (own === undefined || !own) return own;
  const twice = isTwice(planning, email);
  if (twice === undefined) return undefined;
  const key = `e:${email.id}`;
  if (twice) {
    planning.see(email.id);
    planning.setAside(key, email.threadId, 'parked', 'twice', planning.now + LOOK_AGAIN_MS);
  } else planning.finish(key, { what: 'pushed', crm: email.threadId, direction: email.direction, rule: 'X5' });
  return true;
}

/** Another e-mail of the thread has the same `altId`. Only looked for where the message was dealt with before. */
function isTwice(planning: Planning, email: CrmEmail): boolean | undefined {
  const altId = email.altId ?? '';
  const first = planning.pushedBy.get(altId);
  planning.pushedBy.set(altId, first ?? email.id);
  if (first !== undefined && first !== email.id) return true;
  const link = planning.links.get(email.threadId);
  const open = planning.head.intents.some(({ kind, altId: other }) => kind === 'push' && other === altId);
  if (open || link === undefined || !link.ids.includes(shortHash(altId))) return false;
  return readBackNewest(planning, link)?.some((other) => other.id !== email.id && other.altId === altId);
}

/**
 * Is the CRM e-mail one that was logged from this mailbox, or the CRM's own copy of a message that the mailbox has? Known
 * by its `altId` being that of an open intent or of a message of a link. Such a message is not pushed (again). Undefined
 * while a thread is being read.
 */
function isOwnPush(planning: Planning, email: CrmEmail): boolean | undefined {
  const altId = email.altId ?? '';
  if (altId === '') return false;
  const intent = planning.head.intents.find((open) => open.kind === 'push' && open.altId === altId);
  if (intent !== undefined) {
    const direction = email.direction;
    const unnamed = planning.links.get(isUnnamed(intent.crm ?? '') ? (intent.crm ?? '') : '');
    if (unnamed !== undefined) planning.setLink({ ...planning.nameLink(unnamed, email), lastEmail: email.id });
    planning.finish(intent.key, { what: 'pushed', crm: email.threadId, direction, rule: 'X5' });
    planning.twins.add(intent.key.slice(2));
    return true;
  }
  const link = planning.links.get(email.threadId) ?? planning.linkOfMessageId(altId);
  if (link === undefined) return false;
  if (link.ids.includes(shortHash(altId))) return true;
  for (const id of link.gmail) {
    const thread = planning.thread(id, false);
    if (thread === undefined) return undefined;
    const message =
      thread.kind === 'got'
        ? thread.value.messages.find((candidate) => altIdFor(planning.head.connection, candidate) === altId)
        : undefined;
    if (message !== undefined) {
      planning.twins.add(message.id);
      return true;
    }
  }
  return false;
}
