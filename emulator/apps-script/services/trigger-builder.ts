/** `ScriptApp.newTrigger(...).timeBased()`, with the add-on's hourly floor (facts, platform 0.1, 1.2). */
import type { Run } from '../execution/run';
import { DATE, enumOf, INTEGER, NUMBER, TEXT } from '../realm/parameters';
import { ScriptException, ScriptObject, type EnumValue, type Signatures } from '../realm/script-object';
import type { Schedule } from '../state/triggers';
import { fromLocal, isKnownZone } from '../time-zone';
import { ScriptTrigger, TRIGGER_SCOPE, WEEKDAYS } from './trigger';

const MOST_TRIGGERS = 20;
const MINUTES = [1, 5, 10, 15, 30];
const HOURS = [1, 2, 4, 6, 8, 12];

export class TriggerBuilder extends ScriptObject {
  static readonly scriptName = 'ScriptApp.TriggerBuilder';
  static readonly signatures: Signatures = { timeBased: [[]] };

  constructor(
    private readonly run: Run,
    private readonly handler: string,
  ) {
    super();
  }

  timeBased(): ClockTriggerBuilder {
    return new ClockTriggerBuilder(this.run, this.handler);
  }
}

export class ClockTriggerBuilder extends ScriptObject {
  static readonly scriptName = 'ScriptApp.ClockTriggerBuilder';
  static readonly signatures: Signatures = {
    after: [[NUMBER]],
    at: [[DATE]],
    atDate: [[INTEGER, INTEGER, INTEGER]],
    everyMinutes: [[INTEGER]],
    everyHours: [[INTEGER]],
    everyDays: [[INTEGER]],
    everyWeeks: [[INTEGER]],
    onWeekDay: [[enumOf(WEEKDAYS)]],
    atHour: [[INTEGER]],
    nearMinute: [[INTEGER]],
    inTimezone: [[TEXT]],
    create: [[]],
  };

  private once?: number;
  private every?: { readonly kind: 'minutes' | 'hours' | 'days'; readonly count: number };
  private weekday?: number;
  private hour?: number;
  private minute?: number;
  private zone: string;
  /** A day's beginning in local time, as if it were UTC. */
  private date?: number;

  constructor(
    private readonly run: Run,
    private readonly handler: string,
  ) {
    super();
    this.zone = run.platform.manifest.timeZone;
  }

  after(milliseconds: number): this {
    this.once = this.run.platform.clock.now + Math.max(0, milliseconds);
    return this;
  }

  at(time: number): this {
    this.once = time;
    return this;
  }

  atDate(year: number, month: number, day: number): this {
    this.date = Date.UTC(year, month - 1, day);
    return this;
  }

  everyMinutes(count: number): this {
    if (!MINUTES.includes(count)) {
      throw new ScriptException(
        'The value you passed to everyMinutes was invalid. It must be one of 1, 5, 10, 15 or 30.',
      );
    }
    return this.recur('minutes', count);
  }

  everyHours(count: number): this {
    if (!HOURS.includes(count)) {
      throw new ScriptException(
        'The value you passed to everyHours was invalid. It must be one of 1, 2, 4, 6, 8 or 12.',
      );
    }
    return this.recur('hours', count);
  }

  everyDays(count: number): this {
    return this.recur('days', Math.max(1, count));
  }

  everyWeeks(count: number): this {
    return this.recur('days', 7 * Math.max(1, count));
  }

  onWeekDay(day: EnumValue): this {
    this.weekday = day.ordinal();
    return this.recur('days', 7);
  }

  atHour(hour: number): this {
    this.hour = hour;
    return this;
  }

  nearMinute(minute: number): this {
    this.minute = minute;
    return this;
  }

  inTimezone(zone: string): this {
    if (!isKnownZone(zone)) throw new ScriptException(`Invalid argument: ${zone}`);
    this.zone = zone;
    return this;
  }

  create(): ScriptTrigger {
    const { run, handler } = this;
    run.platform.authority.demand(run.user, TRIGGER_SCOPE, 'ScriptApp.ClockTriggerBuilder.create');
    return run.call(
      { service: 'ScriptApp', method: 'create', path: handler, takes: run.platform.latency.trigger },
      () => {
        const schedule = this.schedule();
        this.refuseTooOften(schedule);
        this.refuseTooMany();
        const trigger = new ScriptTrigger(run.platform.triggers.create(run.user, handler, schedule));
        run.created.add(trigger);
        return trigger;
      },
    );
  }

  private recur(kind: 'minutes' | 'hours' | 'days', count: number): this {
    this.every = { kind, count };
    return this;
  }

  private schedule(): Schedule {
    if (this.once !== undefined) return { kind: 'once', at: Math.max(this.once, this.run.platform.clock.now) };
    if (this.date !== undefined) return { kind: 'once', at: fromLocal(this.zone, this.date) };
    if (this.every === undefined) throw new ScriptException('A time-based trigger needs a time or an interval.');
    const { kind, count } = this.every;
    if (kind !== 'days') return { kind, every: count };
    return {
      kind,
      every: count,
      zone: this.zone,
      ...(this.hour === undefined ? {} : { hour: this.hour }),
      ...(this.minute === undefined ? {} : { minute: this.minute }),
      ...(this.weekday === undefined ? {} : { weekday: this.weekday }),
    };
  }

  private refuseTooOften(schedule: Schedule): void {
    if (schedule.kind !== 'minutes') return;
    const allowed = this.run.platform.switches().subHourlyTriggers;
    const may =
      allowed === 'always' ||
      (this.run.context === 'trigger' && allowed === 'trigger') ||
      (this.run.context === 'editor' && allowed !== 'never');
    if (!may) throw new ScriptException('The recurrence interval for an Add-on trigger must be at least one hour.');
  }

  private refuseTooMany(): void {
    const { platform, user } = this.run;
    const count = platform.triggers.of(user).length;
    const most = platform.switches().clockTriggersPerUser;
    if (most > 0 && count >= most) {
      throw new ScriptException(
        'This add-on has created too many time-based triggers in this document for this Google user account.',
      );
    }
    if (count >= MOST_TRIGGERS) {
      throw new ScriptException(
        'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
      );
    }
  }
}
