/** `Blob`: bytes with a content type and a name. */
import { BYTES, STRING, TEXT } from '../realm/parameters';
import { ScriptException, ScriptObject, type Signatures } from '../realm/script-object';
import { decode, encode } from './charsets';

export class Blob extends ScriptObject {
  static readonly scriptName = 'Blob';
  static readonly signatures: Signatures = {
    getBytes: [[]],
    getDataAsString: [[], [TEXT]],
    getContentType: [[]],
    getName: [[]],
    setBytes: [[BYTES]],
    setContentType: [[TEXT]],
    setContentTypeFromExtension: [[]],
    setDataFromString: [[STRING], [STRING, TEXT]],
    setName: [[TEXT]],
    copyBlob: [[]],
    getBlob: [[]],
    getAs: [[TEXT]],
    isGoogleType: [[]],
  };

  constructor(
    public bytes: Buffer,
    private type: string | null,
    private name: string | null,
  ) {
    super();
  }

  getBytes(): Uint8Array {
    return this.bytes;
  }

  /** Throws for an unknown charset (facts, platform 3.9). */
  getDataAsString(charset = 'UTF-8'): string {
    return decode(this.bytes, charset);
  }

  getContentType(): string | null {
    return this.type;
  }

  getName(): string | null {
    return this.name;
  }

  setBytes(bytes: Buffer): this {
    this.bytes = bytes;
    return this;
  }

  setContentType(type: string): this {
    this.type = type;
    return this;
  }

  setContentTypeFromExtension(): this {
    const extension = this.name?.split('.').pop()?.toLowerCase() ?? '';
    this.type = TYPES[extension] ?? 'application/octet-stream';
    return this;
  }

  setDataFromString(text: string, charset?: string): this {
    this.bytes = encode(text, charset);
    return this;
  }

  setName(name: string): this {
    this.name = name;
    return this;
  }

  copyBlob(): Blob {
    return new Blob(this.bytes, this.type, this.name);
  }

  getBlob(): this {
    return this;
  }

  /** Conversions need Google's own converters; the same type is no conversion. */
  getAs(type: string): Blob {
    if (type === this.type) return this.copyBlob();
    throw new ScriptException(`Converting from ${this.type ?? 'null'} to ${type} is not supported.`);
  }

  isGoogleType(): boolean {
    return false;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  eml: 'message/rfc822',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  zip: 'application/zip',
};

/** What can be sent as a file: a Blob, or what gives one (an HTTPResponse). */
export function isBlobSource(value: unknown): value is { getBlob(): Blob } {
  return value instanceof ScriptObject && 'getBlob' in value;
}
