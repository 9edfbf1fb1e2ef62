/**
 * A CRM e-mail becomes a copy in the link's Gmail thread: where it goes, what it answers, and whether it is there
 * already (X4). A copy that the user deleted stays deleted.
 */
import { shortHash } from '../../platform/hash';
import type { CrmEmail } from '../../crm/types';
import type { MirrorAction } from '../actions';
import type { MessageView } from '../observed';
import { checkKey } from '../keys';
import { isWithinPrivate } from '../leaving';
import { mirrorMessageId } from '../mirror';
import { SETTLE_MS, type Link } from '../state';
import { isMail } from '../threads';
import { areCopiesUnread } from './copies';
import type { Planning } from './planning';

/** Message-IDs carried in References beside the parent: enough for every mail client to thread by. */
const MOST_REFERENCES = 20;

export function mirrorInto(planning: Planning, before: Link, email: CrmEmail, rule: string): void {
  const key = `e:${email.id}`;
  const link = before.deferred === email.id ? before : mirrorDeferred(planning, before);
  if (link === undefined) return;
  const stop = planning.stopOf(link, email.dateAdded);
  if (stop === undefined) return;
  if (stop !== '') {
    return planning.finish(key, { what: 'left', crm: link.crm, direction: email.direction, rule: stop });
  }
  const thread = threadOf(planning, link);
  if (thread === undefined) return;
  const intent = planning.head.intents.find((open) => open.key === key);
  // The copy may be in what could not be read.
  if (thread === 'unread' || (intent !== undefined && areCopiesUnread(planning, intent.base)))
    return planning.tryLater(key, link.crm, 'checking');
  // One in a thread of the link comes first: a killed run may have put another one beside an answer, whose thread is yet to
  // join, and then takes new mail (T5).
  const copy = thread.messages
    .filter(({ mail }) => mail.marker === email.id)
    .concat(planning.copies.get(email.id) ?? [])[0];
  if (copy !== undefined) return adopt(planning, link, email, copy, rule);
  if (intent !== undefined && planning.now < intent.at + SETTLE_MS) {
    return planning.setAside(key, link.crm, 'waiting', 'checking', intent.at + SETTLE_MS);
  }

  const first = openBefore(planning, link, email);
  if (first !== undefined) return planning.setAside(key, link.crm, 'waiting', 'order', first);

  const parent = parentOf(planning, link, email, thread.messages);
  planning.actions.push({
    kind: 'mirror',
    key,
    crm: link.crm,
    email,
    direction: email.direction,
    threadId: thread.id,
    labelIds: [...labelsFor(planning, email), ...privateLabel(planning, thread, email.dateAdded)],
    inReplyTo: parent?.id,
    references: parent === undefined ? [] : [...parent.references.slice(-MOST_REFERENCES), parent.id],
    patient: planning.isPatient(key),
    rule,
  });
  planning.setLink(withEmail(link, email, planning.now));
}

/** Until when another mail of the link may still come: the thread that takes this one is the one that it makes. */
function openBefore(planning: Planning, link: Link, { id }: CrmEmail): number | undefined {
  const { items, head, now } = planning;
  if (link.gmail.length > 0) return undefined;
  for (const { key, thread, reason, next } of items.values()) {
    if (thread !== link.crm || key === `e:${id}`) continue;
    const open = head.intents.find((intent) => intent.key === key);
    const busy = reason === 'gmail-busy' && planning.isPatient(key) ? next : 0;
    const until = open === undefined ? busy : open.at + SETTLE_MS;
    if (now < until) return until;
  }
  return undefined;
}

/** What a large bulk send left out (R3) comes before what follows it. Gives the link as it is then; undefined while the e-mail is being read. */
export function mirrorDeferred(planning: Planning, link: Link): Link | undefined {
  if (link.deferred === undefined) return link;
  const email = planning.got<'email'>({ kind: 'email', id: link.deferred });
  if (email === undefined) return undefined;
  if (email.kind === 'unread') return link;
  const { deferred: _deferred, ...rest } = link;
  planning.setLink(rest);
  if (email.kind === 'got' && email.value.direction === 'outbound') mirrorInto(planning, rest, email.value, 'R3');
  return planning.links.get(link.crm) ?? rest;
}

