/** Connecting, by what the sidebar shows and sends: section C of the contract, on the emulated platform. */
import { AGENT, MINUTE, newSidebar, type Sidebar } from './sidebar';

const NEEDED = [
  'locations.readonly',
  'users.readonly',
  'conversations.readonly',
  'conversations/message.readonly',
  'conversations/message.write',
  'contacts.readonly',
];
const ALL = [
  ...NEEDED,
  'locations/customValues.readonly',
  'locations/customValues.write',
  'conversations.write',
  'contacts.write',
  'opportunities.readonly',
  'opportunities.write',
  'locations/templates.readonly',
  'calendars/events.readonly',
  'files.readonly',
  'medias.write',
];
const CRM = 'services.leadconnectorhq.com';

let bar: Sidebar;
beforeEach(() => {
  bar = newSidebar();
}, 60_000);

const isConnected = () => bar.head !== undefined;

describe('C2: a token is checked before it is stored', () => {
  test('the homepage says what it does, where mail goes, and has the form', () => {
    bar.open();
    expect(bar.text).toContain('Mail goes only between Google and your own CRM');
    expect(bar.text).toContain('conversations/message.write');
    expect(bar.has('connect.check')).toBe(true);
    expect(bar.properties).toEqual({});
  });

  test.each([
    ['no token', '', 'location', 'The token is missing'],
    ['a sentence instead of a token', 'my token is here', 'location', 'does not look like a token'],
    ['a document instead of a token', 'x'.repeat(50_000), 'location', 'does not look like a token'],
    ['no location', 'token', '', 'The sub-account is missing'],
    ['a sentence instead of a location', 'token', 'my agency in Berlin!', 'does not look like a Location ID'],
    ['an unknown token', 'pit-00000000-0000-0000-0000-000000000000', 'location', 'does not accept this token'],
    ['an unknown location', 'token', 'AAAAAAAAAAAAAAAAAAAA', /no sub-account|another sub-account/],
  ])('%s: says what is wrong and stores nothing', (_, token, location, words) => {
    const { crm } = bar;
    bar.check(token === 'token' ? crm.token : token, location === 'location' ? crm.locationId : location);
    expect(bar.text).toMatch(words);
    expect(bar.has('connect.finish')).toBe(false);
    expect(bar.properties).toEqual({});
  });

  test.each(NEEDED)('without %s: names it, and goes no further', (scope) => {
    const token = bar.world.highlevel.createPrivateToken(ALL.filter((each) => each !== scope));
    bar.check(token);
    expect(bar.text).toContain('The token lacks permissions');
    expect(bar.text).toContain(scope);
    for (const other of NEEDED) if (other !== scope) expect(bar.text).not.toContain(`${other} `);
    expect(bar.has('connect.finish')).toBe(false);
    expect(bar.properties).toEqual({});
  });

  test('without what only a part of the sidebar needs: says so, and goes on', () => {
    const token = bar.world.highlevel.createPrivateToken(ALL.filter((each) => each !== 'opportunities.readonly'));
    bar.check(token);
    expect(bar.text).toContain('opportunities.readonly');
    expect(bar.has('connect.finish')).toBe(true);
  });

  test.each(['readonly', 'write'])(
    'C6: without locations/customValues.%s: it works without claims, and says so',
    (kind) => {
      const token = bar.world.highlevel.createPrivateToken(
        ALL.filter((each) => each !== `locations/customValues.${kind}`),
      );
      bar.check(token);
      expect(bar.text).toContain('cannot notice when a second mailbox is connected');
      bar.press('connect.finish');
      expect(isConnected()).toBe(true);
      expect(bar.head.claim).toBeUndefined();
      bar.world.advance(MINUTE, false);
      bar.send({ subject: 'Without a claim' });
      bar.timer();
      expect(bar.open().text).toContain('Without a claim');
    },
  );

  test.each([
    ['503', 'The CRM does not answer properly'],
    ['html', 'The CRM does not answer properly'],
    ['truncated', 'The CRM does not answer properly'],
    ['429', 'The CRM is busy'],
    ['dns', 'Neither Gmail nor the CRM answered'],
  ] as const)('a CRM that answers %s: says so, and the same token works later', (answer, words) => {
    bar.open();
    bar.world.appsScript.setFaults([{ host: CRM, answer, times: 200 }]);
    bar.check();
    expect(bar.text).toContain(words);
    expect(isConnected()).toBe(false);
    bar.world.appsScript.setFaults([]);
    bar.world.advance(MINUTE);
    bar.check().press('connect.finish');
    expect(isConnected()).toBe(true);
  });

  test('the check writes nothing to the CRM', () => {
    const before = JSON.stringify(bar.world.highlevel.describe());
    const since = bar.seq;
    bar.check();
    const writes = bar
      .requests(since)
      .filter(({ method, path }) => method !== 'GET' && !path?.startsWith('/contacts/search'));
    expect(writes.map(({ status }) => status).every((status) => (status ?? 0) >= 400)).toBe(true);
    expect(JSON.stringify(bar.world.highlevel.describe())).toBe(before);
  });

  test('it takes few rounds, well within the time of a card', () => {
    const since = bar.open().seq;
    bar.check();
    expect(Math.max(...bar.requests(since).map(({ round }) => round))).toBeLessThanOrEqual(2);
  });

  test.each([
    ['blanks around it', (token: string) => `  ${token}\n`],
    ['the word in front', (token: string) => `Bearer ${token}`],
    ['invisible characters', (token: string) => `\u200b${token}\ufeff`],
  ])('a token with %s works', (_, pasted) => {
    bar.check(pasted(bar.crm.token)).press('connect.finish');
    expect(bar.head.connection.token).toBe(bar.crm.token);
  });

  test('the address of a page of the sub-account does for its id', () => {
    const { token, locationId } = bar.crm;
    bar.check(token, `https://app.gohighlevel.com/v2/location/${locationId}/dashboard?x=1`).press('connect.finish');
    expect(bar.head.connection.location).toBe(locationId);
  });

  test('the token is in no card and in no parameter', () => {
    const cards = [];
    bar.check();
    cards.push(bar.cards);
    bar.press('connect.finish');
    cards.push(bar.cards, bar.menu('onSettings').cards, bar.press('connect.show').cards);
    expect(JSON.stringify(cards)).not.toContain(bar.crm.token);
  });

  test('cancelling forgets the token', () => {
    bar.check();
    expect(bar.properties['connect.pending']).toContain(bar.crm.token);
    bar.press('connect.cancel');
    expect(bar.properties).toEqual({});
  });

  test('a token that nobody came back for is ignored after a quarter of an hour, and forgotten', () => {
    bar.check();
    const { cards } = bar;
    bar.world.advance(16 * MINUTE);
    bar.cards = cards;
    bar.press('connect.finish');
    expect(bar.text).toContain('15 minutes');
    expect(bar.properties).toEqual({});
    bar.check();
    bar.world.advance(16 * MINUTE);
    bar.open();
    expect(bar.properties).toEqual({});
  });
});

