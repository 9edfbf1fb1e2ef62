/** The emulated CRM against HighLevel's own OpenAPI files: scopes, versions, and the shapes of answers. */
import { ALL_ROUTES } from '../../../emulator/highlevel/routes';
import { ANSWERS, AS_DOCUMENTED } from '../../contract/deviations';
import { operationOf, problemsOf } from './openapi';
import { TestCrm } from './world';

const documented = ALL_ROUTES.map((route) => ({ route, found: operationOf(route.method, route.path) })).filter(
  ({ route, found }) => found !== undefined && route.version !== 'v3',
);

test('most endpoints are documented ones', () => {
  expect(documented.length).toBeGreaterThan(60);
});

test.each(documented.map(({ route }) => [`${route.method} ${route.path}`, route] as const))(
  'highlevel 1: %s demands the documented scope and version',
  (_name, route) => {
    const { operation } = operationOf(route.method, route.path)!;
    const scopes = (operation.security ?? []).flatMap((entry) => Object.values(entry).flat());
    const versioned = (operation.parameters ?? []).some(
      ({ name, required }) => name === 'Version' && required === true,
    );
    if (route.open !== true && route.scope !== undefined && scopes.length > 0) expect(scopes).toContain(route.scope);
    if (versioned && route.open !== true) expect(route.version ?? 'required').not.toBe('none');
    const classes = (operation.security ?? []).flatMap((entry) => Object.keys(entry));
    if (classes.length > 0 && classes.every((name) => name.startsWith('Agency'))) expect(route.access).toBe('agency');
  },
);

/** Where practice is known to differ from the file (facts, highlevel 10.1), the documented form is asked for. */
function world(): TestCrm {
  const made = new TestCrm();
  Object.assign(made.switches, AS_DOCUMENTED);
  return made;
}

