import { inflateSync } from 'node:zlib';
import PostalMime, { type Email } from 'postal-mime';
import { composeMail, encoded } from '../../../emulator/demo/compose';
import { csv, pdf, png } from '../../../emulator/demo/files';
import type { World } from '../../../emulator/world/world';
import { bytesOf, tinyWorld } from '../world/tiny-add-on';

const user = 'agent@example.com';

describe('the demo world', () => {
  let world: World;
  let tookMs: number;
  beforeAll(() => {
    const started = performance.now();
    world = tinyWorld(1, 'demo');
    tookMs = performance.now() - started;
  });

  function gmail(account: string, path: string): Record<string, unknown> {
    const headers = { authorization: `Bearer ${world.gmail.token(account, ['https://mail.google.com/'])}` };
    const answer = world.request({
      method: 'GET',
      host: 'gmail.googleapis.com',
      path: `/gmail/v1/users/me/${path}`,
      headers: { ...headers, 'x-threadlink-outside': '1' },
      body: Buffer.alloc(0),
    });
    return JSON.parse(answer.body.toString());
  }

  async function mails(account: string): Promise<Email[]> {
    const { messages } = gmail(account, 'messages?maxResults=500') as { messages: { id: string }[] };
    const raws = messages.map(({ id }) =>
      Buffer.from(String(gmail(account, `messages/${id}?format=raw`)['raw']), 'base64url'),
    );
    return Promise.all(raws.map((raw) => PostalMime.parse(raw)));
  }

  test('is made in a moment, and put back in less', () => {
    expect(tookMs).toBeLessThan(4000);
    const started = performance.now();
    world.reset({});
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('is the same for the same seed, also when it is put back', () => {
    const bytes = bytesOf(world);
    world.advance(60_000);
    world.reset({});
    expect(bytesOf(world)).toBe(bytes);
    expect(bytesOf(tinyWorld(1, 'demo'))).toBe(bytes);
  });

  test('the user connected by the cards, and the sub-account has its usual settings again', () => {
    expect(world.trouble).toBe('');
    expect(world.appsScript.properties(user)['address']).toBe(user);
    expect(world.appsScript.properties('colleague@example.com')).toEqual({});
    expect(world.switches.values['replyTo']).toBe('crm');
  });

  test('threads of several people, in several languages and scripts, with attachments and pictures in the text', async () => {
    const { threads } = gmail(user, 'threads?maxResults=500') as { threads: unknown[] };
    expect(threads.length).toBeGreaterThanOrEqual(12);
    const all = await mails(user);
    const text = all.map((mail) => `${mail.subject} ${mail.text} ${mail.html}`).join('\n');
    expect(text).toMatch(/[ぁ-ん]/);
    expect(text).toMatch(/Grüße/);
    expect(new Set(all.map(({ from }) => from?.address)).size).toBeGreaterThanOrEqual(10);
    const files = all.flatMap(({ attachments }) => attachments);
    expect(new Set(files.map(({ mimeType }) => mimeType))).toEqual(
      new Set(['application/pdf', 'image/png', 'image/vnd.dwg', 'text/calendar']),
    );
    expect(files.some(({ disposition, contentId }) => disposition === 'inline' && contentId !== undefined)).toBe(true);
  });

  test('the CRM has mails of every kind, answered and not, and records about its contacts', () => {
    const { token, locationId, contacts } = world.highlevel.describe();
    expect(contacts.length).toBeGreaterThanOrEqual(10);
    const ask = (path: string, version: string) =>
      JSON.parse(
        world
          .request({
            method: 'GET',
            host: 'services.leadconnectorhq.com',
            path,
            headers: {
              authorization: `Bearer ${token}`,
              version,
              accept: 'application/json',
              'x-threadlink-outside': '1',
            },
            body: Buffer.alloc(0),
          })
          .body.toString(),
      );
    const { messages } = ask(
      `/conversations/messages/export?locationId=${locationId}&channel=Email&limit=100`,
      '2021-04-15',
    );
    const emails = messages.flatMap(({ meta }: { meta: { email: { messageIds: string[] } } }) =>
      meta.email.messageIds.map((id) => ask(`/conversations/messages/email/${id}`, '2021-04-15').emailMessage),
    );
    expect(new Set(emails.map(({ source }: { source?: string }) => source))).toEqual(
      new Set(['app', 'bulk_actions', 'workflow', undefined]),
    );
    expect(new Set(emails.map(({ direction }: { direction: string }) => direction))).toEqual(
      new Set(['inbound', 'outbound']),
    );
    expect(
      ask(`/opportunities/search?location_id=${locationId}`, '2021-07-28').opportunities.length,
    ).toBeGreaterThanOrEqual(5);
    const ana = contacts.find(({ name }) => name === 'Ana Pereira')!;
    expect(ask(`/contacts/${ana.id}`, '2021-07-28').contact).toMatchObject({
      companyName: 'Azulejo Studio',
      tags: expect.arrayContaining(['customer']),
    });
    for (const kind of ['tasks', 'notes']) {
      expect(ask(`/contacts/${ana.id}/${kind}`, '2021-07-28')[kind].length).toBeGreaterThan(0);
    }
  });
});

describe('its mails', () => {
  const alex = { name: 'Alex Agent', email: 'alex@example.com' };

  test('are read by a strict reader as they were meant', async () => {
    const mail = await PostalMime.parse(
      composeMail(
        {
          from: { name: '田中 由紀', email: 'y@example.com' },
          to: [alex, { name: 'A "quoted" name', email: 'q@example.com' }],
          subject: 'Ελληνικά, 日本語 und ein sehr langer Betreff mit Umlauten: äöü ÄÖÜ ß, noch etwas länger',
          date: Date.UTC(2026, 2, 2, 8),
          messageId: '<1@example.com>',
          references: ['<a@example.com>', '<b@example.com>'],
          body: '<p>Hallo &amp; <b>Grüße</b></p><img src="cid:p.png">',
          inline: [png('p.png', 2, 2, () => [1, 2, 3])],
          attachments: [csv('Größe.csv', [['a', 'b,"c"']])],
        },
        'boundary',
      ),
    );
    expect(mail.from).toEqual({ name: '田中 由紀', address: 'y@example.com' });
    expect(mail.to?.map(({ name }) => name)).toEqual(['Alex Agent', 'A "quoted" name']);
    expect(mail.subject).toBe(
      'Ελληνικά, 日本語 und ein sehr langer Betreff mit Umlauten: äöü ÄÖÜ ß, noch etwas länger',
    );
    expect(mail.inReplyTo).toBe('<b@example.com>');
    expect(mail.text?.trim()).toBe('Hallo & Grüße');
    expect(mail.html?.trim()).toBe('<p>Hallo &amp; <b>Grüße</b></p><img src="cid:p.png">');
    expect(mail.attachments.map(({ filename, disposition }) => [filename, disposition])).toEqual([
      ['p.png', 'inline'],
      ['Größe.csv', 'attachment'],
    ]);
    expect(Buffer.from(mail.attachments[1].content as ArrayBuffer).toString()).toBe('a,"b,""c"""\r\n');
  });

  test('encoded words are at most 75 characters and cut no character (RFC 2047)', () => {
    const words = encoded('𝕳äß'.repeat(40)).split('\r\n ');
    expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75);
    const parts = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString());
    expect(parts.join('')).toBe('𝕳äß'.repeat(40));
  });

  test('pictures and documents are what their type says', () => {
    const { bytes } = png('x.png', 3, 2, (x, y) => [x, y, 9]);
    const at = bytes.indexOf('IDAT');
    const pixels = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
    expect([...pixels]).toEqual([0, 0, 0, 9, 1, 0, 9, 2, 0, 9, 0, 0, 1, 9, 1, 1, 9, 2, 1, 9]);
    // The checksum of an empty IEND is known to everybody who ever looked into a PNG.
    expect(bytes.subarray(-4).toString('hex')).toBe('ae426082');
    const text = pdf('x.pdf', 'A (b)', ['c']).bytes.toString('latin1');
    const offsets = [...text.matchAll(/^(\d{10}) 00000 n/gm)].map(([, offset]) => Number(offset));
    expect(offsets.map((offset) => text.slice(offset, offset + 7))).toEqual([1, 2, 3, 4, 5].map((n) => `${n} 0 obj`));
    expect(text).toContain(`startxref\n${text.indexOf('xref\n0 6')}\n`);
  });
});
