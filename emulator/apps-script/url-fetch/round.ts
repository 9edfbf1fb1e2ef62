/**
 * One `fetch` or `fetchAll`: all requests leave at the same virtual moment and the round takes as long as its slowest.
 * Each request is a call that may meet a fault; of a Gmail batch each part is one, and the batch is what carries them.
 */
import type { EmulatedRequest, EmulatedResponse } from '../../core/http';
import type { LoggedCall } from '../../core/services';
import { ENDED, type CallRecord, type Run } from '../execution/run';
import { faultAnswer, isGoogle } from '../faults/answers';
import type { Fate, Site } from '../faults/fault-plan';
import { requestLatency, SLOW_MS, TIMEOUT_MS } from '../latency';
import { ScriptException } from '../realm/script-object';
import { checkAllowed, redirected, type FetchRequest } from './request';

const MOST_REDIRECTS = 20;
const MOST_BATCH_PARTS = 100;

/** What came of one request: an answer, or a failure that makes the whole round throw. */
interface Outcome {
  readonly response?: EmulatedResponse;
  readonly failure?: string;
  readonly takes: number;
}

/** The answers, in the order of the requests. Throws the exception of the first request that failed. */
export function sendRound(run: Run, requests: readonly FetchRequest[]): EmulatedResponse[] {
  const { platform } = run;
  run.alive();
  platform.usage.spend(run.user, 'urlfetch', requests.length);
  run.rounds += 1;
  const round = new Round(run, run.rounds);
  const order = requests.map((_, index) => index);
  if (platform.switches().fetchAllOrder === 'reversed') order.reverse();
  const outcomes: Outcome[] = new Array<Outcome>(requests.length);
  try {
    for (const index of order) outcomes[index] = round.send(requests[index]);
    run.pass(Math.max(...outcomes.map(({ takes }) => takes)));
  } finally {
    round.close();
  }
  return outcomes.map(({ response, failure }) => {
    if (response === undefined) throw new ScriptException(failure ?? 'Unexpected error');
    return response;
  });
}

class Round {
  private readonly records: CallRecord[] = [];

  constructor(
    private readonly run: Run,
    private readonly number: number,
  ) {}

  send(request: FetchRequest): Outcome {
    const { gmail } = this.run.platform;
    const parts = isGoogle(request.wire.host) && gmail.isBatch(request.wire) ? gmail.splitBatch(request.wire) : [];
    return parts.length > 0 && parts.length <= MOST_BATCH_PARTS
      ? this.sendBatch(request, parts)
      : this.sendSingle(request);
  }

  /** The log entries are complete: nothing changes them any more. */
  close(): void {
    for (const record of this.records) {
      record.parts?.forEach((part) => Object.freeze(part));
      Object.freeze(record);
    }
  }

  private sendSingle(request: FetchRequest): Outcome {
    const { record, fate } = this.run.begin(siteOf(request.wire), this.number);
    this.records.push(record);
    return this.settle(request, record, fate, (wire) => this.deliver(request, wire));
  }

  private sendBatch(request: FetchRequest, parts: readonly EmulatedRequest[]): Outcome {
    const { run } = this;
    const { faults, gmail, latency } = run.platform;
    const site = siteOf(request.wire);
    const record = run.record(site, this.number);
    this.records.push(record);
    const fate = faults.meetBatch(site);
    if (fate.label !== undefined) {
      record.fault = fate.label;
      run.moments(fate);
      return this.settle(request, record, fate, (wire) => this.reach(wire));
    }
    const logged: LoggedCall[] = [];
    record.parts = logged;
    const outcomes = parts.map((part) => {
      const begun = run.begin(siteOf(part), this.number, logged);
      return this.settle({ ...request, wire: part }, begun.record, begun.fate, (wire) => this.reach(wire));
    });
    const slowest = Math.max(...outcomes.map(({ takes }) => takes));
    const takes = slowest + latency.batchPart * parts.length;
    const failure = outcomes.find((outcome) => outcome.failure !== undefined)?.failure;
    record.virtualMs = takes;
    record.requestBytes = request.wire.body.length;
    record.units = logged.reduce((sum, part) => sum + (part.units ?? 0), 0);
    if (failure !== undefined) return { failure, takes };
    const response = gmail.joinBatch(
      request.wire,
      outcomes.map((outcome) => outcome.response),
    );
    record.status = response.status;
    record.responseBytes = response.body.length;
    return { response, takes };
  }

  /** Lets the request have the effect that its fate allows, and answers as its fate says. */
  private settle(
    request: FetchRequest,
    record: CallRecord,
    fate: Fate,
    perform: (wire: EmulatedRequest) => EmulatedResponse,
  ): Outcome {
    const { run } = this;
    const { wire } = request;
    const { latency, late, gmail, switches } = run.platform;
    record.requestBytes = wire.body.length;
    if (isGoogle(wire.host)) record.units = gmail.units(wire);
    if (fate.effect === 'late') late.add(wire, fate.lateMs);
    const times = fate.effect === 'twice' ? 2 : fate.effect === 'done' ? 1 : 0;
    let truth: EmulatedResponse | undefined;
    try {
      for (let i = 0; i < times; i++) truth = perform(wire);
    } catch (error) {
      if (error instanceof ScriptException) return { failure: error.message, takes: requestLatency(latency, wire) };
      throw error;
    }
    if (fate.kill !== undefined) run.end(ENDED);
    const takes = requestLatency(latency, wire, truth);
    const answer = fate.answer ?? (truth === undefined ? (fate.effect === 'late' ? 'timeout' : '500') : undefined);
    const failure = failureOf(answer, request.url);
    record.virtualMs = answer === 'timeout' ? TIMEOUT_MS : answer === 'slow' ? takes + SLOW_MS : takes;
    if (failure !== undefined) return { failure, takes: record.virtualMs };
    const response =
      answer === undefined || answer === 'slow'
        ? (truth ?? faultAnswer('503', wire, undefined, { retryAfterSeconds: 0 }))
        : faultAnswer(answer as Parameters<typeof faultAnswer>[0], wire, truth, {
            retryAfterSeconds: switches().crmRetryAfterSeconds,
          });
    record.status = response.status;
    record.responseBytes = response.body.length;
    return { response, takes: record.virtualMs };
  }

  /** The request itself and what it is redirected to; a redirect to a host that is not listed fails (facts, platform 6.1). */
  private deliver(request: FetchRequest, wire: EmulatedRequest): EmulatedResponse {
    let response = this.reach(wire);
    let current = wire;
    for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
      const { location } = response.headers;
      if (!request.followRedirects || response.status < 300 || response.status > 399 || location === undefined) break;
      const next = redirected(current, response.status, location);
      if (next === undefined) break;
      checkAllowed(this.run, next.address);
      current = next.wire;
      response = this.reach(current);
    }
    return response;
  }

  /** A host that does not resolve makes the whole round throw (facts, platform 2.4). */
  private reach(wire: EmulatedRequest): EmulatedResponse {
    const response = this.run.platform.request(wire);
    if (response.status === 0) throw new ScriptException(`DNS error: https://${wire.host}${wire.path}`);
    return response;
  }
}

function siteOf({ method, host, path }: EmulatedRequest): Site {
  return { service: 'UrlFetchApp', method, host, path };
}

function failureOf(answer: string | undefined, url: string): string | undefined {
  switch (answer) {
    case 'timeout':
      return `Timeout: ${url}`;
    case 'dns':
      return `DNS error: ${url}`;
    case 'refused':
      return `Address unavailable: ${url}`;
    default:
      return undefined;
  }
}
