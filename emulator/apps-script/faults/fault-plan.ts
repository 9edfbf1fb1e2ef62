/**
 * The armed faults: which call meets which of them. A fault with `nth` waits for that call, counted from the moment of
 * arming over all executions, the nested ones included; without it every call meets it that fits its place, `times` at
 * most (once by default), after the `skip` calls that it lets pass and until `forMs` have gone by.
 */
import type { Clock } from '../../core/clock';
import type { Answer, Fault } from '../../core/services';

/** One service call of the add-on, as far as faults can name it. */
export interface Site {
  /** `UrlFetchApp`, `PropertiesService`, ... */
  readonly service: string;
  /** Of a request the HTTP method, else the service's method: `setProperty`. */
  readonly method: string;
  readonly host?: string;
  /** Of a request path and query, of a property or a cached value its key. */
  readonly path?: string;
}

export interface Armed {
  readonly fault: Fault;
  readonly left: number;
  /** Fitting calls that it still lets pass. */
  readonly skip: number;
  /** When it ends by itself, milliseconds of the virtual clock. */
  readonly until: number;
}

export interface FaultState {
  readonly armed: readonly Armed[];
  readonly met: readonly { readonly kind: string; readonly call: string }[];
  readonly calls: number;
}

/** What becomes of one call. */
export interface Fate {
  readonly kill?: 'before' | 'after';
  readonly answer?: Answer;
  readonly effect: 'none' | 'done' | 'late' | 'twice';
  readonly lateMs: number;
  /** The names of the faults met, for the log. */
  readonly label?: string;
  /** What happens at that moment before anything else of the call. */
  readonly moments: readonly Pick<Fault, 'runInside' | 'act'>[];
}

const UNTOUCHED: Fate = { effect: 'done', lateMs: 0, moments: [] };

/** These give a wrong form of the true answer, so the request was done unless the fault says else. */
const DONE_ALL_THE_SAME: ReadonlySet<Answer | undefined> = new Set([undefined, 'truncated', 'empty', 'slow']);

export class FaultPlan {
  private state: FaultState = { armed: [], met: [], calls: 0 };

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  arm(faults: readonly Fault[]): void {
    const armed = faults.map((fault) => ({
      fault,
      left: fault.times ?? (fault.forMs === undefined ? 1 : Infinity),
      skip: fault.skip ?? 0,
      until: this.clock.now + (fault.forMs ?? Infinity),
    }));
    this.state = { armed, met: [], calls: 0 };
  }

  /** Counts the call and gives its fate. A nested execution starts none of its own inside. */
  meet(site: Site, nested: boolean): Fate {
    this.state = { ...this.state, calls: this.state.calls + 1 };
    return this.take(site, (fault) =>
      fault.runInside !== undefined && nested
        ? false
        : fault.nth === undefined
          ? fits(fault, site)
          : fault.nth === this.state.calls && fits(fault, site),
    );
  }

  /** A whole Gmail batch is no call of its own, but a fault whose path names the batch address is meant for it. */
  meetBatch(site: Site): Fate {
    return this.take(site, (fault) => fault.nth === undefined && isBatchPath(fault.path) && fits(fault, site));
  }

  report(): { armed: Fault[]; met: { kind: string; call: string }[]; callsSinceArmed: number } {
    return {
      armed: this.current().map(({ fault, left, skip, until }) =>
        fault.nth === undefined
          ? {
              ...fault,
              ...(left === Infinity ? {} : { times: left }),
              ...(fault.skip === undefined ? {} : { skip }),
              ...(fault.forMs === undefined ? {} : { forMs: until - this.clock.now }),
            }
          : fault,
      ),
      met: this.state.met.map((entry) => ({ ...entry })),
      callsSinceArmed: this.state.calls,
    };
  }

  /** The state is replaced at every change and never altered, so it is its own snapshot. */
  snapshot(): FaultState {
    return this.state;
  }

  restore(state: FaultState): void {
    this.state = state;
  }

  private take(site: Site, meets: (fault: Fault) => boolean): Fate {
    const { calls } = this.state;
    const armed = this.current();
    if (armed.length === 0) return UNTOUCHED;
    const fitting = armed.filter(({ fault }) => meets(fault));
    if (fitting.length === 0) return UNTOUCHED;
    const met = fitting.filter(({ skip }) => skip === 0).map(({ fault }) => fault);
    const call = describe(site, calls);
    this.state = {
      calls,
      armed: armed.map((entry) => (fitting.includes(entry) ? used(entry) : entry)).filter(({ left }) => left > 0),
      met: [...this.state.met, ...met.map((fault) => ({ kind: kindOf(fault), call }))],
    };
    return met.length === 0 ? UNTOUCHED : fateOf(met);
  }

  private current(): readonly Armed[] {
    const { now } = this.clock;
    return this.state.armed.filter(({ until }) => now < until);
  }
}

/** After a call that fits. A fault with `nth` is for that call alone. */
function used(entry: Armed): Armed {
  if (entry.skip > 0) return { ...entry, skip: entry.skip - 1 };
  return { ...entry, left: entry.fault.nth === undefined ? entry.left - 1 : 0 };
}

function fits(fault: Fault, site: Site): boolean {
  return (
    (fault.service === undefined || fault.service === site.service) &&
    (fault.host === undefined || fault.host.toLowerCase() === site.host) &&
    (fault.path === undefined || (site.path ?? '').startsWith(fault.path)) &&
    (fault.method === undefined || fault.method.toLowerCase() === site.method.toLowerCase())
  );
}

function isBatchPath(path: string | undefined): boolean {
  return path?.startsWith('/batch') === true;
}

function fateOf(met: readonly Fault[]): Fate {
  const kill = met.find((fault) => fault.kill !== undefined)?.kill;
  const answer = met.find((fault) => fault.answer !== undefined)?.answer;
  const told = met.find((fault) => fault.effect !== undefined);
  const done = kill !== 'before' && DONE_ALL_THE_SAME.has(answer);
  return {
    ...(kill === undefined ? {} : { kill }),
    ...(answer === undefined ? {} : { answer }),
    effect: told?.effect ?? (done ? 'done' : 'none'),
    lateMs: told?.lateMs ?? 0,
    label: met.map(kindOf).join('; '),
    moments: met.filter((fault) => fault.runInside !== undefined || fault.act !== undefined),
  };
}

function kindOf(fault: Fault): string {
  return [
    fault.runInside && `run inside ${fault.runInside.function}`,
    fault.act && 'act',
    fault.answer,
    fault.effect && (fault.effect === 'late' ? `late ${fault.lateMs ?? 0} ms` : `effect ${fault.effect}`),
    fault.kill && `kill ${fault.kill}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function describe(site: Site, number: number): string {
  const place = site.host === undefined ? (site.path ?? '') : `${site.host}${site.path ?? ''}`;
  return `${number}: ${site.service} ${site.method} ${place}`.trimEnd();
}
