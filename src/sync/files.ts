/**
 * Attachments on their way: from the CRM's addresses into a mirror, and from Gmail into the CRM's upload. What cannot go
 * is named with its size and reason in the message that goes without it (M3, M4).
 */
import { ask, together, type Exchange, type Failure, type Outcome, type Task } from '../platform/exchange';
import { fetchFile, type FetchedFile } from '../crm/files';
import { uploadFile, uploadName, uploadRefusal } from '../crm/uploads';
import { getAttachment } from '../gmail/messages';
import { safeFileName } from '../gmail/mime/file-names';
import type { MailAttachment, OutgoingAttachment } from '../gmail/mime/types';
import type { DeliverAction, MirrorAction, PushAction } from './actions';
import { escapeHtml, type SentFile } from './push';

export interface FileTrouble {
  readonly name: string;
  /** Bytes; 0 where it is not known. */
  readonly size: number;
  readonly reason: 'too-large' | 'type-refused' | 'gone' | 'not-allowed' | 'unreadable';
  /** For the message, as HTML. */
  readonly sentence: string;
}

interface Moved<T> {
  readonly files: readonly T[];
  readonly troubles: readonly FileTrouble[];
  /** Something that may be better later: the message waits (while the action is patient). */
  readonly failure?: Failure;
}

type One<T> = { readonly file: T } | { readonly trouble: FileTrouble } | { readonly failure: Failure };

/** The files of a CRM e-mail, for its mirror. */
export function* fetchFiles(action: MirrorAction | DeliverAction): Task<Moved<OutgoingAttachment>> {
  return gather(yield* together(action.email.attachments.map((url) => fetchOne(url, action.patient))));
}

/** The attachments of a Gmail message, uploaded for its push. Inline images too: each is also among the attachments (M2). */
export function* sendFiles(location: string, action: PushAction): Task<Moved<SentFile>> {
  return gather(
    yield* together(action.message.mail.attachments.map((attachment) => sendOne(location, action, attachment))),
  );
}

function gather<T>(results: readonly One<T>[]): Moved<T> {
  const failed = results.find((result): result is { failure: Failure } => 'failure' in result);
  return {
    files: results.flatMap((result) => ('file' in result ? [result.file] : [])),
    troubles: results.flatMap((result) => ('trouble' in result ? [result.trouble] : [])),
    failure: failed?.failure,
  };
}

function* fetchOne(url: string, patient: boolean): Task<One<OutgoingAttachment>> {
  const first: Outcome<FetchedFile> = yield* fetchFile(url);
  const outcome = first.kind === 'refused' ? yield* fetchFile(url) : first;
  const name = safeFileName(nameOf(url));
  if (outcome.kind === 'done') {
    const { blob, bytes, name: given } = outcome.value;
    const type = blob.getContentType() ?? 'application/octet-stream';
    const file = {
      name: given === undefined ? name : safeFileName(given),
      type,
      base64: Utilities.base64Encode(bytes),
    };
    return { file };
  }
  if (outcome.kind === 'refused') {
    const reason = outcome.failure.code === 'file.foreign-host' ? 'not-allowed' : 'gone';
    return { trouble: trouble(name, 0, reason) };
  }
  return patient ? { failure: waiting(outcome.failure) } : { trouble: trouble(name, 0, 'unreadable') };
}

function* sendOne(location: string, action: PushAction, attachment: MailAttachment): Task<One<SentFile>> {
  const { name, type, size, contentId } = attachment;
  const refusal = uploadRefusal(name, type, size);
  if (refusal !== undefined) return { trouble: trouble(name, size, refusal) };
  const data = yield* bytesOf(action, attachment);
  if (typeof data !== 'string') {
    if (data.kind === 'refused') return { trouble: trouble(name, size, 'gone') };
    return action.patient ? { failure: waiting(data.failure) } : { trouble: trouble(name, size, 'unreadable') };
  }
  const blob = Utilities.newBlob(Utilities.base64DecodeWebSafe(data), type, uploadName(name, type));
  const target = { locationId: location, conversationId: action.conversation, contactId: action.contact };
  const outcome = yield* sure(uploadFile(target, blob));
  if (outcome.kind === 'done') return { file: { name, url: outcome.value, contentId } };
  if (outcome.kind === 'refused') {
    return { trouble: trouble(name, size, outcome.failure.code === 'crm.too-large' ? 'too-large' : 'type-refused') };
  }
  return action.patient ? { failure: waiting(outcome.failure) } : { trouble: trouble(name, size, 'unreadable') };
}

function* bytesOf(
  action: PushAction,
  attachment: MailAttachment,
): Task<string | Exclude<Outcome<string>, { kind: 'done' }>> {
  if (attachment.data !== undefined) return attachment.data;
  const outcome = yield* sure(getAttachment(action.message.id, attachment.attachmentId ?? ''));
  return outcome.kind === 'done' ? outcome.value : outcome;
}

/** A refusal is believed when it is said twice: the message would go without its attachment for good. */
function* sure<T>(exchange: Exchange<T>): Task<Outcome<T>> {
  const outcome = yield* ask(exchange);
  return outcome.kind === 'refused' ? yield* ask(exchange) : outcome;
}

/** Marks a failure as an attachment's, so that the message is shown as waiting for that. */
function waiting(failure: Failure): Failure {
  return failure.code.startsWith('run.') ? failure : { ...failure, code: `file.${failure.code.replace(/\./g, '-')}` };
}

const REASONS: Readonly<Record<FileTrouble['reason'], string>> = {
  'too-large': 'it is too large for the CRM',
  'type-refused': 'the CRM does not take files of this type',
  gone: 'it could not be found any more',
  'not-allowed': 'it is kept outside the CRM',
  unreadable: 'it could not be read',
};

function trouble(name: string, size: number, reason: FileTrouble['reason']): FileTrouble {
  const length = size === 0 ? '' : ` (${inWords(size)})`;
  return {
    name,
    size,
    reason,
    sentence: `Attachment not included: ${escapeHtml(name)}${length}, because ${REASONS[reason]}.`,
  };
}

function inWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The last part of an address's path, which is how the CRM names its files where nothing else does. */
function nameOf(url: string): string {
  const last = /\/([^/?#]+)(?:[?#]|$)/.exec(url.replace(/^https?:\/\/[^/]+/, ''))?.[1] ?? 'attachment';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
