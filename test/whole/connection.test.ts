/** Section C on the whole: the gap of a broken connection, another account, assigned contacts, the end of a connection. */
import { connect, disconnect, updateAddress } from '../../emulator/world/person';
import { textOf } from '../../emulator/world/card-reader';
import { clickInSidebar, openSidebar, shownCards } from '../../emulator/world/sidebar';
import type { World } from '../../emulator/world/world';
import type { Head } from '../../src/sync/state';
import { AGENT, emptyWorld, Stage } from './stage';

const CRM = 'services.leadconnectorhq.com';
const ALIAS = 'offers@example.com';

let world: World;
let stage: Stage;

beforeEach(() => {
  world = emptyWorld(21);
  world.switches.set({ replyTo: 'user' });
  stage = new Stage(world);
}, 60_000);

const properties = (user = AGENT) => world.appsScript.properties(user);
const head = (user = AGENT) => JSON.parse(properties(user).head.slice(7)) as Head;
const home = (user = AGENT) =>
  shownCards(openSidebar(world, user, { at: 'home' }))
    .map(textOf)
    .join(' · ');
const subjects = () => stage.messages().map((message) => message.header('Subject'));
const directions = () =>
  stage
    .emails()
    .map(({ direction }) => direction)
    .sort();
const write = (subject: string, more: Partial<Parameters<Stage['crmSends']>[0]> = {}) =>
  stage.crmSends({ subject, html: '<p>x</p>', ...more });

describe.each(['token', 'oauth'] as const)('C4: a %s that is refused, and connecting again', (method) => {
  let token: string;
  beforeEach(() => {
    token = world.highlevel.createPrivateToken();
    connect(world, { user: AGENT, method, token });
    stage.later(1);
    write('Before the gap');
    stage.later(1);
    stage.pass();
  });

  test('C4: nothing of the gap is lost, in either direction, and nothing is doubled', () => {
    if (method === 'token') world.highlevel.revokeToken(token);
    else world.highlevel.uninstallApp();
    stage.contactAnswers('In the gap, from the contact');
    stage.later(60);
    stage.pass();
    stage.userAnswers('In the gap, from the user');
    write('In the gap, from the CRM');
    stage.later(24 * 60);
    stage.pass();
    expect(home()).toMatch(method === 'token' ? /no longer accepts the token/ : /no longer accepts the sign-in/);
    const { since, installation } = head().connection;
    const links = Object.keys(head().pages).length;
    connect(world, { user: AGENT, method, token: world.highlevel.createPrivateToken() });
    expect(head().connection).toMatchObject({ since, installation });
    expect(Object.keys(head().pages).length).toBeGreaterThanOrEqual(links);
    for (const minutes of [1, 11, 11, 70]) {
      stage.later(minutes);
      stage.pass();
    }
    expect(subjects().filter((subject) => subject === 'In the gap, from the CRM')).toHaveLength(1);
    expect(world.network.received(stage.contact.email)).toHaveLength(3);
    expect(subjects().filter((subject) => !subject.startsWith('Threadlink:'))).toHaveLength(4);
    expect(directions()).toEqual(['inbound', 'outbound', 'outbound', 'outbound']);
  });

  test('C8: a scope that is withdrawn: no storm, the card says what to do, and it goes on when the scope is back', () => {
    const { token } = head().connection;
    world.highlevel.changeScopes(token, ['locations.readonly', 'users.readonly']);
    write('Meanwhile');
    const seq = stage.lastSeq();
    for (let count = 0; count < 12; count++) {
      stage.later(60);
      expect(stage.pass().ok).toBe(true);
    }
    // Two a pass, and three to see that it stays so and to tell of it in the inbox.
    expect(stage.requestsSince(seq).length).toBeLessThanOrEqual(24 + 3);
    expect(home()).toContain('lacks a permission');
    world.highlevel.changeScopes(head().connection.token, [
      ...['conversations.readonly', 'conversations.write', 'conversations/message.readonly'],
      ...['conversations/message.write', 'contacts.readonly', 'users.readonly', 'locations.readonly'],
      ...['locations/customValues.readonly', 'locations/customValues.write'],
    ]);
    stage.later(60);
    stage.pass();
    expect(subjects()).toContain('Meanwhile');
    expect(head().trouble).toBe('');
  });

  test('C8: access taken back in Google: nothing is asked of the CRM, and the card says what to do', () => {
    world.appsScript.setGrant(AGENT, { revoked: true });
    world.gmail.revoke(AGENT);
    const seq = stage.lastSeq();
    for (let count = 0; count < 5; count++) {
      stage.later(60);
      stage.pass();
    }
    expect(stage.requestsSince(seq).filter(({ host }) => host === CRM)).toEqual([]);
    world.appsScript.setGrant(AGENT, {});
    write('Allowed again');
    stage.later(1);
    stage.pass();
    expect(subjects()).toContain('Allowed again');
  });
});

