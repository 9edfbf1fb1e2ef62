/** Files on their way into a mail of the CRM: message upload up to 5 MB and its types (facts, highlevel 5.7; M3). */
import { Unreadable, type Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { asObject, readObject, texts } from './shapes';

/** Bytes a file. */
export const UPLOAD_LIMIT = 5 * 1024 * 1024;

/** What the upload takes, by the ending of the name, which is how the documents list it (facts, highlevel 5.7). */
export const UPLOAD_TYPES: readonly string[] = [
  'jpg',
  'jpeg',
  'png',
  'gif',
  'svg',
  'heic',
  'ai',
  'mp4',
  'mpeg',
  '3gp',
  'mp3',
  'wav',
  'pdf',
  'doc',
  'docx',
  'txt',
  'csv',
  'xls',
  'xlsx',
  'ppt',
  'pptx',
  'odt',
  'zip',
  'rar',
  'vcf',
  'vcard',
  'ics',
];

/** Endings for files that came without one, as inline images do. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/svg+xml': 'svg',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'text/calendar': 'ics',
  'text/vcard': 'vcf',
};

export interface UploadTarget {
  readonly locationId: string;
  readonly conversationId: string;
  readonly contactId: string;
}

/** Why the message upload would not take a file; undefined where it takes it. `type` is a MIME type, `size` in bytes. */
export function uploadRefusal(name: string, type: string, size: number): 'too-large' | 'type-refused' | undefined {
  if (size > UPLOAD_LIMIT) return 'too-large';
  return UPLOAD_TYPES.includes(endingOf(uploadName(name, type))) ? undefined : 'type-refused';
}

/** The name to upload a file under: with the ending of its type where it has none. */
export function uploadName(name: string, type: string): string {
  const ending = ENDINGS[type.split(';')[0].trim().toLowerCase()];
  return endingOf(name) !== '' || ending === undefined ? name : `${name === '' ? 'file' : name}.${ending}`;
}

/**
 * One file, named as the blob is; gives the address to name in the mail. A second upload of it makes a file that nobody
 * sees: harmless, but never in the same run (X6). `attachmentUrls` is left out: a form cannot carry the empty list that the documents ask for.
 */
export function uploadFile(target: UploadTarget, blob: GoogleAppsScript.Base.Blob): Exchange<string> {
  return crmExchange({
    call: 'uploadAttachment',
    effect: 'create',
    method: 'post',
    path: ['conversations', 'messages', 'upload'],
    form: { fileAttachment: blob, ...target },
    // The name in the answer is not always the one that was given, but there is only one.
    read: (answer) => httpsAddress(Object.values(asObject(readObject(answer).uploadedFiles, 'uploaded files'))),
  });
}

/** The first address of a list. Throws `Unreadable` where there is none. */
export function httpsAddress(values: unknown): string {
  const found = texts(values).find((value) => /^https:\/\/\S+$/.test(value));
  if (found === undefined) throw new Unreadable('the address of the file is missing');
  return found;
}

function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name.trim())?.[1].toLowerCase() ?? '';
}