/** The link after a CRM e-mail joined it. */
export function withEmail(link: Link, email: CrmEmail, now: number): Link {
  return {
    ...link,
    touched: now,
    lastEmail: email.id,
    ids: remember(link.ids, mirrorMessageId(email.id)),
    mirrored: link.mirrored || email.direction === 'outbound',
    received: link.received || email.direction === 'inbound',
  };
}

const MOST_IDS = 20;

export function remember(ids: readonly string[], messageId: string): string[] {
  const id = shortHash(messageId);
  return ids.includes(id) ? [...ids] : [...ids, id].slice(-MOST_IDS);
}

/** A copy is there: nothing to write, the link only has to know it. */
function adopt(planning: Planning, link: Link, email: CrmEmail, copy: MessageView, rule: string): void {
  if (!isLookedAt(planning, link, copy.threadId)) return;
  const gmail = link.gmail.includes(copy.threadId) ? link.gmail : [...link.gmail, copy.threadId];
  planning.setLink({ ...withEmail(link, email, planning.now), gmail, count: link.count + 1 });
  planning.finish(`e:${email.id}`, { what: 'mirrored', crm: link.crm, direction: email.direction, rule });
}

/**
 * Of a thread in which a message of the link was found: what stands beside that, an answer perhaps, is compared in the next
 * pass. False while the thread is being read.
 */
export function isLookedAt(planning: Planning, link: Link, threadId: string): boolean {
  if (link.gmail.includes(threadId)) return true;
  const there = planning.thread(threadId, false);
  if (there === undefined) return false;
  if (there.kind !== 'got' || there.value.messages.length > 1)
    planning.setAside(checkKey(link.crm), link.crm, 'waiting', 'next-pass', planning.now);
  return true;
}

/**
 * The Gmail thread that takes new mail of the link, with its headers; no messages where there is none yet. Undefined while it
 * is being asked for, `unread` where one of the link's threads could not be read this time.
 */
export function threadOf(
  planning: Planning,
  link: Link,
): { id?: string; messages: readonly MessageView[] } | 'unread' | undefined {
  const messages: MessageView[] = [];
  let primary: string | undefined;
  let open = false;
  let unread = false;
  for (const id of link.gmail) {
    const thread = planning.thread(id, false);
    if (thread === undefined) open = true;
    else if (thread.kind === 'unread') unread = true;
    else if (thread.kind === 'got') {
      primary ??= id;
      messages.push(...thread.value.messages);
    }
  }
  if (open) return undefined;
  return unread ? 'unread' : { id: primary, messages };
}

/** The newest message before the e-mail: of Gmail's thread, or a mirror that this plan makes before it. */
export function parentOf(
  planning: Planning,
  link: Link,
  email: CrmEmail,
  messages: readonly MessageView[],
): { id: string; references: readonly string[]; date: number } | undefined {
  const planned = planning.actions
    .filter((action): action is MirrorAction => action.kind === 'mirror' && action.crm === link.crm)
    .map((action) => ({
      id: mirrorMessageId(action.email.id),
      references: action.references,
      date: action.email.dateAdded,
    }));
  const present = messages.flatMap(({ labelIds, mail, date }) =>
    isMail(labelIds) && mail.messageId !== undefined ? [{ id: mail.messageId, references: mail.references, date }] : [],
  );
  return [...present, ...planned]
    .filter(({ date }) => date <= email.dateAdded)
    .sort((a, b) => a.date - b.date)
    .pop();
}

/** In a conversation that is private as a whole a copy is so too, and what comes after it (T8). */
function privateLabel(
  { head }: Planning,
  { id, messages }: { readonly id?: string; readonly messages: readonly MessageView[] },
  date: number,
): string[] {
  const label = head.labels?.private;
  return label !== undefined && id !== undefined && isWithinPrivate(head, messages, { threadId: id, date })
    ? [label]
    : [];
}

/** Own sends are read and in Sent; what the CRM took in comes up in the inbox, unread (M6, T11). */
function labelsFor(planning: Planning, email: CrmEmail): string[] {
  const labels = planning.head.labels;
  const own = labels === undefined ? [] : [labels.own, ...(labels.shown === undefined ? [] : [labels.shown])];
  return [...(email.direction === 'outbound' ? ['SENT'] : ['INBOX', 'UNREAD']), ...own];
}
