/** The page's mail writer against two parsers that know nothing of it. */
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { parseAddresses, typedAddress } from '../../../emulator/page/mail/addresses';
import { writeMail, type NewMail } from '../../../emulator/page/mail/compose';

const MAIL: NewMail = {
  from: { name: 'Zoë Ångström', address: 'zoe@example.com' },
  to: [
    { name: 'Keller, Bruno', address: 'bruno@example.org' },
    { name: '', address: 'plain@example.org' },
  ],
  cc: [{ name: 'Ελένη', address: 'eleni@example.gr' }],
  subject: 'Über die Größe – δοκιμή 日本語のとても長い件名です、折り返しが必要になるほど長い 😀',
  text: 'Line one\nLine two é\n.\nFrom here',
  attachments: [
    { name: 'Vertrag "neu" ä.pdf', type: 'application/pdf', base64: 'JVBERi0=' },
    { name: 'plain.txt', type: 'no type', base64: 'aGk=' },
  ],
  inReplyTo: '<a@b.example>',
  references: ['<root@b.example>', '<a@b.example>'],
  messageId: '<me@example.com>',
  date: Date.UTC(2026, 2, 2, 8),
};
const parse = (mail: NewMail) => PostalMime.parse(writeMail(mail, 'unique'));
const source = (mail: NewMail) => Buffer.from(writeMail(mail, 'unique')).toString();

test('a mail is read back as it was typed', async () => {
  const read = await parse(MAIL);
  expect(read.from).toMatchObject({ name: 'Zoë Ångström', address: 'zoe@example.com' });
  expect(read.to?.map(({ name, address }) => [name, address])).toEqual([
    ['Keller, Bruno', 'bruno@example.org'],
    ['', 'plain@example.org'],
  ]);
  expect(read.cc?.[0]).toMatchObject({ name: 'Ελένη', address: 'eleni@example.gr' });
  expect(read.subject).toBe(MAIL.subject);
  expect(read.text?.replace(/\r\n/g, '\n').trimEnd()).toBe(MAIL.text);
  expect(read.html).toContain('Line one<br>Line two é');
  expect(read.inReplyTo).toBe('<a@b.example>');
  expect(read.references).toBe('<root@b.example> <a@b.example>');
  expect(read.messageId).toBe('<me@example.com>');
  expect(read.date).toBe('2026-03-02T08:00:00.000Z');
  expect(read.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
    ['Vertrag "neu" ä.pdf', 'application/pdf'],
    ['plain.txt', 'application/octet-stream'],
  ]);
  expect(Buffer.from(read.attachments[1].content as ArrayBuffer).toString()).toBe('hi');
});

test('it is ASCII in lines of at most 998 bytes, encoded words of at most 75 (RFC 5322 2.1.1, RFC 2047 2)', () => {
  const text = source(MAIL);
  expect(text).toMatch(/^[\x00-\x7f]*$/);
  for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
  for (const word of text.match(/=\?UTF-8\?B\?[^?]*\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
  expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
});

test('M5: nothing that is typed adds a header, a recipient or a part', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'x\r\nBcc: evil@example.net',
      'x\nBcc: evil@example.net',
      '\r\n\r\n--alternative-unique',
      'a\0b',
      '=?UTF-8?B?eA==?=',
    ),
  );
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, hostile, async (subject, name, file, reference) => {
      const mail: NewMail = {
        ...MAIL,
        subject,
        from: { name, address: 'zoe@example.com' },
        attachments: [{ name: file, type: 'text/plain', base64: 'aGk=' }],
        references: [reference],
      };
      const read = await parse(mail);
      const allowed = [
        'from',
        'to',
        'cc',
        'subject',
        'date',
        'message-id',
        'in-reply-to',
        'references',
        'mime-version',
        'content-type',
      ];
      expect(read.headers.map(({ key }) => key).sort()).toEqual([...allowed].sort());
      expect(read.from?.address).toBe('zoe@example.com');
      expect(read.attachments).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});

describe('addresses as people type them', () => {
  test('commas part them, but not in quotes', () => {
    expect(
      parseAddresses('"Keller, Bruno" <b@x.example>, Ana <a@x.example>; c@x.example,, nonsense, <d@x.example>'),
    ).toEqual([
      { name: 'Keller, Bruno', address: 'b@x.example' },
      { name: 'Ana', address: 'a@x.example' },
      { name: '', address: 'c@x.example' },
      { name: '', address: 'd@x.example' },
    ]);
  });

  test('a quoted name that looks like an address stays a name', () => {
    expect(parseAddresses('"evil@x.example" <real@y.example>')).toEqual([
      { name: 'evil@x.example', address: 'real@y.example' },
    ]);
    expect(parseAddresses('"a@b" c@d.example e')).toEqual([]);
  });

  test('typed again they are the same', () => {
    for (const entry of [
      { name: 'Keller, Bruno', address: 'b@x.example' },
      { name: '', address: 'c@x.example' },
    ]) {
      expect(parseAddresses(typedAddress(entry))).toEqual([entry]);
    }
  });
});
