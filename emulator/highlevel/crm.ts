/** What every part of the emulated CRM works on: its state, its clock, its ids, its switches, and the mail network. */
import type { Clock } from '../core/clock';
import type { Ids } from '../core/ids';
import type { SendMail } from '../core/network';
import type { Json, Location, State } from './state';
import type { HighLevelSwitches } from './switches';

export interface Crm {
  readonly state: State;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly switches: HighLevelSwitches;
  readonly send: SendMail;
  readonly leaveInSent?: LeaveInSent;
}

/**
 * Puts a copy of a mail into the Sent folder of the mailbox that it went through: the CRM's own Gmail sync and an SMTP
 * provider that goes through Gmail do that (facts, highlevel 8; spec R2). Addresses that are no Google account: nothing.
 */
export type LeaveInSent = (address: string, raw: Buffer) => void;

/** A refusal that a person in front of the CRM's screens would read. */
export class CrmRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CrmRefusal';
  }
}

/** The time that a record gets now, on the CRM's own clock and in its precision. */
export function stamp(crm: Crm): number {
  return precise(crm, crm.clock.now + crm.switches.clockSkewMs);
}

export function precise(crm: Crm, time: number): number {
  return crm.switches.timePrecision === 's' ? Math.floor(time / 1000) * 1000 : time;
}

/** `2024-03-27T18:13:49.000Z`, as the API gives times. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}

/** An id as the CRM makes them: 20 letters and digits. */
export function newId(crm: Crm): string {
  return crm.ids.alphanumeric(20);
}

export function locationOf(crm: Crm): Location {
  if (crm.state.location === undefined) throw new CrmRefusal('this world has no location yet');
  return crm.state.location;
}

/** A value of a request as text; '' where it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Keeps a record under its id, frozen: changed records are kept anew. */
export function keep<Row extends { readonly id: string }>(rows: Map<string, Row>, row: Row): Row {
  rows.set(row.id, Object.freeze(row));
  return row;
}

/** Keeps a record that is in the API's own shape; its `id` is a string. */
export function keepJson(rows: Map<string, Json>, row: Json): Json {
  rows.set(String(row['id']), Object.freeze(row));
  return row;
}
