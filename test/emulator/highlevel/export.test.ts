/** GET /conversations/messages/export (facts, highlevel 5.4). */
import { TestCrm } from './world';
import type { Loose } from './world';

const MINUTE = 60_000;

function ids(page: Loose): string[] {
  return page.messages.map(({ id }: { id: string }) => id);
}

/** `count` threads, a second apart, oldest first. */
function threads(world: TestCrm, count: number): string[] {
  return Array.from({ length: count }, () => {
    world.clock.advance(1000);
    return world.write().threadId;
  });
}

test('highlevel 5.4: without channel=Email there are no e-mails in it', () => {
  const world = new TestCrm();
  world.write();
  const path = `/conversations/messages/export?locationId=${world.locationId}`;
  expect(world.get(path).body).toMatchObject({ messages: [], nextCursor: null, total: 0 });
  expect(world.get(`${path}&channel=SMS`).body.messages).toEqual([]);
  expect(world.get(`${path}&channel=email`).status).toBe(422);
  expect(world.get(`${path}&channel=Email`).body.messages).toHaveLength(1);
});

test('highlevel 5.4: a reply changes its container: it is first by updatedAt, and holds both mails', () => {
  const world = new TestCrm();
  const [first, second, third] = threads(world, 3);
  world.clock.advance(1000);
  const reply = world.write({ replyTo: { threadId: first } });
  expect(ids(world.export('&sortBy=updatedAt'))).toEqual([first, third, second]);
  expect(ids(world.export('&sortBy=createdAt'))).toEqual([third, second, first]);
  expect(ids(world.export('&sortBy=createdAt&sortOrder=asc'))).toEqual([first, second, third]);
  const [row] = world.export('&sortBy=updatedAt').messages;
  expect(row.meta.email.messageIds).toEqual([expect.any(String), reply.emailMessageId]);
  expect(row.dateUpdated).toBe('2026-03-02T08:00:04.000Z');
  expect(row.dateAdded).toBe('2026-03-02T08:00:01.000Z');
});

test('highlevel 5.4: pages by cursor to the end, each row once', () => {
  const world = new TestCrm();
  const all = threads(world, 25);
  const seen: string[] = [];
  let cursor = '';
  for (let page = 0; page < 3; page++) {
    const answer = world.export(`&sortBy=updatedAt&limit=10${cursor}`);
    expect(answer.total).toBe(25);
    seen.push(...ids(answer));
    cursor = `&cursor=${answer.nextCursor}`;
    if (page === 2) expect(answer.nextCursor).toBeNull();
  }
  expect(seen).toEqual([...all].reverse());
});

test('highlevel 5.4: ties (times in whole seconds) are neither lost nor doubled by paging', () => {
  const world = new TestCrm();
  world.switches.timePrecision = 's';
  const all = Array.from({ length: 25 }, () => world.write().threadId);
  const seen: string[] = [];
  let cursor = '';
  do {
    const answer = world.export(`&sortBy=updatedAt&limit=10${cursor}`);
    seen.push(...ids(answer));
    cursor = answer.nextCursor === null ? '' : `&cursor=${answer.nextCursor}`;
  } while (cursor !== '');
  expect(new Set(seen)).toEqual(new Set(all));
  expect(seen).toHaveLength(25);
});

test('highlevel 5.4: a cursor dies two minutes after its last use', () => {
  const world = new TestCrm();
  threads(world, 11);
  const { nextCursor } = world.export('&limit=10');
  const next = () =>
    world.get(
      `/conversations/messages/export?locationId=${world.locationId}&channel=Email&limit=10&cursor=${nextCursor}`,
    );
  world.clock.advance(2 * MINUTE);
  expect(next().status).toBe(200);
  world.clock.advance(2 * MINUTE);
  expect(next().status).toBe(200);
  world.clock.advance(2 * MINUTE + 1);
  expect(next().status).toBe(400);
});

test('a cursor goes on with its own query only, and an invented one is refused', () => {
  const world = new TestCrm();
  threads(world, 11);
  const { nextCursor } = world.export('&limit=10');
  const path = `/conversations/messages/export?locationId=${world.locationId}&channel=Email&limit=10`;
  expect(world.get(`${path}&sortBy=updatedAt&cursor=${nextCursor}`).status).toBe(400);
  expect(world.get(`${path}&cursor=invented`).status).toBe(400);
});

