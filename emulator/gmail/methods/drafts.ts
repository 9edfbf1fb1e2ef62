/** users.drafts. Each save is a new message (facts, platform 3.3); sending uses the draft up, so that it goes once. */
import { newDraftId } from '../mailbox/ids';
import { addMessage, deleteMessage } from '../mailbox/mailbox';
import { sendMail, threadForOutgoing, type Place } from '../mail/deliver';
import { draftMessage, MOST_SENT, readRaw } from '../mail/raw';
import type { GmailContext, Mailbox, StoredMessage } from '../state';
import { badRequest, failedPrecondition, notFound } from '../rest/errors';
import { textField, type Call, type Json } from '../rest/call';
import { page, readFilter } from './listing';
import { readFormat, reference, showMessage } from './show';
import { namedPlace, readThreadId } from './write';

/** @throws ApiError 404 for a draft that is not there (any more) */
export function messageOfDraft(mailbox: Mailbox, draftId: string): StoredMessage {
  const message = mailbox.messages.get(mailbox.drafts.get(draftId) ?? '');
  if (message === undefined) throw notFound();
  return message;
}

/** Puts the first or a later version of a draft there; the earlier one is deleted. */
export function saveDraft(
  context: GmailContext,
  mailbox: Mailbox,
  draftId: string,
  raw: Buffer,
  place: Place,
): StoredMessage {
  const before = mailbox.messages.get(mailbox.drafts.get(draftId) ?? '');
  const stored = addMessage(context, mailbox, {
    raw,
    labelIds: ['DRAFT'],
    internalDate: context.clock.now,
    threadId: threadForOutgoing(context, mailbox, raw, place),
  });
  if (before !== undefined) deleteMessage(context, mailbox, before);
  mailbox.drafts.set(draftId, stored.id);
  mailbox.draftOf.set(stored.id, draftId);
  return stored;
}

/** Sends the draft and uses it up in one step. The sent message has another id and stays in the thread. */
export function sendDraft(
  context: GmailContext,
  mailbox: Mailbox,
  draft: StoredMessage,
  raw: Buffer,
  place?: Place,
): StoredMessage {
  const where = place ?? { fixed: draft.threadId };
  return sendMail(context, mailbox, raw, where, () => deleteMessage(context, mailbox, draft));
}

export function listDrafts(call: Call): Json {
  const filter = readFilter(call);
  const { items, nextPageToken, estimate } = page(call, (message) => {
    const id = call.mailbox.draftOf.get(message.id);
    return id === undefined || !filter.matches(message)
      ? undefined
      : { id, message: { id: message.id, threadId: message.threadId } };
  });
  return {
    ...(items.length === 0 ? {} : { drafts: items }),
    ...(nextPageToken === undefined ? {} : { nextPageToken }),
    resultSizeEstimate: estimate,
  };
}

export function getDraft(call: Call): Json {
  const format = readFormat(call);
  const message = messageOfDraft(call.mailbox, call.path.id);
  return { id: call.path.id, message: showMessage(call.context, message, format, []) };
}

export function createDraft(call: Call): Json {
  const body = draftMessage(call.body);
  const raw = readRaw(call, body, MOST_SENT);
  const id = newDraftId(call.context);
  const message = saveDraft(call.context, call.mailbox, id, raw, namedPlace(readThreadId(call, body)));
  return { id, message: reference(message) };
}

export function updateDraft(call: Call): Json {
  const before = messageOfDraft(call.mailbox, call.path.id);
  const body = draftMessage(call.body);
  const raw = readRaw(call, body, MOST_SENT);
  const place = namedPlace(readThreadId(call, body)) ?? { fixed: before.threadId };
  return { id: call.path.id, message: reference(saveDraft(call.context, call.mailbox, call.path.id, raw, place)) };
}

export function deleteDraft(call: Call): undefined {
  deleteMessage(call.context, call.mailbox, messageOfDraft(call.mailbox, call.path.id));
}

/** A second send of the same draft answers 404 (facts, reliability 2.3). */
export function sendDraftCall(call: Call): Json {
  const id = textField(call.body, 'id');
  const body = draftMessage(call.body);
  const given = call.media !== undefined || body.raw !== undefined ? readRaw(call, body, MOST_SENT) : undefined;
  if (id === undefined || id === '') {
    if (given === undefined) throw badRequest('Missing draft id');
    return reference(sendMail(call.context, call.mailbox, given, namedPlace(readThreadId(call, body))));
  }
  const missing = !call.mailbox.drafts.has(id) && call.context.switches().gmailUsedDraftStatus === 400;
  if (missing) throw failedPrecondition('Message not a draft');
  const draft = messageOfDraft(call.mailbox, id);
  const place = namedPlace(readThreadId(call, body));
  return reference(sendDraft(call.context, call.mailbox, draft, given ?? draft.content.raw, place));
}