function shapes() {
  const crm = world();
  const { locationId: at } = crm;
  const sent = crm.write({
    cc: ['cc@outside.example'],
    attachments: [{ name: 'a.txt', type: 'text/plain', base64: 'aGk=' }],
  });
  const pipeline = crm.crm.addRecord('pipeline', { name: 'Sales', stages: ['New', 'Won'] });
  const opportunity = { pipelineId: pipeline.id, locationId: at, name: 'Deal', status: 'open', contactId: crm.ann.id };
  const calendar = crm.crm.addRecord('calendar', { name: 'Calls' });
  const appointment = {
    calendarId: calendar.id,
    locationId: at,
    contactId: crm.ann.id,
    startTime: '2026-03-03T10:00:00+01:00',
  };
  crm.crm.addRecord('appointment', appointment);
  crm.crm.addRecord('template', { name: 'Hello', subject: 'Hi', html: '<p>Hi</p>' });
  const task = crm.post(`/contacts/${crm.ann.id}/tasks`, {
    title: 'Call',
    dueDate: '2026-03-04T00:00:00Z',
    completed: false,
  }).body.task;
  const note = crm.post(`/contacts/${crm.ann.id}/notes`, { body: 'Nice' }).body.note;
  const made = crm.post('/opportunities/', opportunity).body.opportunity;
  const value = crm.post(`/locations/${at}/customValues`, { name: 'A value', value: 'x' }).body.customValue;
  const push = {
    type: 'Email',
    contactId: crm.ann.id,
    html: 'x',
    direction: 'inbound',
    emailMessageId: sent.emailMessageId,
  };
  return {
    crm,
    asked: [
      ['GET', '/conversations/messages/email/{id}', `/conversations/messages/email/${sent.emailMessageId}`],
      ['GET', '/conversations/messages/export', `/conversations/messages/export?locationId=${at}&channel=Email`],
      ['GET', '/conversations/messages/{id}', `/conversations/messages/${sent.threadId}`],
      ['GET', '/conversations/{conversationId}/messages', `/conversations/${sent.conversationId}/messages`],
      ['GET', '/conversations/search', `/conversations/search?locationId=${at}&contactId=${crm.ann.id}`],
      ['GET', '/conversations/{conversationId}', `/conversations/${sent.conversationId}`],
      [
        'PUT',
        '/conversations/{conversationId}',
        `/conversations/${sent.conversationId}`,
        { locationId: at, unreadCount: 0 },
      ],
      ['POST', '/conversations/', '/conversations/', { locationId: at, contactId: crm.bob.id }],
      ['POST', '/conversations/messages/inbound', '/conversations/messages/inbound', push],
      ['GET', '/contacts/{contactId}', `/contacts/${crm.ann.id}`],
      ['GET', '/contacts/', `/contacts/?locationId=${at}`],
      ['POST', '/contacts/', '/contacts/', { locationId: at, name: 'New One', email: 'new@outside.example' }],
      [
        'POST',
        '/contacts/upsert',
        '/contacts/upsert',
        { locationId: at, email: 'ann@outside.example', companyName: 'X' },
      ],
      ['PUT', '/contacts/{contactId}', `/contacts/${crm.ann.id}`, { lastName: 'Else' }],
      ['POST', '/contacts/{contactId}/tags', `/contacts/${crm.ann.id}/tags`, { tags: ['vip'] }],
      ['DELETE', '/contacts/{contactId}/tags', `/contacts/${crm.ann.id}/tags`, { tags: ['vip'] }],
      ['GET', '/contacts/{contactId}/tasks', `/contacts/${crm.ann.id}/tasks`],
      ['GET', '/contacts/{contactId}/tasks/{taskId}', `/contacts/${crm.ann.id}/tasks/${task.id}`],
      [
        'PUT',
        '/contacts/{contactId}/tasks/{taskId}/completed',
        `/contacts/${crm.ann.id}/tasks/${task.id}/completed`,
        { completed: true },
      ],
      ['GET', '/contacts/{contactId}/notes', `/contacts/${crm.ann.id}/notes`],
      ['GET', '/contacts/{contactId}/notes/{id}', `/contacts/${crm.ann.id}/notes/${note.id}`],
      ['GET', '/contacts/{contactId}/appointments', `/contacts/${crm.ann.id}/appointments`],
      ['GET', '/locations/{locationId}', `/locations/${at}`],
      ['GET', '/locations/{locationId}/customValues', `/locations/${at}/customValues`],
      ['GET', '/locations/{locationId}/customValues/{id}', `/locations/${at}/customValues/${value.id}`],
      [
        'PUT',
        '/locations/{locationId}/customValues/{id}',
        `/locations/${at}/customValues/${value.id}`,
        { name: 'A value', value: 'y' },
      ],
      ['GET', '/locations/{locationId}/templates', `/locations/${at}/templates?originId=${at}&type=email`],
      ['POST', '/locations/{locationId}/tasks/search', `/locations/${at}/tasks/search`, { contactId: [crm.ann.id] }],
      ['GET', '/users/search', `/users/search?companyId=${crm.companyId()}&locationId=${at}`],
      ['GET', '/users/{userId}', `/users/${crm.agent.id}`],
      ['GET', '/opportunities/search', `/opportunities/search?location_id=${at}&contact_id=${crm.ann.id}`],
      ['GET', '/opportunities/pipelines', `/opportunities/pipelines?locationId=${at}`],
      ['POST', '/opportunities/', '/opportunities/', opportunity],
      ['GET', '/opportunities/{id}', `/opportunities/${made.id}`],
      ['PUT', '/opportunities/{id}', `/opportunities/${made.id}`, { name: 'Better' }],
      ['PUT', '/opportunities/{id}/status', `/opportunities/${made.id}/status`, { status: 'won' }],
      ['GET', '/calendars/', `/calendars/?locationId=${at}`],
      ['POST', '/calendars/events/appointments', '/calendars/events/appointments', appointment],
    ] as [string, string, string, unknown?][],
  };
}

const { crm, asked } = shapes();

const rows = asked.map(([method, path, url, body]) => ({ method, path, url, body }));

test.each(rows)('highlevel 3: the answer of $method $path is as specified', ({ method, path, url, body }) => {
  const answer = crm.ask(method, url, body === undefined ? {} : { body });
  expect({ status: answer.status, body: answer.status < 300 ? '' : answer.body }).toEqual({
    status: expect.any(Number),
    body: '',
  });
  const { spec, operation } = operationOf(method, path)!;
  const described =
    operation.responses[String(answer.status)] ?? operation.responses['200'] ?? operation.responses['201'];
  const schema = Object.values(described?.content ?? {})[0]?.schema;
  expect(schema).toBeDefined();
  const problems = problemsOf(spec, schema!, answer.body).filter(
    (problem) => !ANSWERS.some((known) => known.problem.test(problem)),
  );
  expect(problems).toEqual([]);
});
