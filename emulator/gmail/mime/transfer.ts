/** Undoes a Content-Transfer-Encoding. Never throws; broken input gives what can be read of it. */

/** `source` holds one byte a character. */
export function decodeTransfer(source: string, encoding: string): Buffer {
  if (encoding === 'base64') return decodeBase64(source);
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(source);
  return Buffer.from(source, 'latin1');
}

/** Characters outside the alphabet are skipped; padded pieces that were simply joined are decoded one by one. */
export function decodeBase64(source: string): Buffer {
  const clean = source.replace(/[^A-Za-z0-9+/=_-]+/g, '').replace(/=+$/, '');
  if (!clean.includes('=')) return Buffer.from(clean, 'base64');
  return Buffer.concat(clean.split(/=+/).map((piece) => Buffer.from(piece, 'base64')));
}

const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const EQUALS = 61;

export function decodeQuotedPrintable(source: string): Buffer {
  const out = Buffer.allocUnsafe(source.length);
  let length = 0;
  /** Where the run of blanks at the end of what is written begins: blanks before a line end were added in transit. */
  let blanksFrom = -1;
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === EQUALS) {
      blanksFrom = -1;
      const lineEnd = softBreak(source, i + 1);
      if (lineEnd > 0) {
        i = lineEnd - 1;
        continue;
      }
      const high = hexDigit(source.charCodeAt(i + 1));
      const low = hexDigit(source.charCodeAt(i + 2));
      if (high >= 0 && low >= 0) {
        out[length++] = high * 16 + low;
        i += 2;
        continue;
      }
      out[length++] = code;
      continue;
    }
    if (code === SPACE || code === TAB) {
      if (blanksFrom < 0) blanksFrom = length;
    } else {
      if ((code === LF || code === CR) && blanksFrom >= 0) length = blanksFrom;
      blanksFrom = -1;
    }
    out[length++] = code;
  }
  return out.subarray(0, length);
}

/** The index after a soft line break whose `=` was just read; 0 where there is none. */
function softBreak(source: string, from: number): number {
  let i = from;
  while (source.charCodeAt(i) === SPACE || source.charCodeAt(i) === TAB) i++;
  if (i >= source.length) return i;
  if (source.charCodeAt(i) === CR && source.charCodeAt(i + 1) === LF) return i + 2;
  if (source.charCodeAt(i) === LF || source.charCodeAt(i) === CR) return i + 1;
  return 0;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}
