/** Which thread a message belongs to: a parent that is in the mailbox and the same subject (facts, platform 3.6, 3.7). */
import { parseAddressList } from '../mime/addresses';
import { headerValue } from '../mime/headers';
import { outlineOf, type Outline } from '../mime/outline';
import type { GmailContext, Mailbox } from '../state';

/** The thread that the message joins, undefined for a new one. */
export function threadOfArrival(context: GmailContext, mailbox: Mailbox, outline: Outline): string | undefined {
  for (const parent of outline.parents) {
    for (const id of [...(mailbox.byMessageId.get(parent) ?? [])].reverse()) {
      const message = mailbox.messages.get(id);
      if (message !== undefined && outlineOf(message.content).normalisedSubject === outline.normalisedSubject) {
        return message.threadId;
      }
    }
  }
  return context.switches().gmailJoinBySubject ? threadBySubject(context, mailbox, outline) : undefined;
}

/** Do References or In-Reply-To name a message of this thread, and is the subject its subject? */
export function fitsThread(mailbox: Mailbox, threadId: string, outline: Outline): boolean {
  return outline.parents.some((parent) =>
    (mailbox.byMessageId.get(parent) ?? []).some((id) => {
      const message = mailbox.messages.get(id);
      return (
        message?.threadId === threadId && outlineOf(message.content).normalisedSubject === outline.normalisedSubject
      );
    }),
  );
}

const WEEK_MS = 7 * 86_400_000;

function threadBySubject(context: GmailContext, mailbox: Mailbox, outline: Outline): string | undefined {
  if (outline.normalisedSubject === '') return undefined;
  const wanted = participants(outline);
  for (let i = mailbox.order.length - 1; i >= 0; i--) {
    const message = mailbox.messages.get(mailbox.order[i]);
    if (message === undefined || message.internalDate < context.clock.now - WEEK_MS) return undefined;
    const other = outlineOf(message.content);
    if (other.normalisedSubject !== outline.normalisedSubject) continue;
    if ([...participants(other)].every((email) => wanted.has(email))) return message.threadId;
  }
  return undefined;
}

function participants({ headers }: Outline): Set<string> {
  const lists = ['from', 'to', 'cc'].flatMap((name) => parseAddressList(headerValue(headers, name) ?? ''));
  return new Set(lists.map(({ email }) => email.toLowerCase()));
}
