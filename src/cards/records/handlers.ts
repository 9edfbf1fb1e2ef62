/**
 * What the buttons about a contact's records do. Every id comes from a card and is not believed: the contact must be one
 * that this user may see, and the record one of that contact's (S9, C10).
 */
import { ask, together, type Exchange, type Outcome, type Task } from '../../platform/exchange';
import {
  createOpportunity,
  listOpportunities,
  moveOpportunity,
  OPPORTUNITY_STATUSES,
  setOpportunityStatus,
  type Opportunity,
} from '../../crm/opportunities';
import { createNote, listNotes, type Note } from '../../crm/notes';
import type { Pipeline } from '../../crm/pipelines';
import { completeTask, createTask, listTasks, type Task as CrmTask } from '../../crm/tasks';
import type { Contact } from '../../crm/types';
import type { SyncView } from '../../sync/view';
import { contactById, deskOf, isCrmId } from '../contact/handlers';
import { readContactById, type ContactReading } from '../contact/read';
import type { Context } from '../context';
import { connected, say, type Handlers } from '../handler';
import { makeOnce, type Made } from '../make';
import type { Card } from '../model';
import { newOnceId } from '../once';
import { problemReply, type Reply } from '../reply';
import type { FormState } from './form';
import { NOTE, newNoteCard, readable } from './notes';
import { newOpportunityCard, OPPORTUNITY, opportunityCard, readValue, splitStage } from './opportunities';
import { readPipelines } from './read';
import { newTaskCard, TASK } from './tasks';

const DAY_MS = 86_400_000;
/** A task is due at the end of the working day. */
const DUE_HOUR_MS = 17 * 3_600_000;

export const RECORD_HANDLERS: Handlers = {
  'opportunity.new': (context) =>
    withContact(context, pipelinesOf, ({ contact }, pipelines) => ({
      card: newOpportunityCard(context.words, contact, pipelines, freshForm()),
      move: 'push',
    })),
  'opportunity.add': addOpportunity,
  'opportunity.edit': (context) =>
    withOpportunity(context, ({ contact, view }, opportunity, pipelines) => ({
      card: opportunityCard(context.words, view.connection.location, contact, opportunity, pipelines, context.format),
      move: 'push',
    })),
  'opportunity.save': saveOpportunity,
  'task.new': (context) =>
    withContact(context, nothing, ({ contact }) => ({
      card: newTaskCard(context.words, contact, tomorrowOf(context), freshForm()),
      move: 'push',
    })),
  'task.add': addTask,
  'task.done': finishTask,
  'note.new': (context) =>
    withContact(context, nothing, ({ contact }) => ({
      card: newNoteCard(context.words, contact, freshForm()),
      move: 'push',
    })),
  'note.add': addNote,
};

interface Seen {
  readonly view: SyncView;
  readonly contact: Contact;
}

/** The contact and whatever else is read with it, in one round. */
function withContact<T>(
  context: Context,
  also: (context: Context, view: SyncView, contactId: string) => Task<T | undefined>,
  work: (seen: Seen, read: T) => Reply,
): Reply {
  return connected(context, (view) => {
    const { contact: id = '' } = context.event.parameters;
    if (!isCrmId(id)) return problemReply(context, { code: 'contact-unknown' });
    const [reading, read] = context.run(
      together<unknown>([readContactById(deskOf(context, view), id), also(context, view, id)]),
    ) as unknown as [ContactReading, T | undefined];
    if (reading.kind === 'unread') return problemReply(context, { code: 'crm-down' });
    if (reading.kind !== 'found') return problemReply(context, { code: 'contact-unknown' });
    return read === undefined
      ? problemReply(context, { code: 'crm-down' })
      : work({ view, contact: reading.contact }, read);
  });
}

function* nothing(): Task<true> {
  return true;
}

function* pipelinesOf(context: Context, view: SyncView): Task<readonly Pipeline[] | undefined> {
  const outcome = yield* readPipelines(deskOf(context, view));
  return outcome.kind === 'done' ? outcome.value : undefined;
}

