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

/** Text in a charset; what is unknown is read as windows-1252, which decodes everything. */
export function decodeText(bytes: Buffer, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
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
