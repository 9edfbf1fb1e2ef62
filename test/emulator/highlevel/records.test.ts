/** Sidebar data, users, custom values, conversations (facts, highlevel 2.6, 5.1, 6). */
import { TestCrm } from './world';

test('highlevel 6: tasks of a contact: create, list, complete, change, delete', () => {
  const world = new TestCrm();
  const at = `/contacts/${world.ann.id}/tasks`;
  const made = world.post(at, {
    title: 'Call',
    dueDate: '2026-03-05T09:00:00+01:00',
    completed: false,
    assignedTo: world.agent.id,
  });
  expect(made.status).toBe(201);
  expect(made.body.task).toMatchObject({ title: 'Call', dueDate: '2026-03-05T08:00:00.000Z', contactId: world.ann.id });
  const one = `${at}/${made.body.task.id}`;
  expect(world.put(`${one}/completed`, { completed: true }).body.task.completed).toBe(true);
  expect(world.put(one, { title: 'Call again' }).body.task).toMatchObject({ title: 'Call again', completed: true });
  expect(world.post(`/locations/${world.locationId}/tasks/search`, { completed: true }).body.tasks).toHaveLength(1);
  expect(world.get(`/contacts/${world.bob.id}/tasks/${made.body.task.id}`).status).toBe(404);
  expect(world.ask('DELETE', one).body.succeded).toBe(true);
  expect(world.get(at).body.tasks).toEqual([]);
});

test('highlevel 6: tasks and notes reject a locationId', () => {
  const world = new TestCrm();
  const { locationId } = world;
  const task = world.post(`/contacts/${world.ann.id}/tasks`, {
    title: 'x',
    dueDate: '2026-03-05',
    completed: false,
    locationId,
  });
  expect(task).toMatchObject({ status: 422, body: { message: ['property locationId should not exist'] } });
  expect(world.post(`/contacts/${world.ann.id}/notes`, { body: 'x', locationId }).status).toBe(422);
});

test.each([
  ['no title', { dueDate: '2026-03-05', completed: false }],
  ['no due date', { title: 'x', completed: false }],
  ['no completed', { title: 'x', dueDate: '2026-03-05' }],
  ['a due date that is none', { title: 'x', dueDate: 'soon', completed: false }],
])('highlevel 6: a task with %s is 422', (_name, body) => {
  const world = new TestCrm();
  expect(world.post(`/contacts/${world.ann.id}/tasks`, body).status).toBe(422);
  expect(world.get(`/contacts/${world.ann.id}/tasks`).body.tasks).toEqual([]);
});

test('highlevel 6: notes, newest first, as text or as HTML', () => {
  const world = new TestCrm();
  const at = `/contacts/${world.ann.id}/notes`;
  const made = world.post(at, { body: 'a < b\nsecond', userId: world.agent.id, pinned: true });
  expect(made.status).toBe(201);
  world.post(at, { body: 'newer' });
  const bodies = () => world.get(at).body.notes.map(({ body }: { body: string }) => body);
  expect(bodies()).toEqual(['newer', 'a < b\nsecond']);
  world.switches.noteBody = 'html';
  expect(bodies()).toEqual(['<p>newer</p>', '<p>a &lt; b</p><p>second</p>']);
  expect(world.put(`${at}/${made.body.note.id}`, { body: 'changed' }).body.note.userId).toBe(world.agent.id);
  expect(world.post(at, {}).status).toBe(422);
  expect(world.ask('DELETE', `${at}/${made.body.note.id}`).body.succeded).toBe(true);
});

