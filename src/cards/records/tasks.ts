/** Tasks of a contact (S4): what is open, ticked off with one click, and a new one. */
import type { Task } from '../../crm/tasks';
import type { Contact } from '../../crm/types';
import type { Format } from '../format';
import { buttons, section, text, type Card, type Section, type Widget } from '../model';
import type { Words } from '../words';
import { doubtWidgets, saveFooter, type FormState } from './form';
import { partWidgets } from './part';
import type { Records } from './read';

export const TASK = { title: 'title', due: 'due', body: 'body' };
const MOST = 12;

export function taskSection(words: Words, contact: Contact, { tasks }: Records, format: Format): Section {
  const { tasks: says } = words;
  const parameters = { contact: contact.id };
  const done = typeof tasks === 'string' ? 0 : tasks.filter(({ completed }) => completed).length;
  const rows = partWidgets(words, tasks, MOST, (all) =>
    all
      .filter(({ completed }) => !completed)
      .sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity))
      .map((task): Widget => ({
        kind: 'row',
        icon: 'task_alt',
        text: task.title === '' ? says.title : task.title,
        below: dueLine(words, task, format),
        button: { text: words.buttons.done, do: 'task.done', parameters: { ...parameters, task: task.id } },
      })),
  );
  return {
    title: says.title,
    widgets: [
      ...(rows.length === 0 ? [text([{ quiet: says.none }])] : rows),
      ...(done > 0 ? [text([{ quiet: says.doneCount(done) }])] : []),
      ...(typeof tasks === 'string' ? [] : [buttons({ text: words.buttons.add, do: 'task.new', parameters })]),
    ],
  };
}

function dueLine({ tasks: says }: Words, { dueAt }: Task, format: Format): string {
  if (dueAt === undefined) return says.noDue;
  return dueAt < format.now ? says.overdue(format.day(dueAt)) : says.dueOn(format.day(dueAt));
}

/** `tomorrow` is the day that is offered: midnight in UTC, as date fields have it. */
export function newTaskCard(words: Words, contact: Contact, tomorrow: number, form: FormState): Card {
  const { tasks: says } = words;
  const due = Number(form.values.due);
  return {
    name: 'task-new',
    title: says.add,
    subtitle: contact.name,
    sections: [
      ...doubtWidgets(words, form),
      ...section(undefined, [
        { kind: 'input', name: TASK.title, title: says.what, value: form.values.title, most: 200 },
        { kind: 'date', name: TASK.due, title: says.due, value: due > 0 ? due : tomorrow },
        { kind: 'input', name: TASK.body, title: says.details, value: form.values.body, lines: true, most: 2_000 },
      ]),
    ],
    footer: saveFooter(words, form, 'task.add', { contact: contact.id }, [TASK.title, TASK.due]),
  };
}
