/**
 * One execution: the one place through which every service call goes. Here it is counted, meets its faults, is logged,
 * takes its virtual time and is cut where the execution's time is up; after a kill nothing has an effect any more.
 */
import type { Execution, LoggedCall } from '../../core/services';
import type { Fate, Site } from '../faults/fault-plan';
import { SLOW_MS, TIMEOUT_MS } from '../latency';
import type { Platform } from '../platform';
import type { Realm } from '../realm/realm';
import { ScriptException } from '../realm/script-object';

/** Thrown through the script when its execution is over; a script that catches it can do nothing with it. */
export const SIGNAL: unknown = Object.freeze({});

export type Context = 'card' | 'trigger' | 'editor';

/** 30 seconds for a card, 6 minutes otherwise (facts, platform 2). */
const LIMITS: Readonly<Record<Context, number>> = { card: 30_000, trigger: 360_000, editor: 360_000 };

export const TIME_IS_UP = 'Exceeded maximum execution time';
export const ENDED = 'The execution was ended by the platform';
const REFUSED_MS = 1_000;
const SERVER_ERROR = "We're sorry, a server error occurred. Please wait a bit and try again.";

export type CallRecord = { -readonly [Name in keyof LoggedCall]: LoggedCall[Name] };

/** A service call as its service describes it. */
export interface ServiceCall extends Site {
  /** Virtual milliseconds that it takes. */
  readonly takes: number;
  /** What the platform says where the fault `refused` meets it. */
  readonly refusal?: string;
}

export interface RunRequest {
  readonly user: string;
  readonly function: string;
  readonly event?: unknown;
  readonly context: Context;
}

export class Run {
  readonly startedAt: number;
  readonly user: string;
  readonly context: Context;
  calls = 0;
  rounds = 0;
  /** Why the execution is over before its end. */
  ended?: string;
  /** Calls that the script made after its end. */
  private refused = 0;
  /** A fault of the emulator's own, thrown at whoever started the execution. */
  bug?: { readonly error: unknown };
  /** Triggers made by this very execution (facts, platform 1.5: their own objects cannot be deleted yet). */
  readonly created = new Set<object>();
  realm!: Realm;

  constructor(
    readonly platform: Platform,
    readonly request: RunRequest,
    readonly id: string,
    readonly nested: boolean,
  ) {
    this.startedAt = platform.clock.now;
    this.user = request.user;
    this.context = request.context;
  }

  get deadline(): number {
    return this.startedAt + LIMITS[this.context];
  }

  /** Throws the signal where the execution is over. */
  alive(): void {
    if (this.ended === undefined && this.platform.clock.now >= this.deadline) this.ended = TIME_IS_UP;
    if (this.ended === undefined) return;
    this.refused += 1;
    throw SIGNAL;
  }

  /** Time as the script sees it. It flies for one that goes on trying after its end, so that a loop up to a deadline ends. */
  visibleNow(): number {
    return this.platform.clock.now + this.refused * REFUSED_MS;
  }

  /** The script computes without end: the platform's clock goes on to the limit. */
  runOut(): void {
    const { clock } = this.platform;
    if (clock.now < this.deadline) clock.advance(this.deadline - clock.now);
    this.ended ??= TIME_IS_UP;
  }

  end(reason: string): never {
    this.ended ??= reason;
    throw SIGNAL;
  }

  /** Virtual time goes by; requests that are on their way arrive meanwhile. Ends the execution when its time is up. */
  pass(ms: number): void {
    const { clock, late } = this.platform;
    const until = Math.min(clock.now + ms, Math.max(clock.now, this.deadline));
    for (let due = late.nextDue(); due !== undefined && due <= until; due = late.nextDue()) {
      if (due > clock.now) clock.advance(due - clock.now);
      late.settle();
    }
    if (until > clock.now) clock.advance(until - clock.now);
    this.alive();
  }

  /** One counted call of a service other than UrlFetchApp. */
  call<T>(call: ServiceCall, effect: () => T): T {
    const { record, fate } = this.begin(call, this.rounds);
    record.virtualMs = call.takes;
    try {
      let result: { readonly value: T } | undefined;
      if (fate.effect === 'done' || fate.effect === 'twice') {
        // Properties, locks, caches and triggers are asked once: a second time would change nothing (or wait again).
        result = { value: effect() };
      }
      if (fate.kill !== undefined) this.end(ENDED);
      return this.answer(call, fate, result);
    } finally {
      record.virtualMs = this.platform.clock.now - (record.at ?? 0);
      Object.freeze(record);
    }
  }

  /** Counts a call, logs it, and lets happen what a fault lets happen at that moment. */
  begin(site: Site, round: number, parts?: LoggedCall[]): { record: CallRecord; fate: Fate } {
    this.alive();
    this.calls += 1;
    const record = this.record(site, round, parts);
    const fate = this.platform.faults.meet(site, this.nested);
    if (fate.label !== undefined) record.fault = fate.label;
    this.moments(fate);
    return { record, fate };
  }

  /** A log entry; in `parts` where the call is a part of a batch. */
  record(site: Site, round: number, parts?: LoggedCall[]): CallRecord {
    const { calls, clock } = this.platform;
    const record: CallRecord = {
      seq: calls.take(),
      executionId: this.id,
      user: this.user,
      round,
      service: site.service,
      method: site.method,
      ...(site.host === undefined ? {} : { host: site.host }),
      ...(site.path === undefined ? {} : { path: site.path }),
      virtualMs: 0,
      at: clock.now,
    };
    if (parts === undefined) calls.add(record);
    else parts.push(record);
    return record;
  }

  /** What a person or another execution does at the moment of a call. */
  moments(fate: Fate): void {
    for (const { act, runInside } of fate.moments) {
      if (act !== undefined) this.platform.act(act);
      if (runInside !== undefined) this.platform.runInside(runInside);
    }
    this.alive();
  }

  summary(): Pick<Execution, 'virtualMs' | 'calls' | 'rounds' | 'executionId' | 'user' | 'function'> {
    return {
      virtualMs: this.platform.clock.now - this.startedAt,
      calls: this.calls,
      rounds: this.rounds,
      executionId: this.id,
      user: this.user,
      function: this.request.function,
    };
  }

  private answer<T>(call: ServiceCall, fate: Fate, result: { readonly value: T } | undefined): T {
    switch (fate.answer) {
      case undefined:
        break;
      case 'slow':
        this.pass(SLOW_MS);
        break;
      case 'timeout':
        this.pass(TIMEOUT_MS);
        throw new ScriptException(`Service timed out: ${call.service}`);
      case 'refused':
        this.pass(call.takes);
        throw new ScriptException(call.refusal ?? SERVER_ERROR);
      default:
        this.pass(call.takes);
        throw new ScriptException(SERVER_ERROR);
    }
    this.pass(call.takes);
    if (result === undefined) throw new ScriptException(SERVER_ERROR);
    return result.value;
  }
}
