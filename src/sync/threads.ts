/** How a message is recognised as one of a link: subjects and people in hashes, and who is on it (section T). */
import { bareAddress, sameAddress } from '../gmail/mime/addresses';
import { normaliseSubject } from '../gmail/mime/subject';
import type { Address, Mail } from '../gmail/mime/types';
import { shortHash } from '../platform/hash';
import type { MessageView } from './observed';
import type { Link } from './state';

/** The short hash of a normalised subject; empty where it has fewer than three letters and would match anything (T5). */
export function subjectKey(subject: string): string {
  const normal = normaliseSubject(subject);
  return (normal.match(/\p{L}/gu) ?? []).length >= 3 ? shortHash(normal) : '';
}

export function personKey(address: string): string {
  return shortHash(bareAddress(address));
}

export function everyone(mail: Mail): Address[] {
  return [mail.from, ...mail.to, ...mail.cc, ...mail.bcc];
}

/** Is the contact of the link among sender and recipients, by one of the addresses known for them? */
export function contactIsOn(mail: Mail, link: Link): boolean {
  return everyone(mail).some(({ email }) => link.people.includes(personKey(email)));
}

/** Message-IDs that a mail names as its parents, nearest first. */
export function parentsOf(mail: Mail): string[] {
  return [...new Set([...mail.inReplyTo, ...[...mail.references].reverse()])];
}

export function isOutbound(message: MessageView): boolean {
  return message.labelIds.includes('SENT');
}

const NOT_MAIL = ['DRAFT', 'CHAT', 'SPAM', 'TRASH'];

/** Neither a draft nor a chat, and not in spam or trash (T6). */
export function isMail(labelIds: readonly string[]): boolean {
  return !labelIds.some((label) => NOT_MAIL.includes(label));
}

/**
 * Has the mail a recipient who may be the CRM's own reply address: nobody of the mailbox, not the contact, and neither at
 * the user's own domain (undefined for a public one) nor at the sender's?
 */
export function hasForeignRecipient(
  mail: Mail,
  { own, home, link }: { readonly own: readonly string[]; readonly home?: string; readonly link: Link },
): boolean {
  const inside = [home, domainOf(mail.from.email)];
  return [...mail.to, ...mail.cc].some(
    ({ email }) =>
      email !== '' &&
      !inside.includes(domainOf(email)) &&
      !own.some((address) => sameAddress(address, email)) &&
      !link.people.includes(personKey(email)),
  );
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
