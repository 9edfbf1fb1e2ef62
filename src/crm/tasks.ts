/** Tasks of a contact: seen, added, ticked off (facts, highlevel 6; S4). A location id too many is refused. */
import type { Exchange } from '../platform/exchange';
import type { Answer } from '../platform/http';
import { crmExchange } from './api';
import { asId, objects, optionalId, readObject, text, time, unwrap, type Fields } from './shapes';

export interface Task {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly dueAt?: number;
  readonly completed: boolean;
  readonly assignedTo?: string;
}

export interface NewTask {
  readonly title: string;
  /** Milliseconds since 1970; the CRM wants one. */
  readonly dueAt: number;
  readonly body?: string;
  readonly assignedTo?: string;
}

/** All of them; the list has no pages. */
export function listTasks(contactId: string): Exchange<readonly Task[]> {
  return crmExchange({
    call: 'tasks',
    effect: 'read',
    path: ['contacts', contactId, 'tasks'],
    read: (answer) =>
      objects(readObject(answer).tasks, 'tasks')
        .filter((row) => optionalId(row.id) !== undefined)
        .map(readTask),
  });
}

export function createTask(contactId: string, { title, dueAt, body, assignedTo }: NewTask): Exchange<Task> {
  return crmExchange({
    call: 'tasks',
    effect: 'create',
    method: 'post',
    path: ['contacts', contactId, 'tasks'],
    body: { title, body, dueDate: new Date(dueAt).toISOString(), completed: false, assignedTo },
    read: readOne,
  });
}

export function completeTask(contactId: string, taskId: string, completed = true): Exchange<Task> {
  return crmExchange({
    call: 'tasks',
    effect: 'idempotent',
    method: 'put',
    path: ['contacts', contactId, 'tasks', taskId, 'completed'],
    body: { completed },
    read: readOne,
  });
}

function readOne(answer: Answer): Task {
  return readTask(unwrap(readObject(answer), 'task'));
}

function readTask(row: Fields): Task {
  return {
    id: asId(row.id, 'task id'),
    title: text(row.title),
    body: text(row.body),
    dueAt: time(row.dueDate),
    completed: row.completed === true,
    assignedTo: optionalId(row.assignedTo),
  };
}
