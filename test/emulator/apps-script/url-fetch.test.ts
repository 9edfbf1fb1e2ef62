/** UrlFetchApp with facts, platform 2 and 2.4. */
import { jsonResponse, type EmulatedRequest, type EmulatedResponse } from '../../../emulator/core/http';
import { runtime, START, type RuntimeOptions } from './runtime';

const CRM = 'https://services.leadconnectorhq.com';

function sent(body: string, options: RuntimeOptions = {}): EmulatedRequest {
  const { run, wire } = runtime('', options);
  run(body);
  return wire[wire.length - 1];
}

const answering = (
  status: number,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
): RuntimeOptions => ({
  answer: () => ({ status, headers, body: Buffer.from(body as string) }),
});

describe('what goes over the wire', () => {
  test('an address is split in host and path with its query, a GET has no body', () => {
    expect(
      sent(
        `UrlFetchApp.fetch('${CRM}/contacts/?q=a%20b&x=ä', { headers: { Version: '2021-07-28', Authorization: 'Bearer x' } })`,
      ),
    ).toMatchObject({
      method: 'GET',
      host: 'services.leadconnectorhq.com',
      path: '/contacts/?q=a%20b&x=%C3%A4',
      headers: { version: '2021-07-28', authorization: 'Bearer x' },
      body: Buffer.alloc(0),
    });
  });

  test('a text goes as it is, as a form unless the content type says else', () => {
    const form = sent(`UrlFetchApp.fetch('${CRM}/x', { method: 'post', payload: 'ä=1' })`);
    expect([form.body.toString(), form.headers['content-type']]).toEqual(['ä=1', 'application/x-www-form-urlencoded']);
    const json = sent(
      `UrlFetchApp.fetch('${CRM}/x', { method: 'put', contentType: 'application/json', payload: '{}' })`,
    );
    expect([json.method, json.headers['content-type']]).toEqual(['PUT', 'application/json']);
    const header = sent(
      `UrlFetchApp.fetch('${CRM}/x', { method: 'patch', headers: { 'Content-Type': 'text/x' }, payload: '{}' })`,
    );
    expect(header.headers['content-type']).toBe('text/x');
  });

  test('an object becomes a form', () => {
    const { body, method } = sent(`UrlFetchApp.fetch('${CRM}/x', { payload: { a: 'b c', 'ü&': '=1', n: 5 } })`);
    expect([method, body.toString()]).toEqual(['POST', 'a=b+c&%C3%BC%26=%3D1&n=5']);
  });

  test('an object with a Blob becomes multipart/form-data, bytes untouched', () => {
    const { body, headers } = sent(
      `UrlFetchApp.fetch('${CRM}/x', { method: 'post', contentType: 'ignored/type', payload: { id: '7', file: Utilities.newBlob([0, -1, 13, 10, 127], 'image/png', 'a "b".png') } })`,
    );
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'])?.[1] ?? '';
    expect(body.toString('latin1')).toBe(
      [
        `--${boundary}\r\nContent-Disposition: form-data; name="id"\r\n\r\n7\r\n`,
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a %22b%22.png"\r\nContent-Type: image/png\r\n\r\n`,
        '\x00\xff\r\n\x7f\r\n',
        `--${boundary}--\r\n`,
      ].join(''),
    );
  });

  test('bytes and Blobs as the whole payload', () => {
    expect(
      sent(`UrlFetchApp.fetch('${CRM}/x', { method: 'post', contentType: 'a/b', payload: [1, -128, 127] })`).body,
    ).toEqual(Buffer.from([1, 128, 127]));
    const blob = sent(
      `UrlFetchApp.fetch('${CRM}/x', { method: 'post', payload: Utilities.newBlob('hi', 'text/csv') })`,
    );
    expect([blob.body.toString(), blob.headers['content-type']]).toEqual(['hi', 'text/csv']);
  });

  test('getRequest sends nothing', () => {
    const { run, wire } = runtime();
    expect(
      run(`return UrlFetchApp.getRequest('${CRM}/x', { method: 'post', payload: 'a', headers: { A: '1' } })`),
    ).toMatchObject({
      url: `${CRM}/x`,
      method: 'post',
      payload: 'a',
      contentType: 'application/x-www-form-urlencoded',
    });
    expect(wire).toEqual([]);
  });

  test.each([
    ['a method that there is not', `'${CRM}/', { method: 'head' }`, 'Attribute provided with invalid value: method'],
    [
      'a flag that is none',
      `'${CRM}/', { muteHttpExceptions: 'yes' }`,
      'Attribute provided with invalid value: muteHttpExceptions',
    ],
    [
      'a header with a line break',
      `'${CRM}/', { headers: { A: 'x\\r\\nB: y' } }`,
      'Attribute provided with invalid value: Header:A',
    ],
    ['the Host header', `'${CRM}/', { headers: { Host: 'x' } }`, 'Attribute provided with invalid value: Header:Host'],
    ['an address that is none', `'https://'`, 'Invalid argument: https://'],
    ['another scheme', `'ftp://a.example/'`, 'Invalid argument: ftp://a.example/'],
    [
      'platform 2.4: 2,082 characters of address',
      `'${CRM}/' + 'x'.repeat(2082)`,
      'Limit Exceeded: URLFetch URL Length.',
    ],
    [
      'platform 2: 8 KB of headers',
      `'${CRM}/', { headers: { A: 'x'.repeat(8192) } }`,
      'Limit Exceeded: URLFetch Header Size.',
    ],
    [
      'platform 2: 50 MB of payload',
      `'${CRM}/', { method: 'post', payload: 'x'.repeat(52428801) }`,
      'Limit Exceeded: URLFetch POST Size.',
    ],
  ])('refused before anything is sent: %s', (_, parameters, message) => {
    const { run, wire, script } = runtime();
    expect(() => run(`UrlFetchApp.fetch(${parameters})`)).toThrow(`Exception: ${message}`);
    expect([wire, script.requests(0)]).toEqual([[], []]);
  });
});