test('C9: a run under another account refuses to read and to write', () => {
  connect(world, { user: AGENT });
  write('Not for the other one');
  stage.later(1);
  const other = 'colleague@example.com';
  for (const [key, value] of Object.entries(properties())) world.appsScript.setProperty(other, key, value);
  const seq = stage.lastSeq();
  expect(world.run(other, 'onSyncTimer').ok).toBe(true);
  world.run(other, 'onSyncSoon');
  expect(stage.requestsSince(seq)).toEqual([]);
  expect(new Stage(world, other).messages()).toEqual([]);
  stage.pass();
  expect(subjects()).toEqual(['Not for the other one']);
});

test('C9: the claim of the connection that was copied is not released by the other account', () => {
  connect(world, { user: AGENT });
  const other = 'colleague@example.com';
  for (const [key, value] of Object.entries(properties())) world.appsScript.setProperty(other, key, value);
  const seq = stage.lastSeq();
  clickInSidebar(
    world,
    other,
    { at: 'home' },
    { function: 'onAction', parameters: { do: 'disconnect.do' }, formInputs: {} },
  );
  expect(properties(other)).toEqual({});
  expect(stage.requestsSince(seq).filter(({ host }) => host === CRM)).toEqual([]);
});

describe('C10: a CRM user who may see only assigned data', () => {
  const limited = 'limited@example.com';
  let me: string;

  beforeEach(() => {
    world.gmail.addAccount({ email: limited, name: 'Limited', aliases: [] });
    me = world.highlevel.addUser({ name: 'Lou Limited', email: limited, assignedDataOnly: true }).id;
    stage = new Stage(world, limited);
    connect(world, { user: limited });
    stage.later(1);
  });

  function sendTo(assignedTo: string | undefined, subject: string): string {
    const email = `${subject.toLowerCase().replace(/\W/g, '')}@customer.test`;
    world.network.addMailbox(email, subject);
    const contact = world.highlevel.addContact({
      name: subject,
      email,
      ...(assignedTo === undefined ? {} : { assignedTo }),
    });
    write(subject, { user: me, to: contact.id });
    stage.later(1);
    return contact.id;
  }

  test('C10: a link begins only for a contact that is assigned to them, also with a token that sees more', () => {
    sendTo(me, 'Mine');
    sendTo(stage.crm.users[0].id, 'Somebody else’s');
    sendTo(undefined, 'Nobody’s');
    stage.pass();
    expect(subjects()).toEqual(['Mine']);
    expect(head(limited).connection.assignedOnly).toBe(true);
  });

  test('C10: for everybody else it makes no difference, and no request', () => {
    const seq = stage.lastSeq();
    connect(world, { user: AGENT });
    const agent = new Stage(world);
    agent.crmSends({ subject: 'As ever', html: '<p>x</p>' });
    agent.later(1);
    agent.pass();
    expect(agent.messages().map((message) => message.header('Subject'))).toEqual(['As ever']);
    expect(agent.requestsSince(seq).filter(({ path = '' }) => /^\/contacts\/\w{20}$/.test(path))).toEqual([]);
  });

  test('C10: the contact’s answer of a linked thread goes to the CRM as for anybody', () => {
    const id = sendTo(me, 'Mine');
    stage.pass();
    const email = world.highlevel.describe().contacts.find((contact) => contact.id === id)?.email ?? '';
    const mail = stage.newestOf(email);
    const raw = [
      `From: ${email}`,
      `To: ${limited}`,
      'Subject: Re: Mine',
      'Message-ID: <answer@customer.test>',
      `In-Reply-To: ${mail('Message-ID')}`,
      '',
      'Yes.',
      '',
    ].join('\r\n');
    world.network.send({ from: email, to: [limited], raw: Buffer.from(raw) });
    stage.later(1);
    stage.pass();
    expect(directions()).toEqual(['inbound', 'outbound']);
  });
});

