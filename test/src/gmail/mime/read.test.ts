import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';
import { textFromBase64Url } from '../../../../src/platform/text';
import type { GmailMessage } from '../../../../src/gmail/types';
import { readMail } from '../../../../src/gmail/mime/read';
import type { Mail } from '../../../../src/gmail/mime/types';
import { openMailbox } from '../mailbox';

// Hundreds of generated mails take longer than five seconds on a machine that is busy.
jest.setTimeout(120_000);

const box = openMailbox();
const names = (mail: Mail) => mail.attachments.map(({ name }) => name);
const HEAD =
  'From: Bob <bob@outside.test>\nTo: ann@example.test\nSubject: x\nMessage-ID: <1@outside.test>\nMIME-Version: 1.0\n';

function multipart(type: string, ...parts: string[]): string {
  return `Content-Type: multipart/${type}; boundary=B${parts.length}${type.slice(0, 3)}\n\n${parts.map((part) => `--B${parts.length}${type.slice(0, 3)}\n${part}\n`).join('')}--B${parts.length}${type.slice(0, 3)}--\n`;
}

describe('bodies', () => {
  test('M1: any charset and transfer encoding', () => {
    const latin = Buffer.concat([
      Buffer.from(`${HEAD.replace(/\n/g, '\r\n')}Content-Type: text/plain; charset=iso-8859-1\r\n\r\n`),
      Buffer.from('Grüße', 'latin1'),
    ]);
    expect(box.read(latin).text).toBe('Grüße');
    expect(
      box.read(
        `${HEAD}Content-Type: text/plain; charset=iso-2022-jp\nContent-Transfer-Encoding: base64\n\nGyRCRnxLXBsoQg==\n`,
      ).text,
    ).toBe('日本');
    expect(
      box
        .read(
          `${HEAD}Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>Gr=C3=BC=C3=9Fe =\nan alle</p>`,
        )
        .html?.trim(),
    ).toBe('<p>Grüße an alle</p>');
    const unknown = Buffer.concat([
      Buffer.from(`${HEAD.replace(/\n/g, '\r\n')}Content-Type: text/plain; charset=x-klingon\r\n\r\n`),
      Buffer.from('Grüße', 'latin1'),
    ]);
    expect(box.read(unknown).text).toBe('Grüße');
  });

  test('alternatives: the HTML one and the plain one', () => {
    const mail = box.read(
      HEAD + multipart('alternative', 'Content-Type: text/plain\n\nplain', 'Content-Type: text/html\n\n<p>rich</p>'),
    );
    expect([mail.text, mail.html, names(mail)]).toEqual(['plain', '<p>rich</p>', []]);
  });

  test('an HTML mail of Apple with a file between its halves keeps both halves, once', () => {
    const mixed = multipart(
      'mixed',
      'Content-Type: text/html\n\n<p>above</p>',
      'Content-Type: application/pdf; name=a.pdf\nContent-Disposition: inline; filename=a.pdf\n\nPDF',
      'Content-Type: text/html\n\n<p>below</p>',
    );
    const mail = box.read(HEAD + multipart('alternative', 'Content-Type: text/plain\n\nabove\nbelow', mixed));
    expect(mail.html).toBe('<p>above</p>\n<p>below</p>');
    expect(mail.text).toBe('above\r\nbelow');
    expect(names(mail)).toEqual(['a.pdf']);
  });

  test('several texts of a mixed mail are put together, in both forms where there are both', () => {
    const mail = box.read(
      HEAD +
        multipart(
          'mixed',
          'Content-Type: text/plain\n\n1 < 2',
          'Content-Type: text/html\n\n<p>rich</p>',
          'Content-Type: text/plain\n\nlist footer',
        ),
    );
    expect(mail.html).toBe('<div>1 &lt; 2</div>\n<p>rich</p>\n<div>list footer</div>');
    expect(mail.text).toBe('1 < 2\nrich\nlist footer');
  });

  test('M2: pictures that the HTML shows are inline, others are files, whatever their disposition says', () => {
    const image = (id: string, disposition: string) =>
      `Content-Type: image/png; name=${id}.png\nContent-ID: <${id}@x>\nContent-Disposition: ${disposition}\nContent-Transfer-Encoding: base64\n\nAAAA`;
    const html = 'Content-Type: text/html\n\n<img src="cid:a@x"><img src=\'CID:b%40x\'>';
    const mail = box.read(
      HEAD + multipart('related', html, image('a', 'attachment'), image('b', 'inline'), image('c', 'inline')),
    );
    expect(mail.attachments.map(({ name, contentId, inline }) => [name, contentId, inline])).toEqual([
      ['a.png', 'a@x', true],
      ['b.png', 'b@x', true],
      ['c.png', 'c@x', false],
    ]);
  });

  test('format=flowed is made whole again', () => {
    const mail = box.read(
      `${HEAD}Content-Type: text/plain; format=flowed\n\nA line that was \nwrapped.\n\n> quoted \n> too\n-- \nAnn`,
    );
    expect(mail.text).toBe('A line that was wrapped.\n\n> quoted too\n-- \nAnn');
    expect(
      box.read(
        `${HEAD}Content-Type: text/plain; format=flowed; delsp=yes\n\n日本 \n語`
          .replace('日本', 'ab')
          .replace('語', 'c'),
      ).text,
    ).toBe('abc');
  });

  test('a text file is a file, unless it is all there is', () => {
    const note = 'Content-Type: text/plain; name=note.txt\nContent-Disposition: inline; filename=note.txt\n\nnote';
    const mail = box.read(HEAD + multipart('mixed', 'Content-Type: text/plain\n\nbody', note));
    expect([mail.text, names(mail)]).toEqual(['body', ['note.txt']]);
    const alone = box.place(`${HEAD}${note}`);
    const part = {
      ...alone,
      payload: { ...alone.payload, body: { data: Buffer.from('note').toString('base64url'), size: 4 } },
    };
    expect([readMail(part).text, readMail(part).attachments]).toEqual(['note', []]);
  });

  test('a large body is asked for, and its place is kept', () => {
    const small = openMailbox({ gmailLargeBodyBytes: 10 });
    const raw =
      HEAD +
      multipart(
        'alternative',
        'Content-Type: text/plain\n\nlong enough text',
        'Content-Type: text/html\n\n<p>long enough html</p>',
      );
    const before = readMail(small.place(raw));
    expect([
      before.text,
      before.html,
      before.detachedBodies.map(({ mimeType }) => mimeType),
      before.attachments,
    ]).toEqual([undefined, undefined, ['text/plain', 'text/html'], []]);
    const mail = small.read(raw);
    expect([mail.text, mail.html, mail.detachedBodies]).toEqual(['long enough text', '<p>long enough html</p>', []]);
  });

  test('uuencode, broken base64 and a boundary that never comes lose nothing', () => {
    expect(box.read(`${HEAD}\nbegin 644 a.txt\n#86)C\n\`\nend\n`).text).toContain('begin 644 a.txt');
    expect(
      box.read(`${HEAD}Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGFsbG8*gV2Vs\ndA=\n`).text,
    ).toContain('Hallo');
    expect(box.read(`${HEAD}Content-Type: multipart/mixed; boundary=never\n\nonly text`).text?.trim()).toBe(
      'only text',
    );
    expect(
      box
        .read(`${HEAD}${multipart('mixed', 'Content-Type: text/plain\n\nfirst').replace(/--B1mix--\n$/, '')}`)
        .text?.trim(),
    ).toBe('first');
  });
});

