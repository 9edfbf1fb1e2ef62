/** Why a message of a linked thread stays out of the CRM (T2, T8, C6): pure, for the plan and for the sidebar alike. */
import type { MessageView } from './observed';
import { homeDomain, messageKeptBack, type Kept } from './privacy';
import { FIRST_SETTINGS } from './settings';
import type { Head, Link } from './state';
import { contactIsOn, domainOf, isOutbound, parentsOf } from './threads';

/** What is known of a message beside the two sides. */
export interface Standing {
  /** The user wants it in the CRM. */
  readonly asked: boolean;
  /** It is set aside: it was to go when it came. */
  readonly waits: boolean;
}

/** The rule that leaves it, whatever stands beside it in the thread and whosever it is; undefined where none does. */
export function leftByRule(
  head: Kept,
  link: Link,
  message: MessageView,
  { asked, waits }: Standing,
): string | undefined {
  const kept = messageKeptBack(head, message);
  if (kept === 'T8-label' || kept === 'T8-address') return kept;
  // What the user asks for by itself goes although the thread is stopped, and although it is internal.
  if (asked) return undefined;
  const stays = link.stopped === 'user' || isPaused(link, message.date) || (!waits && wasStopped(head, message));
  return kept ?? (stays ? 'T8' : undefined);
}

/** Did it come while the thread was stopped? */
export function isPaused({ pauses = [] }: Link, date: number): boolean {
  for (let at = 0; at < pauses.length; at += 2) {
    if (date >= pauses[at] && date <= (pauses[at + 1] ?? Infinity)) return true;
  }
  return false;
}

/** Its labels say so where the link does not: the store was lost, and it is in a thread that joined later (X11). */
function wasStopped({ labels }: Kept, { labelIds }: MessageView): boolean {
  return [labels?.stopped, labels?.kept].some((label) => label !== undefined && labelIds.includes(label));
}

/**
 * T2: is it mail with the contact? Where the contact is not on it, it may answer a message that the contact was on (they
 * wrote from another address): that is for the thread to tell. Never for what the user or somebody of their own domain writes.
 */
export function concernsContact(head: Kept, link: Link, message: MessageView): boolean | 'thread-tells' {
  if ((head.settings ?? FIRST_SETTINGS).withoutContact === true || contactIsOn(message.mail, link)) return true;
  if (isOutbound(message) || domainOf(message.mail.from.email) === homeDomain(head.connection.mailbox)) return false;
  return 'thread-tells';
}

/** The nearest parent counts: behind a forwarded mail stands the one that was forwarded, and the contact was on that. */
export function answersContact(messages: readonly MessageView[], message: MessageView, link: Link): boolean {
  const [nearest] = parentsOf(message.mail);
  const parent = messages.find(({ mail }) => mail.messageId !== undefined && mail.messageId === nearest);
  return parent !== undefined && contactIsOn(parent.mail, link);
}

/** The rule that leaves a message of a link, `messages` being all of its threads; undefined for one that goes. */
export function whyLeft(
  head: Kept,
  link: Link,
  message: MessageView,
  messages: readonly MessageView[],
  waits: boolean,
): string | undefined {
  const rule = leftByRule(head, link, message, { asked: false, waits });
  if (rule !== undefined) return rule;
  const concerned = concernsContact(head, link, message);
  return (concerned === 'thread-tells' ? answersContact(messages, message, link) : concerned) ? undefined : 'T2';
}

/** A later message of a conversation that carries the user's private label as a whole is private too (T8). */
export function isWithinPrivate(
  { labels }: Pick<Head, 'labels'>,
  messages: readonly MessageView[],
  { id = '', threadId, date }: { readonly id?: string; readonly threadId: string; readonly date: number },
): boolean {
  const before = messages.filter(
    (other) => other.threadId === threadId && other.id !== id && other.date <= date && !isDraft(other),
  );
  const kept = labels?.private;
  return kept !== undefined && before.length > 0 && before.every(({ labelIds }) => labelIds.includes(kept));
}

function isDraft({ labelIds }: MessageView): boolean {
  return labelIds.includes('DRAFT');
}