describe('C3: who is connected', () => {
  test('the CRM user of the same address and the main address are proposed', () => {
    bar.check();
    const me = bar.crm.users.find(({ email }) => email === AGENT)!;
    expect(bar.choices('crmUser')?.find(({ selected }) => selected)?.value).toBe(me.id);
    expect(
      bar
        .choices('address')
        ?.filter(({ selected }) => selected)
        .map(({ value }) => value),
    ).toEqual([AGENT]);
  });

  test('nobody of that address: nobody is proposed, and a choice is demanded', () => {
    const other = 'elsewhere@example.com';
    bar.world.gmail.addAccount({ email: other, name: 'Elsewhere' });
    const sidebar = bar.as(other);
    sidebar.check();
    expect(sidebar.text).toContain('Please choose yourself');
    sidebar.press('connect.finish');
    expect(sidebar.text).toContain('Nobody was chosen');
    expect(sidebar.head).toBeUndefined();
  });

  test('an alias that was never confirmed is not offered, and not taken when it is sent all the same', () => {
    const other = 'sales@example.com';
    bar.world.gmail.addAccount({
      email: other,
      name: 'Sales',
      aliases: [
        { email: 'offers@example.com', name: 'Offers', verified: true },
        { email: 'ceo@example.com', name: 'CEO', verified: false },
      ],
    });
    const sidebar = bar.as(other).check();
    expect(sidebar.choices('address')?.map(({ value }) => value)).toEqual([other, 'offers@example.com']);
    const crmUser = bar.crm.users[0].id;
    sidebar.press('connect.finish', { crmUser, address: 'ceo@example.com' });
    expect(sidebar.text).toContain('cannot send with that address');
    expect(sidebar.head).toBeUndefined();
    sidebar.press('home.show').check().press('connect.finish', { crmUser, address: 'OFFERS@example.com' });
    expect(sidebar.head.connection).toMatchObject({ address: 'offers@example.com', mailbox: other, crmUser });
    expect(sidebar.head.connection.ownAddresses).toEqual([other, 'offers@example.com']);
  });

  test('a CRM user of another sub-account cannot be sent by hand', () => {
    bar.check().press('connect.finish', { crmUser: 'AAAAAAAAAAAAAAAAAAAA' });
    expect(bar.text).toContain('Nobody was chosen');
    expect(isConnected()).toBe(false);
  });

  test('the CRM’s own Gmail sync is on: says so and does not start', () => {
    const me = bar.crm.users.find(({ email }) => email === AGENT)!;
    bar.world.switches.set({ nativeSyncUsers: me.id });
    bar.check().press('connect.finish');
    expect(bar.text).toContain('own Gmail sync is on');
    expect(isConnected()).toBe(false);
  });

  test('another user’s own sync is nobody else’s business', () => {
    const other = bar.crm.users.find(({ email }) => email !== AGENT)!;
    bar.world.switches.set({ nativeSyncUsers: other.id });
    bar.check().press('connect.finish');
    expect(isConnected()).toBe(true);
  });

  test.each(['refused', 'ignored'])('where the CRM does not say (%s), the user is asked and believed', (how) => {
    bar.world.switches.set({ enabled2waySyncFilter: how });
    bar.check();
    expect(bar.choices('ownSync')?.map(({ value }) => value)).toEqual(['off', 'on']);
    bar.press('connect.finish', { ownSync: 'on' });
    expect(bar.text).toContain('own Gmail sync is on');
    expect(isConnected()).toBe(false);
    bar.check().press('connect.finish', { ownSync: [] });
    expect(bar.text).toContain('One question is still open');
    expect(isConnected()).toBe(false);
    bar.check().press('connect.finish', { ownSync: 'off' });
    expect(isConnected()).toBe(true);
  });
});