function* valueOf<T>(exchange: Exchange<T>): Task<T | undefined> {
  const outcome = yield* ask(exchange);
  return outcome.kind === 'done' ? outcome.value : undefined;
}

function withOpportunity(
  context: Context,
  work: (seen: Seen, opportunity: Opportunity, pipelines: readonly Pipeline[]) => Reply,
): Reply {
  return withContact(context, opportunitiesAndPipelines, (seen, { opportunities, pipelines }) => {
    const opportunity = opportunities.find(({ id }) => id === context.event.parameters.opportunity);
    return opportunity === undefined
      ? problemReply(context, { code: 'record-unknown' })
      : work(seen, opportunity, pipelines);
  });
}

function* opportunitiesAndPipelines(context: Context, view: SyncView, contactId: string) {
  const [opportunities, pipelines] = (yield* together<unknown>([
    valueOf(listOpportunities(view.connection.location, contactId)),
    pipelinesOf(context, view),
  ])) as [readonly Opportunity[] | undefined, readonly Pipeline[] | undefined];
  return opportunities === undefined || pipelines === undefined ? undefined : { opportunities, pipelines };
}

function addOpportunity(context: Context): Reply {
  return withContact(context, pipelinesOf, ({ view, contact }, pipelines) => {
    const { event, words } = context;
    const [name = ''] = event.form(OPPORTUNITY.name);
    const [stage = ''] = event.form(OPPORTUNITY.stage);
    const [written = ''] = event.form(OPPORTUNITY.value);
    const value = readValue(written);
    const { pipelineId, stageId } = splitStage(stage);
    if (name.trim() === '' || !hasStage(pipelines, pipelineId, stageId)) return say(words.records.incomplete);
    if (value === undefined) return say(words.opportunities.badValue);
    const { location, crmUser } = view.connection;
    const made = makeOnce<Opportunity>(context, {
      id: event.parameters.once,
      after: event.parameters.after,
      like: ['opportunity', contact.id, name.trim(), pipelineId, value].join('\n'),
      likeOf: (opportunity) =>
        ['opportunity', contact.id, opportunity.name, opportunity.pipelineId, opportunity.value].join('\n'),
      idOf: ({ id }) => id,
      list: [listOpportunities(location, contact.id)],
      create: createOpportunity({
        locationId: location,
        contactId: contact.id,
        pipelineId,
        stageId,
        name: name.trim(),
        value,
        assignedTo: crmUser,
      }),
    });
    const again = (form: FormState) => newOpportunityCard(words, contact, pipelines, form);
    return ended(context, view, contact, made, { name, stage, value: written }, again, words.opportunities.added);
  });
}

function saveOpportunity(context: Context): Reply {
  return withOpportunity(context, ({ view, contact }, opportunity, pipelines) => {
    const { event, words } = context;
    const { pipelineId, stageId } = splitStage(event.form(OPPORTUNITY.stage)[0] ?? '');
    const status = OPPORTUNITY_STATUSES.find((known) => known === event.form(OPPORTUNITY.status)[0]);
    const moves =
      hasStage(pipelines, pipelineId, stageId) &&
      (pipelineId !== opportunity.pipelineId || stageId !== opportunity.stageId);
    const changes = status !== undefined && status !== opportunity.status;
    // One after the other: both change the same record.
    const outcomes: Outcome<unknown>[] = [];
    if (moves) outcomes.push(context.run(ask(moveOpportunity(opportunity.id, pipelineId, stageId))));
    if (changes) outcomes.push(context.run(ask(setOpportunityStatus(opportunity.id, status))));
    if (outcomes.some(({ kind }) => kind !== 'done')) return say(words.records.notSaved);
    return back(context, view, contact, words.opportunities.saved);
  });
}

