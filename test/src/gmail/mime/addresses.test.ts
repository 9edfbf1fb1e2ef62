import { bareAddress, parseAddresses, parseSender, sameAddress } from '../../../../src/gmail/mime/addresses';
import { asciiDomain } from '../../../../src/gmail/mime/idn';
import { writableAddress } from '../../../../src/gmail/mime/write-address';

test.each([
  [
    'Ann <ann@example.test>, bob@example.test',
    [
      ['Ann', 'ann@example.test'],
      ['', 'bob@example.test'],
    ],
  ],
  ['"Doe, John" <j@x.test>', [['Doe, John', 'j@x.test']]],
  ['Doe, John <j@x.test>', [['Doe, John', 'j@x.test']]],
  [
    'Team: a@x.test, B <b@x.test>;, c@x.test',
    [
      ['', 'a@x.test'],
      ['B', 'b@x.test'],
      ['', 'c@x.test'],
    ],
  ],
  ['=?utf-8?q?J=C3=BCrgen=2C_evil=40evil=2Etest?= <j@x.test>', [['Jürgen, evil@evil.test', 'j@x.test']]],
  ['"x@gmail.test y"@internal.test', [['', '"x@gmail.test y"@internal.test']]],
  ['undisclosed-recipients:;', []],
  ['', []],
])('%j', (value, addresses) => {
  expect(parseAddresses(value).map(({ name, email }) => [name, email])).toEqual(addresses);
});

test('a sender is one, also where its name holds an address', () => {
  expect(parseSender('victim@x.test, Bob <attacker@evil.test>')).toEqual({
    name: 'victim@x.test, Bob',
    email: 'attacker@evil.test',
  });
  expect(parseSender('"victim@x.test" <attacker@evil.test>').email).toBe('attacker@evil.test');
  expect(parseSender('Bob')).toEqual({ name: 'Bob', email: '' });
});

test('R: addresses compare without case and without display name', () => {
  expect(sameAddress('Ann <Ann@Example.TEST>', 'ann@example.test')).toBe(true);
  expect(sameAddress('ann@münchen.test', 'ann@xn--mnchen-3ya.test')).toBe(true);
  expect(sameAddress('ann@example.test', 'ann+x@example.test')).toBe(false);
  expect(sameAddress('', '')).toBe(false);
  expect(bareAddress('nobody')).toBe('');
});

test.each([
  ['münchen.test', 'xn--mnchen-3ya.test'],
  ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
  ['παράδειγμα.δοκιμή', 'xn--hxajbheg2az3al.xn--jxalpdlp'],
  ['EXAMPLE.Test', 'example.test'],
  ['faß.de', 'xn--fa-hia.de'],
  ['a。b', 'a.b'],
])('RFC 3492: %s is %s', (domain, ascii) => expect(asciiDomain(domain)).toBe(ascii));

test.each(['', '.', 'a..b', '-a.test', 'a b', 'a,b', `${'a'.repeat(64)}.test`, 'a\u0000b'])(
  '%j is no domain',
  (domain) => expect(asciiDomain(domain)).toBeUndefined(),
);

test.each([
  ['ann@example.test', 'ann@example.test'],
  [' <ann@example.test> ', 'ann@example.test'],
  ['a..b@carrier.test', '"a..b"@carrier.test'],
  ['"ann"@example.test', 'ann@example.test'],
  ['ann@[192.0.2.1]', 'ann@[192.0.2.1]'],
  ['Ann@Example.Test', 'Ann@Example.Test'],
])('M5: %j is written as %s', (email, written) => expect(writableAddress(email)).toBe(written));

test.each([
  'ann',
  '@x.test',
  'ann@',
  'a b@x.test',
  'a,b@x.test',
  'a@b@x.test',
  '"a b"@x.test',
  '"a@b"@x.test',
  'jürgen@x.test',
  'a@x.test\r\nBcc: b@x.test',
  'a@x.test>',
  '=?utf-8?q?a?=@x.test',
  `${'a'.repeat(320)}@x.test`,
])('M5: %j is not written', (email) => expect(writableAddress(email)).toBeUndefined());

test.each(['a@', '<a@', '"', '(', 'a, ', '=?utf-8?q?', '<', ',', ' ', '\\'])(
  'bad input: 100 KB of %j are read in time that grows with their size',
  (piece) => {
    const value = piece.repeat(100_000 / piece.length);
    const begin = performance.now();
    parseSender(value);
    bareAddress(value);
    writableAddress(value);
    expect(performance.now() - begin).toBeLessThan(4000);
  },
);
