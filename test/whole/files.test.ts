/** Attachments both ways, on the built add-on: the two ways into the CRM, what cannot go, and what faults make of it. */
import { createHash } from 'node:crypto';
import { lostFilesOf, lostFilesOfCopy } from '../../src/sync/lost-files';
import { AGENT, emptyWorld, Stage, type GmailMessageSeen } from './stage';
import { attachment, bytes, headers, mixed, part, PLAIN, utf8 } from './ugly/compose';

jest.setTimeout(120_000);

const CRM = 'services.leadconnectorhq.com';
const STORAGE = 'storage.leadconnectorhq.com';
const MB = 1024 * 1024;

let stage: Stage;

beforeEach(() => {
  stage = new Stage(emptyWorld(1, 120_000)).connect();
  stage.world.switches.set({ replyTo: 'user' });
});

const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex');
/** Bytes that nothing compresses or takes for something else. */
const filled = (size: number, seed: number) =>
  Buffer.from(Array.from({ length: 997 }, (_, at) => (at * seed) % 256))
    .subarray(0, 997)
    .toString('latin1')
    .repeat(Math.ceil(size / 997))
    .slice(0, size);
const file = (size: number, seed = 7) => Buffer.from(filled(size, seed), 'latin1');

/** A CRM send, its mirror, and an answer to it with these files. */
function answered(files: readonly Buffer[]): void {
  stage.crmSends({ subject: 'Our offer', html: '<p>Hello</p>' });
  stage.later(1);
  stage.pass();
  const [mirror] = stage.messages();
  const raw = bytes(
    `References: ${mirror.header('Message-ID')}\r\n`,
    mixed('mixed', [part(PLAIN, utf8('See the files')), ...files], { Subject: 'Re: Our offer' }),
  );
  stage.world.network.send({ from: stage.contact.email, to: [AGENT], raw });
}

function allowMedia(): void {
  const settings = { savedAt: stage.world.clock.now, excluded: [], internalPrivate: false, mediaStorage: true };
  stage.world.appsScript.setProperty(AGENT, 'cmd.test', JSON.stringify({ do: 'set', settings }));
}

const inbound = () => stage.emails().filter(({ direction }) => direction === 'inbound');
const uploads = (seq: number) =>
  stage.requestsSince(seq).filter(({ path = '' }) => /messages\/upload|medias\/upload/.test(path)).length;

function filesOf({ id }: GmailMessageSeen): { name: string; hash: string }[] {
  const { payload } = stage.gmail('GET', `messages/${id}?format=full`) as unknown as {
    payload: { parts: { filename: string; body: { attachmentId?: string } }[] };
  };
  return payload.parts
    .filter(({ filename }) => filename !== '')
    .map(({ filename, body }) => {
      const { data } = stage.gmail('GET', `messages/${id}/attachments/${body.attachmentId ?? ''}`);
      return { name: filename, hash: hash(Buffer.from(String(data), 'base64url')) };
    });
}

describe('into the CRM', () => {
  test('M3, M4: without the media library, larger files and other types are named, with size and reason', () => {
    answered([
      attachment('plan.zip', 'application/zip', file(6 * MB)),
      attachment('setup.exe', 'application/x-msdownload', file(2000)),
    ]);
    stage.pass();
    const [mail] = inbound();
    expect(mail.attachments).toEqual([]);
    expect(lostFilesOf(mail)).toEqual([
      { name: 'plan.zip', size: 6_300_000, reason: 'too-large' },
      { name: 'setup.exe', size: 2000, reason: 'type-refused' },
    ]);
    expect(mail.body).toContain('See the files');
  });

  test('M3: with it they go there, and small ones of its types through the message upload', () => {
    const [large, odd, small] = [file(6 * MB), file(2000, 3), file(3000, 5)];
    allowMedia();
    answered([
      attachment('plan.zip', 'application/zip', large),
      attachment('setup.exe', 'application/x-msdownload', odd),
      attachment('list.csv', 'text/csv', small),
    ]);
    const seq = stage.lastSeq();
    stage.pass();
    const [mail] = inbound();
    expect(mail.attachments.map((url) => hash(stage.file(url)))).toEqual([large, odd, small].map(hash));
    expect(lostFilesOf(mail)).toEqual([]);
    const paths = stage.requestsSince(seq).map(({ path = '' }) => path.split('?')[0]);
    expect(paths.filter((path) => path === '/medias/upload-file')).toHaveLength(2);
    expect(paths.filter((path) => path === '/conversations/messages/upload')).toHaveLength(1);
  });

  test('M3: a mail with 24 MB in one file, and one with 24 MB in many, go in one run', () => {
    allowMedia();
    const large = file(18 * MB);
    answered([
      attachment('film.mp4', 'video/mp4', large),
      ...[1, 2, 3].map((at) => attachment(`p${at}.zip`, 'application/zip', file(2 * MB, at))),
    ]);
    const began = stage.world.clock.now;
    expect(stage.pass()).toMatchObject({ ok: true });
    expect(stage.world.clock.now - began).toBeLessThan(6 * 60_000);
    const [mail] = inbound();
    expect(mail.attachments.map((url) => hash(stage.file(url)))).toEqual(
      [large, ...[1, 2, 3].map((at) => file(2 * MB, at))].map(hash),
    );
  });

  test('M3: above 25 MB no way is left', () => {
    allowMedia();
    answered([attachment('film.mp4', 'video/mp4', file(1000))]);
    stage.world.appsScript.setFaults([
      { host: CRM, path: '/medias/upload-file', answer: '413', times: 9 },
      { host: CRM, path: '/conversations/messages/upload', answer: '413', times: 9 },
    ]);
    stage.pass();
    expect(lostFilesOf(inbound()[0])).toEqual([{ name: 'film.mp4', size: 1000, reason: 'too-large' }]);
  });

  test('M4: a mail of more files than one is taken apart for goes, and the rest is named', () => {
    answered(Array.from({ length: 45 }, (_, at) => attachment(`f${at}.txt`, 'text/plain', `file ${at}`)));
    stage.pass();
    const [mail] = inbound();
    expect(mail.attachments).toHaveLength(40);
    expect(lostFilesOf(mail).map(({ name, reason }) => `${name} ${reason}`)).toEqual(
      [40, 41, 42, 43, 44].map((at) => `f${at}.txt too-many`),
    );
  });

  test('X6: an upload without an answer is not repeated in the same run, and the mail goes when it is', () => {
    answered([attachment('a.txt', 'text/plain', 'one')]);
    stage.world.appsScript.setFaults([
      { host: CRM, path: '/conversations/messages/upload', answer: '502', effect: 'done' },
    ]);
    const seq = stage.lastSeq();
    stage.pass();
    expect([inbound().length, uploads(seq)]).toEqual([0, 1]);
    stage.later(11);
    stage.pass();
    expect(inbound().map(({ attachments }) => attachments.length)).toEqual([1]);
  });

  test('X6: what is uploaded stays so, however often the mail itself is tried', () => {
    answered([attachment('a.txt', 'text/plain', 'one'), attachment('b.txt', 'text/plain', 'two')]);
    stage.world.appsScript.setFaults([{ host: CRM, path: '/conversations/messages/inbound', answer: '422', times: 3 }]);
    const seq = stage.lastSeq();
    stage.pass();
    for (let hours = 0; hours < 5; hours += 1) {
      stage.later(5 * 60);
      stage.pass();
    }
    expect(inbound().map(({ attachments }) => new Set(attachments).size)).toEqual([2]);
    expect(uploads(seq)).toBe(2);
  });

  test('M4, X7: an upload that never works holds the mail up for a while, and then it goes without', () => {
    answered([attachment('a.txt', 'text/plain', 'one')]);
    stage.world.appsScript.setFaults([
      { host: CRM, path: '/conversations/messages/upload', answer: '500', times: 500 },
    ]);
    for (let hours = 0; hours < 12; hours += 1) {
      stage.pass();
      stage.later(60);
    }
    expect(inbound().map((mail) => lostFilesOf(mail))).toEqual([[{ name: 'a.txt', size: 1000, reason: 'unreadable' }]]);
  });
});

