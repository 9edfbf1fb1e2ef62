import addressparser from 'nodemailer/lib/addressparser';
import PostalMime from 'postal-mime';
import fc from 'fast-check';
import type { OutgoingMail } from '../../../../src/gmail/mime/types';
import { markerOf, writeMail } from '../../../../src/gmail/mime/write';
import { writableAddress } from '../../../../src/gmail/mime/write-address';
import { hostileMail } from './hostile';
import { decodedBody, entities, header, readWire } from './wire';

// Hundreds of generated mails take longer than five seconds on a machine that is busy.
jest.setTimeout(120_000);

const MAIL: OutgoingMail = {
  from: { name: 'Ann Example', email: 'ann@example.test' },
  to: [{ name: '', email: 'bob@example.test' }],
  subject: 'Offer',
  date: Date.UTC(2026, 1, 3, 10, 0, 0),
  marker: 'QtFlS9dYWq8aV1Ao5vzA',
  html: '<p>Hello</p>',
};
const OWN_HEADERS = [
  'Date',
  'From',
  'To',
  'Cc',
  'Bcc',
  'Subject',
  'Message-ID',
  'In-Reply-To',
  'References',
  'X-Threadlink-Email-Id',
  'X-Threadlink-Lost',
  'MIME-Version',
  'Content-Type',
];
const PART_HEADERS = ['Content-Type', 'Content-Transfer-Encoding', 'Content-Disposition', 'Content-ID'];

