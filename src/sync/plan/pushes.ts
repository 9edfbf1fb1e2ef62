/**
 * Messages of linked threads go to the CRM (T2), each once: unless they are the add-on's own, the CRM has them by itself
 * (T11), or the contact is not on them.
 */
import type { CrmEmail, Direction } from '../../crm/types';
import type { RemoveAction } from '../actions';
import { homeDomain, messageKeptBack } from '../privacy';
import { altIdFor } from '../push';
import type { MessageView } from '../observed';
import { OWN_COPY_MS, SETTLE_MS, TWIN_MS, type Link } from '../state';
import { contactIsOn, domainOf, hasForeignRecipient, isMail, isOutbound, parentsOf, personKey } from '../threads';
import { remember, threadOf } from './mirrors';
import type { Planning } from './planning';
import { pairsOf, type Pairs } from './pairs';
import { findPushed, readBack } from './readback';

const NO_PAIRS: Pairs = { byMessage: new Map(), byEmail: new Map() };

export function planPushes(planning: Planning): void {
  const ready: { link: Link; view: MessageView; doubt: boolean }[] = [];
  for (const [id, { crm, view, doubt = false }] of planning.candidates) {
    const key = `g:${id}`;
    const link = planning.links.get(crm);
    if (link === undefined) continue;
    if (view !== undefined) {
      ready.push({ link, view, doubt });
      continue;
    }
    const message = planning.got<'message'>({ kind: 'message', id });
    if (message === undefined) continue;
    if (message.kind === 'got') ready.push({ link, view: message.value, doubt });
    else if (message.kind === 'gone') planning.finish(key, { what: 'gone', crm, direction: '', rule: 'T6' });
    else planning.tryLater(key, crm, 'unreadable');
  }
  ready.sort((a, b) => a.view.date - b.view.date);
  const claimed = new Set<string>();
  for (const { link, view, doubt } of ready) planOne(planning, link, view, doubt || planning.doubt, claimed);
}

function planOne(planning: Planning, before: Link, message: MessageView, doubt: boolean, claimed: Set<string>): void {
  const key = `g:${message.id}`;
  const link = planning.links.get(before.crm) ?? before;
  const direction: Direction = isOutbound(message) ? 'outbound' : 'inbound';
  const leave = (rule: string): void => planning.finish(key, { what: 'left', crm: link.crm, direction, rule });

  if (!isMail(message.labelIds)) return void planning.items.delete(key);
  const own = isOwn(planning, link, message);
  if (own === undefined) return;
  if (own) return void planning.items.delete(key);
  if (link.stopped !== '') return leave(link.stopped === 'user' ? 'T8' : 'C6');
  if (planning.twins.has(message.id)) {
    planning.setLink({ ...link, ids: withId(link, message) });
    return planning.finish(key, { what: 'both', crm: link.crm, direction, rule: 'T11' });
  }
  const kept = messageKeptBack(planning.head, message);
  if (kept !== undefined) return leave(kept);
  const concerned = concernsContact(planning, link, message);
  if (concerned === undefined) return;
  if (!concerned) return leave('T2');

  if (direction === 'inbound') {
    const wait = waitForCrm(planning, link, message);
    const both = wait === 0 ? 'no' : isOnBoth(planning, link, message);
    if (both === undefined) return;
    if (both !== 'no') {
      planning.setLink({ ...link, ids: withId(link, message) });
      return planning.finish(key, { what: 'both', crm: link.crm, direction, rule: 'T11' });
    }
    const rest = message.date + wait - planning.now;
    if (rest > 0) return planning.setAside(key, link.crm, 'waiting', 'own-copy', planning.now + rest);
  }
  const intent = planning.head.intents.find((open) => open.key === key);
  if (intent !== undefined || doubt || planning.observed.resynced) {
    const emails = readBack(planning, link);
    if (emails === undefined) return;
    const pairs = emails.some(({ altId = '' }) => altId === '') ? pairsOf(planning, link) : NO_PAIRS;
    if (pairs === undefined) return;
    // What the CRM took in by itself of another message is not this one's record.
    const free = emails.filter(({ id }) => (pairs.byEmail.get(id)?.id ?? message.id) === message.id);
    const found = findPushed(planning, message, direction, free, claimed);
    if (found !== undefined) return recognise(planning, link, message, found, direction);
    if (intent !== undefined && planning.now < intent.at + SETTLE_MS) {
      return planning.setAside(key, link.crm, 'waiting', 'checking', intent.at + SETTLE_MS);
    }
  }
  planning.actions.push({
    kind: 'push',
    key,
    crm: link.crm,
    conversation: link.conversation,
    contact: link.contact,
    message,
    direction,
    altId: altIdFor(planning.head.connection, message),
    inReplyToEmailId: link.lastEmail,
    onBehalf: direction === 'inbound' && !link.people.includes(personKey(message.mail.from.email)),
    patient: planning.isPatient(key),
    rule: 'T2',
  });
  planning.setLink({ ...link, ids: withId(link, message), touched: planning.now });
}

