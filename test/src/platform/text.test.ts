import fc from 'fast-check';
import {
  base64FromBytes,
  base64Size,
  base64UrlFromBase64,
  base64UrlFromText,
  bytesFromBase64,
  cutText,
  textFromBase64Url,
  textFromBytes,
  textFromWindows1252,
  utf8FromText,
  wellFormed,
} from '../../../src/platform/text';

/** Any UTF-16, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));

test('UTF-8 out is what Node makes of any text, lone surrogates included', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(Buffer.from(utf8FromText(text)).equals(Buffer.from(text, 'utf8'))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('UTF-8 in is what the WHATWG decoder makes of any bytes that are not plainly something else', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const oddBytes = fc.uint8Array({ maxLength: 40 });
  const nearly = fc.tuple(anyText, fc.nat(), fc.nat(255)).map(([text, at, byte]) => {
    const bytes = Uint8Array.from(Buffer.from(text));
    if (bytes.length > 0) bytes[at % bytes.length] = byte;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(oddBytes, nearly), (bytes) => {
      expect([decoder.decode(bytes), textFromWindows1252(bytes)]).toContain(textFromBytes(bytes));
    }),
    { numRuns: 2000 },
  );
});

test('base64 is Node’s in both directions, padded or not, in both alphabets, with rubbish in between', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const buffer = Buffer.from(bytes);
      expect(base64FromBytes(bytes)).toBe(buffer.toString('base64'));
      expect(base64UrlFromBase64(buffer.toString('base64'))).toBe(buffer.toString('base64url'));
      expect(base64Size(buffer.toString('base64url'))).toBe(bytes.length);
      for (const form of [
        buffer.toString('base64'),
        buffer.toString('base64url'),
        buffer.toString('base64').replace(/(.{5})/g, '$1\r\n'),
      ]) {
        expect(Buffer.from(bytesFromBase64(form)).equals(buffer)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('a text goes through base64url and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(textFromBase64Url(base64UrlFromText(text))).toBe(text);
    }),
  );
});

test('texts longer than one chunk are whole, also where a surrogate pair or a base64 group stands on the seam', () => {
  for (let shift = 0; shift < 4; shift += 1) {
    const text = 'x'.repeat(8190 + shift) + '😀é'.repeat(9000);
    expect(textFromBase64Url(base64UrlFromText(text))).toBe(text);
  }
});

test('bytes that are plainly not UTF-8 are read as Windows-1252', () => {
  expect(textFromBytes(Buffer.from('Gr\xfc\xdfe \x96 \x80 5', 'latin1'))).toBe('Grüße – € 5');
  expect(textFromWindows1252(Buffer.from([0x80, 0x9f, 0xe9]))).toBe('€Ÿé');
});

test('one broken character does not turn a whole UTF-8 text into something else', () => {
  const bytes = Buffer.concat([Buffer.from('Grüße aus Köln '), Buffer.from([0xc3])]);
  expect(textFromBytes(bytes)).toBe('Grüße aus Köln \uFFFD');
});

test('no cut leaves half of a surrogate pair', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.nat(30), (text, limit) => {
      const cut = cutText(wellFormed(text), limit);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(wellFormed(cut)).toBe(cut);
      expect(wellFormed(text).startsWith(cut)).toBe(true);
    }),
  );
});

test('a megabyte is decoded in well under 200 ms', () => {
  const data = base64UrlFromText('Grüße, 世界! '.repeat(70_000));
  // The best of several, as other work on the machine is none of this code's business.
  const times = [1, 2, 3, 4, 5].map(() => {
    const begin = performance.now();
    textFromBase64Url(data);
    return performance.now() - begin;
  });
  expect(Math.min(...times)).toBeLessThan(200);
  expect(textFromBase64Url(data)).toHaveLength(770_000);
});