describe('C4: the first connect', () => {
  test('nothing earlier is synced, everything later is', () => {
    bar.send({ subject: 'Before' });
    bar.world.advance(5 * MINUTE);
    bar.connect();
    bar.world.advance(MINUTE, false);
    bar.send({ subject: 'After' });
    bar.world.advance(MINUTE, false);
    bar.timer();
    const { messages } = bar.gmail('GET', 'messages');
    const subjects = messages.map(
      ({ id }: { id: string }) =>
        bar.gmail('GET', `messages/${id}?format=metadata&metadataHeaders=Subject`).payload.headers[0].value,
    );
    expect(subjects).toEqual(['After']);
  });

  test('an idle pass follows, once the mailbox was searched for what an earlier connection left: what is there is known', () => {
    bar.send({ subject: 'Before' });
    bar.world.advance(5 * MINUTE);
    bar.connect();
    bar.world.advance(MINUTE, false);
    bar.timer();
    bar.world.advance(MINUTE, false);
    const run = bar.timer();
    expect(run).toMatchObject({ ok: true, rounds: 1 });
  });

  test('the labels: one hidden, one shown', () => {
    bar.connect();
    const labels = bar.gmail('GET', 'labels').labels as { name: string }[];
    expect(labels.find(({ name }) => name === 'Threadlink/Own')).toMatchObject({
      labelListVisibility: 'labelHide',
      messageListVisibility: 'hide',
    });
    expect(labels.find(({ name }) => name === 'CRM')).toMatchObject({ labelListVisibility: 'labelShow' });
  });

  test('labels of these names that are there already are adopted', () => {
    const mine = bar.gmail('POST', 'labels', { name: 'crm' });
    bar.connect();
    expect(bar.head.labels.shown).toBe(mine.id);
  });

  test.each([
    ['empty', 'done'],
    ['503', 'done'],
    ['timeout', 'done'],
  ] as const)('a label whose making is answered with %s is found and not made twice', (answer, effect) => {
    bar.check();
    bar.world.appsScript.setFaults([
      { host: 'gmail.googleapis.com', path: '/gmail/v1/users/me/labels', method: 'POST', answer, effect },
    ]);
    pressSomehow('connect.finish');
    bar.world.appsScript.setFaults([]);
    if (!isConnected()) bar.check().press('connect.finish');
    const names = (bar.gmail('GET', 'labels').labels as { name: string }[]).map(({ name }) => name);
    expect(names.filter((name) => name === 'Threadlink/Own' || name === 'CRM').sort()).toEqual([
      'CRM',
      'Threadlink/Own',
    ]);
    expect(isConnected()).toBe(true);
  });

  test('wherever finishing is killed, connecting again makes it whole: one connection, one timer, four labels', () => {
    killedAnywhere((nth) => {
      bar.open();
      if (bar.has('connect.check'))
        bar.press('connect.check', { token: bar.crm.token, location: bar.crm.locationId }).press('connect.finish');
      bar.world.advance(16 * MINUTE, false);
      bar.open();
      expect([nth, isConnected(), bar.triggers.map(({ handler }) => handler)]).toEqual([nth, true, ['onSyncTimer']]);
      expect(bar.properties['connect.pending']).toBeUndefined();
      expect(bar.gmail('GET', 'labels').labels.filter(({ type }: { type: string }) => type === 'user')).toHaveLength(4);
    });
    expect(isConnected()).toBe(true);
  });

  test('wherever finishing is killed, and nobody goes on, no run tells of a loss', () => {
    killedAnywhere((nth) => {
      bar.world.run(bar.user, 'onSyncTimer');
      expect([nth, bar.gmail('GET', 'messages?q=in:inbox').messages ?? []]).toEqual([nth, []]);
    });
  });

  /** The last step, killed after each of its calls; in the end it is done uncut. */
  function killedAnywhere(then: (nth: number) => void): void {
    bar.check();
    const before = bar.world.snapshot();
    const { cards } = bar;
    let nth = 1;
    for (; ; nth++) {
      bar.world.restore(before);
      bar.cards = cards;
      bar.world.appsScript.setFaults([{ nth, kill: 'after' }]);
      pressSomehow('connect.finish');
      const met = bar.world.appsScript.faults().met.length > 0;
      bar.world.appsScript.setFaults([]);
      if (!met) break;
      then(nth);
    }
    expect(nth).toBeGreaterThan(20);
  }

  /** The person sees an error where the run dies. */
  function pressSomehow(what: string): void {
    try {
      bar.press(what);
    } catch {
      expect(bar.world.appsScript.faults().met).toHaveLength(1);
    }
  }

  test('a store that refuses the write: says so, and nothing is half connected', () => {
    bar.check();
    bar.world.appsScript.setFaults([
      { service: 'PropertiesService', method: 'setProperty', answer: 'refused', times: 5 },
    ]);
    bar.press('connect.finish');
    expect(bar.text).toContain('would not save');
    expect(isConnected()).toBe(false);
  });

  test('a pass that holds the lock: says so, and the next click does it', () => {
    bar.connect();
    bar.world.advance(MINUTE);
    const inside: string[] = [];
    bar.menu('onSettings').press('connect.show').press('connect.check', { token: bar.crm.token });
    const { cards } = bar;
    bar.world.appsScript.setFaults([
      { host: CRM, act: { method: 'POST', path: '/emulator/sidebar/action', body: finishBody() } },
    ]);
    bar.timer();
    inside.push(...bar.world.failedActs);
    bar.world.appsScript.setFaults([]);
    expect(inside).toEqual([]);
    expect(bar.properties['connect.pending']).toBeDefined();
    bar.cards = cards;
    bar.press('connect.finish');
    expect(bar.notice).toContain('Connected');
    expect(bar.properties['connect.pending']).toBeUndefined();
  });

  function finishBody() {
    const crmUser = bar.crm.users.find(({ email }) => email === AGENT)!.id;
    return {
      user: AGENT,
      at: 'home',
      function: 'onAction',
      parameters: { do: 'connect.finish' },
      formInputs: { crmUser, address: AGENT },
    };
  }

  test('a second click on Connect does no harm', () => {
    bar.check();
    const { cards } = bar;
    bar.press('connect.finish');
    bar.cards = cards;
    bar.press('connect.finish');
    expect(bar.text).toContain('Everything is in step');
    expect(bar.triggers).toHaveLength(1);
  });
});

