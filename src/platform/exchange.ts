/**
 * A request together with how to read its answer, as a value. The clients of Gmail and of the CRM make exchanges,
 * the engine and the cards decide which of them go out in one round, and one driver (`rounds.ts`) sends them.
 */
import type { Answer, HttpCall } from './http';

export type Service = 'gmail' | 'crm' | 'file';

/** What a request changes if it arrives. */
export type Effect =
  /** Nothing: may be repeated at once. */
  | 'read'
  /** The same thing when it arrives twice (a status, a label): may be repeated at once. */
  | 'idempotent'
  /** A new thing each time (push, draft, send, insert, create): never repeated in the same run unless the answer proves that nothing was done (X6). */
  | 'create';

export interface Exchange<T> {
  readonly service: Service;
  readonly effect: Effect;
  readonly call: HttpCall;
  /** Gmail quota units it costs (facts, platform 3.1); 0 elsewhere. */
  readonly units: number;
  /** Reads a 2xx answer. Throws `Unreadable` where the answer lacks what the caller needs: for a `create` that is an unknown outcome. */
  readonly read: (answer: Answer) => T;
  /** Failure codes for statuses that mean something of their own for this request, e.g. `{ 404: 'gmail.history-expired' }`. */
  readonly codes?: Readonly<Record<number, string>>;
}

/** An answer (or the lack of one) that is not a success, in words for a log: no token, address, subject or text in it (X14). */
export interface Failure {
  /** Stable and dotted: `gmail.not-found`, `crm.scope-missing`, `crm.rate-limited`, `http.no-answer`, … */
  readonly code: string;
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** For a developer: the service's own message, bounded to 200 characters and with anything secret taken out. */
  readonly detail: string;
  /** The id of the record that is there already, where a create was refused because of it. */
  readonly existingId?: string;
}

export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The service said no to this request, for good: 400, 404, 409, 413, 415, 422. Nothing was done. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** Nothing was done, and the same request can succeed later: 429, Gmail's 403 rateLimitExceeded. */
  | { readonly kind: 'later'; readonly failure: Failure; readonly retryAfterMs: number }
  /** The credentials do not do: expired, revoked, a scope is missing, the API is off. Nothing was done. */
  | { readonly kind: 'denied'; readonly failure: Failure }
  /** It may or may not have been done: 5xx, time-out, no answer, a cut, empty or foreign body. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

/** Thrown by `Exchange.read`. */
export class Unreadable extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Unreadable';
  }
}

/**
 * A piece of work that asks for rounds: it yields the exchanges that it wants next and is resumed with their outcomes,
 * in the same order. Written as straight code, run side by side with others by `together`, so that what many items
 * need in the same step goes out in one parallel round.
 */
export type Task<T> = Generator<readonly Exchange<unknown>[], T, readonly Outcome<unknown>[]>;

/** Asks for one exchange: `const outcome = yield* ask(getEmail(id))`. */
export function* ask<T>(
  exchange: Exchange<T>,
): Generator<readonly Exchange<unknown>[], Outcome<T>, readonly Outcome<unknown>[]> {
  const [outcome] = yield [exchange];
  return outcome as Outcome<T>;
}

/** Asks for several exchanges in one round. */
export function* askAll<T>(
  exchanges: readonly Exchange<T>[],
): Generator<readonly Exchange<unknown>[], readonly Outcome<T>[], readonly Outcome<unknown>[]> {
  if (exchanges.length === 0) return [];
  return (yield exchanges) as readonly Outcome<T>[];
}

/** Runs tasks side by side: each round carries what all of them ask for. */
export function* together<T>(tasks: readonly Task<T>[]): Task<T[]> {
  const results: T[] = new Array<T>(tasks.length);
  let waiting: { index: number; task: Task<T>; wants: readonly Exchange<unknown>[] }[] = [];
  const advance = (index: number, task: Task<T>, outcomes?: readonly Outcome<unknown>[]) => {
    const step = outcomes === undefined ? task.next([]) : task.next(outcomes);
    if (step.done === true) results[index] = step.value;
    else waiting.push({ index, task, wants: step.value });
  };
  tasks.forEach((task, index) => advance(index, task));
  while (waiting.length > 0) {
    const round = waiting;
    waiting = [];
    const outcomes = yield round.flatMap(({ wants }) => wants);
    let from = 0;
    for (const { index, task, wants } of round) {
      advance(index, task, outcomes.slice(from, from + wants.length));
      from += wants.length;
    }
  }
  return results;
}
