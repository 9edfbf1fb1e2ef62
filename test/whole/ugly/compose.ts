/** The few pieces of which the mails of this folder are made: as bytes, so that nothing is put right on the way. */
import { letters, type Expected, type UglyMail } from './expectation';

export const CONTACT = 'ana.pereira@lisbon.example';
export const SENDER = `Ana Pereira <${CONTACT}>`;

let number = 0;

/** The headers of an ordinary mail, with these in the place of its own; `undefined` leaves one out. */
export function headers(own: Readonly<Record<string, string | undefined>> = {}): string {
  number += 1;
  const all: Record<string, string | undefined> = {
    From: SENDER,
    To: 'agent@example.com',
    Subject: 'Ugly mail',
    Date: 'Tue, 03 Mar 2026 09:00:00 +0000',
    'Message-ID': `<ugly-${number}@lisbon.example>`,
    'MIME-Version': '1.0',
    ...own,
  };
  return Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value ?? ''}\r\n`)
    .join('');
}

/** Text is latin1: one character a byte. */
export function bytes(...pieces: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)));
}

export function utf8(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

export function part(head: string, body: string | Buffer): Buffer {
  return bytes(`${head}\r\n\r\n`, body);
}

export function multipart(boundary: string, parts: readonly Buffer[]): Buffer {
  return bytes(...parts.map((one) => bytes(`--${boundary}\r\n`, one, '\r\n')), `--${boundary}--\r\n`);
}

/** A whole mail of a multipart. */
export function mixed(
  kind: string,
  parts: readonly Buffer[],
  own: Readonly<Record<string, string | undefined>> = {},
  boundary = `cut-${kind.replace(/\W/g, '')}`,
): Buffer {
  return bytes(
    headers({ 'Content-Type': `multipart/${kind}; boundary="${boundary}"`, ...own }),
    '\r\n',
    multipart(boundary, parts),
  );
}

export const PLAIN = 'Content-Type: text/plain; charset=utf-8';
export const HTML = 'Content-Type: text/html; charset=utf-8';

export function attachment(name: string, type: string, content: string | Buffer): Buffer {
  const data = Buffer.isBuffer(content) ? content : utf8(content);
  return part(
    `Content-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
      'Content-Transfer-Encoding: base64',
    base64(data),
  );
}

export function base64(data: Buffer): string {
  return data.toString('base64').replace(/(.{76})/g, '$1\r\n');
}

export function quotedPrintable(data: Buffer): string {
  let line = '';
  let out = '';
  for (const byte of data) {
    const token = byte > 32 && byte < 127 && byte !== 61 ? String.fromCharCode(byte) : `=${hex(byte)}`;
    if (line.length + token.length > 72) {
      out += `${line}=\r\n`;
      line = '';
    }
    line += token;
  }
  return out + line;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** By hand, in words. */
export function known(
  name: string,
  raw: Buffer,
  hand: Partial<Omit<Expected, 'text'>> & { readonly text?: string },
): UglyMail {
  const { text, ...rest } = hand;
  return {
    name,
    raw,
    hand: {
      from: CONTACT,
      subject: 'Ugly mail',
      attachments: [],
      ...rest,
      ...(text === undefined ? {} : { text: letters(text) }),
    },
  };
}

/** As postal-mime reads it. */
export function refereed(name: string, raw: Buffer): UglyMail {
  return { name, raw };
}
