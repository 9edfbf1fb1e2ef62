/** A delivery report as Gmail writes it: RFC 3464 from mailer-daemon@googlemail.com, in the thread of the original. */
import { formatMailDate } from '../mime/date';
import { outlineOf } from '../mime/outline';
import type { GmailContext, Mailbox, PendingBounce, StoredMessage } from '../state';

export function bounceOf(
  context: GmailContext,
  mailbox: Mailbox,
  original: StoredMessage,
  bounce: PendingBounce,
): Buffer {
  const { headers, messageId } = outlineOf(original.content);
  const now = formatMailDate(context.clock.now);
  const boundary = `0000000000${context.ids.hex(18)}`;
  const status = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(bounce.reason)?.[1] ?? '5.1.1';
  const reason = bounce.reason.replace(/[\r\n]+/g, ' ').slice(0, 300);
  const { raw } = original.content;
  const originalHeaders = Buffer.concat(
    headers.filter(({ name }) => name.toLowerCase() !== 'bcc').map(({ start, end }) => raw.subarray(start, end)),
  ).toString('latin1');
  const lines = [
    `Delivered-To: ${mailbox.email}`,
    'Return-Path: <>',
    'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    `To: ${mailbox.email}`,
    'Auto-Submitted: auto-replied',
    'Subject: Delivery Status Notification (Failure)',
    ...(messageId === undefined ? [] : [`References: ${messageId}`, `In-Reply-To: ${messageId}`]),
    `X-Failed-Recipients: ${bounce.to}`,
    `Message-ID: <${context.ids.hex(20)}.GMR@mx.google.com>`,
    `Date: ${now}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; boundary="${boundary}"; report-type=delivery-status`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset="UTF-8"',
    '',
    '** Address not found **',
    '',
    `Your message wasn't delivered to ${bounce.to} because the address couldn't be found, or is unable to receive mail.`,
    '',
    'The response was:',
    '',
    reason,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; googlemail.com',
    `Arrival-Date: ${now}`,
    ...(messageId === undefined ? [] : [`X-Original-Message-ID: ${messageId}`]),
    '',
    `Final-Recipient: rfc822; ${bounce.to}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${reason}`,
    `Last-Attempt-Date: ${now}`,
    '',
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    originalHeaders.replace(/\r?\n/g, '\r\n').trimEnd(),
    '',
    '----- Message truncated -----',
    '',
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}