describe('highlevel 6: opportunities', () => {
  function sales() {
    const world = new TestCrm();
    const pipeline = world.crm.addRecord('pipeline', { name: 'Sales', stages: ['New', { id: 'won', name: 'Won' }] });
    const body = {
      pipelineId: pipeline.id,
      locationId: world.locationId,
      name: 'Deal',
      status: 'open',
      contactId: world.ann.id,
    };
    return { world, pipeline, body, made: world.post('/opportunities/', body) };
  }

  test('create takes the first stage; stages are {id, name, position}', () => {
    const { world, made } = sales();
    const [{ stages }] = world.get(`/opportunities/pipelines?locationId=${world.locationId}`).body.pipelines;
    expect(stages).toEqual([
      { id: expect.any(String), name: 'New', position: 0 },
      { id: 'won', name: 'Won', position: 1 },
    ]);
    expect(made.status).toBe(201);
    expect(made.body.opportunity).toMatchObject({
      pipelineStageId: stages[0].id,
      contact: { id: world.ann.id, name: 'Ann Other' },
    });
  });

  test('search: snake_case in the dated versions, camelCase in v3; the next page is at an internal host', () => {
    const { world, body } = sales();
    world.post('/opportunities/', { ...body, contactId: world.bob.id });
    const dated = world.get(`/opportunities/search?location_id=${world.locationId}&contact_id=${world.ann.id}`);
    expect(dated.body.opportunities).toHaveLength(1);
    expect(world.get(`/opportunities/search?locationId=${world.locationId}`).status).toBe(422);
    const v3 = world.get(`/opportunities/search?locationId=${world.locationId}&contactId=${world.ann.id}`, {
      version: 'v3',
    });
    expect(v3.body.opportunities).toHaveLength(1);
    const paged = world.get(`/opportunities/search?location_id=${world.locationId}&limit=1`).body;
    expect(paged.meta).toMatchObject({ total: 2, nextPage: 2, currentPage: 1 });
    expect(paged.meta.nextPageUrl).not.toContain('services.leadconnectorhq.com');
  });

  test('stage and status change, with their times', () => {
    const { world, made } = sales();
    const { id } = made.body.opportunity;
    world.clock.advance(1000);
    const moved = world.put(`/opportunities/${id}`, { pipelineStageId: 'won', monetaryValue: 5 }).body.opportunity;
    expect(moved).toMatchObject({
      pipelineStageId: 'won',
      monetaryValue: 5,
      lastStageChangeAt: '2026-03-02T08:00:01.000Z',
      lastStatusChangeAt: '2026-03-02T08:00:00.000Z',
    });
    expect(world.put(`/opportunities/${id}/status`, { status: 'won' }).body.succeded).toBe(true);
    expect(world.get(`/opportunities/${id}`).body.opportunity).toMatchObject({
      status: 'won',
      lastStatusChangeAt: '2026-03-02T08:00:01.000Z',
    });
    expect(world.put(`/opportunities/${id}`, { pipelineStageId: 'nowhere' }).status).toBe(400);
    expect(world.put(`/opportunities/${id}`, { contactId: world.bob.id }).status).toBe(422);
    expect(world.put(`/opportunities/${id}/status`, { status: 'maybe' }).status).toBe(422);
    expect(world.ask('DELETE', `/opportunities/${id}`).body.succeded).toBe(true);
    expect(world.get(`/opportunities/${id}`).status).toBe(400);
  });
});

test("highlevel 6: a contact's appointments are in the location's time, without a zone", () => {
  const world = new TestCrm();
  const calendar = world.crm.addRecord('calendar', { name: 'Calls' });
  const body = {
    calendarId: calendar.id,
    locationId: world.locationId,
    contactId: world.ann.id,
    startTime: '2026-07-01T10:00:00-05:00',
    title: 'Demo',
  };
  const { id } = world.post('/calendars/events/appointments', body).body;
  const [event] = world.get(`/contacts/${world.ann.id}/appointments`).body.events;
  expect(event).toMatchObject({
    id,
    startTime: '2026-07-01 17:00:00',
    endTime: '2026-07-01 17:30:00',
    appointmentStatus: 'confirmed',
  });
  const range = `startTime=${Date.parse('2026-07-01')}&endTime=${Date.parse('2026-07-02')}`;
  expect(
    world.get(`/calendars/events?locationId=${world.locationId}&${range}&calendarId=${calendar.id}`).body.events,
  ).toHaveLength(1);
  expect(world.get(`/calendars/events?locationId=${world.locationId}&${range}`).status).toBe(400);
  expect(
    world.put(`/calendars/events/appointments/${id}`, { appointmentStatus: 'cancelled' }).body.appointmentStatus,
  ).toBe('cancelled');
  const gone = world.ask('DELETE', `/calendars/events/${id}`);
  expect(gone).toMatchObject({ status: 201, body: { succeeded: true } });
});

test('custom values: create, list, change, empty, delete', () => {
  const world = new TestCrm();
  const at = `/locations/${world.locationId}/customValues`;
  const made = world.post(at, { name: 'Threadlink mailbox abc', value: '1' });
  expect(made).toMatchObject({
    status: 201,
    body: { customValue: { fieldKey: '{{ custom_values.threadlink_mailbox_abc }}' } },
  });
  const one = `${at}/${made.body.customValue.id}`;
  expect(world.put(one, { name: 'Threadlink mailbox abc', value: '' }).body.customValue.value).toBe('');
  world.switches.refuseEmptyCustomValue = true;
  expect(world.put(one, { name: 'Threadlink mailbox abc', value: '' }).status).toBe(422);
  expect(world.get(at).body.customValues).toMatchObject([{ value: '', locationId: world.locationId }]);
  expect(world.post(at, { name: 'x' }).status).toBe(422);
  expect(world.ask('DELETE', one).body.succeded).toBe(true);
  expect(world.get(one).status).toBe(400);
});

test('templates come with subject and HTML', () => {
  const world = new TestCrm();
  world.crm.addRecord('template', { name: 'Hello', subject: 'Hi', html: '<p>Hi</p>' });
  const { templates, totalCount } = world.get(
    `/locations/${world.locationId}/templates?originId=${world.locationId}&type=email`,
  ).body;
  expect(totalCount).toBe(1);
  expect(templates[0]).toMatchObject({ name: 'Hello', type: 'email', template: { subject: 'Hi', html: '<p>Hi</p>' } });
  expect(world.get(`/emails/builder?locationId=${world.locationId}`).body.builders).toMatchObject([{ name: 'Hello' }]);
});

