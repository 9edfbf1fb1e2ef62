/** Tokens, scopes, versions, locations, limits: the refusals of facts, highlevel 1. */
import { API, TestCrm } from './world';

const location = (world: TestCrm) => `/locations/${world.locationId}`;

test.each([
  ['no token', ''],
  ['an unknown token', 'pit-no'],
])('highlevel 1: %s is 401 "Invalid token: access token is invalid"', (_name, token) => {
  const world = new TestCrm();
  const answer = world.get(location(world), { token });
  expect(answer.status).toBe(401);
  expect(answer.body).toMatchObject({
    statusCode: 401,
    message: 'Invalid token: access token is invalid',
    error: 'Unauthorized',
  });
  expect(answer.headers).not.toHaveProperty('x-ratelimit-remaining');
});

test('highlevel 1: an expired app token is 401 "Invalid JWT", a day after it was issued', () => {
  const world = new TestCrm();
  const { access_token: token, expires_in } = world.connectApp('locations.readonly');
  expect(expires_in).toBe(86399);
  world.clock.advance(86_398_999);
  expect(world.get(location(world), { token }).status).toBe(200);
  world.clock.advance(1);
  expect(world.get(location(world), { token }).body.message).toBe('Invalid JWT');
});

test('highlevel 1: a missing scope is 401 with a text of its own, also before the record is looked for', () => {
  const world = new TestCrm();
  const token = world.crm.createPrivateToken(['locations.readonly']);
  expect(world.get(location(world), { token }).status).toBe(200);
  for (const path of [`/contacts/${world.ann.id}`, '/contacts/nobody']) {
    const answer = world.get(path, { token });
    expect(answer.status).toBe(401);
    expect(answer.body.message).toBe('The token is not authorized for this scope.');
  }
});

test('highlevel 1: agency endpoints and app-only endpoints refuse by the class of the token', () => {
  const world = new TestCrm();
  const agency = world.post('/oauth/locationToken', { companyId: 'c', locationId: world.locationId });
  expect(agency.status).toBe(401);
  expect(agency.body.message).toMatch(/^This authClass type is not allowed to access this scope/);
  const only = world.ask('DELETE', `/marketplace/app/x/installations`, { body: { locationId: world.locationId } });
  expect(only.status).toBe(401);
  expect(only.body.message).toMatch(/authClass/);
});

test('highlevel 2.6: users/search refuses sub-account tokens with E-102 where the switch says so; the old list goes on', () => {
  const world = new TestCrm();
  world.switches.usersSearch = 'E-102';
  const answer = world.get(`/users/search?companyId=${world.companyId()}`);
  expect(answer.status).toBe(401);
  expect(answer.body.message).toBe('E-102. This AuthClass is not yet supported!');
  const old = world.get(`/users/?locationId=${world.locationId}`);
  expect(old.body.users.map(({ email }: { email: string }) => email)).toEqual([
    'agent@example.com',
    'colleague@example.com',
  ]);
});

test.each([
  ['path', (w: TestCrm) => w.get('/locations/another')],
  ['query', (w: TestCrm) => w.get('/conversations/search?locationId=another')],
  ['query in snake case', (w: TestCrm) => w.get('/opportunities/search?location_id=another')],
  ['body', (w: TestCrm) => w.post('/contacts/', { locationId: 'another', name: 'X' })],
])('highlevel 1: another location in the %s is 403', (_where, ask) => {
  const answer = ask(new TestCrm());
  expect(answer.status).toBe(403);
  expect(answer.body.message).toBe('The token does not have access to this location.');
});

test('highlevel 1: the Version header is demanded where it is documented, and only there', () => {
  const world = new TestCrm();
  const { emailMessageId } = world.write();
  const without = world.get(location(world), { version: '' });
  expect(without.status).toBe(401);
  expect(without.body.message).toMatch(/version header/);
  expect(world.get(location(world), { version: '2099-01-01' }).status).toBe(401);
  for (const version of ['2021-04-15', '2021-07-28', '2023-02-21', 'v3']) {
    expect(world.get(location(world), { version }).status).toBe(200);
  }
  expect(world.get(`/conversations/messages/email/${emailMessageId}`, { version: '' }).status).toBe(200);
});

test('highlevel 3: v3-only paths are 404 in the dated versions, and the contact list is gone in v3', () => {
  const world = new TestCrm();
  const channels = `${location(world)}/conversationChannels/Email`;
  expect(world.get(channels).status).toBe(404);
  expect(world.get(channels, { version: 'v3' }).body.conversationChannel.Email).toHaveLength(1);
  expect(world.get(`/contacts/?locationId=${world.locationId}`).status).toBe(200);
  expect(world.get(`/contacts/?locationId=${world.locationId}`, { version: 'v3' }).status).toBe(404);
});

test('unknown paths and methods are 404 in the form of the API; documented ones that are left out are 501', () => {
  const world = new TestCrm();
  expect(world.get('/nonsense').body).toMatchObject({ statusCode: 404, message: 'Cannot GET /nonsense' });
  expect(world.ask('DELETE', location(world)).status).toBe(404);
  expect(world.post('/opportunities/upsert', {}).status).toBe(501);
  expect(world.get('/', { host: 'elsewhere.example' }).status).toBe(404);
});