describe('M5: whatever is in a mail', () => {
  test('the message is valid, has the headers of the writer alone, each once, and the parts that were asked for', () => {
    fc.assert(
      fc.property(hostileMail, (mail) => {
        const root = readWire(writeMail(mail));
        const names = root.headers.map(([name]) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(names.filter((name) => !OWN_HEADERS.includes(name))).toEqual([]);
        const leaves = entities(root).filter(({ parts }) => parts.length === 0);
        expect(leaves).toHaveLength(2 + mail.attachments.length);
        for (const part of entities(root).slice(1)) {
          const own = part.headers.map(([name]) => name);
          expect(new Set(own).size).toBe(own.length);
          expect(own.filter((name) => !PART_HEADERS.includes(name))).toEqual([]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('two parsers find the recipients that can be written, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(hostileMail, async (mail) => {
        const raw = writeMail(mail);
        const root = readWire(raw);
        const parsed = await PostalMime.parse(raw);
        for (const field of ['to', 'cc', 'bcc'] as const) {
          const wanted = mail[field].map(({ email }) => writableAddress(email)).filter((email) => email !== undefined);
          const onWire = header(root, field) ?? '';
          const first = addressparser(onWire, { flatten: true }).map(({ address }) => address);
          const second = (parsed[field] ?? [])
            .flatMap((entry) => entry.group ?? [entry])
            .map(({ address }) => address ?? '');
          expect(first.map(unquoted)).toEqual(wanted.map(unquoted));
          expect(second.map(unquoted)).toEqual(wanted.map(unquoted));
        }
        expect(addressparser(header(root, 'From') ?? '')).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
  });

  test('a reader gets text and HTML as they were', () => {
    fc.assert(
      fc.property(hostileMail, (mail) => {
        const leaves = entities(readWire(writeMail(mail))).filter(({ parts }) => parts.length === 0);
        const html = decodedBody(leaves[1]).toString('utf8');
        expect(html).toBe(Buffer.from(mail.html.replace(/\r\n|\r|\n/g, '\r\n')).toString('utf8'));
        if (mail.text !== undefined) {
          expect(decodedBody(leaves[0]).toString('utf8')).toBe(
            Buffer.from(mail.text.replace(/\r\n|\r|\n/g, '\r\n')).toString('utf8'),
          );
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('the subject is what was given, on one line', async () => {
    await fc.assert(
      fc.asyncProperty(hostileMail, async (mail) => {
        const parsed = await PostalMime.parse(writeMail({ ...mail, to: [], cc: [], bcc: [], attachments: [] }));
        const squeezed = (text: string) =>
          Buffer.from(text, 'utf8')
            .toString('utf8')
            .replace(/[\s\p{Cc}]+/gu, '');
        // The referee decodes an encoded word inside of a decoded one, which no reader should.
        fc.pre(!mail.subject.includes('=?'));
        expect(squeezed(parsed.subject ?? '')).toBe(squeezed(mail.subject).slice(0, 1000));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['subject', { subject: 'x\r\nBcc: evil@evil.test' }],
    ['subject with an encoded line break', { subject: '=?utf-8?q?x=0D=0ABcc:_evil=40evil.test?=' }],
    ['from name', { from: { name: 'A\r\nBcc: evil@evil.test', email: 'ann@example.test' } }],
    ['from address', { from: { name: 'A', email: 'ann@example.test>\r\nBcc: evil@evil.test' } }],
    ['to address', { to: [{ name: '', email: 'bob@example.test\r\nBcc: evil@evil.test' }] }],
    ['to address with a comma', { to: [{ name: '', email: 'bob@example.test, evil@evil.test' }] }],
    ['to address in a quoted local part', { to: [{ name: '', email: '"evil@evil.test x"@example.test' }] }],
    [
      'to address with an encoded word',
      { to: [{ name: '', email: '=?utf-8?q?=65vil=40evil.test=3E?=@example.test' }] },
    ],
    ['to name', { to: [{ name: '"<evil@evil.test>, ', email: 'bob@example.test' }] }],
    ['in-reply-to', { inReplyTo: '<a@b>\r\nBcc: evil@evil.test' }],
    ['references', { references: ['<a@b>', '<c@d>\r\nBcc: evil@evil.test', '\r\nBcc: evil@evil.test'] }],
    ['message id', { messageId: '<a@b\r\nBcc: evil@evil.test>' }],
    ['an encoded word in in-reply-to', { inReplyTo: '<=?utf-8?b?DQpCY2M6IGV2aWxAZXZpbC50ZXN0?=@x>' }],
    [
      'an encoded word in a content id',
      {
        attachments: [
          { name: 'a', type: 'image/png', base64: '', contentId: '=?utf-8?b?DQpCY2M6IGV2aWxAZXZpbC50ZXN0?=' },
        ],
      },
    ],
    ['marker', { marker: 'x\r\nBcc: evil@evil.test' }],
    ['file name', { attachments: [{ name: 'a"\r\nBcc: evil@evil.test', type: 'text/plain', base64: '' }] }],
    ['file type', { attachments: [{ name: 'a', type: 'text/plain\r\nBcc: evil@evil.test', base64: '' }] }],
    [
      'content id',
      { attachments: [{ name: 'a', type: 'image/png', base64: '', contentId: 'x>\r\nBcc: evil@evil.test' }] },
    ],
    [
      'base64',
      {
        attachments: [{ name: 'a', type: 'image/png', base64: 'AAAA\r\n\r\n--=_threadlink_m\r\nBcc: evil@evil.test' }],
      },
    ],
  ] as [string, Partial<OutgoingMail>][])('%s cannot add a header or a recipient', async (_, change) => {
    const raw = writeMail({ ...MAIL, ...change });
    readWire(raw);
    expect(raw).not.toMatch(/^Bcc:/im);
    expect(raw).not.toContain('DQpCY2M6');
    const parsed = await PostalMime.parse(raw);
    expect(parsed.bcc ?? []).toEqual([]);
    const recipients = [...(parsed.to ?? []), ...(parsed.cc ?? [])].map(({ address }) => address);
    expect(recipients).not.toContain('evil@evil.test');
  });
});

describe('M5: valid by the standards', () => {
  test('RFC 5322: long headers are folded before 78 where they have a space', () => {
    const raw = writeMail({
      ...MAIL,
      subject: 'word '.repeat(100),
      references: Array.from({ length: 30 }, (_, i) => `<reference-${i}@example.test>`),
    });
    const head = raw.slice(0, raw.indexOf('\r\n\r\n')).split('\r\n');
    expect(Math.max(...head.map((line) => line.length))).toBeLessThanOrEqual(78);
    expect(header(readWire(raw), 'Subject')).toBe('word '.repeat(100).trim());
  });

  test('RFC 5322: spaces in a subject stay as they are, and no folded line is empty', () => {
    const subject = `a${' '.repeat(200)}b  c${' '.repeat(90)}d`;
    expect(header(readWire(writeMail({ ...MAIL, subject })), 'Subject')).toBe(subject);
  });

  test('RFC 2047: encoded words end between characters', () => {
    const subject = '😀é漢'.repeat(100);
    const raw = writeMail({ ...MAIL, subject });
    const words = raw.match(/=\?UTF-8\?B\?([^?]*)\?=/g) ?? [];
    expect(words.length).toBeGreaterThan(5);
    for (const word of words) {
      expect(word.length).toBeLessThanOrEqual(75);
      expect(Buffer.from(word.slice(10, -2), 'base64').toString('utf8')).not.toContain('\uFFFD');
    }
  });

  test.each([
    'report.pdf',
    'Übersicht.pdf',
    'Ein "sehr" langer Name mit Umlauten äöü und noch viel mehr Wörtern, damit er in mehrere Abschnitte geteilt wird.docx',
    '漢字のファイル名はとても長いので複数のセクションに分割されます'.repeat(3) + '.txt',
    "it's 100% (new) & more;v=2.txt",
    '=?utf-8?q?x?=.txt',
  ])('RFC 2231: the file name %s arrives', async (name) => {
    const raw = writeMail({ ...MAIL, attachments: [{ name, type: 'application/octet-stream', base64: 'AAEC' }] });
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
    readWire(raw);
    const parsed = await PostalMime.parse(raw);
    expect(parsed.attachments).toHaveLength(1);
    expect(parsed.attachments[0].filename).toBe(name.replace(/[?"]+/g, '_'));
    expect(Buffer.from(parsed.attachments[0].content as ArrayBuffer)).toEqual(Buffer.from([0, 1, 2]));
  });

  test('names with quotes, commas, brackets and letters of all kinds arrive', async () => {
    const names = [
      'Doe, John',
      'Jürgen "JJ" Müller',
      'a\\b',
      '山田 太郎',
      'O’Neil (Sales)',
      'x@y.test',
      'Anne  Marie',
      'A'.repeat(150),
      'Mr. X.',
    ];
    const raw = writeMail({ ...MAIL, to: names.map((name, index) => ({ name, email: `p${index}@example.test` })) });
    readWire(raw);
    const parsed = await PostalMime.parse(raw);
    expect(parsed.to?.map(({ name }) => name)).toEqual(names);
    expect(parsed.to?.map(({ address }) => address)).toEqual(names.map((_, index) => `p${index}@example.test`));
  });

  test('only the structure that is needed is made', () => {
    const shape = (mail: Partial<OutgoingMail>) =>
      entities(readWire(writeMail({ ...MAIL, ...mail }))).map(
        (entity) => header(entity, 'Content-Type')?.split(';')[0],
      );
    const file = { name: 'a.pdf', type: 'application/pdf', base64: 'AAAA' };
    const image = { name: 'a.png', type: 'image/png', base64: 'AAAA', contentId: 'logo@x' };
    expect(shape({})).toEqual(['multipart/alternative', 'text/plain', 'text/html']);
    expect(shape({ attachments: [file] })).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'application/pdf',
    ]);
    expect(shape({ attachments: [image, file] })).toEqual([
      'multipart/mixed',
      'multipart/related',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'image/png',
      'application/pdf',
    ]);
  });

  test('a text that tries to look like a boundary stays a text', async () => {
    const boundary = /boundary="([^"]+)"/.exec(writeMail(MAIL))?.[1] ?? '';
    const html = `<p>a</p>\r\n--${boundary}--\r\n--${boundary}\r\nContent-Type: text/html\r\n\r\n<p>b</p>`;
    const parsed = await PostalMime.parse(writeMail({ ...MAIL, html, text: html }));
    expect(parsed.html?.trimEnd()).toBe(html.replace(/\r\n/g, '\n'));
    expect(parsed.attachments).toEqual([]);
  });

  test('a mail to nobody that can be written, or in Bcc alone, has a destination field', () => {
    expect(header(readWire(writeMail({ ...MAIL, to: [{ name: 'x', email: 'no address' }] })), 'To')).toBe(
      'undisclosed-recipients:;',
    );
    expect(header(readWire(writeMail({ ...MAIL, to: [], bcc: MAIL.to })), 'Bcc')).toBe('bob@example.test');
  });

  test('a sender that cannot be written is still to be seen', async () => {
    const parsed = await PostalMime.parse(writeMail({ ...MAIL, from: { name: 'Küche', email: 'not an address' } }));
    expect(parsed.from?.name).toBe('Küche not an address');
    expect(parsed.from?.address).toMatch(/^unknown-[\w-]+@threadlink\.invalid$/);
  });
});

describe('M6', () => {
  test('a mail made twice is the same byte for byte, and carries its marker', () => {
    fc.assert(
      fc.property(hostileMail, (mail) => {
        const raw = writeMail(mail);
        expect(writeMail(structuredClone(mail))).toBe(raw);
        expect(header(readWire(raw), 'X-Threadlink-Email-Id')).toBe(markerOf(mail.marker));
      }),
      { numRuns: 300 },
    );
  });

  test('an id of the CRM is its own marker; anything else gets one that is as good as its own', () => {
    expect(markerOf('QtFlS9dYWq8aV1Ao5vzA')).toBe('QtFlS9dYWq8aV1Ao5vzA');
    expect(markerOf('a b')).toMatch(/^hash-/);
    expect(markerOf('a b')).not.toBe(markerOf('a c'));
  });

  test('dates outside of what a mail can have are moved to the nearest that it can', () => {
    const date = (milliseconds: number) => header(readWire(writeMail({ ...MAIL, date: milliseconds })), 'Date');
    expect(date(MAIL.date)).toBe('Tue, 03 Feb 2026 10:00:00 +0000');
    expect(date(NaN)).toBe('Thu, 01 Jan 1970 00:00:00 +0000');
    expect(date(1e18)).toBe('Fri, 31 Dec 9999 23:59:59 +0000');
  });
});

test('M3: 25 MB of attachment are written in a second or two', () => {
  const base64 = Buffer.alloc(25_000_000, 7).toString('base64');
  const begin = performance.now();
  const raw = writeMail({ ...MAIL, attachments: [{ name: 'big.bin', type: 'application/zip', base64 }] });
  expect(performance.now() - begin).toBeLessThan(5000);
  expect(raw.length).toBeGreaterThan(33_000_000);
});

function unquoted(address: string): string {
  return address.replace(/^"(.*)"@/, '$1@');
}