describe('what comes back', () => {
  test('status, text, bytes, Blob', () => {
    expect(
      runtime('', answering(201, { 'content-type': 'image/png; q=1' }, Buffer.from([137, 80, 228]))).run(`
        const r = UrlFetchApp.fetch('${CRM}/files/logo.png?x=1');
        return [r.getResponseCode(), r.getContent(), r.getBlob().getContentType(), r.getBlob().getName(), r.getBlob().getBytes()]`),
    ).toEqual([201, [-119, 80, -28], 'image/png', 'logo.png', [-119, 80, -28]]);
  });

  test('the text in the declared charset, in the one asked for, else UTF-8', () => {
    const latin = answering(200, { 'content-type': 'text/plain; charset=ISO-8859-1' }, Buffer.from([228]));
    expect(runtime('', latin).run(`return UrlFetchApp.fetch('${CRM}/').getContentText()`)).toBe('ä');
    expect(runtime('', latin).run(`return UrlFetchApp.fetch('${CRM}/').getContentText('UTF-8')`)).toBe('\ufffd');
    expect(runtime('', answering(200, {}, 'ä')).run(`return UrlFetchApp.fetch('${CRM}/').getContentText()`)).toBe('ä');
    expect(() => runtime('', latin).run(`UrlFetchApp.fetch('${CRM}/').getContentText('no-such')`)).toThrow(
      'Invalid argument: no-such',
    );
  });

  test('platform 2.4: repeated headers are arrays in getAllHeaders', () => {
    const { run } = runtime('', answering(200, { 'set-cookie': 'a=1\nb=2', 'x-ratelimit-max': '100' }));
    expect(run(`const r = UrlFetchApp.fetch('${CRM}/'); return [r.getAllHeaders(), r.getHeaders()]`)).toEqual([
      { 'Set-Cookie': ['a=1', 'b=2'], 'X-Ratelimit-Max': '100' },
      { 'Set-Cookie': 'b=2', 'X-Ratelimit-Max': '100' },
    ]);
  });

  test('platform 2.4: without muteHttpExceptions an error status throws, its body cut', () => {
    const { run } = runtime('', answering(404, {}, 'x'.repeat(2000)));
    expect(() => run(`UrlFetchApp.fetch('${CRM}/a')`)).toThrow(
      `Exception: Request failed for ${CRM} returned code 404. Truncated server response: ${'x'.repeat(600)} (use muteHttpExceptions option to examine full response)`,
    );
    expect(run(`return UrlFetchApp.fetch('${CRM}/a', { muteHttpExceptions: true }).getResponseCode()`)).toBe(404);
  });

  test('platform 2.4: followRedirects false gives the redirect; else it is followed, without the credentials to another host', () => {
    const answer = ({ host }: EmulatedRequest): EmulatedResponse =>
      host === 'a.example'
        ? { status: 302, headers: { location: 'https://b.example/c?d=1' }, body: Buffer.alloc(0) }
        : jsonResponse(200, {});
    const fetch = (more: string) => {
      const { run, wire } = runtime('', { answer });
      const status = run(
        `return UrlFetchApp.fetch('https://a.example/', { method: 'post', payload: 'x', headers: { Authorization: 'Bearer x' } ${more} }).getResponseCode()`,
      );
      return {
        status,
        hops: wire.map(({ method, host, path, headers }) => [method, host + path, headers.authorization]),
      };
    };
    expect(fetch(', followRedirects: false')).toEqual({ status: 302, hops: [['POST', 'a.example/', 'Bearer x']] });
    expect(fetch('')).toEqual({
      status: 200,
      hops: [
        ['POST', 'a.example/', 'Bearer x'],
        ['GET', 'b.example/c?d=1', undefined],
      ],
    });
  });
});