function withId(link: Link, message: MessageView): readonly string[] {
  return message.mail.messageId === undefined ? link.ids : remember(link.ids, message.mail.messageId);
}

/** Reading shows that the CRM has it. */
function recognise(planning: Planning, link: Link, message: MessageView, email: CrmEmail, direction: Direction): void {
  planning.see(email.id);
  planning.setLink({
    ...link,
    ids: withId(link, message),
    lastEmail: email.id,
    count: link.count + 1,
    touched: planning.now,
  });
  planning.finish(`g:${message.id}`, { what: 'pushed', crm: link.crm, direction, rule: 'X5' });
}

/**
 * Did the add-on write it? The hidden label says so. Without it (a delivered mail, a label taken off) the marker header
 * does, but anybody can write that header, so its e-mail must be one of this link.
 */
function isOwn(planning: Planning, link: Link, message: MessageView): boolean | undefined {
  if (message.labelIds.includes(planning.head.labels?.own ?? '')) return true;
  const marker = message.mail.marker;
  if (marker === undefined) return false;
  const email = planning.got<'email'>({ kind: 'email', id: marker });
  if (email === undefined) return undefined;
  return email.kind === 'got' && email.value.threadId === link.crm && (email.value.altId ?? '') === '';
}

/**
 * T2: the contact is among sender and recipients; or it answers a message that the contact was on, and does not come
 * from the user's own domain (the contact wrote from another address).
 */
function concernsContact(planning: Planning, link: Link, message: MessageView): boolean | undefined {
  if (contactIsOn(message.mail, link)) return true;
  if (isOutbound(message)) return false;
  if (domainOf(message.mail.from.email) === homeDomain(planning.head.connection.mailbox)) return false;
  const thread = threadOf(planning, link);
  return thread === undefined ? undefined : answersContact(thread.messages, message, link);
}

/** The nearest parent counts: behind a forwarded mail stands the one that was forwarded, and the contact was on that. */
function answersContact(messages: readonly MessageView[], message: MessageView, link: Link): boolean {
  const [nearest] = parentsOf(message.mail);
  const parent = messages.find(({ mail }) => mail.messageId !== undefined && mail.messageId === nearest);
  return parent !== undefined && contactIsOn(parent.mail, link);
}

/**
 * How long the CRM may take to get the same mail by itself (T11). Somebody unknown among the recipients may be the CRM's
 * own reply address; and where it took mail of the thread in before, this one may be forwarded to it.
 */
function waitForCrm(planning: Planning, link: Link, { mail }: MessageView): number {
  const { ownAddresses, mailbox } = planning.head.connection;
  const people = { own: [...ownAddresses, mailbox], home: homeDomain(mailbox), link };
  if (link.mirrored && hasForeignRecipient(mail, people)) return TWIN_MS;
  return link.received ? OWN_COPY_MS : 0;
}

/** The CRM has the same mail by itself; where its mirrored copy stands in the mailbox, that one gives way. */
function isOnBoth(planning: Planning, link: Link, message: MessageView): 'yes' | 'no' | undefined {
  const pairs = pairsOf(planning, link);
  if (pairs === undefined) return undefined;
  const email = pairs.byMessage.get(message.id);
  if (email === undefined || (email.altId ?? '') === altIdFor(planning.head.connection, message)) return 'no';
  for (const id of link.gmail) {
    const thread = planning.thread(id, true);
    if (thread?.kind !== 'got') continue;
    const copy = thread.value.messages.find((other) => isCopyOf(planning, other, email));
    if (copy !== undefined) planning.actions.push(givingWay(planning, link, copy, message));
  }
  planning.see(email.id);
  planning.items.delete(`e:${email.id}`);
  return 'yes';
}

function isCopyOf(planning: Planning, { labelIds, mail }: MessageView, email: CrmEmail): boolean {
  return mail.marker === email.id && labelIds.includes(planning.head.labels?.own ?? '') && isMail(labelIds);
}

/** What the user did with the copy, the mail itself takes over. */
function givingWay(planning: Planning, link: Link, copy: MessageView, message: MessageView): RemoveAction {
  const own = planning.head.labels?.own;
  const add = copy.labelIds.filter(
    (label) => label !== own && !message.labelIds.includes(label) && /^(STARRED|IMPORTANT|Label_.*)$/.test(label),
  );
  const remove = ['UNREAD', 'INBOX'].filter(
    (label) => message.labelIds.includes(label) && !copy.labelIds.includes(label),
  );
  const heir = { id: message.id, add, remove };
  return { kind: 'remove', id: copy.id, crm: link.crm, ...(add.length + remove.length === 0 ? {} : { heir }) };
}
