/** The mail that Gmail sends for the CRM: from the connected address, the same bytes whenever it is made again (M6). */
import { bareAddress, parseAddresses } from '../gmail/mime/addresses';
import type { OutgoingAttachment, OutgoingMail } from '../gmail/mime/types';
import { addressAt } from './parts';
import type { DeliverAction } from './actions';
import { headerOf, sentenceOf, withNotes, type LostFile } from './lost-files';
import { recipientsOf } from './mirror';
import type { Connection } from './state';

/** Without a Message-ID: Gmail gives its own (facts, platform 3.6). */
export function deliveryMail(
  connection: Pick<Connection, 'address' | 'former'>,
  { email, inReplyTo, references }: DeliverAction,
  attachments: readonly OutgoingAttachment[],
  lost: readonly LostFile[],
): OutgoingMail {
  const [sender] = parseAddresses(email.from);
  return {
    from: { name: sender?.name ?? '', email: addressAt(connection, email.dateAdded, bareAddress(email.from)) },
    to: recipientsOf(email.to),
    cc: recipientsOf(email.cc),
    bcc: recipientsOf(email.bcc),
    subject: email.subject,
    date: email.dateAdded,
    inReplyTo,
    references,
    marker: email.id,
    html: withNotes(email.body, lost.map(sentenceOf)),
    lost: headerOf(lost),
    attachments,
  };
}