describe('C4: connecting again', () => {
  test('after the token was revoked the homepage says so and has the form; nothing of the gap is lost', () => {
    bar.connect();
    bar.world.advance(MINUTE);
    bar.send({ subject: 'First' });
    bar.world.advance(MINUTE);
    bar.timer();
    bar.world.highlevel.revokeToken(bar.crm.token);
    bar.timer();
    bar.open();
    expect(bar.text).toContain('The CRM no longer accepts the token');
    bar.send({ subject: 'In the gap' });
    bar.world.advance(60 * MINUTE);
    const { since, installation } = bar.head.connection;
    const token = bar.world.highlevel.createPrivateToken();
    bar.open().press('connect.check', { token }).press('connect.finish');
    expect(bar.head.connection).toMatchObject({ token, since, installation });
    bar.timer();
    expect(bar.open().text).toContain('In the gap');
    expect(bar.text).toContain('First');
    expect(bar.triggers).toHaveLength(1);
  });

  test('C9: a second sub-account is refused, and the connected one is named', () => {
    bar.connect();
    bar.menu('onSettings').press('connect.show');
    bar.press('connect.check', { token: bar.crm.token, location: 'BBBBBBBBBBBBBBBBBBBB' });
    expect(bar.text).toContain('Another sub-account is connected');
    expect(bar.text).toContain('Example Agency');
    expect(bar.head.connection.location).toBe(bar.crm.locationId);
  });

  test('C9: what is stored under another mailbox shows nothing but the way out', () => {
    bar.connect();
    const stored = bar.properties;
    const other = 'colleague@example.com';
    for (const [key, value] of Object.entries(stored)) bar.world.appsScript.setProperty(other, key, value);
    const colleague = bar.as(other).open();
    expect(colleague.text).toContain('another mailbox');
    expect(colleague.has('sync.now')).toBe(false);
    colleague.press('disconnect.ask').press('disconnect.do');
    expect(colleague.properties).toEqual({});
    expect(bar.head.connection.mailbox).toBe(AGENT);
  });
});

