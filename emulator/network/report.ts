/**
 * What a mail host writes back when it took a mail and could not deliver it after all: a delivery report (RFC 3464), or
 * the plain text of a host that never learnt to.
 */
import type { Envelope } from '../core/network';
import { mailDate } from './date';
import { headerBlock, headerOf } from './header-block';

export interface Bounce {
  /** The mail that could not be delivered. */
  readonly envelope: Envelope;
  /** The recipient that failed. */
  readonly recipient: string;
  /** SMTP reply with enhanced status code: `550 5.1.1 no such user`. */
  readonly reason: string;
  readonly now: number;
  /** Unique in this world: for the Message-ID and the boundary. */
  readonly id: string;
  readonly form: 'report' | 'text';
  readonly references: boolean;
}

export function composeBounce(bounce: Bounce): Buffer {
  const { envelope, recipient, reason } = bounce;
  const host = recipient.slice(recipient.lastIndexOf('@') + 1);
  const original = headerBlock(envelope.raw);
  const messageId = headerOf(original, 'Message-ID');
  const head = [
    `From: Mail Delivery System <mailer-daemon@${host}>`,
    `To: <${envelope.from}>`,
    `Date: ${mailDate(bounce.now)}`,
    `Message-ID: <${bounce.id}@${host}>`,
    `Subject: Undelivered Mail Returned to Sender`,
    ...(bounce.references && messageId !== undefined ? [`In-Reply-To: ${messageId}`, `References: ${messageId}`] : []),
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
  ];
  const words = [
    `This is the mail system at host ${host}.`,
    '',
    'Your message could not be delivered to this recipient:',
    '',
    `<${recipient}>: ${reason}`,
  ];
  const lines =
    bounce.form === 'text'
      ? [
          ...head,
          'Content-Type: text/plain; charset=us-ascii',
          '',
          ...words,
          '',
          '--- Below this line is a copy of the message.',
          '',
          original,
        ]
      : [
          ...head,
          `Content-Type: multipart/report; report-type=delivery-status; boundary="${bounce.id}"`,
          '',
          `--${bounce.id}`,
          'Content-Type: text/plain; charset=us-ascii',
          '',
          ...words,
          `--${bounce.id}`,
          'Content-Type: message/delivery-status',
          '',
          `Reporting-MTA: dns; ${host}`,
          `Arrival-Date: ${mailDate(bounce.now)}`,
          '',
          `Final-Recipient: rfc822; ${recipient}`,
          'Action: failed',
          `Status: ${/\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(reason)?.[1] ?? '5.0.0'}`,
          `Diagnostic-Code: smtp; ${reason}`,
          '',
          `--${bounce.id}`,
          'Content-Type: text/rfc822-headers',
          '',
          original,
          '',
          `--${bounce.id}--`,
        ];
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}
