/** A message of the mailbox as its headers alone show it. */
import { readMail } from '../gmail/mime/read';
import type { GmailHeaders } from '../gmail/types';
import type { MessageView } from './observed';

export function viewOfHeaders(headers: GmailHeaders): MessageView {
  const { id, threadId, labelIds, internalDate } = headers;
  const mail = readMail({
    id,
    threadId,
    labelIds,
    internalDate,
    sizeEstimate: 0,
    payload: { headers: headers.headers },
  });
  return { id, threadId, labelIds, date: internalDate, headersOnly: true, mail };
}
