/** RFC 2047, tolerant: words that were cut inside a character are joined before they are decoded. */
import { decodeText, guessText } from './charset';
import { decodeBase64, decodeQuotedPrintable } from './transfer';

const WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([BbQq])\?([^?]*)\?=/g;
const SPECIALS = /[(),.:;<>@[\]\\"]/;

/** Plain 8-bit text: UTF-8 where it is, else windows-1252. */
function plain(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text : guessText(Buffer.from(text, 'latin1'));
}

/**
 * An unfolded header value as text.
 * @param quoteNames puts a decoded word with specials in quotes, as an address header needs it
 */
export function decodeWords(value: string, quoteNames = false): string {
  if (!value.includes('=?')) return plain(value);
  let out = '';
  let last = 0;
  let pending: { charset: string; bytes: Buffer[] } | undefined;
  const flush = () => {
    if (pending === undefined) return;
    const text = decodeText(Buffer.concat(pending.bytes), pending.charset).replace(/[\r\n]+/g, ' ');
    out += quoteNames && SPECIALS.test(text) && !out.endsWith('"') ? `"${text.replace(/(["\\])/g, '\\$1')}"` : text;
    pending = undefined;
  };
  for (const match of value.matchAll(WORD)) {
    const [whole, charset, kind, content] = match;
    const between = value.slice(last, match.index);
    last = match.index + whole.length;
    const adjacent = pending !== undefined && /^[ \t]*$/.test(between);
    if (!adjacent) {
      flush();
      out += plain(between);
    }
    const bytes = /b/i.test(kind) ? decodeBase64(content) : decodeQuotedPrintable(content.replace(/_/g, '=20'));
    if (pending !== undefined && pending.charset === charset.toLowerCase()) {
      pending.bytes.push(bytes);
    } else {
      flush();
      pending = { charset: charset.toLowerCase(), bytes: [bytes] };
    }
  }
  flush();
  return out + plain(value.slice(last));
}