test('a body that is not JSON, or no object, is a 400', () => {
  const world = new TestCrm();
  for (const body of ['{', '[]', '"x"', 'null']) {
    const answer = world.ask('POST', '/conversations/messages/inbound', { body: Buffer.from(body) });
    expect(answer.status).toBe(400);
  }
});

describe('highlevel 1: rate limits', () => {
  test('100 requests in 10 seconds, told by the five headers; the next one is 429 and does nothing', () => {
    const world = new TestCrm();
    const first = world.get(location(world)).headers;
    expect(first).toMatchObject({
      'x-ratelimit-limit-daily': '200000',
      'x-ratelimit-daily-remaining': '199999',
      'x-ratelimit-interval-milliseconds': '10000',
      'x-ratelimit-max': '100',
      'x-ratelimit-remaining': '99',
    });
    for (let i = 0; i < 99; i++) world.get(location(world));
    const refused = world.post(`/contacts/${world.ann.id}/notes`, { body: 'never' });
    expect(refused.status).toBe(429);
    expect(refused.headers['x-ratelimit-remaining']).toBe('0');
    expect(refused.headers).not.toHaveProperty('retry-after');
    world.clock.advance(10_000);
    expect(world.get(`/contacts/${world.ann.id}/notes`).body.notes).toEqual([]);
  });

  test('a day has its own limit, which starts anew the next day', () => {
    const world = new TestCrm();
    world.switches.rateLimitDaily = 2;
    world.switches.rateLimitRetryAfter = true;
    world.get(location(world));
    world.get(location(world));
    const refused = world.get(location(world));
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe(String(16 * 3600));
    world.clock.advance(16 * 3_600_000);
    expect(world.get(location(world)).status).toBe(200);
  });

  test('an app has one budget for all users of the location, beside that of a private token', () => {
    const world = new TestCrm();
    const one = world.connectApp('locations.readonly').access_token;
    const other = world.connectApp('locations.readonly').access_token;
    world.get(location(world), { token: one });
    expect(world.get(location(world), { token: other }).headers['x-ratelimit-remaining']).toBe('98');
    expect(world.get(location(world)).headers['x-ratelimit-remaining']).toBe('99');
  });

  test('requests from outside are neither counted nor limited', () => {
    const world = new TestCrm();
    const headers = { 'x-threadlink-outside': '1' };
    for (let i = 0; i < 150; i++) expect(world.get(location(world), { headers }).status).toBe(200);
    expect(world.get(location(world)).headers['x-ratelimit-remaining']).toBe('99');
  });

  test('an unknown token is not counted', () => {
    const world = new TestCrm();
    for (let i = 0; i < 150; i++) world.get(location(world), { token: 'no' });
    expect(world.get(location(world)).status).toBe(200);
  });
});

test("answers carry a trace id and the CRM's own clock, skewed where the switch says so", () => {
  const world = new TestCrm();
  const answer = world.get(location(world));
  expect(answer.headers['date']).toBe('Mon, 02 Mar 2026 08:00:00 GMT');
  expect(answer.body.traceId).toBe(answer.headers['x-trace-id']);
  expect(world.get('/nonsense').body.traceId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  world.switches.clockSkewMs = -90_000;
  expect(world.get(location(world)).headers['date']).toBe('Mon, 02 Mar 2026 07:58:30 GMT');
  expect(world.email(world.write().emailMessageId).dateAdded).toBe('2026-03-02T07:58:30.000Z');
});

test('highlevel 1: without Accept some calls are 404 with an empty body', () => {
  const world = new TestCrm();
  world.switches.acceptRequired = true;
  const answer = world.crm.handle({
    method: 'GET',
    host: API,
    path: location(world),
    headers: { authorization: `Bearer ${world.token}`, version: '2021-07-28' },
    body: Buffer.alloc(0),
  });
  expect(answer.status).toBe(404);
  expect(answer.body).toHaveLength(0);
});

test('highlevel 2.4: the scopes of a private token can be edited, and the token stays', () => {
  const world = new TestCrm();
  world.crm.changeScopes(world.token, ['contacts.readonly']);
  expect(world.get(location(world)).body.message).toBe('The token is not authorized for this scope.');
  expect(world.get(`/contacts/${world.ann.id}`).status).toBe(200);
});

test('a token that was ended in the settings opens nothing any more', () => {
  const world = new TestCrm();
  world.crm.revokeToken(world.token);
  expect(world.get(location(world)).status).toBe(401);
});

test('highlevel 1, #6: a bad token on /inbound is a 500 where the switch says so', () => {
  const world = new TestCrm();
  const ask = () => world.post('/conversations/messages/inbound', { type: 'Email' }, { token: 'no' }).status;
  expect(ask()).toBe(401);
  world.switches.inboundBadTokenIs500 = true;
  expect(ask()).toBe(500);
  expect(world.get(location(world), { token: 'no' }).status).toBe(401);
});

test('highlevel 1: errors of v3 calls have a form of their own where the switch says so', () => {
  const world = new TestCrm();
  world.switches.v3ErrorForm = 'object';
  expect(world.get('/files/d/x', { version: 'v3' }).body.error).toMatchObject({
    code: '404',
    message: 'File not found',
  });
  expect(world.get('/files/d/x').body).toMatchObject({ statusCode: 404, error: 'Not Found' });
});
