/** The outside face over real HTTP, as tools see it. */
import { once } from 'node:events';
import { request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LARGEST_BODY } from '../../../emulator/server/body';
import { createServer } from '../../../emulator/server/server';
import type { World } from '../../../emulator/world/world';
import { tinyWorld } from '../world/tiny-add-on';

const user = 'agent@example.com';
let world: World;
let server: Server;
let base: string;

beforeAll(async () => {
  world = tinyWorld();
  const index = { type: 'text/html; charset=utf-8', bytes: Buffer.from('<h1>Page</h1>') };
  server = createServer(world, new Map([['/', index]]));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(async () => {
  await call('POST', '/emulator/reset', { world: 'empty', seed: 1 });
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(base + path, { method, headers, body: sent, redirect: 'manual' });
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

describe('errors are {"error"} with a 4xx', () => {
  test.each([
    ['GET', 'nonsense', undefined, 404],
    ['GET', '', undefined, 404],
    ['GET', '../gmail/v1x', undefined, 404],
    ['DELETE', 'state', undefined, 405],
    ['POST', 'reset', { seed: 'one' }, 400],
    ['POST', 'reset', { world: 'other' }, 400],
    ['POST', 'reset', '[]', 400],
    ['POST', 'reset', '{', 400],
    ['POST', 'connect', {}, 400],
    ['POST', 'connect', { user: 'nobody@example.com' }, 400],
    ['POST', 'connect', { user, method: 'magic' }, 400],
    ['POST', 'update-address', { user, address: user }, 400],
    ['POST', 'disconnect', { user }, 400],
    ['POST', 'clock', {}, 400],
    ['POST', 'clock', { advanceMs: -1 }, 400],
    ['POST', 'run', { user: 'nobody@example.com', function: 'onSyncTimer' }, 400],
    ['GET', 'sidebar?user=agent@example.com&at=nowhere', undefined, 400],
    ['GET', 'sidebar?user=agent@example.com&at=thread', undefined, 400],
    ['GET', 'sidebar?user=agent@example.com&at=thread&id=x', undefined, 400],
    ['POST', 'sidebar/action', { user, at: 'home' }, 400],
    ['POST', 'sidebar/action', { user, at: 'home', function: 'onAction', parameters: { do: 1 } }, 400],
    ['POST', 'sidebar/action', { user, at: 'home', function: 'onAction', formInputs: { a: [1] } }, 400],
    ['POST', 'crm/send', { user: 'nobody', to: 'nobody' }, 400],
    ['POST', 'crm/send', { user: 'u', to: [] }, 400],
    ['PUT', 'crm/settings', { nonsense: true }, 400],
    ['PUT', 'crm/settings', { replyTo: 'nobody' }, 400],
    ['POST', 'mail?from=a@b.example', 'x', 400],
    ['POST', `mail?from=a%0d%0ab@b.example&to=${user}`, 'x', 400],
    ['POST', `mail?from=a@b.example&to=${user}`, undefined, 400],
    ['GET', 'mailbox', undefined, 400],
    ['GET', 'mailbox?address=nobody@b.example', undefined, 404],
    ['PUT', 'mailbox', { address: 'ana.pereira@lisbon.example', reason: '550 a\r\nb' }, 400],
    ['PUT', 'mailbox', { address: user }, 409],
    ['PUT', 'faults', {}, 400],
    ['PUT', 'faults', [{ answer: 'nonsense' }], 400],
    ['PUT', 'faults', [{ nonsense: 1 }], 400],
    ['GET', 'requests?since=x', undefined, 400],
    ['GET', 'logs?last=0', undefined, 400],
    ['GET', 'balance', undefined, 400],
    ['GET', 'balance?user=nobody@example.com', undefined, 400],
    ['GET', 'properties?user=nobody@example.com', undefined, 400],
    ['POST', 'gmail/act', { user, act: 'dance' }, 400],
  ])('%s %s %j', async (method, path, body, status) => {
    const answer = await call(method, `/emulator/${path}`, body);
    expect(answer.status).toBe(status);
    if (path !== '../gmail/v1x') expect(typeof answer.json?.error).toBe('string');
  });

  test('a body over the limit', async () => {
    const answer = await call('POST', '/emulator/reset', 'x'.repeat(LARGEST_BODY + 1));
    expect(answer.status).toBe(413);
  });

  test('unknown hosts and paths are 404, unknown paths of a host in the form of its service', async () => {
    expect((await call('GET', '/nowhere.example/x')).json.error).toMatch('no emulated host nowhere.example');
    expect((await call('GET', '/nothing')).status).toBe(404);
    const gmail = await call('GET', '/gmail/v1/users/me/nonsense');
    expect(gmail.status).toBeGreaterThanOrEqual(400);
    expect(gmail.json?.emulator).toBeUndefined();
  });

  test('a stranger’s page gets nothing', async () => {
    const port = new URL(base).port;
    const status = await new Promise((resolve) => {
      httpRequest({ port, path: '/emulator/state', headers: { host: `evil.example:${port}` } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).end();
    });
    expect(status).toBe(403);
    expect((await call('POST', '/emulator/reset', {}, { origin: 'https://evil.example' })).status).toBe(403);
  });
});

test('the page is served with a policy that lets nothing of strangers run', async () => {
  const page = await call('GET', '/');
  expect(page.text).toBe('<h1>Page</h1>');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
});

describe('emulated hosts', () => {
  test('Gmail under its host and at the root, the CRM under its host, with their own tokens', async () => {
    const { json: state } = await call('GET', '/emulator/state');
    const authorization = `Bearer ${state.accounts[0].token}`;
    for (const prefix of ['', '/gmail.googleapis.com']) {
      expect(
        (await call('GET', `${prefix}/gmail/v1/users/me/profile`, undefined, { authorization })).json.emailAddress,
      ).toBe(user);
    }
    expect((await call('GET', '/gmail/v1/users/me/profile')).status).toBe(401);
    const [contact] = state.crm.contacts;
    const headers = { authorization: `Bearer ${state.crm.token}`, version: '2021-07-28' };
    const path = `/services.leadconnectorhq.com/contacts/${contact.id}`;
    expect((await call('GET', path, undefined, headers)).json.contact.email).toBe(contact.email);
    expect((await call('GET', path, undefined, { ...headers, authorization: 'Bearer pit-no' })).status).toBe(401);
  });

  test('requests from outside are not in the add-on’s log and meet no fault', async () => {
    await call('POST', '/emulator/connect', { user });
    const { json: state } = await call('GET', '/emulator/state');
    const before = (await call('GET', '/emulator/requests?since=0')).json.length;
    await call('PUT', '/emulator/faults', [{ host: 'gmail.googleapis.com', answer: '503' }]);
    const headers = { authorization: `Bearer ${state.accounts[0].token}` };
    expect((await call('GET', '/gmail/v1/users/me/profile', undefined, headers)).status).toBe(200);
    expect((await call('GET', '/emulator/requests?since=0')).json).toHaveLength(before);
    expect((await call('GET', '/emulator/faults')).json).toMatchObject({ met: [], callsSinceArmed: 0 });
  });
});

describe('control', () => {
  test('a mail from outside, its answer, and what was refused', async () => {
    const raw = 'From: x@y.example\r\nSubject: Hi\r\n\r\nx\r\n';
    const { json } = await call('POST', `/emulator/mail?from=x@y.example&to=${user}&to=no@nowhere.example`, raw);
    expect(json.delivered).toEqual([{ account: user, id: expect.any(String), threadId: expect.any(String) }]);
    expect(json.refused).toEqual([{ to: 'no@nowhere.example', reason: expect.stringContaining('5.1.2') }]);
  });

  test('a mail of any bytes arrives as it was', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0x0d, 0x0a, 0x80, 0xfe]);
    const to = 'ana.pereira+tag@lisbon.example';
    await fetch(`${base}/emulator/mail?from=&to=${to}`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'message/rfc822' },
    });
    const { json } = await call('GET', `/emulator/mailbox?address=${to}`);
    expect(Buffer.from(json[0].raw, 'base64').equals(bytes)).toBe(true);
  });

  test('runs are told with their cost, and lists by their last entries', async () => {
    await call('POST', '/emulator/connect', { user });
    await call('POST', '/emulator/run', { user, function: 'onSyncTimer' });
    const { json: all } = await call('GET', '/emulator/executions');
    expect(all.at(-1)).toMatchObject({ user, function: 'onSyncTimer', context: 'trigger', ok: true });
    expect((await call('GET', '/emulator/executions?last=1')).json).toEqual([all.at(-1)]);
    expect((await call('GET', `/emulator/executions?since=${all.at(-2).seq}`)).json).toEqual([all.at(-1)]);
  });

  test('the balance is told from the two sides', async () => {
    const { json: state } = await call('GET', '/emulator/state');
    const [crmUser] = state.crm.users;
    const send = (subject: string) =>
      call('POST', '/emulator/crm/send', { user: crmUser.id, to: state.crm.contacts[0].id, subject });
    await send('Offer');
    expect((await call('GET', `/emulator/balance?user=${user}`)).json).toMatchObject({ total: 0, lone: [] });
    await call('POST', '/emulator/connect', { user });
    expect((await call('GET', `/emulator/balance?user=${user}`)).json).toEqual({
      total: 1,
      both: 0,
      lone: [expect.objectContaining({ side: 'crm', subject: 'Offer' })],
      twice: [],
      left: 0,
    });
  });

  test('properties are shown with tokens masked', async () => {
    await call('POST', '/emulator/connect', { user });
    const { json: state } = await call('GET', '/emulator/state');
    const shown = await call('GET', `/emulator/properties?user=${user}`);
    expect(shown.json).toMatchObject({ address: user, token: '•••' });
    expect(shown.text).not.toContain(state.crm.token);
    expect(state.properties[user].count).toBe(3);
    expect(state.triggers).toEqual([{ user, handler: 'onSyncTimer', everyMinutes: 60, at: expect.any(Number) }]);
  });

  test('sync runs everybody who is connected, and nobody else', async () => {
    await call('POST', '/emulator/connect', { user });
    const { json } = await call('POST', '/emulator/sync', {});
    expect(json.executions).toEqual([expect.objectContaining({ user, function: 'onSyncTimer', ok: true })]);
  });

  test('a mailbox can be made, and can refuse, bounce and answer by itself', async () => {
    const address = 'new@fresh.example';
    expect((await call('PUT', '/emulator/mailbox', { address, name: 'New', autoReply: 'away' })).json).toEqual({
      address,
      name: 'New',
      behaviour: expect.objectContaining({ delivery: 'takes', autoReply: 'away' }),
    });
    await call('PUT', '/emulator/mailbox', { address, delivery: 'refuses', reason: '552 5.2.2 full' });
    const { json } = await call('POST', `/emulator/mail?from=x@y.example&to=${address}`, 'x');
    expect(json.refused).toEqual([{ to: address, reason: '552 5.2.2 full' }]);
  });

  test('the user’s grant can be taken back', async () => {
    await call('POST', '/emulator/connect', { user });
    expect((await call('PUT', '/emulator/grant', { user, revoked: true })).status).toBe(200);
    expect((await call('POST', '/emulator/run', { user, function: 'onSyncTimer' })).json.ok).toBe(false);
  });

  test('an answer of the services’ own refusals is a 400 in their words', async () => {
    const { json: state } = await call('GET', '/emulator/state');
    const send = {
      user: state.crm.users[0].id,
      to: state.crm.contacts[0].id,
      channel: 'gmail',
      subject: 's',
      html: 'x',
    };
    const answer = await call('POST', '/emulator/crm/send', send);
    expect(answer.status).toBe(400);
    expect(answer.json.error).not.toMatch(/ at .*\.ts/);
  });
});

describe('GET /emulator/events', () => {
  test('tells of every change, and of nothing else', async () => {
    await call('POST', '/emulator/connect', { user });
    const abort = new AbortController();
    const response = await fetch(`${base}/emulator/events`, { signal: abort.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body!.getReader();
    const next = async () =>
      JSON.parse(
        Buffer.from((await reader.read()).value!)
          .toString()
          .slice(6),
      ) as { clock: number; seq: number };
    const first = await next();
    await call('GET', '/emulator/state');
    await call('GET', `/emulator/sidebar?user=${user}&at=home`);
    await call('POST', '/emulator/clock', { advanceMs: 1000, fire: false });
    const second = await next();
    expect(second.seq).toBe(first.seq + 1);
    expect(second.clock).toBeGreaterThanOrEqual(first.clock + 1000);
    abort.abort();
  });
});
