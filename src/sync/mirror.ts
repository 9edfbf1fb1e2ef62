/** The mail that a mirror inserts: the same bytes whenever it is made again (M6). */
import { bareAddress, parseAddresses } from '../gmail/mime/addresses';
import type { Address, OutgoingAttachment, OutgoingMail } from '../gmail/mime/types';
import type { CrmEmail } from '../crm/types';
import type { MirrorAction } from './actions';
import { headerOf, sentenceOf, withNotes, type LostFile } from './lost-files';

/** A Message-ID made from the CRM e-mail id; the domain is reserved and can be nobody's (RFC 2606). */
export function mirrorMessageId(emailId: string): string {
  return `<${emailId}@mirror.threadlink.invalid>`;
}

export function mirrorMail(
  action: MirrorAction,
  attachments: readonly OutgoingAttachment[],
  lost: readonly LostFile[],
): OutgoingMail {
  const { email } = action;
  return {
    from: senderOf(email),
    to: recipientsOf(email.to),
    cc: recipientsOf(email.cc),
    bcc: recipientsOf(email.bcc),
    subject: email.subject,
    date: email.dateAdded,
    messageId: mirrorMessageId(email.id),
    inReplyTo: action.inReplyTo,
    references: action.references,
    marker: email.id,
    html: withNotes(email.body, lost.map(sentenceOf)),
    lost: headerOf(lost),
    attachments,
  };
}

/** The addresses of a list of the CRM. What follows a line break in an entry is no part of it: it could add a recipient (M5). */
export function recipientsOf(entries: readonly string[]): Address[] {
  return entries.flatMap((entry) => parseAddresses(entry.split(/[\r\n\0]/)[0]));
}

function senderOf(email: CrmEmail): Address {
  const [sender] = parseAddresses(email.from);
  return sender ?? { name: '', email: bareAddress(email.from) };
}
