/** The bodies that UrlFetchApp makes of an object: a form, or multipart/form-data where a value is a Blob. */
import type { Ids } from '../../core/ids';
import { isBlobSource } from '../utilities/blob';
import { withoutLoneSurrogates } from '../utilities/charsets';

export interface Body {
  readonly bytes: Buffer;
  readonly type: string;
  /** Of a multipart body, whose content type cannot be chosen by the script. */
  readonly boundary?: string;
}

type Fields = readonly (readonly [string, unknown])[];

export function formBody(fields: Fields): Body {
  const text = fields.map(([name, value]) => `${escape(name)}=${escape(String(value))}`).join('&');
  return { bytes: Buffer.from(text), type: 'application/x-www-form-urlencoded' };
}

export function multipartBody(fields: Fields, ids: Ids): Body {
  const boundary = `----GoogleAppsScript${ids.hex(24)}`;
  const pieces: Buffer[] = [];
  for (const [name, value] of fields) {
    const blob = isBlobSource(value) ? value.getBlob() : undefined;
    const file = blob === undefined ? '' : `; filename="${quoted(blob.getName() ?? 'blob')}"`;
    const type = blob?.getContentType();
    pieces.push(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\n` +
          `${type === undefined || type === null ? '' : `Content-Type: ${type}\r\n`}\r\n`,
      ),
      blob?.bytes ?? Buffer.from(String(value)),
      Buffer.from('\r\n'),
    );
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { bytes: Buffer.concat(pieces), type: `multipart/form-data; boundary=${boundary}`, boundary };
}

function quoted(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '%0D%0A').replace(/"/g, '%22');
}

function escape(text: string): string {
  return encodeURIComponent(withoutLoneSurrogates(text)).replace(/%20/g, '+');
}