describe('G1: how often', () => {
  test('hourly where the platform allows no more, and the sidebar says so and why', () => {
    bar.connect();
    expect(bar.triggers).toMatchObject([{ handler: 'onSyncTimer', everyMinutes: 60 }]);
    expect(bar.text).toContain('once an hour');
    expect(bar.menu('onSettings').text).toContain('Every hour');
  });

  test('every five minutes where the platform allows it', () => {
    bar.world.switches.set({ subHourlyTriggers: 'always' });
    bar.connect();
    expect(bar.triggers).toMatchObject([{ handler: 'onSyncTimer', everyMinutes: 5 }]);
    expect(bar.text).not.toContain('once an hour');
    expect(bar.menu('onSettings').text).toContain('Every 5 minutes');
  });

  test('the owner arms it from the script editor', () => {
    bar.connect();
    bar.world.run(AGENT, 'armSyncTrigger', undefined, 'editor');
    expect(bar.triggers).toMatchObject([{ handler: 'onSyncTimer', everyMinutes: 5 }]);
    expect(bar.head.cadence).toBe(5);
  });

  test('where the platform allows none, it is connected all the same and says so', () => {
    bar.world.switches.set({ clockTriggersPerUser: 1 });
    bar.check();
    bar.world.appsScript.setFaults([{ service: 'ScriptApp', method: 'create', answer: 'refused', times: 5 }]);
    bar.press('connect.finish');
    bar.world.appsScript.setFaults([]);
    if (bar.head.cadence !== 0) return expect(bar.triggers).toHaveLength(1);
    expect(bar.text).toContain('does not let Threadlink run by itself');
    bar.open();
    expect(bar.triggers).toHaveLength(1);
  });
});

describe('C8: permissions', () => {
  test.each(['gmail.modify', 'script.external_request', 'script.scriptapp', 'userinfo.email'])(
    'a box left unticked (%s): a card says what to do',
    (scope) => {
      bar.world.switches.set({ cardWithoutScope: 'runs' });
      bar.world.appsScript.setGrant(AGENT, { withdrawn: [`https://www.googleapis.com/auth/${scope}`] });
      bar.open();
      expect(bar.text).toContain('Allow every box');
    },
  );

  test('a permission taken back: the timer neither crashes nor calls out, and the next card says what to do', () => {
    bar.connect();
    bar.world.switches.set({ cardWithoutScope: 'runs', published: true });
    bar.world.appsScript.setGrant(AGENT, { withdrawn: ['https://www.googleapis.com/auth/gmail.modify'] });
    const since = bar.seq;
    expect(bar.timer().ok).toBe(true);
    expect(bar.requests(since)).toEqual([]);
    expect(bar.open().text).toContain('Allow every box');
    bar.world.appsScript.setGrant(AGENT, {});
    bar.timer();
    expect(bar.open().text).toContain('Everything is in step');
  });
});