function hasStage(pipelines: readonly Pipeline[], pipelineId: string, stageId: string): boolean {
  return pipelines.some(({ id, stages }) => id === pipelineId && stages.some((stage) => stage.id === stageId));
}

function addTask(context: Context): Reply {
  return withContact(context, nothing, ({ view, contact }) => {
    const { event, words } = context;
    const [title = ''] = event.form(TASK.title);
    const [body = ''] = event.form(TASK.body);
    const day = event.day(TASK.due);
    if (title.trim() === '' || day === undefined) return say(words.records.incomplete);
    const dueAt = Math.floor(day / DAY_MS) * DAY_MS + DUE_HOUR_MS - event.offset;
    const made = makeOnce<CrmTask>(context, {
      id: event.parameters.once,
      after: event.parameters.after,
      like: ['task', contact.id, title.trim(), dueAt].join('\n'),
      likeOf: (task) => ['task', contact.id, task.title, task.dueAt].join('\n'),
      idOf: ({ id }) => id,
      list: [listTasks(contact.id)],
      create: createTask(contact.id, {
        title: title.trim(),
        dueAt,
        body: body.trim() || undefined,
        assignedTo: view.connection.crmUser,
      }),
    });
    const again = (form: FormState) => newTaskCard(words, contact, tomorrowOf(context), form);
    return ended(context, view, contact, made, { title, body, due: String(day) }, again, words.tasks.added);
  });
}

function finishTask(context: Context): Reply {
  const tasks = (_: Context, __: SyncView, id: string) => valueOf(listTasks(id));
  return withContact(context, tasks, ({ view, contact }, known) => {
    const task = known.find(({ id }) => id === context.event.parameters.task);
    if (task === undefined) return problemReply(context, { code: 'record-unknown' });
    const outcome = task.completed ? undefined : context.run(ask(completeTask(contact.id, task.id)));
    if (outcome !== undefined && outcome.kind !== 'done') return say(context.words.records.notSaved);
    return back(context, view, contact, context.words.tasks.completed);
  });
}

function addNote(context: Context): Reply {
  return withContact(context, nothing, ({ view, contact }) => {
    const { event, words } = context;
    const body = (event.form(NOTE.text)[0] ?? '').trim();
    if (body === '') return say(words.records.incomplete);
    const made = makeOnce<Note>(context, {
      id: event.parameters.once,
      after: event.parameters.after,
      like: ['note', contact.id, squeezed(body)].join('\n'),
      likeOf: (note) => ['note', contact.id, squeezed(readable(note.body))].join('\n'),
      idOf: ({ id }) => id,
      list: [listNotes(contact.id)],
      create: createNote(contact.id, body, view.connection.crmUser),
    });
    const again = (form: FormState) => newNoteCard(words, contact, form);
    return ended(context, view, contact, made, { note: body }, again, words.notes.added);
  });
}

/** Markup and line breaks may have been changed on the way. */
function squeezed(body: string): string {
  return body.replace(/\s+/g, ' ').trim();
}

function ended(
  context: Context,
  view: SyncView,
  contact: Contact,
  made: Made<unknown>,
  values: FormState['values'],
  again: (form: FormState) => Card,
  notice: string,
): Reply {
  const { words, event } = context;
  if (made.kind === 'not-made') return say(words.records.notSaved);
  if (made.kind === 'made') return back(context, view, contact, made.earlier ? words.records.earlier : notice);
  return { card: again({ once: newOnceId(), after: event.parameters.once, values }), move: 'update' };
}

function back(context: Context, view: SyncView, contact: Contact, notice: string): Reply {
  return { card: contactById(context, view, contact.id), move: 'contact', notice, changed: true };
}

function freshForm(): FormState {
  return { once: newOnceId(), values: {} };
}

/** Midnight in UTC of the user's tomorrow, as date fields have it. */
function tomorrowOf({ now, event }: Context): number {
  return (Math.floor((now + event.offset) / DAY_MS) + 1) * DAY_MS;
}
