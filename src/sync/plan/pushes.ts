/**
 * Messages of linked threads go to the CRM (T2), each once: unless they are the add-on's own, the CRM has them by itself
 * (T11), or the contact is not on them.
 */
import type { CrmEmail, Direction } from '../../crm/types';
import { domainOf, messageKeptBack } from '../privacy';
import { altIdFor } from '../push';
import type { MessageView, ThreadView } from '../observed';
import { OWN_COPY_MS, SETTLE_MS, type Link } from '../state';
import { contactIsOn, everyone, hasForeignRecipient, isMail, isOutbound, parentsOf, personKey } from '../threads';
import { remember } from './mirrors';
import type { Planning } from './planning';
import { findPushed, readBack } from './readback';
import { mirroredTwinOf } from './received';

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
    const gaveWay = mirrorGivesWay(planning, link, message);
    if (gaveWay === undefined) return;
    if (gaveWay) {
      planning.setLink({ ...link, ids: withId(link, message) });
      return planning.finish(key, { what: 'both', crm: link.crm, direction, rule: 'T11' });
    }
    const rest = message.date + OWN_COPY_MS - planning.now;
    if (rest > 0 && link.mirrored && hasForeignRecipient(message.mail, planning.head.connection.ownAddresses, link)) {
      return planning.setAside(key, link.crm, 'waiting', 'own-copy', planning.now + rest);
    }
  }
  const intent = planning.head.intents.find((open) => open.key === key);
  if (intent !== undefined || doubt || planning.observed.resynced) {
    const emails = readBack(planning, link);
    if (emails === undefined) return;
    const found = findPushed(planning, message, direction, emails, claimed);
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
  const domain = domainOf(planning.head.connection.mailbox);
  if (domainOf(message.mail.from.email) === domain) return false;
  const thread = planning.thread(message.threadId, false);
  if (thread === undefined) return undefined;
  if (thread.kind !== 'got') return false;
  return answersContact(thread.value, message, link);
}

function answersContact(thread: ThreadView, message: MessageView, link: Link): boolean {
  const parents = parentsOf(message.mail);
  const parent = parents
    .map((id) => thread.messages.find(({ mail }) => mail.messageId === id))
    .find((candidate) => candidate !== undefined);
  return parent !== undefined && everyone(parent.mail).some(({ email }) => link.people.includes(personKey(email)));
}

/** The CRM had taken the same mail in before, and its mirrored copy stands in the thread: that one goes. */
function mirrorGivesWay(planning: Planning, link: Link, message: MessageView): boolean | undefined {
  if (!link.received) return false;
  for (const id of link.gmail) {
    const thread = planning.thread(id, true);
    if (thread === undefined) return undefined;
    const twin = thread.kind === 'got' ? mirroredTwinOf(planning, message, thread.value.messages) : undefined;
    if (twin !== undefined && !planning.actions.some((action) => action.kind === 'remove' && action.id === twin.id)) {
      planning.actions.push({ kind: 'remove', id: twin.id, crm: link.crm });
      return true;
    }
  }
  return false;
}
