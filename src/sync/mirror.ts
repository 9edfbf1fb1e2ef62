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

/** The CRM e-mail id in a Message-ID that `mirrorMessageId` made. */
export function emailIdOfMirror(messageId: string): string | undefined {
  return /^<([A-Za-z0-9_-]{1,64})@mirror\.threadlink\.invalid>$/.exec(messageId)?.[1];
}

export function mirrorMail(
  action: MirrorAction,
  attachments: readonly OutgoingAttachment[],
  lost: readonly LostFile[],
): OutgoingMail {
  const { email } = action;
  return {
    from: senderOf(email),
    to: email.to.flatMap((to) => parseAddresses(to)),
    cc: email.cc.flatMap((cc) => parseAddresses(cc)),
    bcc: email.bcc.flatMap((bcc) => parseAddresses(bcc)),
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

function senderOf(email: CrmEmail): Address {
  const [sender] = parseAddresses(email.from);
  return sender ?? { name: '', email: bareAddress(email.from) };
}
