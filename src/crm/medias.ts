/** The location's shared media library, for files that the message upload does not take (M3). */
import type { Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { readObject } from './shapes';
import { httpsAddress } from './uploads';

/** Bytes a file (the specification of `POST /medias/upload-file`). */
export const MEDIA_LIMIT = 25 * 1024 * 1024;

/** Gives the file's address. Everybody in the location sees the file, so a lost answer is not sent again (X6). */
export function uploadMedia(blob: GoogleAppsScript.Base.Blob, name: string): Exchange<string> {
  return crmExchange({
    call: 'uploadMedia',
    effect: 'create',
    method: 'post',
    path: ['medias', 'upload-file'],
    form: { file: blob, hosted: 'false', name },
    read: (answer) => httpsAddress(readObject(answer).url),
  });
}