describe('files', () => {
  test('invitations, signatures, encrypted mail and winmail.dat have their usual names', () => {
    const calendar = multipart(
      'alternative',
      'Content-Type: text/plain\n\ncome',
      'Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR',
    );
    expect(names(box.read(HEAD + calendar))).toEqual(['invite.ics']);
    const signed = multipart(
      'signed; protocol="application/pkcs7-signature"; micalg=sha256',
      'Content-Type: text/plain\n\nsigned',
      'Content-Type: application/pkcs7-signature\n\nMII',
    );
    expect([names(box.read(HEAD + signed)), box.read(HEAD + signed).text]).toEqual([['smime.p7s'], 'signed']);
    expect(names(box.read(`${HEAD}Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMII`))).toEqual([
      'smime.p7m',
    ]);
    expect(
      names(
        box.read(
          HEAD + multipart('mixed', 'Content-Type: text/plain\n\nx', 'Content-Type: application/ms-tnef\n\nAAAA'),
        ),
      ),
    ).toEqual(['winmail.dat']);
    const encrypted = multipart(
      'encrypted',
      'Content-Type: application/pgp-encrypted\n\nVersion: 1',
      'Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----',
    );
    expect(names(box.read(HEAD + encrypted))).toEqual(['pgp-version.txt', 'encrypted.asc']);
  });

  test('nameless files are numbered and get the extension of their type', () => {
    const mail = box.read(
      HEAD +
        multipart(
          'mixed',
          'Content-Type: text/plain\n\nx',
          'Content-Type: image/jpeg\n\nAAAA',
          'Content-Type: application/x-unknown\n\nAAAA',
        ),
    );
    expect(names(mail)).toEqual(['image-1.jpg', 'attachment-2.bin']);
  });

  test.each([
    ['../../etc/passwd', 'etc_passwd'],
    ['C:\\temp\\a.txt', 'C_temp_a.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['a\r\nb.txt', 'a b.txt'],
    ['.htaccess', 'htaccess'],
    ['=?utf-8?B?w5xiZXJzaWNodC5wZGY=?=', 'Übersicht.pdf'],
    ['   ', 'attachment-1.bin'],
  ])('the file name %j is shown as %j', (filename, shown) => {
    const message = {
      ...box.place(`${HEAD}\nx`),
      payload: { mimeType: 'application/x', filename, body: { attachmentId: 'A', size: 3 } },
    };
    expect(names(readMail(message))).toEqual([shown]);
  });

  test('a very long file name keeps its extension', () => {
    const message = {
      ...box.place(`${HEAD}\nx`),
      payload: {
        mimeType: 'application/pdf',
        filename: `${'ä'.repeat(400)}.pdf`,
        body: { attachmentId: 'A', size: 3 },
      },
    };
    const [name] = names(readMail(message));
    expect(name).toMatch(/^ä+\.pdf$/);
    expect(name.length).toBeLessThanOrEqual(150);
  });
});

describe('a mail in a mail', () => {
  const inner = `From: Carl <carl@x.test>\nTo: d@x.test\nSubject: Grüße: 5/6\nDate: Mon, 2 Feb 2026 10:00:00 +0000\nMIME-Version: 1.0\n${multipart('mixed', 'Content-Type: text/plain\n\ninner text', 'Content-Type: application/pdf; name=in.pdf\n\nPDF')}`;
  const outer = (head: string) =>
    HEAD +
    multipart(
      'mixed',
      'Content-Type: text/plain\n\nsee below',
      `${head}\n\n${inner}`,
      'Content-Type: text/csv; name=last.csv\n\n1',
    );

  test('with bytes of its own it is one file', () => {
    const mail = box.read(outer('Content-Type: message/rfc822; name=mail.eml'));
    expect([names(mail), mail.text]).toEqual([['mail.eml', 'last.csv'], 'see below']);
    expect(mail.attachments[0].attachmentId).toBeDefined();
  });

  test.each([true, false])(
    'without, it is made again out of its parts, named after its subject, its files beside it (own bytes: %s)',
    async (gmailNestedMailBytes) => {
      const mail = openMailbox({ gmailNestedMailBytes }).read(outer('Content-Type: message/rfc822'));
      expect(names(mail)).toEqual(['Grüße_ 5_6.eml', 'in.pdf', 'last.csv']);
      expect(mail.text).toBe('see below');
      const parsed = await PostalMime.parse(Buffer.from(mail.attachments[0].data ?? '', 'base64url'));
      expect(parsed).toMatchObject({
        subject: 'Grüße: 5/6',
        from: { name: 'Carl', address: 'carl@x.test' },
        date: '2026-02-02T10:00:00.000Z',
      });
      expect(parsed.text?.trim()).toBe('inner text');
    },
  );

  test('its HTML is in it too', async () => {
    const rich = `Subject: rich\nMIME-Version: 1.0\n${multipart('alternative', 'Content-Type: text/plain\n\nplain', 'Content-Type: text/html\n\n<p>rich</p>')}`;
    for (const [content, text, html] of [
      [rich, 'plain', '<p>rich</p>'],
      ['Subject: html\nContent-Type: text/html\n\n<p>alone</p>', undefined, '<p>alone</p>'],
    ]) {
      const mail = box.read(
        HEAD + multipart('mixed', 'Content-Type: text/plain\n\nx', `Content-Type: message/rfc822\n\n${content}`),
      );
      const parsed = await PostalMime.parse(Buffer.from(mail.attachments[0].data ?? '', 'base64url'));
      expect([parsed.text?.trim(), parsed.html?.trim()]).toEqual([text, html]);
    }
  });

  test('mails in mails in mails are all there', () => {
    let raw = 'Subject: deepest\n\ncore';
    for (let level = 0; level < 30; level += 1) raw = `Subject: level ${level}\nContent-Type: message/rfc822\n\n${raw}`;
    const mail = openMailbox({ gmailNestedMailBytes: false }).read(raw);
    const texts = mail.attachments.map(({ data }) => textFromBase64Url(data ?? ''));
    expect(texts.some((text) => text.includes('core'))).toBe(true);
    expect(names(mail)).toContain('deepest.eml');
  });
});

describe('headers', () => {
  const headers = (text: string) => box.read(`${text}\n\nbody`);

  test('X5: of several Message-IDs the first well-formed one; none where none is', () => {
    expect(
      headers('Message-ID: broken\nMessage-ID: <good@x.test> (added by relay)\nMessage-ID: <later@x.test>').messageId,
    ).toBe('<good@x.test>');
    expect(headers('Message-ID: <a b@x.test>').messageId).toBeUndefined();
    expect(headers('Subject: x').messageId).toBeUndefined();
  });

  test('T4: references, however they are separated, each once', () => {
    const mail = headers(
      'In-Reply-To: "Bob\'s mail" <a@x.test>\nReferences: <r1@x.test><r2@x.test>,\n <r1@x.test> rubbish <no at> <r3@x.test',
    );
    expect([mail.inReplyTo, mail.references]).toEqual([['<a@x.test>'], ['<r1@x.test>', '<r2@x.test>']]);
  });

  test('no sender, a sender without an address, several senders', () => {
    expect(headers('Subject: x').from).toEqual({ name: '', email: '' });
    expect(headers('From: Bob').from).toEqual({ name: 'Bob', email: '' });
    expect(headers('From: Bob\nSender: s@x.test').from.email).toBe('s@x.test');
    expect(headers('From: a@x.test, b@x.test').from.email).toBe('a@x.test');
    expect(headers('From: nobody\nFrom: real@x.test').from.email).toBe('real@x.test');
  });

  test.each([true, false])(
    'a comma in an encoded name makes nobody else the sender (Gmail quotes decoded names: %s)',
    (gmailQuoteDecodedNames) => {
      const mailbox = openMailbox({ gmailQuoteDecodedNames });
      const from = mailbox.read('From: =?utf-8?q?victim=40x.test=2C_Bob?= <attacker@evil.test>\n\nx').from;
      expect(from.email).toBe('attacker@evil.test');
      expect(from.name).toBe('victim@x.test, Bob');
    },
  );

  test('8-bit headers, encoded words in every shape, line breaks in a subject', () => {
    expect(
      box.read(Buffer.concat([Buffer.from('Subject: Gr'), Buffer.from([0xfc, 0xdf]), Buffer.from('e\r\n\r\nx')]))
        .subject,
    ).toMatch(/^Gr.*e$/);
    expect(headers('Subject: =?ISO-8859-1?Q?Gr=FC=DFe?=\n =?UTF-8?B?IGFuIGFsbGU=?=').subject).toBe('Grüße an alle');
    expect(headers('Subject: =?utf-8?q?a=0D=0AB:_c?=').subject).toBe('a B: c');
  });

  test.each([
    ['Auto-Submitted: auto-replied', true],
    ['Auto-Submitted: no', false],
    ['Auto-Submitted: auto-generated (vacation)', true],
    ['Precedence: bulk', true],
    ['Precedence: normal', false],
    ['List-Id: <list.example.test>', true],
    ['Return-Path: <>', true],
    ['Return-Path: <bob@outside.test>', false],
    ['X-Autoreply: yes', true],
    ['Subject: Out of office', false],
  ])('T9: %s is automatic: %s', (line, automatic) => {
    expect(headers(`From: bob@outside.test\n${line}`).automatic).toBe(automatic);
  });

  test('a marker is read; one that the add-on cannot have written is none', () => {
    expect(headers('X-Threadlink-Email-Id: QtFlS9dYWq8aV1Ao5vzA').marker).toBe('QtFlS9dYWq8aV1Ao5vzA');
    expect(headers('X-Threadlink-Email-Id: a b').marker).toBeUndefined();
  });

  test('10,000 recipients are read in a moment', () => {
    const to = Array.from({ length: 10_000 }, (_, index) => `"P, ${index}" <p${index}@x.test>`).join(',\n ');
    const message = box.place(`From: a@x.test\nTo: ${to}\n\nx`);
    const begin = performance.now();
    expect(readMail(message).to).toHaveLength(10_000);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});

describe('bad input: nothing throws, nothing hangs', () => {
  test('1,000 nested parts', () => {
    let raw = 'Content-Type: text/plain\n\ncore';
    for (let level = 0; level < 1000; level += 1)
      raw = `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n${raw}\n--b${level}--`;
    expect(box.read(`Subject: deep\n${raw}`).text).toContain('core');
    let forked = 'Content-Type: text/plain\n\ncore';
    for (let level = 0; level < 300; level += 1)
      forked = `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\nContent-Type: image/png\n\nx\n--b${level}\n${forked}\n--b${level}--`;
    const mail = box.read(`Subject: deep\n${forked}`);
    expect(mail.attachments.filter(({ type }) => type === 'image/png')).toHaveLength(300);
    expect(mail.attachments.some(({ data }) => data !== undefined && textFromBase64Url(data).includes('core'))).toBe(
      true,
    );
  });

  test('any tree at all', () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'Content-Type',
        'multipart/alternative',
        'message/rfc822',
        'text/html',
        'message/delivery-status',
      ),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
    );
    const { part } = fc.letrec((tie) => ({
      part: fc.oneof(
        { depthSize: 'small' },
        fc.record(
          {
            mimeType: fc.oneof(
              fc.constantFrom(
                'text/plain',
                'text/html',
                'multipart/mixed',
                'multipart/alternative',
                'multipart/related',
                'message/rfc822',
                'image/png',
                '',
              ),
              value,
            ),
            filename: value,
            headers: fc.oneof(
              value,
              fc.array(
                fc.oneof(
                  value,
                  fc.record(
                    {
                      name: fc.oneof(
                        fc.constantFrom(
                          'From',
                          'To',
                          'Subject',
                          'Content-Type',
                          'Message-ID',
                          'Content-Disposition',
                          'Content-ID',
                        ),
                        value,
                      ),
                      value,
                    },
                    { requiredKeys: [] },
                  ),
                ),
              ),
            ),
            body: fc.oneof(value, fc.record({ data: value, size: value, attachmentId: value }, { requiredKeys: [] })),
            parts: fc.oneof(value, fc.array(tie('part'), { maxLength: 3 })),
          },
          { requiredKeys: [] },
        ),
        value,
      ),
    }));
    fc.assert(
      fc.property(part, (payload) => {
        fc.pre(typeof payload === 'object' && payload !== null);
        const message = {
          id: 'a',
          threadId: 'a',
          labelIds: [],
          internalDate: 0,
          sizeEstimate: 0,
          payload,
        } as unknown as GmailMessage;
        const mail = readMail(message);
        expect(typeof mail.subject).toBe('string');
        expect(typeof mail.from.email).toBe('string');
        for (const { name, size } of mail.attachments) {
          expect(name).not.toBe('');
          expect(size).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test('what nodemailer writes is read as it was meant', async () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((value) => value.replace(/[\p{C}\p{Z}]+/gu, ' ').trim())
    .filter((value) => value !== '' && !value.includes('=?'));
  const name = fc
    .stringMatching(/^[A-Za-zäöüß漢字 ]{1,30}$/)
    .map((value) => value.trim().replace(/ +/g, ' '))
    .filter((value) => value !== '');
  const mails = fc.record({
    from: fc.record({ name, address: fc.constant('bob@outside.test') }),
    to: fc.array(fc.record({ name, address: fc.constantFrom('ann@example.test', 'carl@x.test') }), {
      minLength: 1,
      maxLength: 3,
    }),
    subject: text,
    text: fc.option(text, { nil: undefined }),
    html: fc.option(
      text.map((value) => `<p>${value.replace(/[<&]/g, '')}</p><img src="cid:logo@x">`),
      { nil: undefined },
    ),
    files: fc.array(
      fc.record({
        filename: fc.stringMatching(/^[A-Za-zäöü漢 ()-]{1,60}$/).map((value) => `${value.trim()}x.pdf`),
        content: fc.uint8Array({ minLength: 1, maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
      }),
      { maxLength: 2 },
    ),
    picture: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(mails, async ({ files, picture, ...mail }) => {
      const pictures =
        picture && mail.html !== undefined
          ? [{ filename: 'logo.png', content: Buffer.from('PNG'), cid: 'logo@x' }]
          : [];
      const raw = await new MailComposer({ ...mail, attachments: [...pictures, ...files] }).compile().build();
      const read = box.read(raw);
      expect(read.from).toEqual({ name: mail.from.name, email: mail.from.address });
      expect(read.to).toEqual(mail.to.map((to) => ({ name: to.name, email: to.address })));
      expect(read.subject).toBe(mail.subject);
      // The last line break is the composer's.
      expect(read.html?.trimEnd()).toBe(mail.html);
      expect((read.text ?? '').trimEnd()).toBe(mail.text ?? '');
      expect(read.attachments.filter(({ inline }) => inline).map((one) => one.name)).toEqual(
        pictures.map(({ filename }) => filename),
      );
      expect(read.attachments.filter(({ inline }) => !inline).map((one) => [one.name, one.size])).toEqual(
        files.map(({ filename, content }) => [filename.replace(/^[. _]+/, ''), content.length]),
      );
    }),
    { numRuns: 200 },
  );
});
