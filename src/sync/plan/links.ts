/** The link of a CRM thread, as it is or as its first e-mail begins it (T1). */
import { bareAddress, parseAddresses } from '../../gmail/mime/addresses';
import { shortHash } from '../../platform/hash';
import type { CrmEmail } from '../../crm/types';
import type { Link } from '../state';
import { subjectKey } from '../threads';
import type { Planning } from './planning';

/** The known one, or one with nothing in Gmail yet: the Message-IDs of what is sent or copied there come to it later. */
export function linkOf(planning: Planning, email: CrmEmail, address: string): Link {
  const known = knownLink(planning, email, address);
  if (known !== undefined) return known;
  const people = email.to.flatMap((to) => parseAddresses(to)).map(({ email: to }) => shortHash(bareAddress(to)));
  return {
    crm: email.threadId,
    conversation: email.conversationId,
    contact: email.contactId,
    gmail: [],
    subject: subjectKey(email.subject),
    people: [...new Set(people)],
    address: shortHash(address),
    since: email.dateAdded,
    touched: planning.now,
    lastEmail: email.id,
    ids: [],
    mirrored: false,
    received: false,
    stopped: address === planning.head.connection.address ? '' : 'former-address',
    count: 0,
  };
}

/** The link of the CRM thread; one of a former address goes on with the first e-mail for the present one (C6). */
export function knownLink(planning: Planning, email: CrmEmail, address: string): Link | undefined {
  const link = planning.links.get(email.threadId);
  // Where runs have died one message a pass is dealt with (X7), and the first of a thread need not come first.
  const known = link === undefined ? undefined : { ...link, since: Math.min(link.since, email.dateAdded) };
  if (known?.stopped !== 'former-address' || address !== planning.head.connection.address) return known;
  return { ...known, stopped: '', address: shortHash(address) };
}
