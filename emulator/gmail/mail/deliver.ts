/** Mail out of a mailbox, mail into it, and the reports of what could not be delivered. */
import type { Delivered, Envelope } from '../../core/network';
import { addMessage } from '../mailbox/mailbox';
import { fitsThread, threadOfArrival } from '../mailbox/threading';
import { formatMailDate } from '../mime/date';
import { headerValue } from '../mime/headers';
import { outlineOf, readOutline } from '../mime/outline';
import type { GmailContext, Mailbox, StoredMessage } from '../state';
import { sendingLimit } from '../rest/errors';
import { isOwnAddress } from './addresses';
import { bounceOf } from './bounce';
import { MOST_SENT } from './raw';
import { prepare } from './outgoing';
import { prependFields } from './rewrite';

/** Where an outgoing message may go. */
export type Place =
  /** The thread that the request named, if References and Subject fit (facts, platform 3.6). */
  | { readonly named: string }
  /** The thread of the draft, whatever it says. */
  | { readonly fixed: string }
  | undefined;

export function threadForOutgoing(
  context: GmailContext,
  mailbox: Mailbox,
  raw: Buffer,
  place: Place,
): string | undefined {
  if (place !== undefined && 'fixed' in place) return place.fixed;
  const outline = readOutline(raw);
  if (place !== undefined && fitsThread(mailbox, place.named, outline)) return place.named;
  return context.switches().gmailSendJoinsWithoutThreadId ? threadOfArrival(context, mailbox, outline) : undefined;
}

/**
 * Sends a message as the user of the mailbox. It is in Sent before the first recipient has it.
 * @throws ApiError 400 for a message that cannot be sent, 429 over the day's limit; then nothing has happened
 */
export function sendMail(
  context: GmailContext,
  mailbox: Mailbox,
  raw: Buffer,
  place: Place,
  beforeStoring: () => void = () => undefined,
): StoredMessage {
  const outgoing = prepare(context, mailbox, raw);
  const others = outgoing.to.filter((address) => !isOwnAddress(mailbox, address));
  const threadId = threadForOutgoing(context, mailbox, raw, place);
  countSending(context, mailbox);
  beforeStoring();
  const stored = addMessage(context, mailbox, {
    raw: outgoing.kept,
    labelIds: others.length < outgoing.to.length ? ['UNREAD', 'SENT', 'INBOX'] : ['SENT'],
    internalDate: context.clock.now,
    threadId,
  });
  if (others.length > 0) {
    const { refused } = context.send({ from: outgoing.from, to: others, raw: outgoing.wire });
    const at = context.clock.now + context.switches().gmailBounceDelayMs;
    for (const { to, reason } of refused) mailbox.bounces.push({ at, messageId: stored.id, to, reason });
    settleBounces(context, mailbox);
  }
  return stored;
}

const DAY_MS = 86_400_000;

function countSending({ clock, switches }: GmailContext, mailbox: Mailbox): void {
  mailbox.sends = mailbox.sends.filter((at) => at > clock.now - DAY_MS);
  if (mailbox.sends.length >= switches().gmailSendsPerDay) throw sendingLimit(mailbox.sends[0] + DAY_MS);
  mailbox.sends.push(clock.now);
}

/** Puts the delivery reports that are due into the sender's inbox, in the thread of what they report on. */
export function settleBounces(context: GmailContext, mailbox: Mailbox): void {
  if (mailbox.bounces.length === 0) return;
  const due = mailbox.bounces.filter(({ at }) => at <= context.clock.now);
  if (due.length === 0) return;
  mailbox.bounces = mailbox.bounces.filter(({ at }) => at > context.clock.now);
  for (const bounce of due) {
    const original = mailbox.messages.get(bounce.messageId);
    if (original === undefined) continue;
    addMessage(context, mailbox, {
      raw: bounceOf(context, mailbox, original, bounce),
      labelIds: ['UNREAD', 'CATEGORY_UPDATES', 'INBOX'],
      internalDate: context.clock.now,
      threadId: original.threadId,
    });
  }
}

/** Takes a mail of the network in. A thrown string is the refusal's reason. */
export function receiveMail(context: GmailContext, mailbox: Mailbox, to: string, { from, raw }: Envelope): Delivered {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the contract of MailHost.receive
  if (raw.length > MOST_SENT) throw "552-5.3.4 Your message exceeded Google's message size limits.";
  const now = context.clock.now;
  const outline = readOutline(raw);
  const again = sameDelivery(mailbox, outline.messageId, raw, to, now);
  if (again !== undefined) return { account: mailbox.email, id: again.id, threadId: again.threadId };
  const trace = [
    `Delivered-To: ${to}`,
    `Received: by 2002:a05:6000:1111:b0:100:0000:0000 with SMTP id ${context.ids.hex(10)}; ${formatMailDate(now)}`,
    `Return-Path: <${from}>`,
  ];
  if (outline.messageId === undefined && context.switches().gmailAddsMissingMessageId) {
    trace.push(`Message-ID: <${context.ids.hex(20)}SMTPIN_ADDED_MISSING@mx.google.com>`);
  }
  const stored = addMessage(context, mailbox, {
    raw: prependFields(raw, trace),
    labelIds: context.switches().gmailArchivesArrivals
      ? ['UNREAD', 'CATEGORY_PERSONAL']
      : ['UNREAD', 'CATEGORY_PERSONAL', 'INBOX'],
    internalDate: now,
    threadId: threadOfArrival(context, mailbox, outline),
  });
  return { account: mailbox.email, id: stored.id, threadId: stored.threadId };
}

/** One mail to two addresses of one mailbox comes once; a mail that was really sent twice comes twice. */
function sameDelivery(
  mailbox: Mailbox,
  messageId: string | undefined,
  raw: Buffer,
  to: string,
  now: number,
): StoredMessage | undefined {
  if (messageId === undefined) return undefined;
  return (mailbox.byMessageId.get(messageId) ?? [])
    .map((id) => mailbox.messages.get(id))
    .find((message) => {
      if (message?.arrivedAt !== now) return false;
      const other = message.content.raw;
      if (headerValue(outlineOf(message.content).headers, 'delivered-to') === to) return false;
      return other.length > raw.length && other.subarray(other.length - raw.length).equals(raw);
    });
}
