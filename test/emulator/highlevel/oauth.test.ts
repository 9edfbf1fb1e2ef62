/** The consent page and the token endpoint (facts, highlevel 2). */
import { MARKETPLACE, TestCrm } from './world';

const REDIRECT = 'https://script.google.com/macros/d/x/usercallback';

function consent(world: TestCrm, more: Record<string, string> = {}, path = '/v2/oauth/chooselocation') {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: world.crm.app().clientId,
    redirect_uri: REDIRECT,
    scope: 'contacts.readonly contacts.write',
    state: 'a&b=<c>',
    ...more,
  });
  return world.get(`${path}?${query}`, { host: MARKETPLACE, token: '' });
}

function client(world: TestCrm) {
  const { clientId, clientSecret } = world.crm.app();
  return { client_id: clientId, client_secret: clientSecret };
}

test('highlevel 2.1: the consent page shows scopes and users, and nothing of the request as markup', () => {
  const world = new TestCrm();
  for (const path of ['/v2/oauth/chooselocation', '/oauth/chooselocation']) {
    const page = consent(world, {}, path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('contacts.readonly');
    expect(page.body).toContain(`value="${world.agent.id}"`);
    expect(page.body).toContain('value="a&amp;b=&lt;c&gt;"');
  }
});

test('highlevel 2.1: proceeding redirects with a code and, by switch, the state', () => {
  const world = new TestCrm();
  const go = () =>
    new URL(consent(world, { user_id: world.agent.id }, '/oauth/chooselocation/approve').headers['location']);
  const back = go();
  expect(back.origin + back.pathname).toBe(REDIRECT);
  expect(back.searchParams.get('state')).toBe('a&b=<c>');
  expect(back.searchParams.get('code')).toMatch(/^[0-9a-f]{40}$/);
  world.switches.oauthStateReturned = false;
  expect(go().searchParams.has('state')).toBe(false);
});

test.each([
  ['an unknown client', { client_id: 'nobody' }],
  ['a wrong response type', { response_type: 'token' }],
  ['a redirect that is no address', { redirect_uri: 'javascript:alert(1)' }],
  ['an unknown scope', { scope: 'everything' }],
])('highlevel 2.1: %s is told on the page', (_name, more) => {
  expect(consent(new TestCrm(), more).status).toBe(400);
});

test('highlevel 2.2: a code gives a pair once, with the location, the installer and 86399 seconds', () => {
  const world = new TestCrm();
  const code = new URL(
    consent(world, { user_id: world.colleague.id }, '/oauth/chooselocation/approve').headers['location'],
  ).searchParams.get('code') as string;
  const form = {
    ...client(world),
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    user_type: 'Location',
  };
  const pair = world.tokens(form);
  expect(pair.status).toBe(200);
  expect(pair.body).toMatchObject({
    token_type: 'Bearer',
    expires_in: 86399,
    scope: 'contacts.readonly contacts.write',
    userType: 'Location',
    locationId: world.locationId,
    companyId: world.companyId(),
    userId: world.colleague.id,
  });
  expect(world.tokens(form).body.message).toMatch(/^Invalid grant/);
  expect(world.get(`/contacts/${world.ann.id}`, { token: pair.body.access_token }).status).toBe(200);
});

test('highlevel 2.2: refresh tokens are single use; the new pair works, and so does the old access token', () => {
  const world = new TestCrm();
  const first = world.connectApp('locations.readonly');
  const form = { ...client(world), grant_type: 'refresh_token', refresh_token: first.refresh_token };
  const second = world.tokens(form);
  expect(second.status).toBe(200);
  expect(second.body.refresh_token).not.toBe(first.refresh_token);
  const again = world.tokens(form);
  expect(again.status).toBe(400);
  expect(again.body.message).toBe('Invalid grant: refresh token is invalid');
  for (const token of [first.access_token, second.body.access_token]) {
    expect(world.get(`/locations/${world.locationId}`, { token }).status).toBe(200);
  }
  const third = world.tokens({ ...form, refresh_token: second.body.refresh_token });
  expect(third.status).toBe(200);
});

test('reliability C12: with a grace period a used refresh token gives the same pair again', () => {
  const world = new TestCrm();
  world.switches.refreshGraceMs = 60_000;
  const form = { ...client(world), grant_type: 'refresh_token', refresh_token: world.connectApp().refresh_token };
  const pair = world.tokens(form).body;
  world.clock.advance(59_999);
  expect(world.tokens(form).body.access_token).toBe(pair.access_token);
  world.clock.advance(1);
  expect(world.tokens(form).status).toBe(400);
});

test('highlevel 2.2: refresh tokens live a year', () => {
  const world = new TestCrm();
  const form = { ...client(world), grant_type: 'refresh_token', refresh_token: world.connectApp().refresh_token };
  world.clock.advance(365 * 86_400_000);
  expect(world.tokens(form).body.message).toBe('Invalid grant: refresh token is invalid');
});

test('highlevel 2.2: `Location is not active` spends no refresh token', () => {
  const world = new TestCrm();
  const form = { ...client(world), grant_type: 'refresh_token', refresh_token: world.connectApp().refresh_token };
  world.switches.locationActive = false;
  expect(world.tokens(form).body.message).toBe('Location is not active');
  world.switches.locationActive = true;
  expect(world.tokens(form).status).toBe(200);
});

test('highlevel 2.2: the errors of the token endpoint, in both forms', () => {
  const world = new TestCrm();
  const good = { ...client(world), grant_type: 'refresh_token', refresh_token: 'x' };
  expect(world.tokens({ ...good, client_id: '' }).body.message).toBe('Missing parameter: clientId');
  expect(world.tokens({ ...good, grant_type: 'password' }).body.message).toBe('Invalid parameter: grantType');
  expect(world.tokens({ ...good, client_secret: 'wrong' }).status).toBe(401);
  world.switches.oauthErrorForm = 'error_description';
  expect(world.tokens(good).body).toMatchObject({
    error: 'invalid_grant',
    error_description: 'Invalid grant: refresh token is invalid',
  });
});

test("highlevel 10 V6: another user's authorization ends the first pair where the switch says so", () => {
  const world = new TestCrm();
  const { access_token: token } = world.connectApp('locations.readonly');
  const ask = () => world.get(`/locations/${world.locationId}`, { token }).status;
  consent(world, { user_id: world.colleague.id }, '/oauth/chooselocation/approve');
  expect(ask()).toBe(200);
  world.switches.authorizationEndsOthers = true;
  consent(world, { user_id: world.colleague.id }, '/oauth/chooselocation/approve');
  expect(ask()).toBe(401);
});

test('highlevel 2.5: uninstalling ends the tokens of all users, and the provider is gone', () => {
  const world = new TestCrm();
  const { access_token: token, refresh_token } = world.connectApp();
  const path = `/marketplace/app/${world.crm.app().appId}/installations`;
  expect(world.write({ channel: 'gmail' }).status).toBe('pending');
  expect(world.ask('DELETE', path, { token, body: { locationId: world.locationId } }).body.success).toBe(true);
  expect(world.get(`/locations/${world.locationId}`, { token }).status).toBe(401);
  expect(world.tokens({ ...client(world), grant_type: 'refresh_token', refresh_token }).status).toBe(400);
  expect(() => world.write({ channel: 'gmail' })).toThrow(/provider/);
});
