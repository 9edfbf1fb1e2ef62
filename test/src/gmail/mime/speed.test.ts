/**
 * Hostile lengths: what grows with the square of its input takes minutes here, and a run has six (X10). Each input is a
 * megabyte or so of what makes careless patterns go back and forth.
 */
import { parseAddresses, parseSender } from '../../../../src/gmail/mime/addresses';
import { decodeEntities } from '../../../../src/gmail/mime/entities';
import { safeFileName } from '../../../../src/gmail/mime/file-names';
import { isAutomatic, readParameters } from '../../../../src/gmail/mime/headers';
import { plainFromHtml } from '../../../../src/gmail/mime/html';
import { inlineIds } from '../../../../src/gmail/mime/inline';
import { normaliseMessageId, readReferences } from '../../../../src/gmail/mime/message-id';
import { readMail } from '../../../../src/gmail/mime/read';
import { normaliseSubject } from '../../../../src/gmail/mime/subject';
import { htmlFromText, unflow } from '../../../../src/gmail/mime/text';
import { decodeWords } from '../../../../src/gmail/mime/words';
import { writeMail } from '../../../../src/gmail/mime/write';
import { lostFilesOf, lostFilesOfCopy, withoutNotes } from '../../../../src/sync/lost-files';
import { readWire } from './wire';

jest.setTimeout(120_000);

const LONG = 300_000;
const INPUTS: Readonly<Record<string, string>> = {
  letters: 'a'.repeat(LONG),
  blanks: ' '.repeat(LONG),
  'blanks and an end': `${' '.repeat(LONG)}x`,
  'line ends': '\r\n'.repeat(LONG / 2),
  brackets: '<'.repeat(LONG),
  'closing brackets': '>'.repeat(LONG),
  'pairs of brackets': '<>'.repeat(LONG / 2),
  quotes: '"'.repeat(LONG),
  backslashes: '\\'.repeat(LONG),
  comments: '('.repeat(LONG),
  ats: '@'.repeat(LONG),
  commas: 'a@b.c,'.repeat(LONG / 6),
  equals: '='.repeat(LONG),
  'beginnings of encoded words': '=?'.repeat(LONG / 2),
  'encoded words': '=?utf-8?q?x?= '.repeat(LONG / 14),
  'encoded words that do not end': '=?utf-8?q?'.repeat(LONG / 10),
  ampersands: '&'.repeat(LONG),
  'entities that do not end': '&#1'.repeat(LONG / 3),
  tags: '<div>'.repeat(LONG / 5),
  'attributes without an end': '<a b="'.repeat(LONG / 6),
  'comments without an end': '<!--'.repeat(LONG / 4),
  'styles without an end': '<style>'.repeat(LONG / 7),
  'hidden ones': '<p style="display:none">'.repeat(LONG / 24),
  cids: 'cid:'.repeat(LONG / 4),
  answers: 'Re: '.repeat(LONG / 4),
  notes: '<p>Attachment not included: x'.repeat(LONG / 28),
  'notes with their ends': '<p>From: x</p> '.repeat(LONG / 15),
  reasons: `<p>Attachment not included: ${', because '.repeat(LONG / 10)}</p>`,
  parameters: '; a=b'.repeat(LONG / 5),
  'parameters without an end': '; a="'.repeat(LONG / 5),
  bars: '|'.repeat(LONG),
  dots: '.'.repeat(LONG),
  quoted: '> '.repeat(LONG / 2),
};

const READERS: Readonly<Record<string, (input: string) => unknown>> = {
  parseAddresses,
  parseSender,
  decodeEntities,
  safeFileName,
  readParameters,
  plainFromHtml,
  inlineIds,
  normaliseMessageId,
  readReferences,
  normaliseSubject,
  htmlFromText,
  unflow: (input) => unflow(input, true),
  decodeWords,
  isAutomatic: (input) =>
    isAutomatic([
      { name: 'Auto-Submitted', value: input },
      { name: 'Precedence', value: input },
    ]),
  withoutNotes,
  lostFilesOf: (input) => lostFilesOf({ body: input }),
  lostFilesOfCopy: (input) => lostFilesOfCopy({ lost: input }),
  readMail: (input) =>
    readMail({
      id: 'a',
      threadId: 'a',
      labelIds: [],
      internalDate: 0,
      sizeEstimate: 0,
      payload: {
        mimeType: 'text/html',
        headers: ['From', 'To', 'Subject', 'Message-ID', 'References', 'Content-Type', 'Content-Disposition'].map(
          (name) => ({
            name,
            value: input,
          }),
        ),
        body: { size: input.length, data: Buffer.from(input).toString('base64url') },
      },
    }),
};

test.each(Object.keys(READERS))('X10: %s reads hostile lengths in time', (reader) => {
  const slow: string[] = [];
  for (const [name, input] of Object.entries(INPUTS)) {
    const begun = performance.now();
    READERS[reader](input);
    const took = performance.now() - begun;
    // Linear ones take some milliseconds; the square of this length is far beyond.
    if (took > 4000) slow.push(`${name}: ${Math.round(took)} ms`);
  }
  expect(slow).toEqual([]);
});

test.each(Object.entries(INPUTS).slice(0, 12))(
  'M5: a mail of nothing but %s a megabyte long is written, valid and soon',
  (_, piece) => {
    const value = piece.repeat(Math.ceil(1_000_000 / piece.length)).slice(0, 1_000_000);
    const address = { name: value, email: 'ann@example.test' };
    const begun = performance.now();
    const raw = writeMail({
      from: address,
      to: [address, { name: '', email: value }],
      subject: value,
      date: 0,
      messageId: `<${value}@x>`,
      inReplyTo: value,
      references: [value, value],
      marker: value,
      lost: value,
      html: value,
      attachments: [{ name: value, type: value, base64: value, contentId: value }],
    });
    expect(performance.now() - begun).toBeLessThan(15_000);
    const root = readWire(raw);
    expect(
      Math.max(
        ...raw
          .slice(0, raw.indexOf('\r\n\r\n'))
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(999);
    expect(root.headers.map(([name]) => name)).not.toContain('Bcc');
  },
);
