/**
 * Threads that the user links by hand (T7): with a contact, from now on or with the earlier messages. The CRM thread is made
 * by the first message that is logged; all of them are looked for in the CRM first, since somebody may have logged them.
 */
import { shortHash } from '../../platform/hash';
import { linkingOf } from '../keys';
import type { MessageView, ThreadView } from '../observed';
import { handName } from '../rename';
import type { Item, Link } from '../state';
import { everyone, isMail, isOutbound, personKey, subjectKey } from '../threads';
import { remember } from './mirrors';
import type { Planning } from './planning';

export function planLinkings(planning: Planning): void {
  for (const [key, item] of planning.state.items) {
    const linking = linkingOf(key);
    if (linking === undefined || planning.isResting(key)) continue;
    if (planning.linkOfGmail(linking.gmail) !== undefined) planning.items.delete(key);
    else linkOne(planning, item, linking);
  }
}

/** The CRM knows no such contact: 404, or 400 for an id that is deleted (facts, highlevel 1). */
const FINAL = [400, 404, 422];

function linkOne(
  planning: Planning,
  { key, thread: gmail, since }: Item,
  { contact: id, earlier }: { readonly contact: string; readonly earlier: boolean },
): void {
  const { connection } = planning.head;
  const contact = planning.got<'contact'>({ kind: 'contact', id });
  const users = planning.got<'crmUsers'>({ kind: 'crmUsers', location: connection.location });
  const thread = planning.thread(gmail, true);
  if (contact === undefined || users === undefined || thread === undefined) return;
  const refused = contact.kind === 'unread' && FINAL.includes(contact.failure.status);
  if (!refused && [contact, users, thread].some(({ kind }) => kind === 'unread'))
    return planning.tryLater(key, gmail, 'unreadable');
  planning.items.delete(key);
  if (contact.kind !== 'got' || thread.kind !== 'got' || users.kind !== 'got') return;
  const me = users.value.find((user) => user.id === connection.crmUser);
  // C10: also with a token that could see more.
  if (me?.assignedDataOnly === true && contact.value.assignedTo !== connection.crmUser) return;
  const link = handLink(planning, thread.value, { id, addresses: [contact.value.email], from: earlier ? 0 : since });
  planning.setLink(link);
  planning.note({ key: `g:${gmail}`, what: 'linked', crm: link.crm, direction: '', rule: 'T7' });
  for (const view of thread.value.messages) {
    if (view.date >= link.since) planning.candidates.set(view.id, { crm: link.crm, view, doubt: true });
  }
}

function handLink(
  planning: Planning,
  { id: gmail, messages }: ThreadView,
  contact: { readonly id: string; readonly addresses: readonly string[]; readonly from: number },
): Link {
  const mails = messages.filter(({ labelIds }) => isMail(labelIds));
  return {
    crm: handName(gmail),
    conversation: '',
    contact: contact.id,
    gmail: [gmail],
    subject: subjectKey(mails[0]?.mail.subject ?? ''),
    people: peopleOf(planning, mails, contact.addresses),
    address: shortHash(planning.head.connection.address),
    since: contact.from === 0 ? Math.min(planning.now, ...mails.map(({ date }) => date)) : contact.from,
    touched: planning.now,
    lastEmail: '',
    ids: mails.reduce<readonly string[]>(
      (ids, { mail }) => (mail.messageId === undefined ? ids : remember(ids, mail.messageId)),
      [],
    ),
    mirrored: false,
    received: false,
    stopped: '',
    count: 0,
  };
}

/** The contact's addresses; where none of them is on the thread, the user says that whoever they write with is that contact. */
function peopleOf(planning: Planning, mails: readonly MessageView[], addresses: readonly string[]): string[] {
  const known = addresses.filter((address) => address !== '').map(personKey);
  const all = mails.flatMap(({ mail }) => everyone(mail).map(({ email }) => email)).filter((email) => email !== '');
  if (all.some((email) => known.includes(personKey(email)))) return known;
  const { ownAddresses, mailbox } = planning.head.connection;
  const own = [...ownAddresses, mailbox].map(personKey);
  const partners = mails.flatMap((message) => {
    const { from, to } = message.mail;
    return isOutbound(message) ? to.slice(0, 1) : [from];
  });
  const partner = partners.find(({ email }) => email !== '' && !own.includes(personKey(email)));
  return partner === undefined ? known : [...known, personKey(partner.email)];
}
