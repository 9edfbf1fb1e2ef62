/** What happened in the mailbox since a cursor: `history.list` (facts, platform 3.3). */
import type { Exchange } from '../platform/exchange';
import type { Answer } from '../platform/http';
import {
  asHistoryId,
  asId,
  asList,
  asObject,
  asOptionalText,
  asStrings,
  gmailExchange,
  readObject,
  UNITS,
} from './api';
import type { HistoryChange, HistoryPage } from './types';

const MESSAGE = 'message(id,threadId,labelIds)';
const FIELDS =
  `history(messagesAdded(${MESSAGE}),messagesDeleted(${MESSAGE}),labelsAdded(${MESSAGE},labelIds),` +
  `labelsRemoved(${MESSAGE},labelIds)),historyId,nextPageToken`;

/**
 * One page. The start id stays the same for all pages of one reading, and only the last page's id is a cursor. Without
 * a label: INBOX would miss what filters archive on arrival. Gmail answers 404 where the start id expired or was never
 * given out, which comes out as refused with the code `gmail.history-expired`.
 */
export function listHistory(startHistoryId: string, pageToken?: string): Exchange<HistoryPage> {
  return gmailExchange({
    effect: 'read',
    units: UNITS.history,
    path: ['history'],
    query: {
      startHistoryId,
      historyTypes: ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'],
      maxResults: 500,
      pageToken,
      fields: FIELDS,
    },
    read: readPage,
    codes: { 404: 'gmail.history-expired' },
  });
}

function readPage(answer: Answer): HistoryPage {
  const body = readObject(answer);
  const records = asList(body.history, 'history').map((record) => asObject(record, 'history record'));
  const nextPageToken = asOptionalText(body.nextPageToken);
  return {
    added: records.flatMap((record) => asList(record.messagesAdded, 'messagesAdded').map(readChange)),
    deleted: records.flatMap((record) => asList(record.messagesDeleted, 'messagesDeleted').map(readChange)),
    labelsAdded: records.flatMap((record) => asList(record.labelsAdded, 'labelsAdded').map(readLabelChange)),
    labelsRemoved: records.flatMap((record) => asList(record.labelsRemoved, 'labelsRemoved').map(readLabelChange)),
    historyId: asHistoryId(body.historyId),
    ...(nextPageToken === undefined ? {} : { nextPageToken }),
  };
}

function readChange(entry: unknown): HistoryChange {
  const message = asObject(asObject(entry, 'history entry').message, 'history message');
  return {
    id: asId(message.id, 'message id'),
    threadId: asId(message.threadId, 'thread id'),
    labelIds: asStrings(message.labelIds, 'labels'),
  };
}

function readLabelChange(entry: unknown): HistoryChange & { readonly changed: readonly string[] } {
  return { ...readChange(entry), changed: asStrings(asObject(entry, 'history entry').labelIds, 'changed labels') };
}
