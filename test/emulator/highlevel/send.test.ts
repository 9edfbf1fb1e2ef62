/** POST /conversations/messages, scheduling and status updates (facts, highlevel 5.6, 5.8). */
import { TestCrm } from './world';

function send(world: TestCrm, more: Record<string, unknown> = {}, token = world.token) {
  const body = { type: 'Email', contactId: world.ann.id, subject: 'S', html: '<p>Hi</p>', ...more };
  return world.ask('POST', '/conversations/messages', { body, token });
}

test('highlevel 5.6: it really sends, with source api and the ids of both levels', () => {
  const world = new TestCrm();
  const answer = send(world, { emailFrom: 'Alex <agent@example.com>', emailCc: ['c@outside.example'] });
  expect(answer.status).toBe(201);
  expect(world.sent).toHaveLength(1);
  expect(world.sent[0]?.to).toEqual(['ann@outside.example', 'c@outside.example']);
  expect(world.email(answer.body.emailMessageId)).toMatchObject({
    threadId: answer.body.messageId,
    source: 'api',
    status: 'delivered',
    from: 'Alex <agent@example.com>',
  });
  expect(world.export().messages[0]).not.toHaveProperty('userId');
});

test('highlevel 5.6: replies join the container by mail or by container id', () => {
  const world = new TestCrm();
  const { threadId, emailMessageId } = world.write();
  expect(send(world, { replyMessageId: emailMessageId }).body.messageId).toBe(threadId);
  expect(send(world, { threadId }).body.messageId).toBe(threadId);
  expect(send(world, { threadId: 'unknown' }).status).toBe(400);
});

test.each([
  [
    'no html and no attachment',
    { html: undefined },
    'There is no message or attachments for this message. Skip sending.',
  ],
  ['a contact that is not there', { contactId: 'nobody' }, 'Contact not found'],
  [
    "an address that is not the contact's",
    { emailTo: 'x@outside.example' },
    'emailTo is not an address of the contact',
  ],
  ['Custom without the provider', { type: 'Custom' }, 'Incorrect conversationProviderId/type'],
])('highlevel 5.6: %s is 400, and nothing goes out', (_name, more, message) => {
  const world = new TestCrm();
  expect(send(world, more)).toMatchObject({ status: 400, body: { message } });
  expect(world.sent).toEqual([]);
});

test('highlevel 4.1: do-not-disturb for e-mail holds mail back', () => {
  const world = new TestCrm();
  world.put(`/contacts/${world.ann.id}`, { dndSettings: { Email: { status: 'active' } } });
  expect(send(world)).toMatchObject({
    status: 400,
    body: { message: 'Cannot send message as DND is active for Email.' },
  });
  expect(() => world.write()).toThrow(/DND/);
  world.put(`/contacts/${world.ann.id}`, { dndSettings: { Email: { status: 'inactive' } } });
  expect(send(world).status).toBe(201);
});

test('highlevel 5.6: a scheduled mail goes out at its time, not before, and can be cancelled', () => {
  const world = new TestCrm();
  const at = (world.clock.now + 3_600_000) / 1000;
  const first = send(world, { scheduledTimestamp: at }).body;
  const second = send(world, { scheduledTimestamp: at }).body;
  expect(world.email(first.emailMessageId).status).toBe('scheduled');
  const cancelled = world.ask('DELETE', `/conversations/messages/email/${second.emailMessageId}/schedule`, {
    version: '',
  });
  expect(cancelled.body.status).toBe(200);
  world.clock.advance(3_599_999);
  expect(world.email(first.emailMessageId).status).toBe('scheduled');
  expect(world.sent).toHaveLength(0);
  world.clock.advance(1);
  expect(world.email(first.emailMessageId).status).toBe('delivered');
  expect(world.email(second.emailMessageId).status).toBe('failed');
  expect(world.sent).toHaveLength(1);
  const late = world.ask('DELETE', `/conversations/messages/${first.messageId}/schedule`);
  expect(late.body).toMatchObject({ status: 404 });
});

describe("highlevel 5.8: status updates of the app's own provider", () => {
  function pending() {
    const world = new TestCrm();
    const { access_token: token } = world.connectApp();
    const sent = world.write({ channel: 'gmail' });
    const update = (body: object, more: { token?: string; path?: string; version?: string } = {}) =>
      world.put(more.path ?? `/conversations/messages/${sent.threadId}/status`, body, {
        token: more.token ?? token,
        version: more.version,
      });
    return { world, token, sent, update };
  }

  test('the mail is pending on it and not sent', () => {
    const { world, sent } = pending();
    expect(sent.status).toBe('pending');
    expect(world.sent).toEqual([]);
    expect(world.email(sent.emailMessageId)).toMatchObject({
      provider: 'custom',
      conversationProviderId: world.crm.app().providerId,
      source: 'app',
      status: 'pending',
    });
    expect(world.export().messages[0].messageType).toBe('TYPE_CUSTOM_PROVIDER_EMAIL');
  });

  test('#4: it is refused with 403 for the first seconds, then it stands', () => {
    const { world, sent, update } = pending();
    const body = { status: 'delivered', emailMessageId: sent.emailMessageId };
    expect(update(body)).toMatchObject({
      status: 403,
      body: { message: 'No conversation provider found for this message' },
    });
    world.clock.advance(7000);
    expect(update(body).status).toBe(200);
    expect(world.email(sent.emailMessageId).status).toBe('delivered');
    expect(update(body).status).toBe(200);
  });

  test('a failure keeps its reason', () => {
    const { world, sent, update } = pending();
    world.clock.advance(7000);
    update({
      status: 'failed',
      emailMessageId: sent.emailMessageId,
      error: { code: '1', type: 'mail', message: 'mailbox full' },
    });
    expect(world.email(sent.emailMessageId)).toMatchObject({ status: 'failed', error: 'mailbox full' });
    expect(world.export().messages[0].error).toBe('mailbox full');
  });

  test('a private token is refused in the documented words', () => {
    const { world, sent, update } = pending();
    world.clock.advance(7000);
    const refused = update({ status: 'delivered', emailMessageId: sent.emailMessageId }, { token: world.token });
    expect(refused.status).toBe(403);
    expect(refused.body.message).toBe(
      'Message status updates are only able to be updated by the conversation provider marketplace application tokens.',
    );
    expect(world.email(sent.emailMessageId).status).toBe('pending');
  });

  test("mails of the sub-account's provider, unknown ones and unknown statuses are refused", () => {
    const { world, token, update } = pending();
    const own = world.write();
    world.clock.advance(7000);
    const path = `/conversations/messages/${own.threadId}/status`;
    expect(update({ status: 'delivered', emailMessageId: own.emailMessageId }, { path }).status).toBe(403);
    expect(update({ status: 'delivered' }, { path: '/conversations/messages/none/status' }).status).toBe(404);
    expect(update({ status: 'opened' }).status).toBe(422);
    expect(
      world.put(
        `/conversations/messages/email/${own.emailMessageId}/status`,
        { status: 'opened' },
        { token, version: 'v3' },
      ).status,
    ).toBe(403);
  });

  test('v3 knows opened and clicked', () => {
    const { world, sent, update } = pending();
    world.clock.advance(7000);
    const path = `/conversations/messages/email/${sent.emailMessageId}/status`;
    expect(update({ status: 'clicked' }, { path, version: 'v3' }).body).toMatchObject({ success: true });
    expect(world.email(sent.emailMessageId).status).toBe('clicked');
    expect(update({ status: 'clicked' }, { path, version: '2021-04-15' }).status).toBe(404);
  });
});