describe('which addresses (facts, platform 6.1)', () => {
  const fetchable = (prefix: string, url: string) => {
    const { run } = runtime('', {
      manifest: {
        timeZone: 'Etc/UTC',
        urlFetchWhitelist: [prefix],
        oauthScopes: ['https://www.googleapis.com/auth/script.external_request'],
      },
    });
    try {
      run(`UrlFetchApp.fetch('${url}')`);
      return true;
    } catch (error) {
      expect(String(error)).toContain(
        `Exception: Request to ${url} failed because the URL has not been whitelisted in the script manifest.`,
      );
      return false;
    }
  };

  test.each([
    ['https://a.example/', 'https://a.example/anything?x', true],
    ['https://a.example/', 'https://A.EXAMPLE/anything', true],
    ['https://a.example/', 'http://a.example/', false],
    ['https://a.example/', 'https://a.example.evil/', false],
    ['https://a.example/', 'https://b.a.example/', false],
    ['https://a.example/v1/', 'https://a.example/v1/x', true],
    ['https://a.example/v1/', 'https://a.example/V1/x', false],
    ['https://a.example/v1/', 'https://a.example/v1/../v2', false],
    ['https://*.a.example/', 'https://b.a.example/', true],
    ['https://*.a.example/', 'https://c.b.a.example/', true],
    ['https://*.a.example/', 'https://a.example/', false],
    ['https://*.a.example/', 'https://ba.example/', false],
  ])('platform 6.1: %s and %s', (prefix, url, may) => {
    expect(fetchable(prefix, url)).toBe(may);
  });

  test.each(['http://a.example/', 'https://a.example', 'https://*/', '*'])(
    'platform 6.1: the manifest may not list %s',
    (prefix) => {
      expect(() => runtime('', { manifest: { timeZone: 'Etc/UTC', urlFetchWhitelist: [prefix] } })).toThrow(
        'is not a valid URL prefix',
      );
    },
  );
});

describe('fetchAll (facts, platform 2.4)', () => {
  const ALL = `UrlFetchApp.fetchAll(['${CRM}/1', { url: 'https://gmail.googleapis.com/gmail/v1/users/me/history', muteHttpExceptions: true }, { url: '${CRM}/3', method: 'post', payload: 'x' }])`;

  test('one round, in parallel virtual time: as long as its slowest', () => {
    const { run, script, clock } = runtime();
    expect(run(`return ${ALL}.map((r) => JSON.parse(r.getContentText()).path)`)).toEqual([
      '/1',
      '/gmail/v1/users/me/history',
      '/3',
    ]);
    expect(clock.now - START).toBe(290);
    expect(script.requests(0).map(({ round, at, virtualMs, units }) => [round, at, virtualMs, units])).toEqual([
      [1, START, 250, undefined],
      [1, START, 290, 5],
      [1, START, 250, undefined],
    ]);
  });

  test('platform 2.4: one host that does not resolve makes it throw, although the others were delivered', () => {
    const { run, wire } = runtime();
    expect(() => run(`UrlFetchApp.fetchAll(['${CRM}/1', 'https://no.invalid/', '${CRM}/3'])`)).toThrow(
      'Exception: DNS error: https://no.invalid/',
    );
    expect(wire.map(({ path }) => path)).toEqual(['/1', '/', '/3']);
  });

  test('an error status of an element without muteHttpExceptions throws for all', () => {
    const { run } = runtime('', { answer: ({ path }) => jsonResponse(path === '/1' ? 500 : 200, {}) });
    expect(() => run(ALL)).toThrow('returned code 500');
  });

  test('the order of effects is free (switch fetchAllOrder); that of the answers is not', () => {
    const { run, set, wire } = runtime();
    set({ fetchAllOrder: 'reversed' });
    expect(run(`return ${ALL}.map((r) => JSON.parse(r.getContentText()).path)`)).toEqual([
      '/1',
      '/gmail/v1/users/me/history',
      '/3',
    ]);
    expect(wire.map(({ path }) => path)).toEqual(['/3', '/gmail/v1/users/me/history', '/1']);
  });

  test('nothing asked is nothing answered', () => {
    const { run, script } = runtime();
    expect(run('return UrlFetchApp.fetchAll([])')).toEqual([]);
    expect(script.requests(0)).toEqual([]);
  });

  test('platform 2: 20,000 requests a day, each of a fetchAll counted', () => {
    const { run, clock, set } = runtime();
    const many = `for (let i = 0; i < 20; i++) UrlFetchApp.fetchAll(Array(1000).fill('${CRM}/'))`;
    run(many);
    expect(() => run(`UrlFetchApp.fetch('${CRM}/')`)).toThrow(
      'Exception: Service invoked too many times for one day: urlfetch.',
    );
    set({ dailyQuotas: false });
    expect(() => run(`UrlFetchApp.fetch('${CRM}/')`)).not.toThrow();
    set({ dailyQuotas: true });
    clock.now = START + 86_400_000;
    expect(() => run(`UrlFetchApp.fetch('${CRM}/')`)).not.toThrow();
  });
});
