/**
 * The other direction: what anybody can write into the CRM's composer, or what an import put into its records, becomes a copy in
 * Gmail that is valid, once, in Sent, and the same bytes when it is made again (M1, M5, M6, X4).
 */
import PostalMime from 'postal-mime';
import { readWire } from '../src/gmail/mime/wire';
import { letters, textOfHtml } from './ugly/expectation';
import { AGENT, emptyWorld, Stage } from './stage';

jest.setTimeout(120_000);

interface Written {
  readonly name: string;
  readonly subject?: string;
  readonly html?: string;
  readonly cc?: readonly string[];
  readonly from?: string;
  readonly attachments?: readonly { name: string; type: string; base64: string }[];
  /** Where it is not the subject as it stands, on one line. */
  readonly shown?: string;
}

const PDF = Buffer.from('%PDF').toString('base64');
const file = (name: string, type = 'application/pdf') => [{ name, type, base64: PDF }];

const MAILS: readonly Written[] = [
  {
    name: 'a line break in the subject',
    subject: 'One\r\nBcc: evil@evil.example',
    shown: 'One Bcc: evil@evil.example',
  },
  { name: 'a NUL in the subject', subject: 'One\0two', shown: 'One two' },
  { name: 'an encoded word as a subject', subject: '=?utf-8?q?=0D=0ABcc:_evil=40evil.example?=' },
  { name: 'a subject of all scripts', subject: 'Grüße 見積 שלום 🚀' },
  { name: 'a subject that turns around', subject: 'offer \u202Efdp.exe' },
  { name: 'a lone surrogate', subject: 'One \uD800 two', shown: 'One \uFFFD two' },
  { name: 'a subject of 900 letters', subject: 'x'.repeat(900) },
  { name: 'a subject of 5,000 words', subject: 'word '.repeat(5000).trim(), shown: 'word '.repeat(200).trim() },
  { name: 'blanks alone', subject: '   ', shown: '' },
  { name: 'tags that are not closed', html: '<p>Hello <b>there <i>you' },
  { name: 'no tags at all', html: 'if a < b then & so on' },
  { name: 'a boundary in the text', html: '<p>--=_threadlink_a--</p>\r\n--=_threadlink_a--\r\n' },
  { name: 'a lone dot', html: '<p>One</p>\r\n.\r\n<p>Two</p>' },
  { name: 'From at the beginning of a line', html: '<p>One</p>\nFrom here on' },
  { name: 'a line of 200,000 letters', html: `<p>${'x'.repeat(200_000)}</p>` },
  { name: 'two megabytes', html: `<p>${'All work and no play. '.repeat(90_000)}</p>` },
  { name: 'nothing but a picture', html: '<img src="https://img.example/x.png">' },
  { name: 'a script', html: '<p>One</p><script>alert(1)</script>' },
  { name: 'control characters', html: '<p>One\u0001\u0002\u0007 two</p>' },
  { name: 'copies to names with commas', cc: ['"Doe, John" <john@other.example>', 'jane@other.example'] },
  { name: 'a copy that is no address', cc: ['not an address', 'x@y.example\r\nBcc: evil@evil.example'] },
  { name: 'a name with a line break', from: `"Alex\r\nBcc: evil@evil.example" <${AGENT}>` },
  { name: 'a name in all scripts', from: `Ålex 見積 🚀 <${AGENT}>` },
  { name: 'a file of a path', attachments: file('../../etc/passwd.pdf') },
  { name: 'a file in all scripts', attachments: file('Übersicht 見積 🚀.pdf') },
  { name: 'a file with a line break', attachments: file('a\r\nBcc: evil@evil.example.pdf') },
  { name: 'a file of 400 letters', attachments: file(`${'n'.repeat(400)}.pdf`) },
  { name: 'a mail as a file', attachments: file('old.eml', 'message/rfc822') },
  { name: 'thirty files', attachments: Array.from({ length: 30 }, (_, at) => file(`f${at}.pdf`)[0]) },
];

function rawOf(stage: Stage, id: string): Buffer {
  return Buffer.from(String(stage.gmail('GET', `messages/${id}?format=raw`).raw), 'base64url');
}

test('M1, M5, X4: each is in Sent once, valid, and as it was written', async () => {
  const stage = new Stage(emptyWorld()).connect();
  stage.pass();
  const wrong: string[] = [];
  for (const mail of MAILS) {
    const { name, subject = `About ${name}`, html = '<p>Hello</p>', shown = subject, ...rest } = mail;
    const sent = stage.crmSends({ subject, html, ...rest });
    stage.later(1);
    const { ok } = stage.pass();
    const copies = () =>
      stage.messages().filter((message) => message.header('X-Threadlink-Email-Id') === sent.emailMessageId);
    const [copy, ...more] = copies();
    if (!ok || copy === undefined || more.length > 0 || !copy.labels.includes('SENT')) {
      wrong.push(`${name}: ${copies().length} copies`);
      continue;
    }
    const raw = rawOf(stage, copy.id);
    const wire = readWire(raw.toString('latin1'));
    const parsed = await PostalMime.parse(raw);
    const files = parsed.attachments.length;
    if (wire.headers.some(([header]) => /^bcc$/i.test(header))) wrong.push(`${name}: a header was added`);
    if ((parsed.subject ?? '').trim() !== shown.trim())
      wrong.push(`${name}: ${JSON.stringify((parsed.subject ?? '').slice(0, 80))}`);
    if (letters(textOfHtml(parsed.html ?? '')) !== letters(textOfHtml(html))) wrong.push(`${name}: another text`);
    if (files !== (rest.attachments?.length ?? 0)) wrong.push(`${name}: ${files} files`);
    if ([...(parsed.to ?? []), ...(parsed.cc ?? [])].some(({ address }) => address === 'evil@evil.example'))
      wrong.push(`${name}: a recipient was added`);
  }
  expect(wrong).toEqual([]);
});

test('M6: a copy that was made twice, because its answer came too late, is the same byte for byte', () => {
  const stage = new Stage(emptyWorld()).connect();
  stage.pass();
  stage.crmSends({ subject: 'Grüße 🚀', html: '<p>Hello <b>there</b></p>', attachments: file('Übersicht.pdf') });
  stage.world.appsScript.setFaults([
    { path: '/gmail/v1/users/me/messages?', answer: 'timeout', effect: 'late', lateMs: 30 * 60_000 },
  ]);
  for (const minutes of [1, 11, 11, 11, 11]) {
    stage.later(minutes);
    stage.pass();
  }
  const { messages } = stage.gmail('GET', 'messages?includeSpamTrash=true') as { messages: { id: string }[] };
  const raws = messages.map(({ id }) => rawOf(stage, id).toString('latin1'));
  expect(raws).toHaveLength(2);
  expect(raws[0]).toBe(raws[1]);
  expect(stage.messages()).toHaveLength(1);
});