test.each([
  ['live', 1, 0],
  ['snapshot', 0, 1],
])('spec X12: a thread that moves to the front while paging: cursor %s', (mode, missed, shown) => {
  const world = new TestCrm();
  world.switches.exportCursor = mode;
  const all = threads(world, 11);
  const { nextCursor, messages } = world.export('&sortBy=updatedAt&limit=10');
  expect(messages).toHaveLength(10);
  world.clock.advance(1000);
  world.write({ replyTo: { threadId: all[0] } });
  const second = ids(world.export(`&sortBy=updatedAt&limit=10&cursor=${nextCursor}`));
  expect(second.filter((id) => id === all[0])).toHaveLength(shown);
  expect(1 - second.length).toBe(missed);
});

test.each([
  ['limit=9', 422],
  ['limit=10', 200],
  ['limit=500', 200],
  ['limit=501', 422],
  ['limit=x', 422],
  ['sortBy=date', 422],
  ['sortOrder=up', 422],
  ['startDate=yesterday', 400],
])('highlevel 5.4: %s is %i', (query, status) => {
  const world = new TestCrm();
  expect(world.get(`/conversations/messages/export?locationId=${world.locationId}&channel=Email&${query}`).status).toBe(
    status,
  );
});

test('highlevel 10.5: the larger limit of the live documents is a switch', () => {
  const world = new TestCrm();
  world.switches.exportMaxLimit = 1000;
  expect(world.export('&limit=1000').messages).toEqual([]);
});

test('highlevel 5.4: the index may lag: a thread appears late and with its old updatedAt', () => {
  const world = new TestCrm();
  world.switches.exportLagMs = 30_000;
  const { threadId, conversationId } = world.write();
  world.clock.advance(29_999);
  expect(world.export().messages).toEqual([]);
  expect(world.get(`/conversations/${conversationId}/messages`).body.messages.messages).toHaveLength(1);
  world.clock.advance(1);
  expect(ids(world.export())).toEqual([threadId]);
  expect(world.export().messages[0].dateUpdated).toBe('2026-03-02T08:00:00.000Z');
  world.write({ replyTo: { threadId } });
  expect(world.export().messages[0].meta.email.messageIds).toHaveLength(1);
  world.clock.advance(30_000);
  expect(world.export().messages[0].meta.email.messageIds).toHaveLength(2);
});

test('highlevel 10 V4: a status change moves updatedAt only where the switch says so', () => {
  for (const bumps of [false, true]) {
    const world = new TestCrm();
    world.switches.statusBumpsUpdatedAt = bumps;
    const { emailMessageId } = world.write();
    world.clock.advance(5000);
    world.crm.track(emailMessageId, 'opened');
    const [row] = world.export().messages;
    expect(row.status).toBe('opened');
    expect(row.dateUpdated).toBe(bumps ? '2026-03-02T08:00:05.000Z' : '2026-03-02T08:00:00.000Z');
  }
});

test('highlevel 10 V4: startDate and endDate filter by the created or the updated date', () => {
  const world = new TestCrm();
  const [first] = threads(world, 1);
  world.clock.advance(86_400_000);
  world.write({ replyTo: { threadId: first } });
  expect(world.export('&startDate=2026-03-03').messages).toHaveLength(0);
  expect(world.export('&endDate=2026-03-02T23:59:59Z').messages).toHaveLength(1);
  world.switches.exportDateFilter = 'updated';
  expect(world.export('&startDate=2026-03-03').messages).toHaveLength(1);
  expect(world.export(`&endDate=${Date.parse('2026-03-02T23:59:59Z')}`).messages).toHaveLength(0);
});

test('the export narrows by contact and by conversation', () => {
  const world = new TestCrm();
  const toAnn = world.write();
  const toBob = world.write({ to: world.bob.id });
  expect(ids(world.export(`&contactId=${world.bob.id}`))).toEqual([toBob.threadId]);
  expect(ids(world.export(`&conversationId=${toAnn.conversationId}`))).toEqual([toAnn.threadId]);
});

test('highlevel 5.2: the variants of a row: meta nesting, missing dateUpdated, source and userId', () => {
  const world = new TestCrm();
  const { emailMessageId } = world.write();
  Object.assign(world.switches, {
    metaShape: 'email.email',
    exportDateUpdated: false,
    omitSource: true,
    omitUserId: true,
  });
  const [row] = world.export().messages;
  expect(row.meta.email.email.messageIds).toEqual([emailMessageId]);
  for (const name of ['dateUpdated', 'source', 'userId']) expect(row).not.toHaveProperty(name);
});

test('highlevel 10 V4: campaign and custom-provider mails are in the export, or are not', () => {
  const world = new TestCrm();
  world.connectApp();
  world.write({ channel: 'gmail' });
  world.switches.bulkAsCampaign = true;
  world.write({ kind: 'bulk' });
  expect(world.export().total).toBe(2);
  world.switches.exportMessageTypes = 'TYPE_EMAIL';
  expect(world.export().total).toBe(0);
});
