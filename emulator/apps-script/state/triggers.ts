/**
 * Installable clock triggers (facts, platform 1.2 to 1.5). One-shots stay listed after they have fired until they are
 * deleted; recurring times are random within their hour but stable from day to day.
 */
import type { Clock } from '../../core/clock';
import type { Ids } from '../../core/ids';
import type { TriggerRecord } from '../../core/services';
import { fromLocal, toLocal } from '../time-zone';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

export type Schedule =
  | { readonly kind: 'once'; readonly at: number }
  | { readonly kind: 'minutes'; readonly every: number }
  | { readonly kind: 'hours'; readonly every: number }
  | {
      readonly kind: 'days';
      readonly every: number;
      /** Hour and minute of the zone's clock; without an hour it is chosen once. */
      readonly hour?: number;
      readonly minute?: number;
      /** 0 is Sunday. */
      readonly weekday?: number;
      readonly zone: string;
    };

export interface Trigger {
  readonly id: string;
  readonly user: string;
  readonly handler: string;
  readonly schedule: Schedule;
  /** Milliseconds into its period at which a recurring one fires, chosen once. */
  readonly offset: number;
  /** When it fires next; undefined for a one-shot that has fired. */
  readonly next: number | undefined;
}

export class Triggers {
  private list: readonly Trigger[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  create(user: string, handler: string, schedule: Schedule): Trigger {
    const offset = this.chooseOffset(schedule);
    const id = String(Math.floor(this.ids.random() * 9e15) + 1e15) + String(this.ids.below(1000)).padStart(3, '0');
    const next = schedule.kind === 'once' ? schedule.at : nextTime(schedule, offset, this.clock.now);
    const trigger: Trigger = Object.freeze({ id, user, handler, schedule: Object.freeze(schedule), offset, next });
    this.list = [...this.list, trigger];
    return trigger;
  }

  of(user: string): Trigger[] {
    return this.list.filter((trigger) => trigger.user === user);
  }

  remove(id: string): boolean {
    const before = this.list.length;
    this.list = this.list.filter((trigger) => trigger.id !== id);
    return this.list.length < before;
  }

  /** Every trigger that will still fire, in the order of their times. */
  waiting(): TriggerRecord[] {
    return this.list.filter(isWaiting).sort(byTime).map(toRecord);
  }

  /** Takes each trigger that is due by `until` once; what a recurring one missed meanwhile is not made up for. */
  takeDue(until: number): TriggerRecord[] {
    const due = this.list
      .filter(isWaiting)
      .filter((trigger) => trigger.next <= until)
      .sort(byTime);
    if (due.length === 0) return [];
    const taken = new Set(due.map(({ id }) => id));
    this.list = this.list.map((trigger) => {
      if (!taken.has(trigger.id)) return trigger;
      const from = Math.max(trigger.next ?? 0, this.clock.now);
      const next = trigger.schedule.kind === 'once' ? undefined : nextTime(trigger.schedule, trigger.offset, from);
      return Object.freeze({ ...trigger, next });
    });
    return due.map(toRecord);
  }

  nextDue(): number | undefined {
    let next: number | undefined;
    for (const trigger of this.list) {
      if (trigger.next !== undefined && (next === undefined || trigger.next < next)) next = trigger.next;
    }
    return next;
  }

  /** The state is replaced at every change and never altered, so it is its own snapshot. */
  snapshot(): readonly Trigger[] {
    return this.list;
  }

  restore(state: readonly Trigger[]): void {
    this.list = state;
  }

  private chooseOffset(schedule: Schedule): number {
    if (schedule.kind === 'hours') return this.ids.below(60) * MINUTE;
    if (schedule.kind !== 'days') return 0;
    const hour = schedule.hour ?? this.ids.below(24);
    // "Near" a minute is up to 15 minutes before or after it; without one any minute of the hour (facts, platform 1.2).
    const minute = schedule.minute === undefined ? this.ids.below(60) : schedule.minute - 15 + this.ids.below(31);
    return hour * HOUR + Math.min(59, Math.max(0, minute)) * MINUTE;
  }
}

/** The first time after `after` at which a recurring trigger fires. */
function nextTime(schedule: Exclude<Schedule, { kind: 'once' }>, offset: number, after: number): number {
  if (schedule.kind !== 'days') {
    const period = schedule.every * (schedule.kind === 'minutes' ? MINUTE : HOUR);
    return Math.floor((after - offset) / period) * period + period + offset;
  }
  const { zone, weekday, every } = schedule;
  let day = Math.floor(toLocal(zone, after).getTime() / DAY);
  for (;;) {
    const at = fromLocal(zone, day * DAY + offset);
    // Day 0 of the epoch was a Thursday.
    const fits = weekday === undefined ? day % every === 0 : (day + 4) % 7 === weekday;
    if (at > after && fits) return at;
    day += 1;
  }
}

function isWaiting(trigger: Trigger): trigger is Trigger & { readonly next: number } {
  return trigger.next !== undefined;
}

function byTime(a: { readonly next: number }, b: { readonly next: number }): number {
  return a.next - b.next;
}

const MINUTES_OF = { minutes: 1, hours: 60, days: 1440 } as const;

function toRecord({ id, user, handler, schedule, next }: Trigger & { readonly next: number }): TriggerRecord {
  const everyMinutes = schedule.kind === 'once' ? undefined : schedule.every * MINUTES_OF[schedule.kind];
  return { id, user, handler, ...(everyMinutes === undefined ? {} : { everyMinutes }), at: next };
}
