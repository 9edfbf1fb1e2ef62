/** Values as an attacker, a broken mailer or a careless import would put them into a mail. */
import fc from 'fast-check';

const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\t',
  '\u2028',
  '\u0085',
  '\r\nBcc: evil@evil.test\r\n',
  '\r\n\r\n<b>body</b>',
  '\r\n.\r\n',
  '=?utf-8?q?=0D=0ABcc:_evil=40evil.test?=',
  '=?utf-8?b?DQpCY2M6IGV2aWxAZXZpbC50ZXN0?=',
  '=?',
  '?=',
  '<evil@evil.test>',
  'evil@evil.test',
  ', evil@evil.test',
  ';',
  ':',
  '"',
  '\\',
  "'",
  '(',
  ')',
  '[',
  '>',
  '--=_threadlink',
  '\r\n--=_threadlink_a--\r\n',
  '\u202Egnp.exe',
  '\u2066',
  '\uD800',
  '\uDC00',
  '😀',
  'é',
  '漢字',
  'שלום',
  'From ',
  '.',
  '..',
  '/',
  '%0d%0a',
  ' ',
  '  ',
  'a',
  'Ann',
  'word '.repeat(30),
  'x'.repeat(300),
  '&',
  '<br>',
  '=3D',
  '=',
  '_',
] as const;

export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

const GOOD_ADDRESSES = [
  'ann@example.test',
  'Bob.B+tag@sub.example.test',
  "o'hara@example.test",
  'x_y-z@münchen.test',
  'a..b@carrier.test',
] as const;

export const hostileAddress = fc.record({
  name: hostileText,
  email: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...GOOD_ADDRESSES) },
    { weight: 1, arbitrary: hostileText },
    {
      weight: 1,
      arbitrary: fc
        .tuple(hostileText, fc.constantFrom(...GOOD_ADDRESSES), hostileText)
        .map((pieces) => pieces.join('')),
    },
  ),
});

export const hostileAttachment = fc.record({
  name: hostileText,
  type: fc.oneof(
    fc.constantFrom('image/png', 'application/pdf', 'message/rfc822', 'multipart/mixed', 'text/plain; charset=x'),
    hostileText,
  ),
  base64: fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    hostileText,
  ),
  contentId: fc.option(fc.oneof(fc.constantFrom('logo@mail', 'ii_abc123'), hostileText), { nil: undefined }),
});

const messageId = fc.oneof(
  fc.constantFrom('<CA+x=1@mail.gmail.com>', '<a.b@c.d>', `<${'l'.repeat(400)}@long.test>`),
  hostileText,
);

export const hostileMail = fc.record({
  from: hostileAddress,
  to: fc.array(hostileAddress, { maxLength: 5 }),
  cc: fc.array(hostileAddress, { maxLength: 3 }),
  bcc: fc.array(hostileAddress, { maxLength: 2 }),
  subject: hostileText,
  date: fc.oneof(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.constantFrom(NaN, Infinity, -1, 1e18)),
  messageId: fc.option(messageId, { nil: undefined }),
  inReplyTo: fc.option(messageId, { nil: undefined }),
  references: fc.array(messageId, { maxLength: 6 }),
  marker: fc.oneof(fc.constantFrom('QtFlS9dYWq8aV1Ao5vzA', 'abc'), hostileText),
  lost: fc.option(hostileText, { nil: undefined }),
  html: hostileText,
  text: fc.option(hostileText, { nil: undefined }),
  attachments: fc.array(hostileAttachment, { maxLength: 3 }),
});
