/** Text of mails and of the CRM in cards: read, never obeyed. */
import { markup, plain } from '../../../src/cards/escape';

const HOSTILE = '<a href="https://evil.example">Click</a> & <b>bold</b> "quoted"';

test('markup of others is shown as text', () => {
  expect(markup(HOSTILE)).toBe(
    '&lt;a href=&quot;https://evil.example&quot;&gt;Click&lt;/a&gt; &amp; &lt;b&gt;bold&lt;/b&gt; &quot;quoted&quot;',
  );
  expect(markup([{ bold: HOSTILE }])).not.toContain('<a');
  expect(markup([{ quiet: HOSTILE }])).not.toContain('<a');
  expect(markup([{ link: HOSTILE, url: 'https://a.example/"onclick="x' }])).toBe(
    `<a href="https://a.example/&quot;onclick=&quot;x">${markup(HOSTILE)}</a>`,
  );
});

test('labels have no markup at all, and no ampersand turned into letters', () => {
  expect(plain('Tom & <b>Jerry</b>')).toBe('Tom & ‹b›Jerry‹/b›');
});

test('line breaks stay, other control characters go', () => {
  expect(markup('a\nb\u0000c\u0007d\r\ne')).toBe('a<br>b c d <br>e');
});

test('a subject cannot turn the words around it', () => {
  expect(markup('\u202Eevil\u202C \u2066x\u2069')).toBe('evil x');
  expect(plain('\u200Fabc')).toBe('abc');
});

test('what is endless is cut, and never through a character', () => {
  const long = '😀'.repeat(2_000);
  const cut = plain(long);
  expect(cut.length).toBeLessThanOrEqual(600);
  expect(cut.endsWith('…')).toBe(true);
  expect(cut).not.toMatch(/\p{Cs}/u);
});
