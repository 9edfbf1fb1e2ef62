/** Appointments of a contact, to be seen (S4). */
import type { Appointment } from '../../crm/appointments';
import type { Format } from '../format';
import { text, type Section, type Widget } from '../model';
import type { Words } from '../words';
import { partWidgets } from './part';
import type { Records } from './read';

const MOST = 6;

export function appointmentSection(
  words: Words,
  locationName: string,
  { appointments }: Records,
  format: Format,
): Section {
  const { appointments: says } = words;
  const rows = partWidgets(words, appointments, MOST, (all) =>
    [...all].sort(newestFirst).map((appointment): Widget => ({
      kind: 'row',
      icon: 'event',
      above: startOf(appointment, format),
      text: appointment.title === '' ? says.title : appointment.title,
      below: [says.statuses[appointment.status] ?? '', appointment.address].filter((part) => part !== '').join(' · '),
    })),
  );
  const unzoned = typeof appointments !== 'string' && appointments.some(({ startsAt }) => startsAt === undefined);
  return {
    title: says.title,
    widgets: [
      ...(rows.length === 0 ? [text([{ quiet: says.none }])] : rows),
      ...(unzoned ? [text([{ quiet: says.zone(locationName) }])] : []),
    ],
  };
}

/** A time without an offset is the location's, whichever zone that is: shown as it came (facts, highlevel 6). */
export function startOf({ startsAt, startTime }: Appointment, format: Format): string {
  return startsAt === undefined ? startTime.replace('T', ' ').slice(0, 16) : format.clock(startsAt);
}

export function comingFirst(a: Appointment, b: Appointment): number {
  return order(a) < order(b) ? -1 : 1;
}

function newestFirst(a: Appointment, b: Appointment): number {
  return order(a) < order(b) ? 1 : -1;
}

function order({ startsAt, startTime }: Appointment): string {
  return startsAt === undefined ? startTime.replace('T', ' ') : new Date(startsAt).toISOString().replace('T', ' ');
}
