/** Logging a mail in the CRM without sending anything: `POST /conversations/messages/inbound` (facts, highlevel 5.5). */
import { Unreadable, type Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { asId, readObject } from './shapes';
import type { Push, Pushed } from './types';

/**
 * The direction is always given: the documents and practice disagree on what the CRM takes without it. No provider: for
 * `Email` none is needed (facts, highlevel 5.5). Success is an answer with both ids, since a 201 without them stored
 * nothing; anything less is an unknown outcome (X5).
 */
export function logMessage(push: Push): Exchange<Pushed> {
  return crmExchange({
    call: 'logMessage',
    effect: 'create',
    method: 'post',
    path: ['conversations', 'messages', 'inbound'],
    body: {
      type: 'Email',
      direction: push.direction,
      // Either of the two will do (facts, highlevel 5.5).
      conversationId: push.conversationId || undefined,
      contactId: push.contactId || undefined,
      emailMessageId: push.inReplyToEmailId,
      altId: push.altId,
      subject: push.subject,
      html: push.html,
      // A mail without a sender; an empty address is none.
      emailFrom: push.from || undefined,
      emailTo: push.to || undefined,
      emailCc: given(push.cc),
      emailBcc: given(push.bcc),
      date: dateOf(push.date),
      attachments: given(push.attachments),
    },
    read: (answer) => {
      const body = readObject(answer);
      if (body.success === false) throw new Unreadable('the answer says not done');
      return {
        emailId: asId(body.emailMessageId, 'e-mail id'),
        threadId: asId(body.messageId, 'message id'),
        conversationId: asId(body.conversationId ?? push.conversationId, 'conversation id'),
      };
    },
  });
}

function given(list: readonly string[]): readonly string[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** ISO; without a date that a calendar knows the CRM takes its own. */
function dateOf(date: number): string | undefined {
  return Math.abs(date) <= 8.64e15 ? new Date(date).toISOString() : undefined;
}
