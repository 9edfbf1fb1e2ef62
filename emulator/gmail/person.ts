/** What a person does on Gmail's own screens. */
import type { GmailAct } from '../core/services';
import { changeHeaders } from './mail/rewrite';
import { readOutline } from './mime/outline';
import { saveDraft, sendDraft } from './methods/drafts';
import { trash } from './methods/messages';
import type { GmailContext, Mailbox, StoredMessage } from './state';
import { newDraftId } from './mailbox/ids';
import { deleteMessage, relabel } from './mailbox/mailbox';

const FITS: Readonly<Record<GmailAct, (message: StoredMessage) => boolean>> = {
  trash: ({ labelIds }) => !labelIds.includes('TRASH') && !labelIds.includes('DRAFT'),
  untrash: ({ labelIds }) => labelIds.includes('TRASH'),
  spam: ({ labelIds }) => labelIds.includes('INBOX'),
  unspam: ({ labelIds }) => labelIds.includes('SPAM'),
  read: ({ labelIds }) => labelIds.includes('UNREAD'),
  'discard-draft': ({ labelIds }) => labelIds.includes('DRAFT'),
  'edit-draft': ({ labelIds }) => labelIds.includes('DRAFT'),
  'send-draft': ({ labelIds }) => labelIds.includes('DRAFT'),
};

/**
 * @param id a message or draft id; left out: the newest message that the act fits, and nothing happens if there is none
 * @returns whether there was something to do it with
 * @throws Error for an id that is not there, or that the act does not fit
 */
export function actOf(context: GmailContext, mailbox: Mailbox, act: GmailAct, id?: string): boolean {
  const message = id === undefined ? newest(mailbox, act) : named(mailbox, act, id);
  if (message === undefined) return false;
  carryOut(context, mailbox, act, message);
  return true;
}

function carryOut(context: GmailContext, mailbox: Mailbox, act: GmailAct, message: StoredMessage): void {
  switch (act) {
    case 'trash':
      trash(context, mailbox, message);
      return;
    case 'untrash':
      relabel(context, mailbox, message, message.labelIds.includes('SENT') ? [] : ['INBOX'], ['TRASH']);
      return;
    case 'spam':
      relabel(context, mailbox, message, ['SPAM'], ['INBOX']);
      return;
    case 'unspam':
      relabel(context, mailbox, message, ['INBOX'], ['SPAM']);
      return;
    case 'read':
      relabel(context, mailbox, message, [], ['UNREAD']);
      return;
    case 'discard-draft':
      deleteMessage(context, mailbox, message);
      return;
    case 'edit-draft':
      editDraft(context, mailbox, message);
      return;
    case 'send-draft':
      sendDraft(context, mailbox, message, message.content.raw);
  }
}

function newest(mailbox: Mailbox, act: GmailAct): StoredMessage | undefined {
  for (let i = mailbox.order.length - 1; i >= 0; i--) {
    const message = mailbox.messages.get(mailbox.order[i]);
    if (message !== undefined && FITS[act](message)) return message;
  }
  return undefined;
}

function named(mailbox: Mailbox, act: GmailAct, id: string): StoredMessage {
  const message = mailbox.messages.get(mailbox.drafts.get(id) ?? id);
  if (message === undefined) throw new Error(`${mailbox.email} has no message or draft ${id}`);
  const labelled = act === 'spam' || FITS[act](message);
  if (!labelled) throw new Error(`${act} does not fit the message ${id}`);
  return message;
}

/** Gmail writes the whole message anew when a draft is edited (facts, reliability, probe P5). */
function editDraft(context: GmailContext, mailbox: Mailbox, message: StoredMessage): void {
  const { gmailDraftEditKeepsHeaders, gmailDraftEditKeepsId } = context.switches();
  const { raw } = message.content;
  const kept = changeHeaders(raw, { keep: (name) => gmailDraftEditKeepsHeaders || !name.startsWith('x-') });
  const subject = readOutline(kept).subject;
  const edited = changeHeaders(kept, { set: { subject: `Subject: ${encodeSubject(subject)}` } });
  const id = mailbox.draftOf.get(message.id);
  if (id === undefined) throw new Error(`${message.id} is no draft`);
  const place = { fixed: message.threadId };
  if (gmailDraftEditKeepsId) {
    saveDraft(context, mailbox, id, edited, place);
  } else {
    saveDraft(context, mailbox, newDraftId(context), edited, place);
    deleteMessage(context, mailbox, message);
  }
}

function encodeSubject(subject: string): string {
  const edited = `${subject} (edited)`;
  return /^[ -~]*$/.test(edited) ? edited : `=?UTF-8?B?${Buffer.from(edited).toString('base64')}?=`;
}
