/** Appointments of a contact, to be seen (facts, highlevel 6; S4). */
import type { Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { asId, objects, optionalId, readObject, text, time } from './shapes';

export interface Appointment {
  readonly id: string;
  readonly title: string;
  /** `new`, `confirmed`, `cancelled`, `showed`, `noshow`, `invalid`, `booked`, …; empty where it is missing. */
  readonly status: string;
  /** As it came. Without an offset (`2021-07-16 11:00:00`) it is in the location's time zone, as far as is known. */
  readonly startTime: string;
  readonly endTime: string;
  /** Only where `startTime` has an offset. */
  readonly startsAt?: number;
  readonly address: string;
}

export function listAppointments(contactId: string): Exchange<readonly Appointment[]> {
  return crmExchange({
    call: 'appointments',
    effect: 'read',
    path: ['contacts', contactId, 'appointments'],
    read: (answer) =>
      objects(readObject(answer).events, 'appointments')
        .filter((row) => optionalId(row.id) !== undefined)
        .map((row) => {
          const startTime = text(row.startTime);
          return {
            id: asId(row.id, 'appointment id'),
            title: text(row.title),
            status: text(row.appointmentStatus) || text(row.status),
            startTime,
            endTime: text(row.endTime),
            startsAt: /(Z|[+-]\d\d:?\d\d)$/.test(startTime) ? time(startTime) : undefined,
            address: text(row.address),
          };
        }),
  });
}
