/** messages.send, messages.insert and messages.import (facts, platform 3.6, 3.7). */
import { isMessageId, newMessageId } from '../mailbox/ids';
import { labelExists } from '../mailbox/labels';
import { addMessage } from '../mailbox/mailbox';
import { fitsThread, threadOfArrival } from '../mailbox/threading';
import { sendMail, type Place } from '../mail/deliver';
import { MOST_INSERTED, MOST_SENT, readRaw } from '../mail/raw';
import { prependFields } from '../mail/rewrite';
import { formatMailDate } from '../mime/date';
import { readOutline, type Outline } from '../mime/outline';
import { badRequest, notFound } from '../rest/errors';
import { textField, textList, type Call, type Json } from '../rest/call';
import { reference } from './show';

/** `threadId` of a body; it must be a thread of the mailbox. */
export function readThreadId({ mailbox }: Call, body: Json): string | undefined {
  const threadId = textField(body, 'threadId');
  if (threadId === undefined || threadId === '') return undefined;
  if (!isMessageId(threadId)) throw badRequest('Invalid thread_id value');
  if (!mailbox.threads.has(threadId)) throw notFound();
  return threadId;
}

export function namedPlace(threadId: string | undefined): Place {
  return threadId === undefined ? undefined : { named: threadId };
}

export function sendMessage(call: Call): Json {
  const raw = readRaw(call, call.body, MOST_SENT);
  return reference(sendMail(call.context, call.mailbox, raw, namedPlace(readThreadId(call, call.body))));
}

/** INBOX, UNREAD and the like as given; DRAFT and CHAT belong to Gmail. */
function readLabels({ mailbox, body }: Call): string[] {
  const labels = textList(body, 'labelIds');
  for (const label of labels) {
    if (!labelExists(mailbox, label) || label === 'DRAFT' || label === 'CHAT')
      throw badRequest(`Invalid label: ${label}`);
  }
  return labels;
}

function dateOf(call: Call, outline: Outline, fallback: 'receivedTime' | 'dateHeader'): number {
  const source = call.choice('internalDateSource', ['receivedTime', 'dateHeader'], fallback);
  const fromHeader = source === 'dateHeader' || call.context.switches().gmailInsertDateFromHeader;
  return fromHeader ? (outline.date ?? call.context.clock.now) : call.context.clock.now;
}

/** `deleted`: only visible in Vault, so that neither the mailbox nor its history shows it. */
function vaultOnly(call: Call): Json {
  const id = newMessageId(call.context);
  return { id, threadId: id };
}

export function insertMessage(call: Call): Json {
  const { context, mailbox } = call;
  const raw = readRaw(call, call.body, MOST_INSERTED);
  const labelIds = readLabels(call);
  const threadId = readThreadId(call, call.body);
  const outline = readOutline(raw);
  const internalDate = dateOf(call, outline, 'receivedTime');
  if (call.flag('deleted')) return vaultOnly(call);
  const named =
    threadId !== undefined &&
    context.switches().gmailInsertThreadNeedsSubject &&
    !fitsThread(mailbox, threadId, outline)
      ? undefined
      : threadId;
  return reference(
    addMessage(context, mailbox, {
      raw,
      labelIds,
      internalDate,
      threadId: named ?? threadOfArrival(context, mailbox, outline),
    }),
  );
}

/** Like a delivery: threads by References and Subject alone, is classified, answers with the id only. */
export function importMessage(call: Call): Json {
  const { context, mailbox } = call;
  if (textField(call.body, 'threadId') !== undefined) throw badRequest('threadId not allowed');
  const raw = readRaw(call, call.body, MOST_INSERTED);
  const labels = readLabels(call);
  const outline = readOutline(raw);
  const internalDate = dateOf(call, outline, 'dateHeader');
  const spam = !call.flag('neverMarkSpam') && context.switches().gmailImportMarksSpam;
  if (call.flag('deleted')) return { id: vaultOnly(call).id };
  const received = `Received: from 100000000000 named unknown by gmailapi.google.com with HTTPREST; ${formatMailDate(context.clock.now)}`;
  const { id } = addMessage(context, mailbox, {
    raw: prependFields(raw, [received]),
    labelIds: spam ? [...labels.filter((label) => label !== 'INBOX'), 'SPAM'] : labels,
    internalDate,
    threadId: threadOfArrival(context, mailbox, outline),
  });
  return { id };
}
