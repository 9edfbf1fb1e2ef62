/** Connecting with OAuth, by what the sidebar shows and the browser does: C2 and C5, on the emulated platform. */
import { AGENT, MINUTE, newSidebar, type Sidebar } from './sidebar';

const CRM = 'services.leadconnectorhq.com';
const TOKENS = { host: CRM, path: '/oauth/token' } as const;

let bar: Sidebar;
beforeEach(() => {
  bar = newSidebar();
}, 60_000);

const signIn = () => bar.open().press('connect.oauth');
const consentUrl = () => bar.links.find((url) => url.startsWith('https://marketplace.'))!;

/** The person says yes on the consent page; gives the address to which it leads back. */
function consent(url = consentUrl(), user = AGENT): string {
  const me = bar.crm.users.find(({ email }) => email === user)!;
  const { pathname, search } = new URL(url);
  const answer = browse('marketplace.gohighlevel.com', `${pathname}/approve${search}&user_id=${me.id}`);
  return answer.headers.location;
}

function browse(host: string, path: string) {
  const headers = { accept: 'text/html', 'x-threadlink-outside': '1' };
  return bar.world.request({ method: 'GET', host, path, headers, body: Buffer.alloc(0) });
}

function follow(url: string) {
  const { hostname, pathname, search } = new URL(url);
  return browse(hostname, `${pathname}${search}`);
}

