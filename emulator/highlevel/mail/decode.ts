/** Transfer encodings, charsets and encoded words of mails that come in (RFC 2045, 2047). */

export function decodeBody(body: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1').replace(/[^A-Za-z0-9+/]/g, ''), 'base64');
    case 'quoted-printable':
      return quoted(
        body
          .toString('latin1')
          .replace(/[ \t]+(\r?\n|$)/g, '$1')
          .replace(/=\r?\n/g, ''),
      );
    default:
      return Buffer.from(body);
  }
}

/** Bytes 0x80 to 0x9F of windows-1252. Node 20 decodes them as ISO 8859-1 does, which is not what the web does. */
const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Text in a charset; what is unknown is read as windows-1252, which decodes everything. */
export function decodeText(bytes: Buffer, charset = 'utf-8'): string {
  const decoder = decoderOf(charset);
  if (decoder.encoding !== 'windows-1252') return decoder.decode(bytes);
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (control) => HIGH_CONTROLS[control.charCodeAt(0) - 0x80]);
}

function decoderOf(charset: string) {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder('windows-1252');
  }
}

/** Encoded words; the white space between two of them is not part of the text. */
export function decodeWords(text: string): string {
  return text
    .replace(/(=\?[^?\s]+\?[bq]\?[^?]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, '$1')
    .replace(/=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=/gi, (_, charset: string, kind: string, data: string) => {
      const bytes = kind.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : quoted(data.replace(/_/g, ' '));
      return decodeText(bytes, charset);
    });
}

function quoted(text: string): Buffer {
  const plain = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}
