/** users.messages, except what writes new mail (`insert.ts`, `send.ts`). */
import { isMessageId } from '../mailbox/ids';
import { deleteMessage, relabel } from '../mailbox/mailbox';
import type { GmailContext, Mailbox, StoredMessage } from '../state';
import { badRequest } from '../rest/errors';
import { textList, type Call, type Json } from '../rest/call';
import { findMessage, readLabelChange } from './find';
import { page, readFilter } from './listing';
import { readFormat, reference, showMessage } from './show';

export function listMessages(call: Call): Json {
  const filter = readFilter(call, call.context.switches().gmailListLagMs);
  const { items, nextPageToken, estimate } = page(call, (message) =>
    filter.matches(message) ? { id: message.id, threadId: message.threadId } : undefined,
  );
  return {
    ...(items.length === 0 ? {} : { messages: items }),
    ...(nextPageToken === undefined ? {} : { nextPageToken }),
    resultSizeEstimate: estimate,
  };
}

export function getMessage(call: Call): Json {
  const format = readFormat(call);
  return showMessage(call.context, findMessage(call, call.path.id), format, call.query.getAll('metadataHeaders'));
}

export function modifyMessage(call: Call): Json {
  const message = findMessage(call, call.path.id);
  const { add, remove } = readLabelChange(call.mailbox, call.body);
  return reference(relabel(call.context, call.mailbox, message, add, remove));
}

const MOST_IDS = 1_000;

function readIds({ body }: Call): string[] {
  const ids = textList(body, 'ids');
  if (ids.length === 0) throw badRequest('No message ids specified');
  if (ids.length > MOST_IDS) throw badRequest(`Too many message ids specified (max ${MOST_IDS})`);
  if (!ids.every(isMessageId)) throw badRequest('Invalid ids value');
  return ids;
}

/** Ids that are not there are passed over, as Gmail does. */
export function batchModify(call: Call): undefined {
  const ids = readIds(call);
  const { add, remove } = readLabelChange(call.mailbox, call.body);
  for (const id of ids) {
    const message = call.mailbox.messages.get(id);
    if (message !== undefined) relabel(call.context, call.mailbox, message, add, remove);
  }
}

export function batchDelete(call: Call): undefined {
  for (const id of readIds(call)) {
    const message = call.mailbox.messages.get(id);
    if (message !== undefined) deleteMessage(call.context, call.mailbox, message);
  }
}

export function deleteOne(call: Call): undefined {
  deleteMessage(call.context, call.mailbox, findMessage(call, call.path.id));
}

/** `labelsAdded: TRASH`, no deletion (facts, platform 3.3). */
export function trash(context: GmailContext, mailbox: Mailbox, message: StoredMessage): StoredMessage {
  return relabel(context, mailbox, message, ['TRASH'], ['INBOX', 'SPAM']);
}

export function trashMessage(call: Call): Json {
  return reference(trash(call.context, call.mailbox, findMessage(call, call.path.id)));
}

export function untrashMessage(call: Call): Json {
  return reference(relabel(call.context, call.mailbox, findMessage(call, call.path.id), [], ['TRASH']));
}