describe('C2: connecting with OAuth', () => {
  test.each([true, false])('state returned: %s; the connection is the app’s, and the sidebar says so', (returned) => {
    bar.world.switches.set({ oauthStateReturned: returned });
    bar.world.run(AGENT, 'onHomepage', {});
    bar.open();
    const { connection } = connectByApp().head;
    expect(connection).toMatchObject({ kind: 'oauth', location: bar.crm.locationId, provider: bar.crm.providerId });
    expect(bar.menu('onSettings').text).toContain('sends CRM mail through Gmail');
    expect(bar.open().text).toContain('Everything is in step');
    expect(Object.keys(bar.properties).filter((key) => key.startsWith('connect.'))).toEqual([]);
  });

  test('without an app in the script properties there is no sign-in, and a token does', () => {
    for (const name of ['clientId', 'clientSecret']) bar.world.appsScript.setScriptProperty(`oauth.${name}`, undefined);
    expect(bar.open().has('connect.oauth')).toBe(false);
    bar.forge({ do: 'connect.oauth' });
    expect(bar.text).toContain('not set up properly');
    bar.connect();
    expect(bar.head.connection.kind).toBe('token');
  });

  test('the consent page asks for what the sync needs, and its address holds no secret', () => {
    signIn();
    const query = new URL(consentUrl()).searchParams;
    expect(query.get('response_type')).toBe('code');
    expect(query.get('redirect_uri')).toMatch(/^https:\/\/script\.google\.com\/macros\/d\/[\w-]+\/usercallback$/);
    expect(query.get('scope')?.split(' ')).toEqual(
      expect.arrayContaining(['locations.readonly', 'conversations/message.write', 'contacts.readonly']),
    );
    expect(consentUrl()).not.toContain(bar.world.highlevel.app().clientSecret);
  });

  test('the page at the end says that the sidebar goes on, and shown again says the same', () => {
    signIn();
    const back = consent();
    const first = follow(back);
    expect(first.body.toString()).toContain('You are signed in');
    expect(follow(back).body.toString()).toContain('You are signed in');
    expect(bar.open().has('connect.finish')).toBe(true);
    expect(JSON.stringify([first.body.toString(), bar.cards])).not.toMatch(/eyJ|rt\./);
  });

  test('"I have signed in" goes on where the page that was closed does not say so, and says so where nobody has', () => {
    signIn();
    const back = consent();
    bar.press('connect.signed-in');
    expect(bar.text).toContain('You are not signed in yet');
    signIn();
    follow(consent());
    bar.press('connect.signed-in').press('connect.finish');
    expect(bar.head.connection.kind).toBe('oauth');
    expect(follow(back).status).toBe(200);
  });

  test('declined: the page and the sidebar say so, and nothing is stored', () => {
    signIn();
    const back = new URL(consent());
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    expect(follow(back.href).body.toString()).toContain('did not give access');
    expect(bar.open().has('connect.finish')).toBe(false);
  });

  test.each([
    ['a page of another sign-in', () => consentOf(signIn(), () => signIn()), 'too old'],
    ['a page without a sign-in', () => consentOf(signIn(), () => bar.press('connect.cancel')), 'too old'],
    ['a page that comes late', () => consentOf(signIn(), () => bar.world.advance(16 * MINUTE)), /too old|expired/],
  ])('%s brings nothing in', (_, page, words) => {
    expect(follow(page()).body.toString()).toMatch(words);
    expect(bar.open().has('connect.finish')).toBe(false);
    expect(bar.properties['connect.pending']).toBeUndefined();
  });

  function consentOf(_: Sidebar, meanwhile: () => unknown): string {
    const back = consent();
    meanwhile();
    return back;
  }

  test('somebody else’s page does not connect this user', () => {
    const other = bar.as('colleague@example.com');
    other.open().press('connect.oauth');
    const back = consent(other.links.find((url) => url.startsWith('https://marketplace.')));
    signIn();
    follow(back);
    expect(bar.open().has('connect.finish')).toBe(false);
    expect(other.open().has('connect.finish')).toBe(true);
  });

  test.each([
    ['nothing', () => '', /address of the page/],
    ['an essay', () => 'I do not know what to paste here, sorry!', /address of the page/],
    ['a code that nobody gave', () => 'abcdef0123456789abcdef', /used before/],
    ['a code that was used', () => used(), /used before/],
  ])('pasted by hand, %s: says so, stores nothing', (_, pasted, words) => {
    bar.world.switches.set({ oauthStateReturned: false });
    signIn();
    const { cards } = bar;
    const input = pasted();
    bar.cards = cards;
    bar.press('connect.code', { code: input });
    expect(bar.text).toMatch(words);
    expect(bar.properties['connect.pending']).toBeUndefined();
  });

  function used(): string {
    const back = consent();
    bar.press('connect.code', { code: back }).press('connect.cancel');
    signIn();
    return back;
  }

  test('pasted by hand, the code alone does, and a second click does no harm', () => {
    bar.world.switches.set({ oauthStateReturned: false });
    signIn();
    const { cards } = bar;
    const code = new URL(consent()).searchParams.get('code')!;
    bar.press('connect.code', { code });
    expect(bar.has('connect.finish')).toBe(true);
    bar.cards = cards;
    bar.press('connect.code', { code }).press('connect.finish');
    expect(bar.head.connection.kind).toBe('oauth');
  });

  test('pasted without a sign-in of one’s own, a code is not taken: it may be somebody else’s', () => {
    const other = bar.as('colleague@example.com');
    other.open().press('connect.oauth');
    const back = consent(other.links.find((url) => url.startsWith('https://marketplace.')));
    bar.forge({ do: 'connect.code' }, { code: back });
    expect(bar.text).toContain('too old');
    expect(bar.properties).toEqual({});
  });

  test.each([
    ['wrong credentials of the app', [{ ...TOKENS, answer: '401' }], /not set up|does not/],
    ['a CRM that is down', [{ ...TOKENS, answer: '503' }], /did not answer the sign-in/],
    ['a lost answer', [{ ...TOKENS, answer: 'timeout', effect: 'done' }], /did not answer the sign-in/],
    ['half an answer', [{ ...TOKENS, answer: 'truncated', effect: 'done' }], /did not answer the sign-in/],
  ] as const)('%s: the page says what to do, and the next sign-in works', (_, faults, words) => {
    signIn();
    const back = consent();
    bar.world.appsScript.setFaults([...faults]);
    expect(follow(back).body.toString()).toMatch(words);
    bar.world.appsScript.setFaults([]);
    expect(bar.properties['connect.pending']).toBeUndefined();
    connectByApp();
    expect(bar.head.connection.kind).toBe('oauth');
  });

  test('a location that is not active', () => {
    bar.world.switches.set({ locationActive: false });
    signIn();
    expect(follow(consent()).body.toString()).toContain('not active');
  });

  test('C9: signing in to another sub-account than the connected one is refused, and forgotten with one click', () => {
    bar.connect();
    bar.menu('onSettings').press('connect.show').press('connect.oauth');
    follow(consent());
    const pending = JSON.parse(bar.properties['connect.pending']);
    bar.world.appsScript.setProperty(
      AGENT,
      'connect.pending',
      JSON.stringify({ ...pending, location: 'BBBBBBBBBBBBBBBBBBBB' }),
    );
    expect(bar.open().text).toContain('Another sub-account is connected');
    bar.press('connect.cancel');
    expect(bar.head.connection.kind).toBe('token');
    expect(bar.properties['connect.pending']).toBeUndefined();
  });

  test('C4: from token to app and back, cursors and links stay', () => {
    bar.connect();
    bar.world.advance(MINUTE);
    bar.send({ subject: 'First' });
    bar.world.advance(MINUTE, false);
    bar.timer();
    const before = bar.head;
    bar.menu('onSettings').press('connect.show').press('connect.oauth');
    follow(consent());
    bar.open().press('connect.finish');
    expect(bar.head.connection).toMatchObject({ kind: 'oauth', since: before.connection.since });
    expect(bar.head.connection.installation).toBe(before.connection.installation);
    expect(bar.open().text).toContain('First');
    bar.menu('onSettings').press('connect.show').press('connect.check', { token: bar.crm.token });
    bar.press('connect.finish');
    expect(bar.head.connection.kind).toBe('token');
    expect(bar.head.connection.renewal).toBeUndefined();
    expect(bar.head.connection.provider).toBeUndefined();
  });

  test('a sign-in that nobody came back from leaves nothing behind', () => {
    signIn();
    expect(Object.keys(bar.properties)).toEqual(['connect.consent']);
    bar.world.advance(16 * MINUTE);
    bar.open();
    expect(bar.properties).toEqual({});
  });

  test('wherever the page at the end is killed, signing in once more connects', () => {
    signIn();
    const back = consent();
    const before = bar.world.snapshot();
    let cuts = 0;
    for (let nth = 1; ; nth++) {
      bar.world.restore(before);
      bar.world.appsScript.setFaults([{ nth, kill: 'after' }]);
      follow(back);
      const met = bar.world.appsScript.faults().met.length > 0;
      bar.world.appsScript.setFaults([]);
      if (!met) break;
      cuts = nth;
      if (!bar.open().has('connect.finish')) connectByApp();
      else bar.press('connect.finish');
      expect([nth, bar.head?.connection.kind]).toEqual([nth, 'oauth']);
    }
    expect(cuts).toBeGreaterThanOrEqual(5);
  });
});

/** The whole way once more, as the emulator's person goes it. */
function connectByApp(): Sidebar {
  return bar.connect({ method: 'oauth' });
}
