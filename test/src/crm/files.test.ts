/** The files of CRM e-mails: which addresses are asked, and what comes of them (facts, highlevel 0.11, 5.7). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crmOutcome } from '../../../src/crm/api';
import {
  fetchFile,
  fileOutcome,
  FILE_HOSTS,
  getFile,
  isFileAddress,
  slugOf,
  type FetchedFile,
} from '../../../src/crm/files';
import type { Exchange, Outcome, Task } from '../../../src/platform/exchange';
import type { Answer, NoAnswer } from '../../../src/platform/http';
import { answer, crmError, fileAnswer, PAGE } from './answers';

const HOST = 'https://storage.leadconnectorhq.com';
const SECURE = `${HOST}/files/d/aB3x9`;
const BYTES = Buffer.from([0, 127, 128, 255]);
const PNG = { 'content-type': 'image/png', 'content-length': '4' };

test.each([
  `${HOST}/x`,
  'https://services.leadconnectorhq.com/documents/a%20b.pdf?x=1#y',
  'https://assets.cdn.filesafe.space/l/media/1.png',
  'https://storage.googleapis.com/msgsndr/l/media/1.png',
  'https://msgsndr-private.storage.googleapis.com/1.png',
  'HTTPS://STORAGE.LEADCONNECTORHQ.COM/x',
])('asked: %s', (url) => expect(isFileAddress(url)).toBe(true));

test.each([
  'http://storage.leadconnectorhq.com/x',
  'https://leadconnectorhq.com.evil.test/x',
  'https://evilleadconnectorhq.com/x',
  'https://leadconnectorhq.com/x',
  'https://.leadconnectorhq.com/x',
  'https://a..leadconnectorhq.com/x',
  'https://evil.test/?x=.leadconnectorhq.com/',
  'https://evil.test/storage.leadconnectorhq.com/',
  'https://evil.test#@storage.leadconnectorhq.com/x',
  'https://evil.test\\@storage.leadconnectorhq.com/x',
  'https://storage.leadconnectorhq.com\\@evil.test/x',
  'https://storage.leadconnectorhq.com@evil.test/x',
  'https://user:word@storage.leadconnectorhq.com/x',
  'https://storage.leadconnectorhq.com:8443/x',
  'https://storage.leadconnectorhq.com',
  'https://storage.leadconnectorhq.com/a b',
  'https://storage.leadconnectorhq.com/a\r\nHost: evil.test',
  'https://169.254.169.254/latest/meta-data',
  '//storage.leadconnectorhq.com/x',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/plain,x',
  'ſtorage.leadconnectorhq.com/x',
  'https://storage.leadconnectorhq。com/x',
  '',
])('never asked: %s', (url) => {
  expect(isFileAddress(url)).toBe(false);
  expect(() => getFile(url)).toThrow();
});

test('every host of files is one that the manifest lets the add-on ask', () => {
  const manifest = JSON.parse(readFileSync(path.join(__dirname, '../../../appsscript.json'), 'utf8')) as {
    urlFetchWhitelist: string[];
  };
  for (const host of FILE_HOSTS) {
    const prefix = host.startsWith('.') ? `https://*${host}/` : `https://${host}/`;
    expect(manifest.urlFetchWhitelist).toContain(prefix);
  }
});

test.each([
  [SECURE, 'aB3x9'],
  [`${SECURE}?expires=1`, 'aB3x9'],
  ['https://services.leadconnectorhq.com/files/d/x-Y_1', 'x-Y_1'],
  [`${HOST}/location/l/1/a.png`, undefined],
  ['https://evil.test/files/d/aB3x9', undefined],
  [`${HOST}/files/d/`, undefined],
  [`${HOST}/files/d/a%2Fb`, undefined],
])('the slug of %s', (url, slug) => expect(slugOf(url)).toBe(slug));

test('the token never goes with a file’s request', () => {
  expect(getFile(SECURE)).toMatchObject({ service: 'file', effect: 'read', call: { url: SECURE, method: 'get' } });
  expect(getFile(SECURE).call.headers).toBeUndefined();
});

describe('what an answer of a file’s host means', () => {
  const outcome = (given: Answer | NoAnswer) => fileOutcome(getFile(`${HOST}/x.png`), given);

  test('the bytes as they came, with the name that the host gives', () => {
    const disposition = 'attachment; filename="a.png"; filename*=UTF-8\'\'%E2%82%AC%20a.png';
    const done = outcome(fileAnswer(200, BYTES, { ...PNG, 'content-disposition': disposition }));
    expect(done).toMatchObject({ kind: 'done', value: { bytes: [0, 127, -128, -1], name: '€ a.png' } });
  });

  test.each([
    ['attachment; filename=plain.txt', 'plain.txt'],
    ['attachment; filename="with \\"quotes\\".txt"', 'with "quotes".txt'],
    ["attachment; filename*=UTF-8''%FF%FE; filename=plain.txt", 'plain.txt'],
    ['inline', undefined],
    ['', undefined],
  ])('the name in %p', (disposition, name) => {
    const done = outcome(
      fileAnswer(200, BYTES, { ...PNG, 'content-disposition': disposition }),
    ) as Outcome<FetchedFile>;
    expect(done.kind === 'done' && done.value.name).toBe(name);
  });

  test('a file that was cut is not a file', () => {
    expect(outcome(fileAnswer(200, BYTES, { ...PNG, 'content-length': '9' }))).toMatchObject({ kind: 'unknown' });
    const packed = { ...PNG, 'content-length': '9', 'content-encoding': 'gzip' };
    expect(outcome(fileAnswer(200, BYTES, packed)).kind).toBe('done');
    expect(outcome(answer(200, '')).kind).toBe('unknown');
  });

  test.each([
    [fileAnswer(403, BYTES), 'refused', 'file.closed'],
    [fileAnswer(401, BYTES), 'refused', 'file.closed'],
    [fileAnswer(404, BYTES), 'refused', 'file.gone'],
    [fileAnswer(410, BYTES), 'refused', 'file.gone'],
    [fileAnswer(400, BYTES), 'refused', 'file.refused'],
    [fileAnswer(302, BYTES, { location: 'https://evil.test/x' }), 'refused', 'file.refused'],
    [fileAnswer(302, BYTES, { location: '/relative' }), 'refused', 'file.refused'],
    [fileAnswer(304, BYTES), 'refused', 'file.refused'],
    [fileAnswer(429, BYTES, { 'retry-after': '5' }), 'later', 'file.rate-limited'],
    [fileAnswer(408, BYTES), 'unknown', 'file.unavailable'],
    [fileAnswer(503, BYTES), 'unknown', 'file.unavailable'],
    [{ status: 0 as const, reason: 'Timeout' }, 'unknown', 'http.no-answer'],
  ])('%#: %p', (given, kind, code) => expect(outcome(given)).toMatchObject({ kind, failure: { code } }));
});

describe('a file by the address in a mail (M3)', () => {
  const file = fileAnswer(200, BYTES, PNG);
  const signed = `${SECURE}?expires=9&signature=s`;
  const secure = answer(200, { url: signed, filename: 'plan.pdf', content_type: 'application/pdf', size: 4 });
  const slugCall = 'https://services.leadconnectorhq.com/files/d/aB3x9';

  test('from there while it is public', () => {
    const { outcome, asked } = run(fetchFile(SECURE), { [SECURE]: file });
    expect(asked).toEqual([SECURE]);
    expect(outcome).toMatchObject({ kind: 'done', value: { bytes: [0, 127, -128, -1] } });
  });

  test('through the CRM once it is not', () => {
    const answers = { [SECURE]: fileAnswer(403, Buffer.alloc(0)), [slugCall]: secure, [signed]: file };
    const { outcome, asked } = run(fetchFile(SECURE), answers);
    expect(asked).toEqual([SECURE, slugCall, signed]);
    expect(outcome).toMatchObject({ kind: 'done', value: { name: 'plan.pdf', bytes: [0, 127, -128, -1] } });
  });

  test('a file that is not secure is not asked of the CRM', () => {
    const { outcome, asked } = run(fetchFile(`${HOST}/l/a.png`), { [`${HOST}/l/a.png`]: fileAnswer(404, BYTES) });
    expect(asked).toHaveLength(1);
    expect(outcome).toMatchObject({ kind: 'refused', failure: { code: 'file.gone' } });
  });

  test.each([
    ['gone', crmError(404, 'File not found'), 'refused', 'crm.not-found'],
    ['expired', crmError(410, 'This link has expired'), 'refused', 'crm.not-found'],
    ['no scope', crmError(401, 'The token is not authorized for this scope.'), 'denied', 'crm.scope-missing'],
    ['down', answer(503, PAGE), 'unknown', 'crm.unavailable'],
    ['another host', answer(200, { url: 'https://evil.test/x' }), 'refused', 'file.foreign-host'],
    ['no address', answer(200, { filename: 'x' }), 'unknown', 'http.unreadable'],
    ['not https', answer(200, { url: 'http://storage.leadconnectorhq.com/x' }), 'unknown', 'http.unreadable'],
  ])('what the CRM says of it counts: %s', (_, given, kind, code) => {
    const answers = { [SECURE]: fileAnswer(403, Buffer.alloc(0)), [slugCall]: given };
    expect(run(fetchFile(SECURE), answers).outcome).toMatchObject({ kind, failure: { code } });
  });

  test('trouble of the host is no reason to ask the CRM', () => {
    const { asked, outcome } = run(fetchFile(SECURE), { [SECURE]: fileAnswer(503, BYTES) });
    expect([asked.length, outcome.kind]).toEqual([1, 'unknown']);
  });

  test('redirects within the CRM’s hosts, a few', () => {
    const hop = (to: string) => fileAnswer(302, Buffer.alloc(0), { location: to });
    const at = (name: string) => `https://storage.googleapis.com/${name}`;
    const answers = { [`${HOST}/0`]: hop(at('1')), [at('1')]: hop(at('2')), [at('2')]: file, [at('9')]: hop(at('9')) };
    expect(run(fetchFile(`${HOST}/0`), answers).outcome.kind).toBe('done');
    expect(run(fetchFile(at('9')), answers)).toMatchObject({
      outcome: { kind: 'refused', failure: { code: 'file.endless-redirects' } },
      asked: [at('9'), at('9'), at('9'), at('9')],
    });
  });

  test('nothing is asked of a foreign host', () => {
    const { outcome, asked } = run(fetchFile('https://evil.test/a.png'), {});
    expect(asked).toEqual([]);
    expect(outcome).toMatchObject({ kind: 'refused', failure: { code: 'file.foreign-host' } });
  });
});

function run<T>(task: Task<T>, answers: Readonly<Record<string, Answer>>): { outcome: T; asked: string[] } {
  const asked: string[] = [];
  const outcomeOf = (exchange: Exchange<unknown>) => {
    asked.push(exchange.call.url);
    const given = answers[exchange.call.url] ?? answer(500, `nobody answers ${exchange.call.url}`);
    return (exchange.service === 'file' ? fileOutcome : crmOutcome)(exchange, given);
  };
  let step = task.next([]);
  while (step.done !== true) step = task.next(step.value.map(outcomeOf));
  return { outcome: step.value, asked };
}
