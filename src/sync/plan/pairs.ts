/**
 * One mail on both sides (T11): which message of the mailbox is which e-mail that the CRM took in by itself. Pairs, not
 * likenesses: two replies "ok" and "ok" are two mails on each side.
 */
import type { CrmEmail } from '../../crm/types';
import type { MessageView } from '../observed';
import { altIdFor } from '../push';
import { TWIN_MS, type Link } from '../state';
import { isOutbound } from '../threads';
import type { Planning } from './planning';
import { isSameLetter, isSameMail, readBackNewest } from './readback';

export interface Pairs {
  readonly byMessage: ReadonlyMap<string, CrmEmail>;
  readonly byEmail: ReadonlyMap<string, MessageView>;
}

/**
 * An e-mail that was logged from a message names it. What is left on both sides is paired by sender, subject and text,
 * in the order of time, at most ten minutes apart; and what the CRM has beyond that is a second record of a logged one.
 */
export function pairUp(
  messages: readonly MessageView[],
  emails: readonly CrmEmail[],
  nameOf: (message: MessageView) => string,
): Pairs {
  const byMessage = new Map<string, CrmEmail>();
  const byEmail = new Map<string, MessageView>();
  const names = new Map(messages.map((message) => [nameOf(message), message]));
  const logged: MessageView[] = [];
  const received: CrmEmail[] = [];
  for (const email of [...emails].sort((a, b) => a.dateAdded - b.dateAdded)) {
    const message = names.get(email.altId ?? '');
    if (message !== undefined) {
      byEmail.set(email.id, message);
      if (!byMessage.has(message.id)) logged.push(message);
      byMessage.set(message.id, email);
    } else if (email.direction === 'inbound') received.push(email);
  }
  const pair = (free: MessageView[]): void => {
    free.sort((a, b) => a.date - b.date);
    for (const email of received) {
      if (byEmail.has(email.id)) continue;
      const at = free.findIndex((message) => isTwin(message, email));
      if (at < 0) continue;
      const [message] = free.splice(at, 1);
      byEmail.set(email.id, message);
      if (!byMessage.has(message.id)) byMessage.set(message.id, email);
    }
  };
  pair(messages.filter(({ id }) => !byMessage.has(id)));
  pair(logged);
  return { byMessage, byEmail };
}

/** A card reads headers alone, and does not write by what it finds. */
function isTwin(message: MessageView, email: CrmEmail): boolean {
  const isSame = message.headersOnly ? isSameLetter : isSameMail;
  return (
    !isOutbound(message) && Math.abs(message.date - email.dateAdded) <= TWIN_MS && isSame(email, message, 'inbound')
  );
}

/**
 * The pairs of a link; undefined while threads are being read, `unread` where a part of either side could not be read this
 * time. A message in the trash is there all the same.
 */
export function pairsOf(planning: Planning, link: Link): Pairs | 'unread' | undefined {
  const known = planning.pairs.get(link.crm);
  if (known !== undefined) return known;
  const own = planning.head.labels?.own ?? '';
  const newest = readBackNewest(planning, link);
  const threads = link.gmail.map((id) => planning.thread(id, true));
  if (newest === undefined || threads.includes(undefined)) return undefined;
  if (newest === 'unread' || threads.some((thread) => thread?.kind === 'unread')) return 'unread';
  const emails = newest.filter((email) => !isOfOtherThread(planning, link, email));
  const messages = threads.flatMap((thread) => (thread?.kind === 'got' ? thread.value.messages : []));
  const pairs = pairUp(
    messages.filter(({ labelIds }) => !labelIds.includes(own) && !labelIds.includes('DRAFT')),
    emails,
    (message) => altIdFor(planning.head.connection, message),
  );
  planning.pairs.set(link.crm, pairs);
  return pairs;
}

/** Logged from a message of another linked thread: the same words in two threads are two mails. */
function isOfOtherThread(planning: Planning, { crm }: Link, { altId = '' }: CrmEmail): boolean {
  const other = altId === '' ? undefined : planning.linkOfMessageId(altId);
  return other !== undefined && other.crm !== crm;
}
