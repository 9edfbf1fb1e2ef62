/** `HTTPResponse`: what `fetch` gives back. */
import type { EmulatedResponse } from '../../core/http';
import { TEXT } from '../realm/parameters';
import { ScriptObject, type Signatures } from '../realm/script-object';
import { Blob } from '../utilities/blob';
import { decode } from '../utilities/charsets';

export class HttpResponse extends ScriptObject {
  static readonly scriptName = 'UrlFetchApp.HTTPResponse';
  static readonly signatures: Signatures = {
    getResponseCode: [[]],
    getContentText: [[], [TEXT]],
    getContent: [[]],
    getBlob: [[]],
    getAs: [[TEXT]],
    getHeaders: [[]],
    getAllHeaders: [[]],
  };

  constructor(
    private readonly response: EmulatedResponse,
    private readonly path: string,
  ) {
    super();
  }

  getResponseCode(): number {
    return this.response.status;
  }

  /** In the charset given, else that of the content type, else UTF-8. */
  getContentText(charset?: string): string {
    const declared = /charset="?([^";\s]+)/i.exec(this.response.headers['content-type'] ?? '')?.[1];
    return decode(this.response.body, charset ?? declared ?? 'UTF-8', charset === undefined);
  }

  getContent(): Uint8Array {
    return this.response.body;
  }

  getBlob(): Blob {
    const type = this.response.headers['content-type']?.split(';')[0].trim();
    const name = /filename="?([^";]+)/i.exec(this.response.headers['content-disposition'] ?? '')?.[1];
    const last = this.path.split('?')[0].split('/').pop();
    return new Blob(
      this.response.body,
      type ?? 'application/octet-stream',
      name ?? (last === '' ? null : (last ?? null)),
    );
  }

  getAs(contentType: string): Blob {
    return this.getBlob().getAs(contentType);
  }

  /** The last value of a repeated header. */
  getHeaders(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.getAllHeaders()).map(([name, value]) => [
        name,
        Array.isArray(value) ? value[value.length - 1] : value,
      ]),
    );
  }

  /** Header names keep the server's casing, repeated ones become arrays (facts, platform 2.4). */
  getAllHeaders(): Record<string, string | string[]> {
    const headers: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(this.response.headers)) {
      headers[cased(name)] = name === 'set-cookie' && value.includes('\n') ? value.split('\n') : value;
    }
    return headers;
  }
}

/** The emulated services keep names in lower case; servers send them as `Content-Type`. */
function cased(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
