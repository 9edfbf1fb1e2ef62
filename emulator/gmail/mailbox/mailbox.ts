/** The one place where a mailbox changes: messages come, change labels and go, and history tells of it. */
import { outlineOf } from '../mime/outline';
import type { GmailContext, HistoryKind, Mailbox, MessageState, StoredMessage } from '../state';
import { newMessageId, nextHistoryId } from './ids';

export interface NewMessage {
  readonly raw: Buffer;
  readonly labelIds: readonly string[];
  /** Milliseconds since 1970. */
  readonly internalDate: number;
  /** Left out: the message begins a thread. */
  readonly threadId?: string;
  /** Given where the message came long ago; then history does not tell of it. */
  readonly pastId?: string;
}

export function addMessage(context: GmailContext, mailbox: Mailbox, message: NewMessage): StoredMessage {
  const id = message.pastId ?? newMessageId(context);
  const threadId = message.threadId ?? id;
  const stored: StoredMessage = Object.freeze({
    id,
    threadId,
    labelIds: Object.freeze([...new Set(message.labelIds)]),
    historyId: nextHistoryId(context, mailbox),
    internalDate: message.internalDate,
    arrivedAt: message.pastId === undefined ? context.clock.now : message.internalDate,
    content: Object.freeze({ raw: message.raw }),
  });
  mailbox.messages.set(id, stored);
  mailbox.threads.set(threadId, Object.freeze([...(mailbox.threads.get(threadId) ?? []), id]));
  mailbox.order.splice(placeInOrder(mailbox, stored), 0, id);
  const { messageId } = outlineOf(stored.content);
  if (messageId !== undefined) {
    mailbox.byMessageId.set(messageId, Object.freeze([...(mailbox.byMessageId.get(messageId) ?? []), id]));
  }
  if (message.pastId === undefined) record(context, mailbox, stored.historyId, 'messageAdded', stored);
  return stored;
}

export function deleteMessage(context: GmailContext, mailbox: Mailbox, message: StoredMessage): void {
  mailbox.order.splice(placeInOrder(mailbox, message), 1);
  mailbox.messages.delete(message.id);
  shorten(mailbox.threads, message.threadId, message.id);
  const { messageId } = outlineOf(message.content);
  if (messageId !== undefined) shorten(mailbox.byMessageId, messageId, message.id);
  const draftId = mailbox.draftOf.get(message.id);
  if (draftId !== undefined) {
    mailbox.draftOf.delete(message.id);
    mailbox.drafts.delete(draftId);
  }
  record(context, mailbox, nextHistoryId(context, mailbox), 'messageDeleted', message);
}

/** Adds and removes labels; what changes nothing leaves no history. Gives the message as it is now. */
export function relabel(
  context: GmailContext,
  mailbox: Mailbox,
  message: StoredMessage,
  add: readonly string[],
  remove: readonly string[],
): StoredMessage {
  const added = [...new Set(add)].filter((label) => !message.labelIds.includes(label));
  const removed = [...new Set(remove)].filter((label) => message.labelIds.includes(label) && !add.includes(label));
  let current = message;
  if (added.length > 0) {
    current = change(context, mailbox, current, [...current.labelIds, ...added], 'labelAdded', added);
  }
  if (removed.length > 0) {
    const rest = current.labelIds.filter((label) => !removed.includes(label));
    current = change(context, mailbox, current, rest, 'labelRemoved', removed);
  }
  return current;
}

function change(
  context: GmailContext,
  mailbox: Mailbox,
  message: StoredMessage,
  labelIds: readonly string[],
  kind: HistoryKind,
  changed: readonly string[],
): StoredMessage {
  const historyId = nextHistoryId(context, mailbox);
  const next: StoredMessage = Object.freeze({ ...message, labelIds: Object.freeze([...labelIds]), historyId });
  mailbox.messages.set(next.id, next);
  record(context, mailbox, historyId, kind, next, changed);
  return next;
}

/** One in so many changes leaves a record with only `messages` behind it (facts, platform 3.3). */
const BARE_EVERY = 40;
/** Records that nobody can read any more are dropped so many at a time. */
const DROP = 2_000;
const DAY_MS = 86_400_000;

function record(
  context: GmailContext,
  mailbox: Mailbox,
  id: bigint,
  kind: HistoryKind,
  { id: messageId, threadId, labelIds }: MessageState,
  changed?: readonly string[],
): void {
  const at = context.clock.now;
  const message = Object.freeze({ id: messageId, threadId, labelIds });
  mailbox.history.push(Object.freeze({ id, at, kind, message, ...(changed === undefined ? {} : { changed }) }));
  if (context.switches().gmailBareHistory && context.ids.below(BARE_EVERY) === 0) {
    mailbox.history.push(Object.freeze({ id: nextHistoryId(context, mailbox), at, kind: 'none', message }));
  }
  const expired = at - context.switches().gmailHistoryDays * DAY_MS;
  if (mailbox.history.length > DROP && mailbox.history[DROP].at < expired) {
    mailbox.historyFloor = mailbox.history[DROP - 1].id;
    mailbox.history.splice(0, DROP);
  }
}

/** Where a message stands in the mailbox's order, or would. */
export function placeInOrder(mailbox: Mailbox, message: { id: string; internalDate: number }): number {
  let low = 0;
  let high = mailbox.order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = mailbox.messages.get(mailbox.order[middle]);
    const before =
      other !== undefined &&
      (other.internalDate < message.internalDate ||
        (other.internalDate === message.internalDate && other.id < message.id));
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shorten(map: Map<string, readonly string[]>, key: string, id: string): void {
  const rest = (map.get(key) ?? []).filter((other) => other !== id);
  if (rest.length === 0) map.delete(key);
  else map.set(key, Object.freeze(rest));
}

/** The messages of a thread in order of their dates. */
export function threadMessages(mailbox: Mailbox, threadId: string): StoredMessage[] {
  return (mailbox.threads.get(threadId) ?? [])
    .map((id) => mailbox.messages.get(id))
    .filter((message) => message !== undefined)
    .sort((a, b) => a.internalDate - b.internalDate || (a.id < b.id ? -1 : 1));
}
