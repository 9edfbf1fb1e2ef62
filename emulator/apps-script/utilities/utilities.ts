/** `Utilities` (facts, platform 2.5, 3.9). Nothing of it is counted as a call. */
import { createHash, createHmac } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Run } from '../execution/run';
import { BYTES, DATE, enumOf, instanceOf, INTEGER, STRING, TEXT } from '../realm/parameters';
import { enumeration, ScriptException, ScriptObject, type EnumValue, type Signatures } from '../realm/script-object';
import { Blob } from './blob';
import { encode } from './charsets';
import { formatDate } from './date-format';

const CHARSETS = enumeration('Utilities.Charset', ['US_ASCII', 'UTF_8']);
const DIGESTS = enumeration('Utilities.DigestAlgorithm', ['MD2', 'MD5', 'SHA_1', 'SHA_256', 'SHA_384', 'SHA_512']);
const MACS = enumeration('Utilities.MacAlgorithm', [
  'HMAC_MD5',
  'HMAC_SHA_1',
  'HMAC_SHA_256',
  'HMAC_SHA_384',
  'HMAC_SHA_512',
]);
const CHARSET = enumOf(CHARSETS);

const LONGEST_SLEEP_MS = 300_000;

export class Utilities extends ScriptObject {
  static readonly scriptName = 'Utilities';
  static readonly constants = { Charset: CHARSETS, DigestAlgorithm: DIGESTS, MacAlgorithm: MACS };
  static readonly signatures: Signatures = {
    base64Encode: [[STRING], [BYTES], [STRING, CHARSET]],
    base64EncodeWebSafe: [[STRING], [BYTES], [STRING, CHARSET]],
    base64Decode: [[STRING], [STRING, CHARSET]],
    base64DecodeWebSafe: [[STRING], [STRING, CHARSET]],
    newBlob: [[STRING], [STRING, TEXT], [STRING, TEXT, TEXT], [BYTES], [BYTES, TEXT], [BYTES, TEXT, TEXT]],
    computeDigest: [
      [enumOf(DIGESTS), STRING],
      [enumOf(DIGESTS), BYTES],
      [enumOf(DIGESTS), STRING, CHARSET],
    ],
    computeHmacSha256Signature: [
      [STRING, STRING],
      [BYTES, BYTES],
      [STRING, STRING, CHARSET],
    ],
    computeHmacSignature: [
      [enumOf(MACS), STRING, STRING],
      [enumOf(MACS), BYTES, BYTES],
      [enumOf(MACS), STRING, STRING, CHARSET],
    ],
    formatDate: [[DATE, TEXT, TEXT]],
    getUuid: [[]],
    sleep: [[INTEGER]],
    gzip: [[instanceOf(Blob)], [instanceOf(Blob), TEXT]],
    ungzip: [[instanceOf(Blob)]],
  };

  constructor(private readonly run: Run) {
    super();
  }

  base64Encode(data: string | Buffer, charset?: EnumValue): string {
    return toBytes(data, charset).toString('base64');
  }

  /** Padded, as the platform's is. */
  base64EncodeWebSafe(data: string | Buffer, charset?: EnumValue): string {
    return this.base64Encode(data, charset).replace(/\+/g, '-').replace(/\//g, '_');
  }

  base64Decode(text: string): Uint8Array {
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) throw notBase64();
    return Buffer.from(text, 'base64');
  }

  /** Tolerates missing padding (facts, platform 3.9). */
  base64DecodeWebSafe(text: string): Uint8Array {
    if (!/^[A-Za-z0-9_\-\s]*={0,2}\s*$/.test(text)) throw notBase64();
    return Buffer.from(text, 'base64url');
  }

  newBlob(data: string | Buffer, type?: string, name?: string): Blob {
    const isText = typeof data === 'string';
    return new Blob(toBytes(data), type ?? (isText ? 'text/plain' : null), name ?? null);
  }

  /** Signed bytes, as all byte arrays of the platform. */
  computeDigest(algorithm: EnumValue, data: string | Buffer, charset?: EnumValue): Uint8Array {
    if (algorithm === DIGESTS.MD2) throw new ScriptException('Unsupported algorithm: MD2');
    return createHash(algorithm.label.replace('SHA_1', 'sha1').replace('_', '').toLowerCase())
      .update(toBytes(data, charset))
      .digest();
  }

  computeHmacSha256Signature(value: string | Buffer, key: string | Buffer, charset?: EnumValue): Uint8Array {
    return this.computeHmacSignature(MACS.HMAC_SHA_256, value, key, charset);
  }

  computeHmacSignature(mac: EnumValue, value: string | Buffer, key: string | Buffer, charset?: EnumValue): Uint8Array {
    const algorithm = mac.label.slice('HMAC_'.length).replace('_', '').toLowerCase();
    return createHmac(algorithm, toBytes(key, charset)).update(toBytes(value, charset)).digest();
  }

  formatDate(time: number, zone: string, pattern: string): string {
    return formatDate(time, zone, pattern);
  }

  getUuid(): string {
    const hex = this.run.platform.ids.hex(32);
    const variant = '89ab'[parseInt(hex[16], 16) % 4];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  sleep(milliseconds: number): void {
    if (milliseconds < 0 || milliseconds > LONGEST_SLEEP_MS) {
      throw new ScriptException(`Invalid argument: milliseconds. Must be between 0 and ${LONGEST_SLEEP_MS}.`);
    }
    this.run.pass(milliseconds);
  }

  gzip(blob: Blob, name?: string): Blob {
    return new Blob(gzipSync(blob.bytes), 'application/x-gzip', name ?? `${blob.getName() ?? 'archive'}.gz`);
  }

  ungzip(blob: Blob): Blob {
    try {
      return new Blob(gunzipSync(blob.bytes), null, blob.getName()?.replace(/\.gz$/, '') ?? null);
    } catch {
      throw new ScriptException('Could not decompress gzip.');
    }
  }
}

function toBytes(data: string | Buffer, charset?: EnumValue): Buffer {
  return typeof data === 'string' ? encode(data, charset === CHARSETS.US_ASCII ? 'US-ASCII' : 'UTF-8') : data;
}

function notBase64(): ScriptException {
  return new ScriptException('Could not decode string.');
}
