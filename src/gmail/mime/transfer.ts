/** Bodies in transfer encodings (RFC 2045 6). Both keep every line within 76 characters and to ASCII. */
import { base64FromBytes, utf8FromText, wellFormed } from '../../platform/text';
import { CRLF } from './encode';

const LINE = 76;

export interface EncodedBody {
  readonly encoding: 'quoted-printable' | 'base64';
  /** With CRLF at its end. */
  readonly body: string;
}

/** A text in whichever encoding is the shorter for it; line breaks become CRLF. */
export function encodeText(text: string): EncodedBody {
  const canonical = wellFormed(text).replace(/\r\n|\r|\n/g, CRLF);
  const bytes = utf8FromText(canonical);
  let foreign = 0;
  for (const byte of bytes) if (byte > 0x7e) foreign += 1;
  // Quoted-printable costs three characters for each of those, base64 a third of everything.
  if (foreign * 6 > bytes.length) return { encoding: 'base64', body: base64Lines(base64FromBytes(bytes)) };
  return { encoding: 'quoted-printable', body: quotedPrintable(bytes) };
}

/** Base64 in lines of 76. Whatever is not base64 is taken out first: a line break in it could end the part (M5). */
export function base64Lines(base64: string): string {
  const clean = /^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0 ? base64 : repairBase64(base64);
  const lines: string[] = [];
  for (let from = 0; from < clean.length; from += LINE) lines.push(clean.slice(from, from + LINE));
  return lines.join(CRLF) + CRLF;
}

function repairBase64(base64: string): string {
  const letters = base64
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .replace(/[^A-Za-z0-9+/]+/g, '');
  // One letter alone past a group of four holds no whole byte.
  const whole = letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
  return whole + '='.repeat((4 - (whole.length % 4)) % 4);
}

function quotedPrintable(bytes: Uint8Array): string {
  const lines: string[] = [];
  let line = '';
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === 0x0d && bytes[at + 1] === 0x0a) {
      lines.push(line);
      line = '';
      at += 1;
      continue;
    }
    const token = safeInLine(bytes, at, line === '') ? String.fromCharCode(byte) : `=${hex(byte)}`;
    // One column is kept for the `=` of a soft line break.
    if (line.length + token.length > LINE - 1) {
      lines.push(`${line}=`);
      line = safeInLine(bytes, at, true) ? token : `=${hex(byte)}`;
    } else line += token;
  }
  lines.push(line);
  return lines.join(CRLF) + CRLF;
}

function safeInLine(bytes: Uint8Array, at: number, begins: boolean): boolean {
  const byte = bytes[at];
  // Spaces at the end of a line are lost on the way (RFC 2045 6.7 (3)).
  if (byte === 0x20 || byte === 0x09) return at + 1 < bytes.length && bytes[at + 1] !== 0x0d;
  // Some relays take a lone dot for the end of the mail, and put a `>` in front of a line with `From `.
  if (begins && (byte === 0x2e || byte === 0x46)) return false;
  return byte > 0x20 && byte < 0x7f && byte !== 0x3d;
}

function hex(byte: number): string {
  return (byte < 16 ? '0' : '') + byte.toString(16).toUpperCase();
}