describe('out of the CRM', () => {
  const attachments = (size: number) => [
    { name: 'Übersicht 見積.pdf', type: 'application/pdf', base64: file(size).toString('base64') },
  ];

  test.each([
    ['while its address is public', 1],
    ['through the CRM, when its address has died', 90],
  ])('M3: a secure file arrives %s', (_, minutes) => {
    stage.world.switches.set({ secureAttachments: true });
    stage.crmSends({ subject: 'With a file', html: '<p>See</p>', attachments: attachments(2000) });
    stage.later(minutes);
    const seq = stage.lastSeq();
    stage.pass();
    expect(filesOf(stage.messages()[0])).toEqual([{ name: 'Übersicht 見積.pdf', hash: hash(file(2000)) }]);
    const asked = stage
      .requestsSince(seq)
      .filter(({ host, path = '' }) => host === CRM && path.startsWith('/files/d/'));
    expect(asked).toHaveLength(minutes === 90 ? 1 : 0);
  });

  test('M3: 24 MB arrive in one run', () => {
    stage.crmSends({ subject: 'With a file', html: '<p>See</p>', attachments: attachments(24 * MB) });
    stage.later(1);
    expect(stage.pass().ok).toBe(true);
    expect(filesOf(stage.messages()[0])).toEqual([{ name: 'Übersicht 見積.pdf', hash: hash(file(24 * MB)) }]);
  });

  test('M4, M6: a file that is gone is named in the copy, in its text and in its header', () => {
    stage.crmSends({ subject: 'With a file', html: '<p>See</p>', attachments: attachments(2000) });
    stage.world.appsScript.setFaults([
      { host: STORAGE, answer: '404', times: 9 },
      { host: CRM, path: '/files/d/', answer: '404', times: 9 },
    ]);
    stage.later(1);
    stage.pass();
    const [copy] = stage.messages();
    const [lost] = lostFilesOfCopy({ lost: copy.header('X-Threadlink-Lost') });
    expect(lost).toMatchObject({ size: 0, reason: 'gone' });
    const { snippet } = stage.gmail('GET', `messages/${copy.id}?format=full`);
    expect(snippet).toContain('Attachment not included');
  });
});

test('M2: a picture in the text is shown from where it was uploaded, and is among the attachments', () => {
  const png = file(900);
  stage.crmSends({ subject: 'Our offer', html: '<p>Hello</p>' });
  stage.later(1);
  stage.pass();
  const picture = part(
    'Content-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64',
    png.toString('base64'),
  );
  const body = part('Content-Type: text/html; charset=utf-8', utf8('<p>Look: <img src="cid:logo@x" alt="x"></p>'));
  const raw = bytes(
    headers({
      References: stage.messages()[0].header('Message-ID'),
      'Content-Type': 'multipart/related; boundary=cut',
    }),
    '\r\n--cut\r\n',
    body,
    '\r\n--cut\r\n',
    picture,
    '\r\n--cut--\r\n',
  );
  stage.world.network.send({ from: stage.contact.email, to: [AGENT], raw });
  stage.pass();
  const [mail] = inbound();
  expect(mail.attachments.map((url) => hash(stage.file(url)))).toEqual([hash(png)]);
  expect(mail.body).toContain(`src="${mail.attachments[0]}"`);
});
