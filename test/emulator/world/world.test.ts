import { askGmail } from '../../../emulator/world/ask-gmail';
import { connect } from '../../../emulator/world/person';
import { BEGINNING } from '../../../emulator/world/world';
import { bytesOf, tinyWorld } from './tiny-add-on';

const user = 'agent@example.com';
const HOUR = 3_600_000;

function busy(seed = 1) {
  const world = tinyWorld(seed);
  connect(world, { user });
  world.advance(3 * HOUR);
  return world;
}

test('the same seed gives the same world to the byte, another seed another one', () => {
  expect(bytesOf(busy(1))).toBe(bytesOf(busy(1)));
  expect(bytesOf(busy(2))).not.toBe(bytesOf(busy(1)));
});

test('a world put back goes on as the one that it was copied from', () => {
  const world = busy();
  const copied = world.snapshot();
  const goOn = () => {
    world.advance(2 * HOUR);
    const [agent] = world.highlevel.describe().users;
    const [contact] = world.highlevel.describe().contacts;
    world.highlevel.send({
      user: agent.id,
      to: contact.id,
      kind: 'individual',
      channel: 'default',
      subject: 's',
      html: '<p>x</p>',
    });
    world.switches.set({ replyTo: 'user' });
    return bytesOf(world);
  };
  const once = goOn();
  world.restore(copied);
  expect(bytesOf(world)).not.toBe(once);
  expect(goOn()).toBe(once);
});

test('a copy does not change with the world that it was taken from', () => {
  const world = busy();
  const copied = world.snapshot();
  world.restore(copied);
  const before = bytesOf(world);
  world.advance(5 * HOUR);
  world.gmail.act(user, 'trash');
  world.restore(copied);
  expect(bytesOf(world)).toBe(before);
});

test('a fresh world is fresh, and forks of a busy one are cheap', () => {
  const world = busy();
  world.switches.set({ replyTo: 'both' });
  world.reset({});
  expect(bytesOf(world)).toBe(bytesOf(tinyWorld(1)));
  const other = busy();
  const copied = other.snapshot();
  const started = performance.now();
  for (let i = 0; i < 200; i++) {
    other.restore(copied);
    other.snapshot();
  }
  expect((performance.now() - started) / 200).toBeLessThan(5);
});

describe('time', () => {
  test('due triggers fire at their times, in order', () => {
    const world = tinyWorld();
    connect(world, { user });
    connect(world, { user: 'colleague@example.com' });
    const executions = world.advance(3 * HOUR);
    expect(executions).toHaveLength(6);
    expect(new Set(executions.map((run) => run.user))).toEqual(new Set([user, 'colleague@example.com']));
    expect(executions.every(({ ok }) => ok)).toBe(true);
    expect(world.clock.now).toBeGreaterThanOrEqual(BEGINNING + 3 * HOUR);
    expect(world.appsScript.properties(user)['passes']).toBe('3');
  });

  test('without firing their times pass', () => {
    const world = tinyWorld();
    connect(world, { user });
    expect(world.advance(3 * HOUR, false)).toEqual([]);
    expect(world.appsScript.properties(user)['passes']).toBeUndefined();
    expect(world.advance(HOUR)).toHaveLength(1);
  });

  test('a late effect comes at its time although nothing runs', () => {
    const world = tinyWorld();
    connect(world, { user });
    const inserted = () =>
      JSON.parse(
        world
          .request({
            method: 'GET',
            host: 'gmail.googleapis.com',
            path: '/gmail/v1/users/me/messages',
            headers: { authorization: `Bearer ${world.gmail.token(user, ['https://mail.google.com/'])}` },
            body: Buffer.alloc(0),
          })
          .body.toString(),
      ).resultSizeEstimate as number;
    world.appsScript.setFaults([
      { host: 'gmail.googleapis.com', method: 'POST', kill: 'before', effect: 'late', lateMs: 60_000 },
    ]);
    expect(world.run(user, 'onSyncTimer')).toMatchObject({ ok: false, killed: true });
    world.advance(50_000, false);
    expect(inserted()).toBe(0);
    world.advance(10_000, false);
    expect(inserted()).toBe(1);
  });

  test.each([-1, NaN, Infinity])('it does not move by %p', (ms) => {
    expect(() => tinyWorld().advance(ms)).toThrow('time moves on');
  });
});

