/** POST /conversations/messages/inbound (facts, highlevel 5.5). */
import { TestCrm } from './world';
import type { Loose } from './world';

function log(world: TestCrm, more: Record<string, unknown> = {}, token = world.token) {
  const body = {
    type: 'Email',
    contactId: world.ann.id,
    direction: 'outbound',
    subject: 'Re: Offer',
    html: '<p>From Gmail</p>',
    emailFrom: 'agent@example.com',
    emailTo: 'ann@outside.example',
    ...more,
  };
  return world.ask('POST', '/conversations/messages/inbound', { body, token });
}

function logged(world: TestCrm, more: Record<string, unknown> = {}): Loose {
  return world.email(log(world, more).body.emailMessageId);
}

test('highlevel 5.5: a logged mail is stored as given, and nothing is sent', () => {
  const world = new TestCrm();
  const answer = log(world, {
    altId: 'm1@example.com',
    date: '2026-03-01T07:00:00.000Z',
    emailCc: ['c@outside.example'],
    emailBcc: ['b@outside.example'],
    attachments: ['https://files.example/a.png'],
  });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ success: true, contactId: world.ann.id, dateAdded: '2026-03-01T07:00:00.000Z' });
  expect(world.sent).toEqual([]);
  expect(world.email(answer.body.emailMessageId)).toMatchObject({
    threadId: answer.body.messageId,
    conversationId: answer.body.conversationId,
    direction: 'outbound',
    source: 'api',
    altId: 'm1@example.com',
    from: 'agent@example.com',
    to: ['ann@outside.example'],
    cc: ['c@outside.example'],
    bcc: ['b@outside.example'],
    attachments: ['https://files.example/a.png'],
    body: '<p>From Gmail</p>',
    dateAdded: '2026-03-01T07:00:00.000Z',
  });
  const [row] = world.export().messages;
  expect(row).toMatchObject({
    id: answer.body.messageId,
    direction: 'outbound',
    source: 'api',
    altId: 'm1@example.com',
  });
});

test('highlevel 5.5: the direction is outbound unless it is set', () => {
  const world = new TestCrm();
  expect(logged(world, { direction: undefined }).direction).toBe('outbound');
  expect(logged(world, { direction: 'inbound' }).direction).toBe('inbound');
  expect(log(world, { direction: 'sideways' }).status).toBe(422);
});

test('highlevel 5.5: emailMessageId threads into the container of that mail; unknown or missing makes a new one', () => {
  const world = new TestCrm();
  const sent = world.write();
  expect(log(world, { emailMessageId: sent.emailMessageId }).body.messageId).toBe(sent.threadId);
  expect(log(world).body.messageId).not.toBe(sent.threadId);
  expect(log(world, { emailMessageId: 'unknown' }).body.messageId).not.toBe(sent.threadId);
  expect(log(world, { emailMessageId: sent.threadId }).body.messageId).not.toBe(sent.threadId);
  world.switches.inboundThreadsBy = 'thread';
  expect(log(world, { emailMessageId: sent.threadId }).body.messageId).toBe(sent.threadId);
  expect(log(world, { emailMessageId: sent.emailMessageId }).body.messageId).not.toBe(sent.threadId);
});

test("a mail cannot be threaded into another contact's container", () => {
  const world = new TestCrm();
  const toBob = world.write({ to: world.bob.id });
  const answer = log(world, { emailMessageId: toBob.emailMessageId }).body;
  expect(answer.messageId).not.toBe(toBob.threadId);
  expect(answer.contactId).toBe(world.ann.id);
});

test('highlevel 5.5: either of contact and conversation will do; neither, or a deleted contact, will not', () => {
  const world = new TestCrm();
  const { conversationId } = world.write();
  expect(log(world, { contactId: undefined, conversationId }).body.conversationId).toBe(conversationId);
  expect(log(world, { contactId: undefined }).status).toBe(400);
  world.ask('DELETE', `/contacts/${world.ann.id}`);
  for (const more of [{}, { conversationId }]) {
    expect(log(world, more)).toMatchObject({ status: 400, body: { message: 'Contact not found' } });
  }
});

test('highlevel 1: a type that is missing or in the wrong case is 422', () => {
  const world = new TestCrm();
  for (const type of [undefined, 'email', 'EMAIL', 7]) {
    const answer = log(world, { type });
    expect(answer.status).toBe(422);
    expect(answer.body.message).toContain('type must be a valid enum value');
  }
  expect(log(world, { type: 'SMS' }).status).toBe(501);
});