describe('highlevel 2.6: users', () => {
  const path = (world: TestCrm, more = '') =>
    `/users/search?companyId=${world.companyId()}&locationId=${world.locationId}${more}`;

  test('search by e-mail; assignedDataOnly is among the permissions', () => {
    const world = new TestCrm();
    const { users, count } = world.get(path(world, '&query=colleague%40example.com')).body;
    expect(count).toBe(1);
    expect(users[0]).toMatchObject({
      id: world.colleague.id,
      permissions: { assignedDataOnly: true },
      roles: { role: 'user' },
    });
    expect(world.get('/users/search').status).toBe(422);
    expect(world.get('/users/search?companyId=another').status).toBe(400);
  });

  test('highlevel 0.10: enabled2waySync filters, is ignored, or is refused', () => {
    const world = new TestCrm();
    world.switches.nativeSyncUsers = world.agent.id;
    const ask = () => world.get(path(world, '&enabled2waySync=true'));
    expect(ask().body.users.map(({ id }: { id: string }) => id)).toEqual([world.agent.id]);
    world.switches.enabled2waySyncFilter = 'ignored';
    expect(ask().body.users).toHaveLength(2);
    world.switches.enabled2waySyncFilter = 'refused';
    expect(ask().body.message).toBe('E-102. This AuthClass is not yet supported!');
  });

  test('one user', () => {
    const world = new TestCrm();
    expect(world.get(`/users/${world.agent.id}`).body.email).toBe('agent@example.com');
    expect(world.get('/users/nobody').status).toBe(400);
  });
});

describe('highlevel 5.1, 5.2: conversations', () => {
  test('a second one for a contact is refused and names the first', () => {
    const world = new TestCrm();
    const body = { locationId: world.locationId, contactId: world.ann.id };
    const made = world.post('/conversations/', body);
    expect(made.status).toBe(201);
    expect(world.post('/conversations/', body)).toMatchObject({
      status: 400,
      body: { conversationId: made.body.conversation.id },
    });
    expect(world.post('/conversations/', { ...body, contactId: 'nobody' }).body.message).toBe('Contact not found');
    expect(world.write().conversationId).toBe(made.body.conversation.id);
  });

  test('search by contact, unread, and page by the sort value', () => {
    const world = new TestCrm();
    const first = world.write();
    world.clock.advance(1000);
    world.write({ to: world.bob.id });
    const search = (more: string) => world.get(`/conversations/search?locationId=${world.locationId}${more}`).body;
    expect(search(`&contactId=${world.ann.id}`).conversations).toMatchObject([
      { id: first.conversationId, email: 'ann@outside.example', unreadCount: 0 },
    ]);
    expect(search('&status=unread').total).toBe(0);
    const [newest] = search('&limit=1').conversations;
    expect(newest.contactId).toBe(world.bob.id);
    expect(search(`&limit=1&startAfterDate=${newest.lastMessageDate}`).conversations[0].contactId).toBe(world.ann.id);
    const changed = world.put(`/conversations/${first.conversationId}`, {
      locationId: world.locationId,
      unreadCount: 3,
      starred: true,
    });
    expect(changed.body.conversation).toMatchObject({ unreadCount: 3, starred: true });
    expect(search('&status=unread').total).toBe(1);
  });

  test('#54: the list is nested, newest first, and pages with the last id; flat by switch', () => {
    const world = new TestCrm();
    const sent = Array.from({ length: 5 }, () => {
      world.clock.advance(1000);
      return world.write();
    });
    const at = `/conversations/${sent[0].conversationId}/messages`;
    const first = world.get(`${at}?limit=3`).body.messages;
    expect(first.nextPage).toBe(true);
    const second = world.get(`${at}?limit=3&lastMessageId=${first.lastMessageId}`).body.messages;
    expect(second.nextPage).toBe(false);
    const seen = [...first.messages, ...second.messages].map(({ id }: { id: string }) => id);
    expect(seen).toEqual(sent.map(({ threadId }) => threadId).reverse());
    world.switches.listMessagesShape = 'flat';
    expect(Array.isArray(world.get(at).body.messages)).toBe(true);
    expect(world.get('/conversations/none/messages').status).toBe(400);
  });

  test('highlevel 5.3: an e-mail is wrapped or flat; container ids are rejected', () => {
    const world = new TestCrm();
    const { emailMessageId, threadId } = world.write();
    expect(world.get(`/conversations/messages/email/${emailMessageId}`).body.emailMessage.id).toBe(emailMessageId);
    world.switches.emailShape = 'flat';
    expect(world.get(`/conversations/messages/email/${emailMessageId}`).body.id).toBe(emailMessageId);
    expect(world.get(`/conversations/messages/email/${threadId}`).status).toBe(404);
    expect(world.get(`/conversations/messages/${threadId}`).body.id).toBe(threadId);
    expect(world.get(`/conversations/messages/${emailMessageId}`).status).toBe(404);
  });
});