describe('C6: another alias of the same mailbox', () => {
  const MAIN = 'sales@example.com';

  beforeEach(() => {
    world.gmail.addAccount({ email: MAIN, name: 'Sales', aliases: [{ email: ALIAS, name: 'Offers', verified: true }] });
    world.highlevel.addUser({ name: 'Sam Sales', email: MAIN });
    stage = new Stage(world, MAIN);
  });

  const from = (address: string, subject: string, channel: 'default' | 'gmail' = 'default') =>
    write(subject, { from: address, channel });

  test('C6: a message that was added before the change still belongs to the former address, although no pass saw it', () => {
    connect(world, { user: MAIN });
    stage.later(1);
    from(MAIN, 'Thread of before');
    stage.later(1);
    stage.pass();
    from(MAIN, 'Not seen yet');
    stage.contactAnswers('Answered before');
    // The pass that the change starts comes to nothing.
    world.appsScript.setFaults([
      { host: 'gmail.googleapis.com', path: '/gmail/v1/users/me/history', answer: '503', times: 9 },
    ]);
    updateAddress(world, MAIN, ALIAS);
    world.appsScript.setFaults([]);
    stage.later(5);
    from(MAIN, 'Written with the old address later');
    from(ALIAS, 'Written with the new address');
    for (const minutes of [1, 11, 11, 70]) {
      stage.later(minutes);
      stage.pass();
    }
    expect(
      subjects()
        .filter((subject) => !subject.startsWith('Re:'))
        .sort(),
    ).toEqual(['Not seen yet', 'Thread of before', 'Written with the new address']);
    expect(stage.emails().filter(({ direction }) => direction === 'inbound')).toHaveLength(1);
  });

  test('C6: later messages of the former address’s threads stop, both ways; changed back, they go on', () => {
    connect(world, { user: MAIN });
    stage.later(1);
    from(MAIN, 'Thread of before');
    stage.later(1);
    stage.pass();
    stage.later(1);
    updateAddress(world, MAIN, ALIAS);
    stage.later(5);
    stage.contactAnswers('While the other address is connected');
    stage.later(1);
    stage.pass();
    expect(stage.emails().filter(({ direction }) => direction === 'inbound')).toHaveLength(0);
    updateAddress(world, MAIN, MAIN);
    stage.later(5);
    stage.contactAnswers('Back again');
    stage.later(1);
    stage.pass();
    expect(
      stage
        .emails()
        .filter(({ direction }) => direction === 'inbound')
        .map(({ body }) => body.includes('Back again')),
    ).toEqual([true]);
  });

  test('C6, R1: a pending mail of before is sent from the former address, one of after from the new one', () => {
    connect(world, { user: MAIN, method: 'oauth' });
    stage.later(1);
    from(MAIN, 'Of before', 'gmail');
    world.appsScript.setFaults([
      { host: 'gmail.googleapis.com', path: '/gmail/v1/users/me/history', answer: '503', times: 9 },
    ]);
    updateAddress(world, MAIN, ALIAS);
    world.appsScript.setFaults([]);
    stage.later(2);
    from(ALIAS, 'Of after', 'gmail');
    stage.later(1);
    stage.pass();
    stage.settleDown();
    const sent = (world.network.received(stage.contact.email) ?? []).map(({ raw }) => {
      const text = raw.toString();
      return [/^Subject: (.*)$/m.exec(text)?.[1], /^From: (?:.*<)?([^<>\r\n]+)/m.exec(text)?.[1]];
    });
    expect(sent.sort()).toEqual([
      ['Of after', ALIAS],
      ['Of before', MAIN],
    ]);
  });

  test('C6: the CRM thread of the former address goes on with the first e-mail for the new one', () => {
    connect(world, { user: MAIN });
    stage.later(1);
    const first = from(MAIN, 'An offer');
    stage.later(1);
    stage.pass();
    updateAddress(world, MAIN, ALIAS);
    stage.later(5);
    write('Re: An offer', {
      from: ALIAS,
      replyTo: { emailMessageId: first.emailMessageId, threadId: first.threadId, conversationId: first.conversationId },
    });
    stage.later(1);
    stage.pass();
    expect(subjects()).toEqual(['An offer', 'Re: An offer']);
    stage.contactAnswers('Fine');
    stage.later(1);
    stage.pass();
    expect(stage.emails().filter(({ direction }) => direction === 'inbound')).toHaveLength(1);
  });
});

