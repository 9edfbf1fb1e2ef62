import { composeBatch, isBatchable, parseBatch } from '../../../src/gmail/batch';
import { getHeaders, getMessage, insertMessage, modifyMessages } from '../../../src/gmail/messages';
import type { Answer } from '../../../src/platform/http';

const ID = '18c0ffee18c0ffee';

function part(index: number, status: string, body: string, lineBreak = '\r\n'): string {
  const http = [`HTTP/1.1 ${status}`, 'Content-Type: application/json; charset=UTF-8', 'Retry-After: 3', '', body].join(
    lineBreak,
  );
  return ['Content-Type: application/http', `Content-ID: <response-item-${index}>`, '', http].join(lineBreak);
}

function batchAnswer(parts: readonly string[], { lineBreak = '\r\n', end = true, status = 200 } = {}): Answer {
  const text =
    parts.map((one) => `--batch_x${lineBreak}${one}${lineBreak}`).join('') + (end ? `--batch_x--${lineBreak}` : '');
  return { status, headers: { 'content-type': 'multipart/mixed; boundary=batch_x' }, text: () => text };
}

test('platform 3.8: several requests are one, each with its id, path, method and body', () => {
  const call = composeBatch([getHeaders(ID, ['From']), modifyMessages([ID], ['Label_1'], [])]);
  expect(call.url).toBe('https://gmail.googleapis.com/batch/gmail/v1');
  expect(call.method).toBe('post');
  const boundary = /boundary="([^"]+)"/.exec(call.contentType ?? '')?.[1] ?? '';
  const parts = (call.payload as string).split(`--${boundary}`);
  expect(parts).toHaveLength(4);
  expect(parts[1]).toContain('Content-ID: <item-0>');
  expect(parts[1]).toMatch(/\r\n\r\nGET \/gmail\/v1\/users\/me\/messages\/18c0ffee18c0ffee\?\S+ HTTP\/1\.1\r\n\r\n$/);
  expect(parts[2]).toContain('Content-ID: <item-1>');
  expect(parts[2]).toContain(
    'POST /gmail/v1/users/me/messages/batchModify HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{"ids"',
  );
  expect(parts[3]).toBe('--\r\n');
});

test('only what goes to the JSON address of Gmail is batched', () => {
  expect(isBatchable(getMessage(ID))).toBe(true);
  expect(isBatchable(insertMessage({ raw: 'a: b\r\n\r\n', labelIds: [] }))).toBe(true);
  expect(isBatchable(insertMessage({ raw: 'x'.repeat(3_000_001), labelIds: [] }))).toBe(false);
  const foreign = {
    ...getMessage(ID),
    call: { url: 'https://services.leadconnectorhq.com/x', method: 'get' as const },
  };
  expect(isBatchable(foreign)).toBe(false);
});

test.each(['\r\n', '\n'])(
  'answers come in the order of the requests, whatever order they were given in (line break %j)',
  (lineBreak) => {
    const parts = [
      part(2, '404 Not Found', '{"error":{}}', lineBreak),
      part(0, '200 OK', '{"a":\n1}', lineBreak),
      part(1, '204 No Content', '', lineBreak),
    ];
    const answers = parseBatch(batchAnswer(parts, { lineBreak }), 3);
    expect(answers.map((one) => one?.status)).toEqual([200, 204, 404]);
    expect(JSON.parse(answers[0]?.text() ?? '')).toEqual({ a: 1 });
    expect(answers[1]?.text()).toBe('');
    expect(answers[2]?.headers['retry-after']).toBe('3');
  },
);

test('a part that is missing, has no id, or names a request that nobody made is no answer', () => {
  const parts = [
    part(1, '200 OK', '{}'),
    part(7, '200 OK', '{}'),
    part(0, '200 OK', '{}').replace(/Content-ID.*\r\n/, ''),
  ];
  expect(parseBatch(batchAnswer(parts), 3).map((one) => one?.status)).toEqual([undefined, 200, undefined]);
});

test('a batch that was cut keeps the parts that came; the broken one is not JSON', () => {
  const whole = batchAnswer([part(0, '200 OK', '{"id":"1"}'), part(1, '200 OK', '{"id":"2","labels":["INBOX"]}')], {
    end: false,
  }).text();
  for (let length = 0; length < whole.length - 4; length += 1) {
    const cut: Answer = {
      status: 200,
      headers: { 'content-type': 'multipart/mixed; boundary="batch_x"' },
      text: () => whole.slice(0, length),
    };
    const answers = parseBatch(cut, 2);
    expect(() => JSON.parse(answers[1]?.text() ?? '') as unknown).toThrow();
  }
});

test('a batch that failed as a whole is the answer of each part', () => {
  const failed = batchAnswer([], { status: 503 });
  expect(parseBatch(failed, 2)).toEqual([failed, failed]);
});

test('a page instead of a batch answers nothing', () => {
  const page: Answer = { status: 200, headers: { 'content-type': 'text/html' }, text: () => '<html>--batch_x</html>' };
  expect(parseBatch(page, 2)).toEqual([undefined, undefined]);
});

test('50 parts of 100 KB are taken apart in a moment', () => {
  const body = JSON.stringify({ data: 'A'.repeat(100_000) });
  const answered = batchAnswer(Array.from({ length: 50 }, (_, index) => part(index, '200 OK', body)));
  const begin = performance.now();
  const answers = parseBatch(answered, 50);
  expect(performance.now() - begin).toBeLessThan(500);
  expect(answers.every((one) => one?.text() === body)).toBe(true);
});