test('highlevel 5.5, #70: type Custom without a provider says 201, has no body, and stores nothing', () => {
  const world = new TestCrm();
  const answer = log(world, { type: 'Custom' });
  expect(answer.status).toBe(201);
  expect(answer.bytes).toHaveLength(0);
  expect(world.export().messages).toEqual([]);
});

test('highlevel 5.5, #6: a provider that does not exist is a 500; that of an app refuses a private token', () => {
  const world = new TestCrm();
  expect(log(world, { conversationProviderId: 'nobody' }).status).toBe(500);
  const { providerId } = world.crm.app();
  const refused = log(world, { type: 'Custom', conversationProviderId: providerId });
  expect(refused).toMatchObject({ status: 400, body: { message: 'Incorrect conversationProviderId/type' } });
  const { access_token } = world.connectApp();
  const custom = log(world, { type: 'Custom', conversationProviderId: providerId }, access_token).body;
  expect(world.email(custom.emailMessageId)).toMatchObject({ provider: 'custom', conversationProviderId: providerId });
});

test('highlevel 5.5, #19: type Email with an extra provider lands in the default channel', () => {
  const world = new TestCrm();
  const { access_token } = world.connectApp();
  log(world, { conversationProviderId: world.crm.app().providerId }, access_token);
  expect(world.export().messages[0]).toMatchObject({ messageType: 'TYPE_EMAIL' });
  expect(world.export().messages[0]).not.toHaveProperty('conversationProviderId');
});

test('reliability P6: the same altId twice is stored twice, or refused where the switch says so', () => {
  const world = new TestCrm();
  log(world, { altId: 'same' });
  expect(log(world, { altId: 'same' }).status).toBe(201);
  expect(world.export().total).toBe(2);
  world.switches.refuseDuplicateAltId = true;
  expect(log(world, { altId: 'same' }).status).toBe(400);
  expect(log(world, { altId: 'other' }).status).toBe(201);
  expect(world.export().total).toBe(3);
});

test('highlevel 10 V2, V3: date, altId and addresses can be taken otherwise', () => {
  const world = new TestCrm();
  Object.assign(world.switches, { inboundDateHonoured: false, altIdInEmail: false, altIdInMessages: false });
  Object.assign(world.switches, { inboundAddresses: 'contact', inboundHttpStatus: 200, loggedSource: 'none' });
  const answer = log(world, {
    direction: 'inbound',
    emailFrom: 'alias@x.example',
    altId: 'a',
    date: '2020-01-01T00:00:00Z',
  });
  expect(answer.status).toBe(200);
  const email = world.email(answer.body.emailMessageId);
  expect(email).toMatchObject({ dateAdded: '2026-03-02T08:00:00.000Z', from: 'ann@outside.example' });
  expect(email).not.toHaveProperty('altId');
  expect(email).not.toHaveProperty('source');
  expect(world.export().messages[0]).not.toHaveProperty('altId');
});

test('highlevel 5.5: the schema may demand a provider', () => {
  const world = new TestCrm();
  world.switches.inboundNeedsProvider = true;
  expect(log(world)).toMatchObject({ status: 400, body: { message: 'No conversationProviderId passed in body' } });
});

test('fields of the wrong type are 422, each with its message, and nothing is stored', () => {
  const world = new TestCrm();
  const answer = log(world, { html: 1, emailTo: ['a@b'], emailCc: 'a@b', attachments: [1], date: 'soon', altId: {} });
  expect(answer.status).toBe(422);
  expect(answer.body.message.length).toBeGreaterThanOrEqual(6);
  expect(world.export().total).toBe(0);
});

test('an inbound log raises the unread count; the container goes to the front', () => {
  const world = new TestCrm();
  const old = world.write();
  world.clock.advance(1000);
  const other = world.write({ to: world.bob.id });
  world.clock.advance(1000);
  log(world, { direction: 'inbound', emailMessageId: old.emailMessageId, date: '2026-03-02T08:00:00.500Z' });
  const rows = world.export('&sortBy=updatedAt').messages;
  expect(rows.map(({ id }: { id: string }) => id)).toEqual([old.threadId, other.threadId]);
  expect(world.get(`/conversations/${old.conversationId}`).body.unreadCount).toBe(1);
  expect(rows[0]).toMatchObject({ direction: 'inbound', userId: world.agent.id });
});

test('highlevel 0.4: /outbound takes calls only', () => {
  const world = new TestCrm();
  const ask = (body: object) => world.post('/conversations/messages/outbound', body);
  expect(ask({ type: 'Email' }).status).toBe(422);
  expect(ask({ type: 'Call' }).body.message).toBe('No conversationProviderId passed in body');
  expect(ask({ type: 'Call', conversationProviderId: 'x' }).body.message).toBe('No call object passed in body');
});
