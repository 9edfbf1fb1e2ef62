/** Looks up what an id of the path or of a body names. */
import { isMessageId } from '../mailbox/ids';
import { labelExists, mayBeSetByHand } from '../mailbox/labels';
import { threadMessages } from '../mailbox/mailbox';
import type { Mailbox, StoredMessage } from '../state';
import { badRequest, notFound } from '../rest/errors';
import { textList, type Call, type Json } from '../rest/call';

/** @throws ApiError 400 for what cannot be an id, 404 for one that is not there */
export function findMessage({ mailbox }: Call, id: string): StoredMessage {
  if (!isMessageId(id)) throw badRequest('Invalid id value');
  const message = mailbox.messages.get(id);
  if (message === undefined) throw notFound();
  return message;
}

export function findThread({ mailbox }: Call, id: string): StoredMessage[] {
  if (!isMessageId(id)) throw badRequest('Invalid id value');
  const messages = threadMessages(mailbox, id);
  if (messages.length === 0) throw notFound();
  return messages;
}

export interface LabelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** `addLabelIds` and `removeLabelIds` of a body. */
export function readLabelChange(mailbox: Mailbox, body: Json): LabelChange {
  const add = textList(body, 'addLabelIds');
  const remove = textList(body, 'removeLabelIds');
  if (add.length === 0 && remove.length === 0) throw badRequest('No label add or removes specified');
  for (const label of [...add, ...remove]) {
    if (!labelExists(mailbox, label) || !mayBeSetByHand(mailbox, label)) throw badRequest(`Invalid label: ${label}`);
  }
  for (const label of add)
    if (remove.includes(label)) throw badRequest(`Cannot both add and remove the same label: ${label}`);
  return { add, remove };
}
