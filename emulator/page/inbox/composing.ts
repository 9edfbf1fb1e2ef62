/** What a mail that is being written begins with: nothing, the mail that it answers, or a draft that was kept. */
import type { NewFile } from '../api/control';
import type { Gmail } from '../api/gmail';
import { parseAddresses, typedAddress, type MailAddress } from '../mail/addresses';
import { base64OfBytes, bytesOfBase64 } from '../mail/bytes';
import { headerOf, readMessage, type ReadMessage } from '../mail/gmail-message';
import { recipientsOf, referencesOf, subjectOf, type AnswerKind } from '../mail/reply';

export type Composing =
  | { readonly kind: 'new'; readonly now: number }
  | { readonly kind: AnswerKind; readonly message: ReadMessage; readonly now: number }
  | DraftComposing;

export interface DraftComposing {
  readonly kind: 'draft';
  readonly id: string;
  readonly message: ReadMessage;
  readonly bcc: readonly MailAddress[];
  readonly files: readonly NewFile[];
  readonly now: number;
}

export interface Start {
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  readonly subject: string;
  readonly html: string;
  readonly files: readonly NewFile[];
  /** Its own headers; those of a draft are kept. */
  readonly headers: { readonly inReplyTo?: string; readonly references?: readonly string[] };
  readonly threadId: string | undefined;
}

const NOTHING: Start = { to: '', cc: '', bcc: '', subject: '', html: '', files: [], headers: {}, threadId: undefined };
const typed = (addresses: readonly MailAddress[]) => addresses.map(typedAddress).join(', ');

export function startOf(composing: Composing, me: string): Start {
  if (composing.kind === 'new') return NOTHING;
  const { kind, message } = composing;
  if (kind === 'draft') {
    const { references, subject, html, threadId } = message;
    const headers = references.length === 0 ? {} : { inReplyTo: references.at(-1)!, references };
    const { bcc, files } = composing;
    return { to: typed(message.to), cc: typed(message.cc), bcc: typed(bcc), subject, html, files, headers, threadId };
  }
  const { to, cc } = recipientsOf(message, kind, me);
  return {
    ...NOTHING,
    to: typed(to),
    cc: typed(cc),
    subject: subjectOf(message.subject, kind),
    headers: referencesOf(message, kind),
    threadId: kind === 'forward' ? undefined : message.threadId,
  };
}

/** A draft with its files, so that nothing of it is lost when it is kept or sent again. */
export async function openedDraft(gmail: Gmail, id: string, now: number): Promise<DraftComposing> {
  const raw = await gmail.draft(id);
  const message = readMessage(raw);
  const files = message.attachments.map(async ({ name, type, data, attachmentId }): Promise<NewFile> => {
    const bytes = data ?? (attachmentId === undefined ? '' : await gmail.attachment(message.id, attachmentId));
    return { name, type, base64: base64OfBytes(bytesOfBase64(bytes)) };
  });
  const bcc = parseAddresses(headerOf(raw.payload ?? {}, 'Bcc'));
  return { kind: 'draft', id, message, bcc, files: await Promise.all(files), now };
}
