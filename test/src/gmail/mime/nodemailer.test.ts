/** The writer beside nodemailer: of one mail both make messages in which an independent parser reads the same. */
import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime, { type Email } from 'postal-mime';
import { writeMail } from '../../../../src/gmail/mime/write';
import type { OutgoingMail } from '../../../../src/gmail/mime/types';

jest.setTimeout(120_000);

/** What people write, in every script, with what breaks mailers: quotes, commas, brackets, equals signs, long words, emoji. */
const text = (longest: number) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: longest }),
      fc
        .array(
          fc.constantFrom(
            ...[
              'Grüße',
              '見積',
              'שלום',
              '🚀',
              'a',
              ',',
              ';',
              '"',
              "'",
              '(',
              ')',
              '<',
              '>',
              '=',
              '=3D',
              '=?',
              '?=',
              '_',
              '.',
              '&amp;',
              ' ',
            ],
            'x'.repeat(120),
            'From ',
            'word '.repeat(20),
          ),
          { maxLength: 10 },
        )
        .map((pieces) => pieces.join('')),
    )
    // Lone surrogates and controls have a test of their own, and the referee decodes an encoded word inside of another.
    .map((value) => value.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '').replace(/=\?/g, '= ?'));

/** The writer cuts names at 200 and file names at 150. */
const cut = (value: string, longest: number) => Array.from(value).slice(0, longest).join('');
const name = text(30).map((value) =>
  cut(
    value
      .replace(/[<>"\\,;:()@[\]]/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
    90,
  ).trim(),
);
const address = fc.record({
  name,
  email: fc.constantFrom('ann@example.test', 'bob.b+tag@sub.example.test', "o'hara@example.test", 'x_y-z@example.test'),
});
const fileName = text(60).map(
  (value) =>
    `a${cut(
      value
        .replace(/[/\\:*?"<>|]/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
      60,
    )}x.bin`,
);

const mail: fc.Arbitrary<
  OutgoingMail & { text: string; attachments: { name: string; type: string; base64: string }[] }
> = fc.record({
  from: address,
  to: fc.uniqueArray(address, { minLength: 1, maxLength: 4, selector: ({ email }) => email }),
  cc: fc.uniqueArray(address, { maxLength: 3, selector: ({ email }) => email }),
  subject: text(80).map((value) => value.replace(/\s+/g, ' ').trim()),
  date: fc.integer({ min: 0, max: 4_102_444_800 }).map((seconds) => seconds * 1000),
  messageId: fc.constant('<one@example.test>'),
  inReplyTo: fc.constant('<two@example.test>'),
  references: fc.constant(['<zero@example.test>', '<two@example.test>']),
  marker: fc.constant('QtFlS9dYWq8aV1Ao5vzA'),
  html: text(200).map((value) => `<p>${value}</p>`),
  text: text(200).map((value) => `${value}\nsecond line`),
  attachments: fc.array(
    fc.record({
      name: fileName,
      type: fc.constantFrom('application/pdf', 'image/png', 'application/octet-stream'),
      base64: fc.uint8Array({ maxLength: 300 }).map((data) => Buffer.from(data).toString('base64')),
    }),
    { maxLength: 3 },
  ),
});

async function byNodemailer(given: typeof mail extends fc.Arbitrary<infer T> ? T : never): Promise<Buffer> {
  const people = (list: readonly { name: string; email: string }[] = []) =>
    list.map((one) => ({ name: one.name, address: one.email }));
  const composer = new MailComposer({
    from: { name: given.from.name, address: given.from.email },
    to: people(given.to),
    cc: people(given.cc),
    subject: given.subject,
    date: new Date(given.date),
    messageId: given.messageId,
    inReplyTo: given.inReplyTo,
    references: [...(given.references ?? [])],
    html: given.html,
    text: given.text,
    attachments: given.attachments.map((file) => ({
      filename: file.name,
      contentType: file.type,
      content: Buffer.from(file.base64, 'base64'),
    })),
  });
  return composer.compile().build();
}

/** Layout at the ends of lines aside. */
function contentOf(parsed: Email) {
  const body = (value = '') =>
    value
      .replace(/\r\n/g, '\n')
      .replace(/[ \t]+$/gm, '')
      .trim();
  const people = (list: Email['to'] = []) => list.map((one) => [one.name.replace(/\s+/g, ' ').trim(), one.address]);
  return {
    from: people(parsed.from === undefined ? [] : [parsed.from]),
    to: people(parsed.to),
    cc: people(parsed.cc),
    subject: (parsed.subject ?? '').trim(),
    date: Date.parse(parsed.date ?? ''),
    ids: [parsed.messageId, parsed.inReplyTo, parsed.references],
    html: body(parsed.html),
    text: body(parsed.text),
    files: parsed.attachments.map(({ filename, mimeType, content }) => [
      filename,
      mimeType,
      Buffer.from(content as ArrayBuffer).toString('base64'),
    ]),
  };
}

test('M5: 600 mails say what the same mails say that nodemailer made', async () => {
  await fc.assert(
    fc.asyncProperty(mail, async (given) => {
      const ours = contentOf(await PostalMime.parse(writeMail(given)));
      const theirs = contentOf(await PostalMime.parse(await byNodemailer(given)));
      expect(ours).toEqual(theirs);
    }),
    { numRuns: 600 },
  );
});
