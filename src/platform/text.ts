/**
 * UTF-8 and base64 in plain TypeScript. The platform has no TextEncoder and no atob (facts, platform 2.5), and its own
 * `Utilities` work on arrays of signed bytes, which is slower than this and cannot run outside it.
 */

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const REPLACEMENT = 0xfffd;
/** Code units a call of `String.fromCharCode` takes: well under every engine's limit of arguments. */
const CHUNK = 8192;
/** What Windows-1252 has at 0x80 to 0x9F; the five holes are U+FFFD. */
const WINDOWS_1252 = '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ';

/** The UTF-8 form of a text. Lone surrogates become U+FFFD. */
export function utf8FromText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    let code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = code < 0xdc00 ? text.charCodeAt(at + 1) : NaN;
      if (low >= 0xdc00 && low <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at += 1;
      } else code = REPLACEMENT;
    }
    if (code < 0x80) bytes[length++] = code;
    else if (code < 0x800) {
      bytes[length++] = 0xc0 | (code >> 6);
      bytes[length++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      bytes[length++] = 0xe0 | (code >> 12);
      bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[length++] = 0x80 | (code & 0x3f);
    } else {
      bytes[length++] = 0xf0 | (code >> 18);
      bytes[length++] = 0x80 | ((code >> 12) & 0x3f);
      bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[length++] = 0x80 | (code & 0x3f);
    }
  }
  return bytes.subarray(0, length);
}

/**
 * Text of bytes that ought to be UTF-8: Gmail transcodes text parts to it (facts, platform 3.9). Where they are plainly
 * something else (a charset label Gmail did not know), they are read as Windows-1252, as browsers do.
 */
export function textFromBytes(bytes: Uint8Array): string {
  const { text, faults, sequences } = decodeUtf8(bytes);
  return faults > sequences ? textFromWindows1252(bytes) : text;
}

/** Text of Windows-1252 bytes, which also reads ISO-8859-1 and US-ASCII. */
export function textFromWindows1252(bytes: Uint8Array): string {
  return unitsToText(bytes.length, (units, from, count) => {
    for (let at = 0; at < count; at += 1) {
      const byte = bytes[from + at];
      units[at] = byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charCodeAt(byte - 0x80) : byte;
    }
  });
}

/** Standard base64 with padding. */
export function base64FromBytes(bytes: Uint8Array): string {
  const groups = Math.ceil(bytes.length / 3);
  const padding = groups * 3 - bytes.length;
  const text = unitsToText(groups * 4, (units, from, count) => {
    let source = (from / 4) * 3;
    for (let at = 0; at < count; at += 4) {
      // Beyond the end a typed array gives undefined, which counts as zero here.
      const triple = (bytes[source] << 16) | (bytes[source + 1] << 8) | bytes[source + 2];
      units[at] = BASE64.charCodeAt(triple >> 18);
      units[at + 1] = BASE64.charCodeAt((triple >> 12) & 0x3f);
      units[at + 2] = BASE64.charCodeAt((triple >> 6) & 0x3f);
      units[at + 3] = BASE64.charCodeAt(triple & 0x3f);
      source += 3;
    }
  });
  return padding === 0 ? text : text.slice(0, -padding) + '='.repeat(padding);
}

/** Bytes of base64 in either alphabet, padded or not; whatever is not of the alphabet (line breaks, rubbish) is passed over. */
export function bytesFromBase64(base64: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((base64.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < base64.length; at += 1) {
    const value = base64Value(base64.charCodeAt(at));
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[length++] = (bits >> held) & 0xff;
    }
  }
  return bytes.subarray(0, length);
}

/** Base64url without padding, of a text's UTF-8 form: what Gmail takes as `raw`. */
export function base64UrlFromText(text: string): string {
  return base64UrlFromBase64(base64FromBytes(utf8FromText(text)));
}

/** The text that a base64url body holds. */
export function textFromBase64Url(data: string): string {
  return textFromBytes(bytesFromBase64(data));
}

/** The same bytes in the alphabet for addresses, without padding. */
export function base64UrlFromBase64(base64: string): string {
  return withoutEnd(base64.replace(/\+/g, '-').replace(/\//g, '_'), '=');
}

/** How many bytes a base64 or base64url text holds. */
export function base64Size(data: string): number {
  return Math.floor((withoutEnd(data, '=').length * 3) / 4);
}

/** The text with every lone surrogate replaced by U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD');
}

/** The text without this character at its end. The pattern `x+$` takes quadratic time on text that has many of it inside. */
export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}

/** At most `limit` UTF-16 code units from the front, never half of a surrogate pair. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? limit - 1 : limit);
}

function base64Value(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 26;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 52;
  if (code === 0x2b || code === 0x2d) return 62;
  if (code === 0x2f || code === 0x5f) return 63;
  return -1;
}

function unitsToText(total: number, fill: (units: Uint16Array, from: number, count: number) => void): string {
  let text = '';
  const units = new Uint16Array(Math.min(total, CHUNK));
  for (let from = 0; from < total; from += CHUNK) {
    const count = Math.min(CHUNK, total - from);
    fill(units, from, count);
    text += fromUnits(units, count);
  }
  return text;
}

function fromUnits(units: Uint16Array, count: number): string {
  return String.fromCharCode.apply(
    null,
    (count === units.length ? units : units.subarray(0, count)) as unknown as number[],
  );
}

/** Decodes as the WHATWG decoder does: a fault is a maximal ill-formed piece. */
function decodeUtf8(bytes: Uint8Array): { text: string; faults: number; sequences: number } {
  let text = '';
  let faults = 0;
  let sequences = 0;
  const units = new Uint16Array(Math.min(bytes.length, CHUNK) + 2);
  let filled = 0;
  let at = 0;
  while (at < bytes.length) {
    if (filled >= CHUNK) {
      text += fromUnits(units, filled);
      filled = 0;
    }
    const first = bytes[at++];
    if (first < 0x80) {
      units[filled++] = first;
      continue;
    }
    const length =
      first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    let code = length === 2 ? first & 0x1f : length === 3 ? first & 0x0f : first & 0x07;
    let read = 1;
    for (; read < length; read += 1) {
      const next = bytes[at];
      const low = read === 1 && (first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80);
      const high = read === 1 && (first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf);
      if (next === undefined || next < (low || 0x80) || next > (high || 0xbf)) break;
      code = (code << 6) | (next & 0x3f);
      at += 1;
    }
    if (read !== length) {
      faults += 1;
      units[filled++] = REPLACEMENT;
      continue;
    }
    sequences += 1;
    if (code >= 0x10000) {
      units[filled++] = 0xd800 + ((code - 0x10000) >> 10);
      units[filled++] = 0xdc00 + ((code - 0x10000) & 0x3ff);
    } else units[filled++] = code;
  }
  return { text: text + fromUnits(units, filled), faults, sequences };
}

/** The length of a text in the property store: UTF-8 bytes, the stricter reading of "9 KB" (facts, platform 2.1). */
export function storedBytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xdc00 ? ((i += 1), 4) : 3;
  }
  return bytes;
}
