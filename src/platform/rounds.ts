/**
 * The driver: sends what a task asks for, one parallel round at a time, and repeats only what may be repeated (X6, X7).
 * How a service authorizes, reads its errors and batches is handed in as a wire, so that this file knows no service.
 */
import { now, type Deadline } from './clock';
import type { Exchange, Failure, Outcome, Service, Task } from './exchange';
import { Pace, type Limits } from './pace';
import { sendAll, type Answer, type HttpCall, type NoAnswer } from './http';

export interface Wire {
  /** What an answer says of the service's limits. */
  readonly limits?: (answer: Answer) => Limits;
  readonly authorization: () => Readonly<Record<string, string>>;
  readonly outcome: (exchange: Exchange<unknown>, answer: Answer | NoAnswer) => Outcome<unknown>;
  /** Several exchanges as one request, where the service can; parts that never came back are undefined. */
  readonly batch?: {
    readonly fits: (exchange: Exchange<unknown>) => boolean;
    readonly compose: (exchanges: readonly Exchange<unknown>[]) => HttpCall;
    readonly parse: (answer: Answer, count: number) => readonly (Answer | undefined)[];
  };
}

export type Wires = Readonly<Record<Service, Wire>>;

/** Called before each round that writes. A failure stops its creates (they come back as `later`, not done). */
export type Permit = () => Failure | undefined;

export interface RoundsOptions {
  readonly wires: Wires;
  readonly deadline: Deadline;
  readonly mayWrite?: Permit;
  /** Shared by all rounds of a run. */
  readonly pace?: Pace;
}

/** More calls in one batch are likely to trip the rate limit (facts, platform 3.8). */
const BATCH_PARTS = 50;
const BATCH_BYTES = 4_000_000;
/** Pauses before a read or an idempotent write is repeated in the same run. */
const BACKOFF_MS = [1_000, 4_000];
/** A longer `Retry-After` is left to the next run. */
const LONGEST_PAUSE_MS = 20_000;

const NO_TIME: Failure = { code: 'run.out-of-time', status: 0, detail: 'the run has no time left' };

export class Rounds {
  /** Rounds sent so far in this run. */
  count = 0;

  private readonly pace: Pace;

  constructor(private readonly options: RoundsOptions) {
    this.pace = options.pace ?? new Pace(now());
  }

  run<T>(task: Task<T>): T {
    let step = task.next([]);
    while (step.done !== true) step = task.next(this.round(step.value));
    return step.value;
  }

  private round(exchanges: readonly Exchange<unknown>[]): Outcome<unknown>[] {
    const outcomes = this.once(exchanges);
    for (const pause of BACKOFF_MS) {
      const again = exchanges
        .map((exchange, index) => ({ exchange, index }))
        .filter(({ exchange, index }) => exchange.effect !== 'create' && repeatable(outcomes[index]));
      if (again.length === 0) break;
      const wanted = Math.max(pause, ...again.map(({ index }) => retryAfter(outcomes[index])));
      if (wanted > LONGEST_PAUSE_MS || !this.options.deadline.sleep(wanted)) break;
      this.once(again.map(({ exchange }) => exchange)).forEach((outcome, position) => {
        outcomes[again[position].index] = outcome;
      });
    }
    return outcomes;
  }

  private once(exchanges: readonly Exchange<unknown>[]): Outcome<unknown>[] {
    const outcomes: Outcome<unknown>[] = new Array<Outcome<unknown>>(exchanges.length);
    const refusal = this.refusal(exchanges);
    const sending: { exchange: Exchange<unknown>; index: number }[] = [];
    exchanges.forEach((exchange, index) => {
      const failure = this.options.deadline.open() ? (exchange.effect === 'read' ? undefined : refusal) : NO_TIME;
      if (failure === undefined) sending.push({ exchange, index });
      else outcomes[index] = { kind: 'later', failure, retryAfterMs: LONGEST_PAUSE_MS + 1 };
    });
    for (const group of apart(sending)) {
      const sent = this.inWaves(group.map(({ exchange }) => exchange));
      group.forEach(({ index }, position) => (outcomes[index] = sent[position]));
    }
    return outcomes;
  }