describe('C7: disconnecting', () => {
  beforeEach(() => {
    connect(world, { user: AGENT });
    stage.later(1);
    write('Under way');
    stage.later(1);
  });

  const claim = () => {
    const answer = world.request({
      method: 'GET',
      host: CRM,
      path: `/locations/${stage.crm.locationId}/customValues`,
      headers: { authorization: `Bearer ${stage.crm.token}`, version: '2021-07-28', 'x-threadlink-outside': '1' },
      body: Buffer.alloc(0),
    });
    return (JSON.parse(answer.body.toString()) as { customValues: { value: string }[] }).customValues[0]?.value;
  };

  test('C7: the claim is released, the store is empty, no timer is left', () => {
    disconnect(world, AGENT);
    expect(claim()).toMatch(/^1 - - /);
    expect(properties()).toEqual({});
    expect(world.appsScript.triggers()).toEqual([]);
  });

  const click = { function: 'onAction', parameters: { do: 'disconnect.do' }, formInputs: {} };
  const act = { method: 'POST', path: '/emulator/sidebar/action', body: { user: AGENT, at: 'home', ...click } };

  test('C7: asked for inside any call of a pass, it holds from then on, and everything is gone within minutes', () => {
    const start = world.snapshot();
    let nth = 1;
    for (; ; nth++) {
      world.restore(start);
      world.appsScript.setFaults([{ nth, act }]);
      world.run(AGENT, 'onSyncTimer');
      const met = world.appsScript.faults().met.length > 0;
      world.appsScript.setFaults([]);
      if (!met) break;
      world.advance(2 * 60_000);
      expect([nth, properties(), world.appsScript.triggers(), claim()?.slice(0, 5)]).toEqual([nth, {}, [], '1 - -']);
    }
    expect(nth).toBeGreaterThan(10);
  });

  test.each(['before', 'after'] as const)('C7: killed %s any call of it, the rest is done by itself', (kill) => {
    const start = world.snapshot();
    let nth = 1;
    for (; ; nth++) {
      world.restore(start);
      world.appsScript.setFaults([{ nth, kill }]);
      try {
        clickInSidebar(world, AGENT, { at: 'home' }, click);
      } catch {
        // The person sees that it failed.
      }
      const met = world.appsScript.faults().met.length > 0;
      world.appsScript.setFaults([]);
      if (!met) break;
      world.advance(2 * 60 * 60_000);
      const marked = properties().head === undefined;
      // Killed before anything was written down, the click has done nothing: the person sees it and clicks again.
      if (!marked) expect([nth, Object.keys(properties()).includes('cmd.disconnect')]).toEqual([nth, false]);
      if (!marked) disconnect(world, AGENT);
      world.advance(2 * 60 * 60_000);
      expect([nth, properties(), world.appsScript.triggers(), claim()?.slice(0, 5)]).toEqual([nth, {}, [], '1 - -']);
    }
    expect(nth).toBeGreaterThan(10);
  });

  test.each(['503', 'timeout', '401', 'dns'] as const)('C7: a CRM that answers %s holds nothing up', (answer) => {
    world.appsScript.setFaults([{ host: CRM, answer, times: 99 }]);
    try {
      clickInSidebar(world, AGENT, { at: 'home' }, click);
    } catch {
      // Too long for a card: the rest is done by itself.
    }
    world.advance(10 * 60_000);
    world.appsScript.setFaults([]);
    expect(properties()).toEqual({});
    expect(world.appsScript.triggers()).toEqual([]);
  });
});
