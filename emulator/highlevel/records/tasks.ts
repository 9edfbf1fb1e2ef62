/** Tasks of a contact, and the search over the location's (facts, highlevel 6). */
import { created, ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest, notFound } from '../api/errors';
import { keepJson, newId } from '../crm';
import type { Json } from '../state';
import { contactIn } from './contacts';

const READ = 'contacts.readonly';
const WRITE = 'contacts.write';
const NAMES = ['title', 'body', 'dueDate', 'completed', 'assignedTo'];

export const TASK_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/contacts/:contactId/tasks', scope: READ, handle: list },
  { method: 'POST', path: '/contacts/:contactId/tasks', scope: WRITE, handle: create },
  {
    method: 'GET',
    path: '/contacts/:contactId/tasks/:taskId',
    scope: READ,
    handle: (call) => answer(call, taskIn(call)),
  },
  { method: 'PUT', path: '/contacts/:contactId/tasks/:taskId', scope: WRITE, handle: update },
  { method: 'PUT', path: '/contacts/:contactId/tasks/:taskId/completed', scope: WRITE, handle: complete },
  { method: 'DELETE', path: '/contacts/:contactId/tasks/:taskId', scope: WRITE, handle: remove },
  {
    method: 'POST',
    path: '/locations/:locationId/tasks/search',
    scope: 'locations/tasks.readonly',
    handle: search,
  },
];

function list(call: Call): Reply {
  const { id } = contactIn(call);
  const tasks = [...call.crm.state.tasks.values()].filter((task) => task['contactId'] === id);
  return ok({ tasks, traceId: call.traceId });
}

function create(call: Call): Reply {
  const contact = contactIn(call);
  const fields = call.fields();
  fields.only(...NAMES);
  const title = fields.text('title');
  const dueDate = fields.string('dueDate');
  if (fields.date('dueDate') === undefined && dueDate === undefined) {
    fields.problem('dueDate must be a valid ISO 8601 date string');
  }
  const completed = fields.requiredBoolean('completed');
  const body = fields.string('body') ?? '';
  const assignedTo = fields.string('assignedTo') ?? null;
  fields.done();
  checkUser(call, assignedTo);
  const task = {
    id: newId(call.crm),
    title,
    body,
    assignedTo,
    dueDate: new Date(String(dueDate)).toISOString(),
    completed,
  };
  return created({ task: keepJson(call.crm.state.tasks, { ...task, contactId: contact.id }), traceId: call.traceId });
}

function update(call: Call): Reply {
  const task = taskIn(call);
  const fields = call.fields();
  fields.only(...NAMES);
  const due = fields.date('dueDate');
  const changes = {
    ...given('title', fields.string('title')),
    ...given('body', fields.string('body')),
    ...given('dueDate', due === undefined ? undefined : new Date(due).toISOString()),
    ...given('completed', fields.boolean('completed')),
    ...given('assignedTo', fields.string('assignedTo')),
  };
  fields.done();
  checkUser(call, (changes['assignedTo'] as string | undefined) ?? null);
  return answer(call, keepJson(call.crm.state.tasks, { ...task, ...changes }));
}

function complete(call: Call): Reply {
  const task = taskIn(call);
  const fields = call.fields();
  const completed = fields.requiredBoolean('completed');
  fields.done();
  return answer(call, keepJson(call.crm.state.tasks, { ...task, completed }));
}

function remove(call: Call): Reply {
  call.crm.state.tasks.delete(String(taskIn(call)['id']));
  return ok({ succeded: true, traceId: call.traceId });
}

function search(call: Call): Reply {
  const fields = call.fields();
  const contactIds = fields.strings('contactId');
  const assignedTo = fields.strings('assignedTo');
  const completed = fields.boolean('completed');
  const text = (fields.string('query') ?? '').toLowerCase();
  const limit = fields.number('limit') ?? 25;
  const skip = fields.number('skip') ?? 0;
  fields.done();
  const tasks = [...call.crm.state.tasks.values()].filter(
    (task) =>
      (contactIds === undefined || contactIds.includes(String(task['contactId']))) &&
      (assignedTo === undefined || assignedTo.includes(String(task['assignedTo']))) &&
      (completed === undefined || task['completed'] === completed) &&
      String(task['title']).toLowerCase().includes(text),
  );
  return ok({ tasks: tasks.slice(skip, skip + limit), traceId: call.traceId });
}

function taskIn(call: Call): Json {
  const contact = contactIn(call);
  const task = call.crm.state.tasks.get(call.params['taskId']);
  if (task?.['contactId'] !== contact.id) throw notFound('Task not found');
  return task;
}

function answer(call: Call, task: Json): Reply {
  return ok({ task, traceId: call.traceId });
}

function given(name: string, value: unknown): Json {
  return value === undefined ? {} : { [name]: value };
}

function checkUser(call: Call, id: string | null): void {
  if (id !== null && id !== '' && !call.crm.state.users.has(id)) throw badRequest('Invalid assignedTo');
}
