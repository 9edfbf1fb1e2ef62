import fc from 'fast-check';
import {
  headerOf,
  lostFilesOf,
  lostFilesOfCopy,
  sentenceOf,
  withNotes,
  withoutNotes,
} from '../../../src/sync/lost-files';
import { safeFileName } from '../../../src/gmail/mime/file-names';
import type { LostFile } from '../../../src/sync/lost-files';

const FILE: LostFile = { name: 'offer.pdf', size: 6_000_000, reason: 'too-large' };

const lost: fc.Arbitrary<LostFile> = fc.record({
  name: fc
    .oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constant('a & b, because it is <x> (3 KB).pdf'))
    .map((name) => safeFileName(name) || 'x'),
  size: fc.constantFrom(0, 1000, 45_000, 1_500_000, 24_900_000),
  reason: fc.constantFrom('too-large', 'type-refused', 'too-many', 'refused', 'gone', 'not-allowed', 'unreadable'),
});

test('M4: a file that did not go is named with its size and its reason', () => {
  expect(sentenceOf(FILE)).toBe('Attachment not included: offer.pdf (6.0 MB), because it is too large for the CRM.');
  expect(sentenceOf({ ...FILE, name: '<b>&', size: 0, reason: 'gone' })).toBe(
    'Attachment not included: &lt;b&gt;&amp;, because it could not be found any more.',
  );
});

test('M4: what a logged mail says of its files is found again in it, whatever the files are called', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(lost, { maxLength: 6 }), (text, files) => {
      const body = withNotes(`<p>${text.replace(/[<>&]/g, '')}</p>`, [
        'From: Jo &lt;jo@x.example&gt;',
        ...files.map(sentenceOf),
      ]);
      expect(lostFilesOf({ body })).toEqual(files);
      expect(withoutNotes(body)).toBe(`<p>${text.replace(/[<>&]/g, '')}</p>`);
    }),
    { numRuns: 300 },
  );
});

test('M4: so it is in the header of a copy', () => {
  fc.assert(
    fc.property(fc.array(lost, { maxLength: 6 }), (files) => {
      expect(lostFilesOfCopy({ lost: headerOf(files) })).toEqual(files.map((file) => ({ ...file })));
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['', []],
  ['<p>Attachment not included: x, because I say so.</p>', []],
  ['<p>Attachment not included: x, because it is too large for the CRM.</p><p>More words</p>', []],
  [`<p>Attachment not included: ${'('.repeat(5000)}`, []],
])('M4: nothing else is taken for it: %#', (body, files) => {
  expect(lostFilesOf({ body })).toEqual(files);
});

test.each(['', 'too-large', 'constructor 1 x', 'too-large 99999999999999 x', ' | | ', 'too-large -1 x'])(
  'M4: a header that is none of ours says nothing: %j',
  (header) => {
    expect(lostFilesOfCopy({ lost: header })).toEqual([]);
  },
);