describe('hosts', () => {
  test('a name behind which nothing is has no answer, and scripts get the platform’s DNS error', () => {
    const world = tinyWorld();
    const { status } = world.request({
      method: 'GET',
      host: 'nowhere.example',
      path: '/',
      headers: {},
      body: Buffer.alloc(0),
    });
    expect(status).toBe(0);
    expect(world.run(user, 'nowhere')).toMatchObject({ ok: false, error: expect.stringContaining('DNS error') });
  });

  test('only what a person can see counts as a change', () => {
    const world = tinyWorld();
    connect(world, { user });
    const headers = { authorization: `Bearer ${world.gmail.token(user, ['https://mail.google.com/'])}` };
    const ask = (method: string, path: string, body = '') => {
      const before = world.changes;
      world.request({ method, host: 'gmail.googleapis.com', path, headers, body: Buffer.from(body) });
      return world.changes - before;
    };
    expect(ask('GET', '/gmail/v1/users/me/messages')).toBe(0);
    expect(ask('POST', '/gmail/v1/users/me/labels', '{"name":"a"}')).toBe(1);
    expect(ask('POST', '/gmail/v1/users/me/labels', '{"name":"a"}')).toBe(0);
  });
});

describe('what faults have people do', () => {
  test('an act in Gmail, a control call, and an act that cannot be done', () => {
    const world = tinyWorld();
    connect(world, { user });
    world.run(user, 'onSyncTimer');
    world.appsScript.setFaults([
      { nth: 1, act: { gmail: 'trash', user } },
      { nth: 2, act: { method: 'PUT', path: '/emulator/crm/settings', body: { replyTo: 'both' } } },
      { nth: 3, act: { gmail: 'trash', user: 'nobody@example.com' } },
      { nth: 4, act: { method: 'POST', path: 'reset', body: {} } },
      { nth: 4, act: { gmail: 'edit-draft', user } },
    ]);
    world.failedActs = [];
    expect(world.run(user, 'onSyncTimer').ok).toBe(true);
    expect(world.switches.values['replyTo']).toBe('both');
    expect(world.failedActs).toEqual([
      'there is no account nobody@example.com',
      expect.stringContaining('cannot begin anew inside a run'),
      'nothing to edit-draft',
    ]);
  });
});

test.each([true, false])('R2: a provider that sends through Gmail leaves its copy in Sent: %p', (through) => {
  const world = tinyWorld();
  world.switches.set({ ownProviderLeavesCopy: through });
  const { users, contacts } = world.highlevel.describe();
  world.highlevel.send({
    user: users[0].id,
    to: contacts[0].id,
    kind: 'individual',
    channel: 'default',
    subject: 's',
    html: 'x',
  });
  const listed = askGmail(world, user, 'messages?labelIds=SENT') as { messages?: { id: string }[] };
  expect(listed.messages ?? []).toHaveLength(through ? 1 : 0);
});

test('every world has the same two people, and the small one three contacts with mailboxes and no mail', () => {
  const world = tinyWorld();
  expect(world.gmail.accounts().map(({ email }) => email)).toEqual(['agent@example.com', 'colleague@example.com']);
  const { users, contacts } = world.highlevel.describe();
  expect(users.map(({ email }) => email)).toEqual(['agent@example.com', 'colleague@example.com']);
  expect(contacts).toHaveLength(3);
  for (const { email } of contacts) expect(world.network.received(email)).toEqual([]);
});
