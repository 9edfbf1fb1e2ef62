/** What Gmail makes of a message that is to be sent (facts, platform 3.6): its own Message-ID and Date, a sender that is the user's. */
import { newRfcMessageId } from '../mailbox/ids';
import { isAddress, parseAddressList } from '../mime/addresses';
import { formatMailDate } from '../mime/date';
import { headerValue, headerValues, unfold } from '../mime/headers';
import { readOutline, type Outline } from '../mime/outline';
import { parseTree, bodyBytes, type MimeNode } from '../mime/tree';
import type { GmailContext, Mailbox } from '../state';
import { badRequest } from '../rest/errors';
import { changeHeaders } from './rewrite';

export interface Outgoing {
  /** What stays in the sender's mailbox: with Bcc. */
  readonly kept: Buffer;
  /** What travels. */
  readonly wire: Buffer;
  /** The envelope sender. */
  readonly from: string;
  /** The envelope recipients in lower case, each once. */
  readonly to: readonly string[];
}

/** Recipients of one message, and bytes of its attachments (facts, platform 2, 3.1). */
const MOST_RECIPIENTS = 500;
const MOST_ATTACHED = 26_214_400;

/** @throws ApiError 400 for a message that cannot be sent */
export function prepare(context: GmailContext, mailbox: Mailbox, raw: Buffer): Outgoing {
  const outline = readOutline(raw);
  const to = readRecipients(outline);
  checkSize(raw);
  const sender = chooseSender(mailbox, outline);
  const now = context.clock.now;
  const keepsId = context.switches().gmailKeepMessageId && /^<[^<>@\s]+@[^<>@\s]+>$/.test(outline.messageId ?? '');
  const set: Record<string, string | undefined> = {
    'message-id': `Message-ID: ${keepsId ? outline.messageId : newRfcMessageId(context)}`,
    date: `Date: ${formatMailDate(now)}`,
    ...(sender.field === undefined ? {} : { from: sender.field }),
    ...(headerValue(outline.headers, 'mime-version') === undefined ? { 'mime-version': 'MIME-Version: 1.0' } : {}),
  };
  const top = [
    `Received: from 100000000000 named unknown by gmailapi.google.com with HTTPREST; ${formatMailDate(now)}`,
  ];
  const stays = (name: string) => context.switches().gmailKeepsXHeaders || !name.startsWith('x-');
  return {
    kept: changeHeaders(raw, { top, set, keep: stays }),
    wire: changeHeaders(raw, { top, set, keep: (name) => name !== 'bcc' && stays(name) }),
    from: sender.email,
    to,
  };
}

function readRecipients({ headers }: Outline): string[] {
  const found = new Set<string>();
  for (const name of ['To', 'Cc', 'Bcc']) {
    for (const value of headerValues(headers, name.toLowerCase())) {
      for (const { email } of parseAddressList(unfold(value))) {
        if (!isAddress(email)) throw badRequest(`Invalid ${name} header`);
        found.add(email.toLowerCase());
      }
    }
  }
  if (found.size === 0) throw badRequest('Recipient address required');
  if (found.size > MOST_RECIPIENTS) throw badRequest(`Too many recipients: at most ${MOST_RECIPIENTS}`);
  return [...found];
}

/** A From that is no verified address of the user is replaced by the primary one (facts, platform 3.6). */
function chooseSender(mailbox: Mailbox, { headers }: Outline): { email: string; field: string | undefined } {
  const given = parseAddressList(headerValue(headers, 'from') ?? '')[0]?.email.toLowerCase();
  const own = [mailbox.email, ...mailbox.aliases.filter(({ verified }) => verified).map(({ email }) => email)];
  const match = own.find((email) => email.toLowerCase() === given);
  if (match !== undefined) return { email: match, field: undefined };
  return { email: mailbox.email, field: `From: ${phrase(mailbox.name)} <${mailbox.email}>` };
}

function phrase(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replace(/(["\\])/g, '\\$1')}"`;
  return `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`;
}

/** Only a mail that could be too large is looked into. */
function checkSize(raw: Buffer): void {
  if (raw.length <= MOST_ATTACHED) return;
  let attached = 0;
  const waiting: MimeNode[] = [parseTree(raw.toString('latin1'))];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.children.length > 0) waiting.push(...node.children);
    else attached += bodyBytes(node).length;
  }
  if (attached > MOST_ATTACHED) throw badRequest('Message too large: at most 25 MB of attachments', 'messageTooLarge');
}
