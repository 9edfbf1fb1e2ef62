/** What the CRM knows of a contact beside their mail: all in one round, each part for itself (S4, S9). */
import { ask, together, type Outcome, type Task } from '../../platform/exchange';
import { listAppointments, type Appointment } from '../../crm/appointments';
import { listNotes, type Note } from '../../crm/notes';
import { listOpportunities, type Opportunity } from '../../crm/opportunities';
import { listPipelines, type Pipeline } from '../../crm/pipelines';
import { listTasks, type Task as CrmTask } from '../../crm/tasks';
import { cached } from '../cached';
import type { Desk } from '../contact/read';

/** `not-allowed` where the token lacks the permission. */
export type Part<T> = readonly T[] | 'not-allowed' | 'unread';

export interface Records {
  readonly opportunities: Part<Opportunity>;
  readonly pipelines: Part<Pipeline>;
  readonly tasks: Part<CrmTask>;
  readonly notes: Part<Note>;
  readonly appointments: Part<Appointment>;
}

export function* readRecords(desk: Desk, contactId: string): Task<Records> {
  const [glance, notes] = (yield* together<unknown>([readGlance(desk, contactId), ask(listNotes(contactId))])) as [
    Glance,
    Outcome<readonly Note[]>,
  ];
  return { ...glance, notes: partOf(notes) };
}

/** What a thread shows of it in a line or two. */
export type Glance = Pick<Records, 'opportunities' | 'pipelines' | 'tasks' | 'appointments'>;

export function* readGlance(desk: Desk, contactId: string): Task<Glance> {
  const { location } = desk.connection;
  const [opportunities, pipelines, tasks, appointments] = (yield* together<unknown>([
    ask(listOpportunities(location, contactId)),
    readPipelines(desk),
    ask(listTasks(contactId)),
    ask(listAppointments(contactId)),
  ])) as [
    Outcome<readonly Opportunity[]>,
    Outcome<readonly Pipeline[]>,
    Outcome<readonly CrmTask[]>,
    Outcome<readonly Appointment[]>,
  ];
  return {
    opportunities: partOf(opportunities),
    pipelines: partOf(pipelines),
    tasks: partOf(tasks),
    appointments: partOf(appointments),
  };
}

export function* readPipelines({ connection, cache }: Desk): Task<Outcome<readonly Pipeline[]>> {
  const { location, installation } = connection;
  return yield* cached(cache, `pipelines ${installation} ${location}`, listPipelines(location));
}

function partOf<T>(outcome: Outcome<readonly T[]>): Part<T> {
  if (outcome.kind === 'done') return outcome.value;
  return outcome.kind === 'denied' ? 'not-allowed' : 'unread';
}
