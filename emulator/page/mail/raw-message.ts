/** Reads a raw mail, as an outside mailbox has it. */
import PostalMime, { type Address } from 'postal-mime';
import type { MailAddress } from './addresses';
import { base64OfBytes, bytesOfBase64 } from './bytes';
import type { Answerable } from './reply';
import { htmlFromText, textFromHtml } from './text';

export interface RawAttachment {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Bytes in base64. */
  readonly data: string;
  readonly contentId: string;
}

export interface RawMessage extends Answerable {
  readonly attachments: readonly RawAttachment[];
}

/** `at` is when it arrived: a mail's own date may be anything. */
export async function readRawMessage(raw: string, at: number): Promise<RawMessage> {
  const mail = await PostalMime.parse(bytesOfBase64(raw));
  const text = (mail.text ?? '').trim();
  const html = mail.html ?? htmlFromText(text);
  return {
    from: mail.from === undefined ? [] : flatten([mail.from]),
    replyTo: flatten(mail.replyTo ?? []),
    to: flatten(mail.to ?? []),
    cc: flatten(mail.cc ?? []),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    references: (mail.references ?? '').match(/<[^<>\s]+>/g) ?? [],
    text: text !== '' ? text : textFromHtml(html),
    html,
    at,
    attachments: mail.attachments.map(({ filename, mimeType, content, contentId }) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
      return {
        name: filename ?? 'attachment',
        type: mimeType,
        size: bytes.length,
        data: base64OfBytes(bytes),
        contentId: (contentId ?? '').replace(/^<|>$/g, ''),
      };
    }),
  };
}

/** A group counts as its members. */
function flatten(addresses: readonly Address[]): MailAddress[] {
  return addresses.flatMap((entry) =>
    entry.group === undefined ? [{ name: entry.name, address: entry.address ?? '' }] : flatten(entry.group),
  );
}
