/**
 * Attachments on their way: from the CRM's addresses into a mirror, and from Gmail into the CRM. To the CRM there are two
 * ways: the message upload for files of its size and types, and the location's media library for larger and other ones
 * where the user allowed it (M3). What cannot go is named in the message that goes without it (M4).
 */
import { ask, type Exchange, type Failure, type Outcome, type Task } from '../platform/exchange';
import { base64Size } from '../platform/text';
import { fetchFile, type FetchedFile } from '../crm/files';
import { MEDIA_LIMIT, uploadMedia } from '../crm/medias';
import { uploadFile, uploadName, uploadRefusal } from '../crm/uploads';
import { getAttachment } from '../gmail/messages';
import { safeFileName } from '../gmail/mime/file-names';
import type { MailAttachment, OutgoingAttachment } from '../gmail/mime/types';
import type { DeliverAction, MirrorAction, PushAction } from './actions';
import type { LostFile, LostReason } from './lost-files';
import type { SentFile } from './push';
import { inWaves } from './waves';

interface Moved<T> {
  readonly files: readonly T[];
  readonly lost: readonly LostFile[];
  /** Something that may be better later: the message waits (while the action is patient). */
  readonly failure?: Failure;
}

/** Files that were uploaded for a message already, by their place in it. */
export type Uploaded = Readonly<Record<number, string>>;

type One<T> = { readonly file: T } | { readonly lost: LostFile } | { readonly failure: Failure };

/** A newsletter can have hundreds of pictures, and each costs as much as a message (facts, platform 3.1). */
const MOST_FILES = 40;
/** Bytes of all files of one mail into Gmail (M3). */
const MOST_BYTES = 25 * 1024 * 1024;
/** What a file of the CRM is taken to be before it is fetched: its size is told by nobody. */
export const GUESSED_BYTES = 4 * 1024 * 1024;

/** The files of a CRM e-mail, for its copy in Gmail. */
export function* fetchFiles(action: MirrorAction | DeliverAction): Task<Moved<OutgoingAttachment>> {
  const urls = action.email.attachments;
  const room = { bytes: MOST_BYTES };
  const results = yield* inWaves(
    urls.slice(0, MOST_FILES).map((url) => ({ bytes: GUESSED_BYTES, task: fetchOne(url, action.patient, room) })),
  );
  return gather([...results, ...urls.slice(MOST_FILES).map((url) => lose(safeFileName(nameOf(url)), 0, 'too-many'))]);
}

/**
 * The attachments of a Gmail message, uploaded for its push; those in `action.uploaded` are there already. Inline images
 * too: each is also among the attachments (M2).
 */
export function* sendFiles(
  location: string,
  action: PushAction,
  mediaStorage: boolean,
): Task<Moved<SentFile> & { readonly uploaded: Uploaded }> {
  const { attachments } = action.message.mail;
  const sending = attachments.slice(0, MOST_FILES);
  const results = yield* inWaves(
    sending.map((attachment, index) => ({
      bytes: attachment.size,
      task: sendOne(location, action, attachment, index, mediaStorage),
    })),
  );
  const moved = gather([
    ...results,
    ...attachments.slice(MOST_FILES).map(({ name, size }) => lose(name, size, 'too-many')),
  ]);
  const uploaded = results.flatMap((result, index) => ('file' in result ? [[index, result.file.url] as const] : []));
  return { ...moved, uploaded: Object.fromEntries(uploaded) };
}

function gather<T>(results: readonly One<T>[]): Moved<T> {
  const failed = results.find((result): result is { failure: Failure } => 'failure' in result);
  return {
    files: results.flatMap((result) => ('file' in result ? [result.file] : [])),
    lost: results.flatMap((result) => ('lost' in result ? [result.lost] : [])),
    failure: failed?.failure,
  };
}

function lose(name: string, size: number, reason: LostReason): { lost: LostFile } {
  return { lost: { name, size, reason } };
}

