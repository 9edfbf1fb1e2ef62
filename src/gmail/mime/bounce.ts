/**
 * Delivery reports (RFC 3464), and Gmail's own, which name the recipient in `X-Failed-Recipients` (T9). A report can be
 * forged: what it says counts only for a mail that was really sent to that recipient.
 */
import { textFromBase64Url } from '../../platform/text';
import type { GmailMessage, Header, MessagePart } from '../types';
import { bareAddress } from './addresses';
import { oneLine } from './encode';
import { headerValue } from './headers';
import { allParts, attachmentIdOf, childrenOf, dataOf, typeOf } from './parts';
import { plainFromHtml } from './html';
import { firstMessageId, readMarker } from './read';
import { readReferences } from './message-id';

export interface Bounce {
  /** Bare and in lower case. */
  readonly failedRecipient: string;
  /** All recipients that the report gives up, the first one included. */
  readonly failedRecipients: readonly string[];
  /** Enhanced status code (RFC 3463), `5.1.1`; `5.0.0` where the report has none. */
  readonly status: string;
  /** What the refusing server said, in one line of at most 500 characters. */
  readonly diagnostic: string;
  readonly originalMessageId?: string;
  /** The CRM e-mail id, where the report has the headers of the mail that the add-on wrote. */
  readonly originalMarker?: string;
}

/** The attachment ids of report parts that Gmail did not hand out with the message, for a second call with their bytes. */
export function detachedReportParts(message: GmailMessage): string[] {
  return allParts(message.payload)
    .filter((part) => /^(message\/delivery-status|text\/rfc822-headers)$/.test(typeOf(part)))
    .filter((part) => dataOf(part) === undefined && childrenOf(part).length === 0)
    .map(attachmentIdOf)
    .filter((id): id is string => id !== undefined);
}

/** The failure that a message reports. Undefined for any other mail, also for reports of delays and of delivery. */
export function readBounce(message: GmailMessage, bodies: Readonly<Record<string, string>> = {}): Bounce | undefined {
  const parts = allParts(message.payload);
  const failures = parts
    .filter((part) => typeOf(part) === 'message/delivery-status')
    .flatMap((part) => statusGroups(part, bodies))
    .filter((fields) => /^failed\b/i.test(headerValue(fields, 'Action').trim()));
  const reported = failures.map(recipientOf).filter((recipient) => recipient !== '');
  const named = failedRecipientsOf(message);
  // A notice of delay names its recipients too.
  const reportGiven = parts.some(
    (part) => typeOf(part) === 'message/delivery-status' && statusGroups(part, bodies).length > 0,
  );
  const delayed = /\bdelay(ed)?\b/i.test(headerValue(message.payload.headers, 'Subject'));
  const recipients = [...new Set(reportGiven ? reported : delayed ? [] : named)];
  if (recipients.length === 0) return undefined;

  const fields = failures[0] ?? [];
  const diagnostic = headerValue(fields, 'Diagnostic-Code').replace(/^\s*[\w-]+\s*;/, '') || humanReason(parts);
  const original = originalHeaders(parts, bodies);
  const originalMessageId = firstMessageId(original) ?? repliedTo(message.payload.headers);
  const originalMarker = readMarker(original);
  return {
    failedRecipient: recipients[0],
    failedRecipients: recipients,
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(headerValue(fields, 'Status') || diagnostic)?.[0] ?? '5.0.0',
    diagnostic: oneLine(diagnostic.replace(/\s+/g, ' '), 500),
    ...(originalMessageId === undefined ? {} : { originalMessageId }),
    ...(originalMarker === undefined ? {} : { originalMarker }),
  };
}

/** Groups of fields, separated by empty lines: the first is about the message, each other one about a recipient. */
function statusGroups(part: MessagePart, bodies: Readonly<Record<string, string>>): Header[][] {
  const text = partText(part, bodies);
  if (text !== undefined) {
    return text
      .split(/(?:\r?\n[ \t]*){2,}/)
      .map(readFields)
      .filter((fields) => fields.length > 0);
  }
  // Handed out as parts, the groups are the headers of each.
  return childrenOf(part).map((child) => [...(child.headers ?? []), ...readFields(partText(child, bodies) ?? '')]);
}

function recipientOf(fields: readonly Header[]): string {
  // `rfc822;ann@b.test`, in angle brackets with some servers.
  const value = headerValue(fields, 'Final-Recipient') || headerValue(fields, 'Original-Recipient');
  return bareAddress(value.replace(/^[^;]*;/, '').trim());
}

function failedRecipientsOf(message: GmailMessage): string[] {
  return headerValue(message.payload.headers, 'X-Failed-Recipients')
    .split(',')
    .map((recipient) => bareAddress(recipient.trim()))
    .filter((recipient) => recipient !== '');
}

/** The headers of the mail that failed: in the copy of it, or in the part with its headers alone. */
function originalHeaders(parts: readonly MessagePart[], bodies: Readonly<Record<string, string>>): readonly Header[] {
  for (const part of parts) {
    const type = typeOf(part);
    if (type === 'message/rfc822' || type === 'text/rfc822-headers') {
      const [child] = childrenOf(part);
      const headers = child?.headers ?? readFields((partText(part, bodies) ?? '').split(/\r?\n\r?\n/)[0]);
      if (headers.length > 0) return headers;
    }
  }
  return [];
}

/** A report without a copy of the mail is at least an answer to it. */
function repliedTo(headers: readonly Header[] | undefined): string | undefined {
  const ids = [
    ...readReferences(headerValue(headers, 'In-Reply-To')),
    ...readReferences(headerValue(headers, 'References')).reverse(),
  ];
  return ids[0];
}

function humanReason(parts: readonly MessagePart[]): string {
  const plain = parts.find((part) => typeOf(part) === 'text/plain' && dataOf(part) !== undefined);
  if (plain !== undefined) return textFromBase64Url(dataOf(plain) ?? '');
  const html = parts.find((part) => typeOf(part) === 'text/html' && dataOf(part) !== undefined);
  return html === undefined ? '' : plainFromHtml(textFromBase64Url(dataOf(html) ?? ''));
}

function partText(part: MessagePart, bodies: Readonly<Record<string, string>>): string | undefined {
  const data = dataOf(part) ?? bodies[attachmentIdOf(part) ?? ''];
  return data === undefined || data === '' ? undefined : textFromBase64Url(data);
}

/** `Name: value` lines with their continuations. */
function readFields(text: string): Header[] {
  const fields: { name: string; value: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && fields.length > 0) fields[fields.length - 1].value += ` ${line.trim()}`;
    else {
      const colon = line.indexOf(':');
      if (colon > 0) fields.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
    }
  }
  return fields;
}
