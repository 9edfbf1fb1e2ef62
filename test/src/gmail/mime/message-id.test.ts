import { altIdOf, normaliseMessageId, readReferences } from '../../../../src/gmail/mime/message-id';

test.each([
  ['<a@b>', '<a@b>'],
  ['  <CAF=x+Yz-1_2@mail.gmail.com>  ', '<CAF=x+Yz-1_2@mail.gmail.com>'],
  ['<Mixed.Case@Example.TEST>', '<Mixed.Case@Example.TEST>'],
  ['<a@[192.0.2.1]>', '<a@[192.0.2.1]>'],
  ['<a@b> (added by postmaster@x)', '<a@b>'],
  ['<a/b$c%d|e@f>', '<a/b$c%d|e@f>'],
])('X5: %j is well-formed', (value, id) => expect(normaliseMessageId(value)).toBe(id));

test.each([
  '',
  'a@b',
  '<a>',
  '<@b>',
  '<a@>',
  '<a b@c>',
  '<a@b@c>',
  '<a@b',
  'x <a@b>',
  '<ä@b>',
  `<${'a'.repeat(600)}@b>`,
  '<a@b\r\n>',
])('X5: %j is not', (value) => expect(normaliseMessageId(value)).toBeUndefined());

test('X5: a record is known by the Message-ID where it is good, else by account and Gmail id', () => {
  const known = { accountHash: 'h4sh', gmailId: '18c0ffee18c0ffee' };
  expect(altIdOf({ ...known, messageId: ' <a@b> ' })).toBe('<a@b>');
  expect(altIdOf({ ...known, messageId: 'a@b' })).toBe('gm:h4sh:18c0ffee18c0ffee');
  expect(altIdOf(known)).toBe('gm:h4sh:18c0ffee18c0ffee');
});

test('T4: ids of References in their order, each once, without the broken ones', () => {
  expect(readReferences('<a@b> <c@d>\t<a@b>\r\n <e f@g> <h@i>')).toEqual(['<a@b>', '<c@d>', '<h@i>']);
});
