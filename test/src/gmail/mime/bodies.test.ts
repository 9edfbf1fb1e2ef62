import { comparableText, isReworked, sameBody, type Body } from '../../../../src/gmail/mime/bodies';
import { plainFromHtml } from '../../../../src/gmail/mime/html';

const HTML =
  '<html><head><style>p{}</style></head><body><p>Dear Ann,</p><p>the offer is at <a href="https://x.test/offer">our site</a> – valid for 5 days.</p><p>Best,<br>Bob</p></body></html>';

test.each<[string, Body]>([
  ['itself', { html: HTML }],
  ['its text alternative', { text: plainFromHtml(HTML) }],
  [
    'a text that was wrapped elsewhere',
    { text: 'Dear Ann,\nthe offer is at our\nsite - valid for 5\ndays.\n\nBest,\nBob\n' },
  ],
  [
    'wrapped links and a tracking pixel',
    {
      html: HTML.replace('https://x.test/offer', 'https://click.test/c?u=1').replace(
        '</body>',
        '<img src="https://t.test/o.gif" width=1 height=1></body>',
      ),
    },
  ],
  ['a link written out', { html: HTML.replace('our site</a>', 'our site</a> (https://click.test/c?u=1)') }],
  [
    'a pre-header',
    { html: HTML.replace('<body>', '<body><div style="display:none;max-height:0">Your offer &zwnj;&nbsp;</div>') },
  ],
  [
    'a footer of the provider',
    { html: HTML.replace('</body>', '<hr><p>You receive this mail because … <a href="x">Unsubscribe</a></p></body>') },
  ],
  ['a German footer', { html: HTML.replace('</body>', '<p>Vom Newsletter <a href="x">abmelden</a></p></body>') }],
  ['other typography', { html: HTML.replace('–', '--').replace(/ /g, '&nbsp;') }],
  [
    'quoted history below',
    {
      html: HTML.replace(
        '</body>',
        '<div class="gmail_quote">On Mon, 2 Feb 2026 at 10:00, Ann &lt;ann@example.test&gt; wrote:<br><blockquote>Please send<br>an offer</blockquote></div></body>',
      ),
    },
  ],
  [
    'Outlook’s history',
    {
      html: HTML.replace(
        '</body>',
        '<hr><p><b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> Bob<br><b>Subject:</b> Offer</p><p>Please send</p></body>',
      ),
    },
  ],
  ['an original message', { text: `${plainFromHtml(HTML)}\n\n-----Original Message-----\nFrom: Ann\nPlease send` }],
])('T11: a mail is the same as %s', (_, other) => {
  expect(sameBody({ html: HTML }, other)).toBe(true);
  expect(sameBody(other, { html: HTML })).toBe(true);
});

test.each<[string, Body, Body]>([
  ['another word', { text: 'See you on Monday' }, { text: 'See you on Tuesday' }],
  ['another number', { text: 'It costs 500' }, { text: 'It costs 5000' }],
  [
    'something more',
    { text: 'Thank you for the offer, we take it.' },
    { text: 'Thank you for the offer, we take it. Please call.' },
  ],
  ['another symbol', { text: '👍' }, { text: '👎' }],
  ['nothing and something', { text: '' }, { text: 'unsubscribe' }],
  ['scripts of other languages', { text: '你好' }, { text: '再见' }],
])('X1: mails that differ by %s are two', (_, a, b) => {
  expect(sameBody(a, b)).toBe(false);
  expect(sameBody(b, a)).toBe(false);
});

test('mails of pictures alone have the same, empty text', () => {
  expect(sameBody({ html: '<img src="cid:a">' }, { html: '<div><img src="https://f.test/a"></div>' })).toBe(true);
});

test('a mail that is nothing but a quotation is compared by it', () => {
  expect(comparableText({ text: '> yes' })).toBe('yes');
  expect(sameBody({ text: '> yes' }, { text: '> no' })).toBe(false);
});

test('answers between quoted lines are the mail’s own text', () => {
  const text =
    'On Mon, Ann <ann@example.test>\nwrote:\n> first question\nfirst answer\n> second question\nsecond answer';
  expect(comparableText({ text })).toBe('firstanswersecondanswer');
});

test('a sentence with a colon above a quotation stays', () => {
  expect(comparableText({ text: 'Hello.\nMy answers:\n> a\nb' })).toBe('hellob');
  expect(comparableText({ text: 'We need the following things from you\n\n> a\nb' })).toBe(
    'weneedthefollowingthingsfromyoub',
  );
});

test('HTML counts before text, and an empty HTML body does not', () => {
  expect(comparableText({ html: '<p>rich</p>', text: 'plain' })).toBe('rich');
  expect(comparableText({ html: ' ', text: 'plain' })).toBe('plain');
  expect(comparableText({})).toBe('');
});

test('a megabyte is compared in a moment', () => {
  const html = `<p>${'Words and <b>more</b> words. '.repeat(40_000)}</p>`;
  const begin = performance.now();
  expect(sameBody({ html }, { html: `${html}<p>x</p>` })).toBe(true);
  expect(performance.now() - begin).toBeLessThan(3000);
});

test.each<[string, string, boolean]>([
  ['nothing', 'Dear Ann, the offer is valid for 5 days. Best, Bob', true],
  ['a word in the middle', 'Dear Ann, the offer is valid for 15 long days. Best, Bob', true],
  ['a word at the beginning', 'Hi Ann, the offer is valid for 5 days. Best, Bob', true],
  ['a sentence more at the end', 'Dear Ann, the offer is valid for 5 days. Best, Bob. P.S. Monday is off.', true],
  ['all but the signature', 'Shall we meet on Monday, say at noon? Best, Bob', false],
  ['everything', 'No.', false],
])('a mail of which somebody changed %s', (_what, text, reworked) => {
  const html = '<p>Dear Ann,</p><p>the offer is valid for 5 days.</p><p>Best,<br>Bob</p>';
  expect(isReworked({ html }, { text })).toBe(reworked);
});

test('of a mail without words nobody can say that it was changed', () => {
  expect(isReworked({ html: '<img src="cid:a">' }, { text: 'Hello' })).toBe(false);
});