function* fetchOne(url: string, patient: boolean, room: { bytes: number }): Task<One<OutgoingAttachment>> {
  const first: Outcome<FetchedFile> = yield* fetchFile(url);
  const outcome = first.kind === 'refused' ? yield* fetchFile(url) : first;
  const name = safeFileName(nameOf(url));
  if (outcome.kind === 'done') {
    const { blob, bytes, name: given } = outcome.value;
    const type = blob.getContentType() ?? 'application/octet-stream';
    const shown = given === undefined ? name : safeFileName(given);
    if (bytes.length > room.bytes) return lose(shown, bytes.length, 'too-large');
    room.bytes -= bytes.length;
    return { file: { name: shown, type, base64: Utilities.base64Encode(bytes) } };
  }
  if (outcome.kind === 'refused')
    return lose(name, 0, outcome.failure.code === 'file.foreign-host' ? 'not-allowed' : 'gone');
  return patient ? { failure: waiting(outcome.failure) } : lose(name, 0, 'unreadable');
}

function* sendOne(
  location: string,
  action: PushAction,
  attachment: MailAttachment,
  index: number,
  mediaStorage: boolean,
): Task<One<SentFile>> {
  const { name, type, size, contentId } = attachment;
  const known = action.uploaded?.[index];
  if (known !== undefined) return { file: { name, url: known, contentId } };
  const refusal = uploadRefusal(name, type, size);
  const asMedia = mediaStorage && size <= MEDIA_LIMIT;
  if (refusal !== undefined && !asMedia) return lose(name, size, refusal);
  const data = yield* bytesOf(action, attachment);
  if (typeof data !== 'string') {
    if (data.kind === 'refused') return lose(name, size, 'gone');
    return action.patient ? { failure: waiting(data.failure) } : lose(name, size, 'unreadable');
  }
  const length = base64Size(data);
  const named = uploadName(name, type);
  const blob = Utilities.newBlob(Utilities.base64DecodeWebSafe(data), type, named);
  const target = { locationId: location, conversationId: action.conversation, contactId: action.contact };
  let outcome: Outcome<string> = REFUSED;
  if (refusal === undefined) outcome = yield* sure(() => uploadFile(target, blob));
  if (outcome.kind === 'refused' && asMedia) outcome = yield* sure(() => uploadMedia(blob, named));
  if (outcome.kind === 'done') return { file: { name, url: outcome.value, contentId } };
  if (outcome.kind === 'refused') return lose(name, length, refusal ?? REASON_OF[outcome.failure.code] ?? 'refused');
  // The library needs a scope of its own, which the token may lack: the message does not wait for that.
  if (outcome.kind === 'denied' && refusal !== undefined) return lose(name, length, 'refused');
  return action.patient ? { failure: waiting(outcome.failure) } : lose(name, length, 'unreadable');
}

/** What stands for an upload that is not tried. */
const REFUSED: Outcome<never> = { kind: 'refused', failure: { code: 'file.not-tried', status: 0, detail: '' } };

const REASON_OF: Readonly<Record<string, LostReason>> = {
  'crm.too-large': 'too-large',
  'crm.type-refused': 'type-refused',
};

function* bytesOf(
  action: PushAction,
  attachment: MailAttachment,
): Task<string | Exclude<Outcome<string>, { kind: 'done' }>> {
  if (attachment.data !== undefined) return attachment.data;
  const outcome = yield* sure(() => getAttachment(action.message.id, attachment.attachmentId ?? ''));
  return outcome.kind === 'done' ? outcome.value : outcome;
}

/** A refusal is believed when it is said twice: the message would go without its attachment for good. */
function* sure<T>(exchange: () => Exchange<T>): Task<Outcome<T>> {
  const outcome = yield* ask(exchange());
  return outcome.kind === 'refused' ? yield* ask(exchange()) : outcome;
}

/** Marks a failure as an attachment's, so that the message is shown as waiting for that. */
function waiting(failure: Failure): Failure {
  return failure.code.startsWith('run.') ? failure : { ...failure, code: `file.${failure.code.replace(/\./g, '-')}` };
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
