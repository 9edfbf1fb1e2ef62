/** Calendars and appointments (facts, highlevel 6). */
import { created, ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest } from '../api/errors';
import { iso, keepJson, locationOf, newId, stamp, type Crm } from '../crm';
import type { Json } from '../state';
import { contactIn } from './contacts';

const READ = 'calendars/events.readonly';
const WRITE = 'calendars/events.write';
const STATUSES = ['new', 'confirmed', 'cancelled', 'showed', 'noshow', 'invalid'] as const;
const APPOINTMENTS = '/calendars/events/appointments';

export const CALENDAR_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/calendars', scope: 'calendars.readonly', handle: list },
  { method: 'GET', path: '/calendars/events', scope: READ, handle: events },
  { method: 'GET', path: '/contacts/:contactId/appointments', scope: 'contacts.readonly', handle: ofContact },
  { method: 'POST', path: APPOINTMENTS, scope: WRITE, handle: create },
  { method: 'GET', path: `${APPOINTMENTS}/:eventId`, scope: READ, handle: get },
  { method: 'PUT', path: `${APPOINTMENTS}/:eventId`, scope: WRITE, handle: update },
  { method: 'DELETE', path: '/calendars/events/:eventId', scope: WRITE, handle: remove },
];

function list(call: Call): Reply {
  const fields = call.queryFields();
  fields.text('locationId');
  fields.done();
  return ok({ calendars: [...call.crm.state.calendars.values()], traceId: call.traceId });
}

/** Between two times in milliseconds, of a user or a calendar (facts, highlevel 3). */
function events(call: Call): Reply {
  const { crm, query } = call;
  const fields = call.queryFields();
  fields.text('locationId');
  const from = Number(fields.text('startTime'));
  const to = Number(fields.text('endTime'));
  fields.done();
  if (!query.has('userId') && !query.has('calendarId') && !query.has('groupId')) {
    throw badRequest('Either of userId, calendarId or groupId is required');
  }
  const found = [...crm.state.appointments.values()].filter((row) => {
    const at = Date.parse(String(row['startTime']));
    return (
      at >= from &&
      at <= to &&
      (!query.has('userId') || row['assignedUserId'] === query.get('userId')) &&
      (!query.has('calendarId') || row['calendarId'] === query.get('calendarId')) &&
      (!query.has('groupId') || row['groupId'] === query.get('groupId'))
    );
  });
  return ok({ events: found, traceId: call.traceId });
}

/** Times without a zone, in the location's (facts, highlevel 6). */
function ofContact(call: Call): Reply {
  const { crm } = call;
  const { id } = contactIn(call);
  const mine = [...crm.state.appointments.values()].filter((row) => row['contactId'] === id);
  const local = (value: unknown) => localTime(String(value), locationOf(crm).timezone);
  return ok({
    events: mine.map((row) => ({
      ...row,
      status: row['status'] ?? 'booked',
      startTime: local(row['startTime']),
      endTime: local(row['endTime']),
    })),
    traceId: call.traceId,
  });
}

function create(call: Call): Reply {
  const { crm } = call;
  const fields = call.fields();
  const calendarId = fields.text('calendarId');
  fields.text('locationId');
  const contactId = fields.text('contactId');
  const startTime = fields.date('startTime');
  if (startTime === undefined) fields.problem('startTime must be a valid ISO 8601 date string');
  const changes = changesIn(call);
  fields.done();
  if (!crm.state.calendars.has(calendarId)) throw badRequest('Calendar not found');
  if (!crm.state.contacts.has(contactId)) throw badRequest('Contact not found');
  const row = newAppointment(crm, { ...changes, calendarId, contactId, startTime: call.json()['startTime'] });
  return ok({ ...row, traceId: call.traceId });
}

/** A row with the fields that the CRM itself fills in; without an end it lasts half an hour. */
export function newAppointment(crm: Crm, given: Json): Json {
  const now = iso(stamp(crm));
  const start = Date.parse(String(given['startTime']));
  return keepJson(crm.state.appointments, {
    id: newId(crm),
    locationId: locationOf(crm).id,
    title: 'Appointment',
    appointmentStatus: 'confirmed',
    assignedUserId: '',
    notes: '',
    address: '',
    groupId: '',
    users: [],
    endTime: Number.isNaN(start) ? now : iso(start + 1_800_000),
    dateAdded: now,
    dateUpdated: now,
    ...given,
  });
}

function get(call: Call): Reply {
  return ok({ event: appointmentIn(call), traceId: call.traceId });
}

function update(call: Call): Reply {
  const before = appointmentIn(call);
  const row = { ...before, ...changesIn(call), dateUpdated: iso(stamp(call.crm)) };
  return ok({ ...keepJson(call.crm.state.appointments, row), traceId: call.traceId });
}

function remove(call: Call): Reply {
  call.crm.state.appointments.delete(String(appointmentIn(call)['id']));
  return created({ succeeded: true, traceId: call.traceId });
}

function changesIn(call: Call): Json {
  const fields = call.fields();
  for (const name of ['title', 'assignedUserId', 'description', 'address', 'calendarId']) fields.string(name);
  fields.date('startTime');
  fields.date('endTime');
  fields.oneOf('appointmentStatus', STATUSES);
  fields.done();
  const kept = ['title', 'assignedUserId', 'description', 'address', 'startTime', 'endTime', 'appointmentStatus'];
  return Object.fromEntries(Object.entries(call.json()).filter(([name]) => kept.includes(name)));
}

function appointmentIn(call: Call): Json {
  const row = call.crm.state.appointments.get(call.params['eventId']);
  if (row === undefined) throw badRequest('Event not found');
  return row;
}

/** `2021-07-16 11:00:00` in a time zone. */
function localTime(text: string, timeZone: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return text;
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(time);
}
