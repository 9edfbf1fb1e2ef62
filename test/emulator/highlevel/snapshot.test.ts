/** Snapshots: whole, independent, cheap; and the same seed gives the same bytes. */
import { TestCrm } from './world';

function story(world: TestCrm): string {
  const sent = world.write();
  world.connectApp();
  world.write({ channel: 'gmail', to: world.bob.id });
  world.post('/conversations/messages/inbound', {
    type: 'Email',
    contactId: world.ann.id,
    emailMessageId: sent.emailMessageId,
    html: 'x',
  });
  world.post(`/contacts/${world.ann.id}/notes`, { body: 'n' });
  world.clock.advance(1000);
  return JSON.stringify([
    world.export(),
    world.sent.map(({ raw }) => raw.toString()),
    world.crm.app(),
    world.crm.describe(),
  ]);
}

test('the same seed gives the same run to the byte', () => {
  expect(story(new TestCrm())).toBe(story(new TestCrm()));
});

test('a snapshot is not touched by what happens after it, and restoring it brings everything back, twice', () => {
  const world = new TestCrm();
  const sent = world.write();
  const snapshot = world.crm.snapshot();
  const before = JSON.stringify([world.export(), world.email(sent.emailMessageId), world.crm.describe()]);
  for (let round = 0; round < 2; round++) {
    world.write({ replyTo: { threadId: sent.threadId } });
    world.crm.track(sent.emailMessageId, 'opened');
    world.put(`/contacts/${world.ann.id}`, { lastName: 'Changed' });
    world.ask('DELETE', `/contacts/${world.bob.id}`);
    world.crm.revokeToken(world.token);
    world.crm.restore(snapshot);
    const after = JSON.stringify([world.export(), world.email(sent.emailMessageId), world.crm.describe()]);
    expect(after.replace(/"traceId":"[^"]*"/g, '')).toBe(before.replace(/"traceId":"[^"]*"/g, ''));
  }
});

test('what the maps of the state hold is frozen, because snapshots share it', () => {
  const world = new TestCrm();
  story(world);
  world.post('/contacts/', { locationId: world.locationId, email: 'late@outside.example' });
  world.write({ attachments: [{ name: 'a.txt', type: 'text/plain', base64: 'aGk=' }] });
  world.post(`/locations/${world.locationId}/customValues`, { name: 'n', value: 'v' });
  const loose = Object.entries(world.crm.snapshot()).flatMap(([name, part]) => {
    const rows = part instanceof Map ? part : (part as { rows?: unknown } | undefined)?.rows;
    if (!(rows instanceof Map) || name === 'rates') return [];
    return [...rows.values()].filter((row) => typeof row === 'object' && !Object.isFrozen(row)).map(() => name);
  });
  expect(loose).toEqual([]);
});

test('the rate limit and refresh tokens are part of it', () => {
  const world = new TestCrm();
  const { refresh_token } = world.connectApp();
  const { clientId, clientSecret } = world.crm.app();
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'refresh_token', refresh_token };
  const snapshot = world.crm.snapshot();
  const remaining = () => world.get(`/locations/${world.locationId}`).headers['x-ratelimit-remaining'];
  const first = remaining();
  expect(world.tokens(form).status).toBe(200);
  expect(world.tokens(form).status).toBe(400);
  world.crm.restore(snapshot);
  expect(remaining()).toBe(first);
  expect(world.tokens(form).status).toBe(200);
});

test('a snapshot of 1,000 mails takes a few milliseconds', () => {
  const world = new TestCrm();
  for (let i = 0; i < 1000; i++) world.write({ html: 'x'.repeat(1000) });
  const time = (work: () => unknown) => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1e6;
  };
  const taken = Array.from({ length: 9 }, () => time(() => world.crm.snapshot())).sort((a, b) => a - b);
  // Generous: the machine may be busy. Measured at well under 3 ms.
  expect(taken[4]).toBeLessThan(15);
});
