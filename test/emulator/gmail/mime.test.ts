/** Payloads of ordinary and of broken mail (facts, platform 3.5). Malformed MIME never fails: it gives something defined. */
import fc from 'fast-check';
import { normaliseSubject } from '../../../emulator/gmail/mime/subject';
import { parseAddressList } from '../../../emulator/gmail/mime/addresses';
import { formatMailDate, parseMailDate } from '../../../emulator/gmail/mime/date';
import { decodeWords } from '../../../emulator/gmail/mime/encoded-words';
import { parseParameters } from '../../../emulator/gmail/mime/parameters';
import { decodeBase64, decodeQuotedPrintable } from '../../../emulator/gmail/mime/transfer';
import { cpuMs, Harness, header, mail, text, type Message, type Part } from './harness';

const multipart = (kind: string, boundary: string, ...parts: string[]) =>
  `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;

const show = (raw: string | Buffer, world = new Harness()): Message => world.message(world.insert(raw).id);
const top = (rest: string) => `From: Carl <carl@outside.example>\r\nSubject: Offer\r\nMIME-Version: 1.0\r\n${rest}`;

/** The tree as types: `multipart/mixed[text/plain,image/png]`. */
function shape(part: Part): string {
  return part.mimeType + (part.parts === undefined ? '' : `[${part.parts.map(shape).join(',')}]`);
}

describe('trees', () => {
  const html =
    'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Gr=C3=BC=C3=9Fe</p>';
  const plain = 'Content-Type: text/plain\r\n\r\nHello';
  const png =
    'Content-Type: image/png; name="a.png"\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <img1>\r\n\r\niVBORw0KGgo=';

  test('part ids, bodies and attachments of a usual mail', () => {
    const world = new Harness();
    const message = show(
      top(
        multipart(
          'mixed',
          'm',
          multipart('related', 'r', multipart('alternative', 'a', plain, html), png),
          'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="offer.pdf"\r\n\r\nPDF',
        ),
      ),
      world,
    );
    expect(shape(message.payload)).toBe(
      'multipart/mixed[multipart/related[multipart/alternative[text/plain,text/html],image/png],application/pdf]',
    );
    const related = message.payload.parts?.[0] as Part;
    const [alternative, image] = related.parts as Part[];
    expect([message.payload.partId, related.partId, alternative.parts?.[1].partId, image.partId]).toEqual([
      '',
      '0',
      '0.0.1',
      '0.1',
    ]);
    expect(message.payload.body).toEqual({ size: 0 });
    expect(text(alternative.parts?.[1] as Part)).toBe('<p>Grüße</p>');
    expect(image.filename).toBe('a.png');
    expect(image.body).toEqual({ size: 8, attachmentId: expect.any(String) as string });
    const file = world.get<{ data: string; size: number }>(
      `messages/${message.id}/attachments/${message.payload.parts?.[1].body.attachmentId}`,
    );
    expect([Buffer.from(file.data, 'base64').toString(), file.size]).toEqual(['PDF', 3]);
  });

  test('attachmentId is another one in each answer, and each works; by switch it is the same', () => {
    const world = new Harness();
    const { id } = world.insert(top(multipart('mixed', 'm', png)));
    const idOf = () => world.message(id).payload.parts?.[0].body.attachmentId ?? '';
    const [first, second] = [idOf(), idOf()];
    expect(first).not.toBe(second);
    for (const one of [first, second])
      expect(world.request('GET', `messages/${id}/attachments/${one}`).status).toBe(200);
    world.switches.gmailStableAttachmentIds = true;
    expect(idOf()).toBe(idOf());
    const other = world.insert(mail({ Subject: 'other' }));
    expect(world.request('GET', `messages/${other.id}/attachments/${first}`).status).toBe(400);
    expect(world.request('GET', `messages/${id}/attachments/nonsense`).status).toBe(400);
  });

  test('message/rfc822 is expanded, with the headers of the mail inside', () => {
    const inner = top(multipart('alternative', 'i', plain, html));
    const nested = (name: string) =>
      top(multipart('mixed', 'm', plain, `Content-Type: message/rfc822${name}\r\n\r\n${inner}`));
    const part = show(nested('; name="mail.eml"')).payload.parts?.[1] as Part;
    expect(shape(part)).toBe('message/rfc822[multipart/alternative[text/plain,text/html]]');
    expect(part.body.attachmentId).toBeDefined();
    expect(part.parts?.[0].partId).toBe('1.0');
    expect(part.parts?.[0].headers[1]).toEqual({ name: 'Subject', value: 'Offer' });
    expect((show(nested('')).payload.parts?.[1] as Part).body).toEqual({ size: 0 });
  });

  test('a nested mail that is base64 is expanded too', () => {
    const inner = Buffer.from(top('\r\nHello inside')).toString('base64');
    const part = show(
      top(multipart('mixed', 'm', `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${inner}`)),
    );
    expect(text((part.payload.parts?.[0] as Part).parts?.[0] as Part)).toBe('Hello inside');
  });

  test('text/calendar without a name is invite.ics', () => {
    const part = show(
      top(multipart('alternative', 'a', plain, 'Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR')),
    ).payload;
    expect(part.parts?.[1]).toMatchObject({
      filename: 'invite.ics',
      body: { attachmentId: expect.any(String) as string },
    });
  });

  test('a large body comes by attachmentId, in UTF-8', () => {
    const world = new Harness({ gmailLargeBodyBytes: 1_000 });
    const raw = mail({ 'Content-Type': 'text/plain; charset=iso-8859-1' }, 'ü'.repeat(2_000));
    const message = show(raw, world);
    expect(message.payload.body).toEqual({ size: 2_000, attachmentId: expect.any(String) as string });
    const { data } = world.get<{ data: string }>(
      `messages/${message.id}/attachments/${message.payload.body.attachmentId}`,
    );
    expect(Buffer.from(data, 'base64').toString()).toBe('ü'.repeat(2_000));
  });

  test('data is padded base64url', () => {
    const { data } = show(mail({ 'Content-Type': 'text/plain; charset=utf-8' }, '~~~?>>')).payload.body;
    expect(data).toBe('fn5-Pz4-');
    expect(show(mail({}, 'ab')).payload.body.data).toBe('YWI=');
  });
});

describe('charsets', () => {
  test.each([
    ['iso-8859-1', [0x47, 0x72, 0xfc, 0xdf, 0x65], 'Grüße'],
    ['koi8-r', [0xf0, 0xd2, 0xc9], 'При'],
    ['shift_jis', [0x93, 0xfa, 0x96, 0x7b], '日本'],
    ['gb2312', [0xc4, 0xe3], '你'],
    ['"UTF-8"', [0xe2, 0x82, 0xac], '€'],
    ['x-made-up', [0x80, 0x41], '€A'],
    ['us-ascii', [0xc3, 0xbc], 'ü'],
    ['', [0xfc], 'ü'],
  ])('%s', (charset, bytes, expected) => {
    const raw = Buffer.concat([
      Buffer.from(mail({ 'Content-Type': `text/plain; charset=${charset}` }, '')),
      Buffer.from(bytes),
    ]);
    const { payload } = show(raw);
    expect(text(payload)).toBe(expected);
    expect(payload.body.size).toBe(bytes.length);
  });
});

describe('headers', () => {
  test.each([
    ['=?ISO-8859-1?Q?Andr=E9?= =?utf-8?b?w7w=?=', 'Andréü'],
    ['a =?utf-8?q?b_c?= d', 'a b c d'],
    ['=?utf-8?b?w7w?= =?utf-8?b?w5/DvA==?=', 'üßü'],
    ['=?utf-8?q?=C3?= =?utf-8?q?=BC?=', 'ü'],
    ['=?utf-8*en?q?=C3=BC?=', 'ü'],
    ['=?x-made-up?q?abc?=', 'abc'],
    ['=?utf-8?x?abc?=', '=?utf-8?x?abc?='],
    ['=?utf-8?q?unterminated', '=?utf-8?q?unterminated'],
    ['Gr\xc3\xbc\xc3\x9fe', 'Grüße'],
    ['Gr\xfc\xdfe', 'Grüße'],
  ])('%s', (value, expected) => {
    expect(decodeWords(value)).toBe(expected);
  });

  test('switch: a decoded name with specials is quoted in an address header', () => {
    const raw = mail({ From: '=?utf-8?q?M=C3=BCller=2C_Anna?= <m@outside.example>', Subject: '=?utf-8?q?a=2C_b?=' });
    const world = new Harness();
    expect(header(show(raw, world), 'From')).toBe('"Müller, Anna" <m@outside.example>');
    expect(header(show(raw, world), 'Subject')).toBe('a, b');
    world.switches.gmailQuoteDecodedNames = false;
    expect(header(show(raw, world), 'From')).toBe('Müller, Anna <m@outside.example>');
  });

  test.each([
    ['application/pdf; name="a;b.pdf"', 'name', 'a;b.pdf'],
    ["application/pdf; name*=utf-8''Gr%C3%BC%C3%9Fe.pdf", 'name', 'Grüße.pdf'],
    ["application/pdf; name*0*=utf-8''Gr%C3; name*1*=%BC; name*2=e.pdf", 'name', 'Grüe.pdf'],
    ['application/pdf; name*1=b.pdf; name*0=a', 'name', 'ab.pdf'],
    ['application/pdf; name="=?utf-8?q?Gr=C3=BC.pdf?="', 'name', 'Grü.pdf'],
    ['application/pdf; name=a b.pdf (comment)', 'name', 'a b.pdf'],
    ['application/pdf; name="unterminated', 'name', 'unterminated'],
  ])('%s', (value, name, expected) => {
    expect(parseParameters(value).parameters.get(name)).toBe(expected);
  });

  test('addresses: names with commas, comments, groups, broken ones', () => {
    expect(
      parseAddressList('"Doe, Jane" <jane@x.example>, (all of) bob@x.example, Team: c@x.example, d@x.example;'),
    ).toEqual([
      { name: 'Doe, Jane', email: 'jane@x.example' },
      { name: '', email: 'bob@x.example' },
      { name: '', email: 'c@x.example' },
      { name: '', email: 'd@x.example' },
    ]);
    expect(parseAddressList('<open@x.example')).toEqual([{ name: '', email: 'open@x.example' }]);
    expect(parseAddressList(', ,;')).toEqual([]);
  });

  test.each([
    ['Mon, 05 Jan 2026 10:00:00 +0100', Date.UTC(2026, 0, 5, 9)],
    ['5 Jan 26 10:00 GMT', Date.UTC(2026, 0, 5, 10)],
    ['Mon, 5 Jan 2026 10:00:00 EST (New York)', Date.UTC(2026, 0, 5, 15)],
    ['Mon, 05 Jan 2026 10:00:00', Date.UTC(2026, 0, 5, 10)],
    ['Mon, 30 Feb 2026 10:00:00 +0000', undefined],
    ['05 Jan 2026 25:00:00 +0000', undefined],
    ['nonsense', undefined],
    ['', undefined],
  ])('date %s', (value, expected) => {
    expect(parseMailDate(value)).toBe(expected);
  });

  test('a date written is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(parseMailDate(formatMailDate(seconds * 1_000))).toBe(seconds * 1_000);
      }),
    );
  });

  test.each([
    ['Re: Fwd: AW: Offer', 'offer'],
    ['RE[2]:  Offer  2', 'offer 2'],
    ['回复：报价', '报价'],
    ['Regarding: x', 'regarding: x'],
    ['Re:', ''],
  ])('subject %s', (subject, expected) => {
    expect(normaliseSubject(subject)).toBe(expected);
  });
});

describe('transfer encodings', () => {
  test('base64 with rubbish, without padding, and in padded pieces', () => {
    expect(decodeBase64('aGV\r\n!!sbG8').toString()).toBe('hello');
    expect(decodeBase64('aGk=aGk=\r\n').toString()).toBe('hihi');
    expect(decodeBase64('').length).toBe(0);
  });

  test('quoted-printable: soft breaks, trailing blanks, broken sequences', () => {
    expect(decodeQuotedPrintable('a=\r\nb =  \r\nc  \r\nd=ZZ=4').toString()).toBe('ab c\r\nd=ZZ=4');
    expect(decodeQuotedPrintable('a=').toString()).toBe('a');
  });

  test('uuencode and unknown encodings stay as they are', () => {
    const body = 'begin 644 a.txt\r\n#86)C\r\nend\r\n';
    expect(text(show(mail({ 'Content-Transfer-Encoding': 'x-uuencode' }, body)).payload)).toBe(body);
  });
});

describe('broken mail', () => {
  test.each([
    ['no header at all', 'just text\r\n\r\nbody'],
    ['an empty message with one header', 'X: y'],
    ['only a line end', '\r\n'],
    ['a multipart without boundary', top('Content-Type: multipart/mixed\r\n\r\nbody')],
    ['a multipart whose boundary never comes', top('Content-Type: multipart/mixed; boundary=never\r\n\r\nbody')],
    [
      'an unterminated part',
      top('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nbody'),
    ],
    ['a nonsense type', top('Content-Type: nonsense\r\n\r\nbody')],
    ['the same boundary inside itself', top(multipart('mixed', 'b', multipart('mixed', 'b', '\r\nbody')))],
    ['a part without an empty line', top(multipart('mixed', 'b', 'Content-Type: text/plain', '\r\nbody'))],
  ])('%s still shows its body or nothing', (_, raw) => {
    const message = show(raw);
    const bodies: string[] = [];
    const walk = (part: Part): void => {
      bodies.push(text(part));
      part.parts?.forEach(walk);
    };
    walk(message.payload);
    if (raw.includes('body')) expect(bodies.join('')).toContain('body');
  });

  test('LF-only mail, and lines without a colon between the headers', () => {
    const message = show('From: a@x.example\nthis is no header\nSubject: Offer\n\tfolded\n\nbody\n');
    expect(message.payload.headers.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'From=a@x.example',
      'Subject=Offer folded',
    ]);
    expect(text(message.payload)).toBe('body\n');
  });

  test('1,000 levels of nesting, as multiparts and as mails', () => {
    let nested = 'Content-Type: text/plain\r\n\r\nthe bottom';
    for (let i = 0; i < 1_000; i++) nested = multipart('mixed', `b${i}`, nested);
    let part = show(top(nested)).payload;
    let depth = 0;
    for (; part.parts !== undefined; part = part.parts[0]) depth++;
    expect(depth).toBe(1_000);
    expect(text(part)).toBe('the bottom');

    const mails = 'Content-Type: message/rfc822\r\n\r\n'.repeat(1_000) + 'Subject: inside\r\n\r\nthe bottom';
    let inner = show(mails).payload;
    for (depth = 0; inner.parts !== undefined; inner = inner.parts[0]) depth++;
    expect([depth, text(inner)]).toEqual([1_000, 'the bottom']);
  });

  test('100,000 levels end in a leaf', () => {
    expect(shape(show('Content-Type: message/rfc822\r\n\r\n'.repeat(100_000)).payload)).toContain('message/rfc822');
  });

  test('10,000 recipients, a header of 1 MB and 20,000 parts take no time worth noting', () => {
    const from = process.cpuUsage();
    const to = Array.from({ length: 10_000 }, (_, i) => `Person ${i} <p${i}@outside.example>`).join(',\r\n ');
    expect(parseAddressList(header(show(mail({ To: to })), 'To') ?? '')).toHaveLength(10_000);
    const long = Array.from({ length: 20_000 }, (_, i) => `word${i} ${'x'.repeat(40)}`).join('\r\n ');
    expect(header(show(mail({ 'X-Long': long })), 'X-Long')?.length).toBeGreaterThan(1_000_000);
    const parts = Array.from({ length: 20_000 }, (_, i) => `\r\npart ${i}`);
    expect(show(top(multipart('mixed', 'b', ...parts))).payload.parts).toHaveLength(20_000);
    const noEmptyLine = Array.from({ length: 20_000 }, () => 'X: y');
    expect(show(top(multipart('mixed', 'b', ...noEmptyLine))).payload.parts).toHaveLength(20_000);
    expect(cpuMs(from)).toBeLessThan(5_000);
  });

  test('long runs of blanks, brackets and quotes cost no more than their length', () => {
    const from = process.cpuUsage();
    const world = new Harness();
    const blanks = ' '.repeat(500_000);
    const hostile: Record<string, string>[] = [
      { 'X-Folded': `a${blanks}b\r\n c` },
      { [`X${blanks}Y`]: 'no name' },
      { Subject: `re${blanks}x` },
      { Subject: 're:'.repeat(200_000) },
      { Date: `Mon${blanks}` },
      { 'Content-Type': `text/plain; name="${'\\"'.repeat(500_000)}` },
      { 'Content-Type': `text/plain; ${'name*1=a;'.repeat(50_000)}` },
      { From: '<'.repeat(500_000), To: '('.repeat(500_000) },
      { References: '<a'.repeat(500_000) },
      { Subject: '=?utf-8?q?'.repeat(50_000) },
    ];
    for (const headers of hostile) {
      expect(show(mail(headers), world).id).toBeDefined();
    }
    for (const body of ['<style '.repeat(100_000), '<'.repeat(500_000), '&#'.repeat(300_000), '(<'.repeat(300_000)]) {
      expect(show(mail({ 'Content-Type': 'text/html' }, body), world).id).toBeDefined();
    }
    expect(cpuMs(from)).toBeLessThan(5_000);
  });

  test('no input makes it fail, and raw stays what it was', () => {
    const world = new Harness();
    const pieces = fc.constantFrom(
      'Content-Type: ',
      'multipart/mixed; boundary=b',
      'message/rfc822',
      'text/html; charset=',
      'utf-8',
      'x"',
      '\r\n',
      '\n',
      '\r',
      '--b',
      '--',
      ' ',
      '\t',
      'Content-Transfer-Encoding: base64',
      'quoted-printable',
      '=?utf-8?q?=C3?=',
      '=',
      ':',
      ';',
      'filename*0*=',
      '\xff',
      '\x00',
      '<',
      '>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { minLength: 1, maxLength: 60 }), (list) => {
        const raw = Buffer.from(list.join(''), 'latin1');
        if (raw.length === 0) return;
        const { id } = world.insert(raw);
        expect(world.request('GET', `messages/${id}`).status).toBe(200);
        expect(world.raw(id)).toBe(raw.toString('latin1'));
      }),
      { numRuns: 500 },
    );
  });
});
