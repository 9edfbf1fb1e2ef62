/** Small real files, made by code: a PDF with a page of text, PNG pictures, a table, an invitation. */
import { crc32, deflateSync } from 'node:zlib';

export interface DemoFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** One A4 page with a heading and lines, in Helvetica; ASCII and Latin-1 text. */
export function pdf(name: string, heading: string, lines: readonly string[]): DemoFile {
  const escape = (text: string) => text.replace(/[\\()]/g, '\\$&');
  const content = [
    'BT /F1 20 Tf 56 770 Td',
    `(${escape(heading)}) Tj`,
    '/F1 11 Tf 0 -36 Td 16 TL',
    ...lines.map((line) => `(${escape(line)}) Tj T*`),
    'ET',
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  const start = text.indexOf('xref\n0 ');
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return { name, type: 'application/pdf', bytes: Buffer.from(text, 'latin1') };
}

export type Colour = readonly [red: number, green: number, blue: number];

/** A picture whose every pixel is `colourAt(x, y)`. */
export function png(name: string, width: number, height: number, colourAt: (x: number, y: number) => Colour): DemoFile {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colourAt(x, y), y * (1 + width * 3) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a channel, red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const bytes = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, type: 'image/png', bytes };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Commas, quotes where needed, CRLF (RFC 4180). */
export function csv(name: string, rows: readonly (readonly (string | number)[])[]): DemoFile {
  const cell = (value: string | number) =>
    /[",\r\n]/.test(String(value)) ? `"${String(value).replace(/"/g, '""')}"` : String(value);
  const text = rows.map((row) => row.map(cell).join(',')).join('\r\n');
  return { name, type: 'text/csv', bytes: Buffer.from(`${text}\r\n`) };
}

/** A drawing in a format that only its own program opens: the head of one and nothing behind it. */
export function drawing(name: string): DemoFile {
  return { name, type: 'image/vnd.dwg', bytes: Buffer.from(`AC1032${'\0'.repeat(500)}`, 'latin1') };
}

/** An invitation for an hour (RFC 5545). */
export function invitation(
  name: string,
  event: { uid: string; title: string; place: string; start: number },
): DemoFile {
  const time = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Demo//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${time(event.start)}`,
    `DTSTART:${time(event.start)}`,
    `DTEND:${time(event.start + 3_600_000)}`,
    `SUMMARY:${event.title}`,
    `LOCATION:${event.place}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return { name, type: 'text/calendar; method=REQUEST', bytes: Buffer.from(`${lines.join('\r\n')}\r\n`) };
}