  /** As many at once as the services allow; the rest after a pause, or in the next run where there is no time for one (X9). */
  private inWaves(exchanges: readonly Exchange<unknown>[]): Outcome<unknown>[] {
    const outcomes: Outcome<unknown>[] = [];
    while (outcomes.length < exchanges.length) {
      const rest = exchanges.slice(outcomes.length);
      const { count, waitMs } = this.pace.admit(rest, now());
      // After a pause a write may have come too near to the end of the run, or the user may have asked for something (X6, X13).
      const failure = outcomes.length === 0 ? undefined : this.deadlineFor(rest);
      if (count > 0 && failure === undefined) {
        const wave = rest.slice(0, count);
        this.pace.sent(wave);
        outcomes.push(...this.send(wave));
      } else if (count > 0 || !this.options.deadline.sleep(waitMs)) {
        const later = { kind: 'later' as const, failure: failure ?? NO_TIME, retryAfterMs: LONGEST_PAUSE_MS + 1 };
        outcomes.push(...rest.map(() => later));
      }
    }
    return outcomes;
  }

  private deadlineFor(exchanges: readonly Exchange<unknown>[]): Failure | undefined {
    return this.options.deadline.open() ? this.refusal(exchanges) : NO_TIME;
  }

  private refusal(exchanges: readonly Exchange<unknown>[]): Failure | undefined {
    if (exchanges.every(({ effect }) => effect === 'read')) return undefined;
    if (!this.options.deadline.openForWrites()) return NO_TIME;
    return this.options.mayWrite?.();
  }

  private send(exchanges: readonly Exchange<unknown>[]): Outcome<unknown>[] {
    const parcels = parcel(exchanges, this.options.wires);
    this.count += 1;
    const answers = sendAll(parcels.map((indices) => this.toCall(indices.map((index) => exchanges[index]))));
    const outcomes: Outcome<unknown>[] = new Array<Outcome<unknown>>(exchanges.length);
    parcels.forEach((indices, number) => {
      const opened = this.open(
        indices.map((index) => exchanges[index]),
        answers[number],
      );
      indices.forEach((index, position) => (outcomes[index] = opened[position]));
    });
    return outcomes;
  }

  private toCall(members: readonly Exchange<unknown>[]): HttpCall {
    const wire = this.options.wires[members[0].service];
    const call = members.length === 1 || wire.batch === undefined ? members[0].call : wire.batch.compose(members);
    return { ...call, headers: { ...call.headers, ...wire.authorization() } };
  }

  private open(members: readonly Exchange<unknown>[], answer: Answer | NoAnswer): Outcome<unknown>[] {
    const wire = this.options.wires[members[0].service];
    if (wire.limits !== undefined && answer.status !== 0) this.pace.heard(wire.limits(answer as Answer), now());
    if (members.length === 1 || wire.batch === undefined) return [wire.outcome(members[0], answer)];
    // A batch that failed as a whole says the same of each of its parts.
    if (answer.status < 200 || answer.status > 299) return members.map((member) => wire.outcome(member, answer));
    const parts = wire.batch.parse(answer as Answer, members.length);
    return members.map((member, index) =>
      wire.outcome(member, parts[index] ?? { status: 0, reason: 'missing in the batch answer' }),
    );
  }
}

/**
 * One dead host makes a whole `fetchAll` throw, so a round in which something is created goes out host by host: an
 * unknown outcome on one side must not become one on the other.
 */
function apart<T extends { exchange: Exchange<unknown> }>(entries: readonly T[]): T[][] {
  if (entries.every(({ exchange }) => exchange.effect !== 'create')) return entries.length === 0 ? [] : [[...entries]];
  const groups = new Map<Service, T[]>();
  for (const entry of entries) {
    const group = groups.get(entry.exchange.service) ?? [];
    group.push(entry);
    groups.set(entry.exchange.service, group);
  }
  return [...groups.values()];
}

/** Exchanges of a service that batches share a request; gives the indices that travel together. */
function parcel(exchanges: readonly Exchange<unknown>[], wires: Wires): number[][] {
  const parcels: number[][] = [];
  const open = new Map<Service, { members: number[]; bytes: number }>();
  exchanges.forEach((exchange, index) => {
    const batch = wires[exchange.service].batch;
    if (batch === undefined || !batch.fits(exchange)) {
      parcels.push([index]);
      return;
    }
    const bytes = typeof exchange.call.payload === 'string' ? exchange.call.payload.length : 0;
    let filling = open.get(exchange.service);
    if (filling === undefined || filling.members.length >= BATCH_PARTS || filling.bytes + bytes > BATCH_BYTES) {
      filling = { members: [], bytes: 0 };
      open.set(exchange.service, filling);
      parcels.push(filling.members);
    }
    filling.members.push(index);
    filling.bytes += bytes;
  });
  return parcels;
}

function repeatable(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'unknown' || (outcome.kind === 'later' && !outcome.failure.code.startsWith('run.'));
}

function retryAfter(outcome: Outcome<unknown>): number {
  return outcome.kind === 'later' ? outcome.retryAfterMs : 0;
}
