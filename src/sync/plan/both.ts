/** A message of the mailbox that the CRM may have by itself too (T11): waited for, recognised, and its mirror given up for it. */
import type { CrmEmail } from '../../crm/types';
import type { RemoveAction } from '../actions';
import type { MessageView } from '../observed';
import { homeDomain } from '../privacy';
import { altIdFor } from '../push';
import { OWN_COPY_MS, TWIN_MS, type Link } from '../state';
import { hasForeignRecipient, isMail } from '../threads';
import { pairsOf } from './pairs';
import type { Planning } from './planning';

/**
 * How long the CRM may take to get the same mail by itself (T11). Somebody unknown among the recipients may be the CRM's
 * own reply address; and where it took mail of the thread in before, this one may be forwarded to it.
 */
export function waitForCrm(planning: Planning, link: Link, { mail }: MessageView): number {
  const { ownAddresses, mailbox } = planning.head.connection;
  const people = { own: [...ownAddresses, mailbox], home: homeDomain(mailbox), link };
  // While messages are dealt with one by one, what the CRM has sent there may not have had its turn.
  const mirrored = link.mirrored || planning.observed.only !== undefined;
  if (mirrored && hasForeignRecipient(mail, people)) return TWIN_MS;
  return link.received ? OWN_COPY_MS : 0;
}

/**
 * The CRM has the same mail by itself; where its mirrored copy stands in the mailbox, that one gives way. Undefined while it is
 * being read, `unread` where that was not to be had this time.
 */
export function isOnBoth(planning: Planning, link: Link, message: MessageView): 'yes' | 'no' | 'unread' | undefined {
  const pairs = pairsOf(planning, link);
  if (pairs === undefined || pairs === 'unread') return pairs;
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
