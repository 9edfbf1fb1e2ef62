/**
 * One scenario, run uncut once and recorded; then any of its moments again from its copy of the world, with a fault at
 * one call, and judged when the world is quiet.
 */
import type { LoggedCall } from '../../emulator/core/services';
import type { World } from '../../emulator/world/world';
import { Day, type Moment } from './day';
import { cutsOf, tellPeople, type Cut } from './faults';
import { judge, type Judgement } from './oracle';
import type { Scenario } from './scenario';
import { CRM } from './letters';
import { mostParked, notAlive, REFUSALS, tooDear, type Uncut } from './recovery';
import { costSince, IDLE_REQUESTS, lastSeq, leaveAlone, type Settled } from './settle';

export interface Point {
  /** `scenario/moment/call/fault` */
  readonly id: string;
  readonly moment: number;
  /** From 1. */
  readonly call: number;
  /** Method, host and path of the call; service and method where it is no request. */
  readonly site: string;
  readonly cut: Cut;
}

export interface Outcome {
  readonly id: string;
  /** A person's act that was not possible: there was no such message. */
  readonly moot: boolean;
  readonly violations: readonly string[];
  readonly held: number;
  /** Against the run without the fault. */
  readonly moreRequests: number;
  readonly writing: number;
}

/** When the timer comes again after a fault. */
const NEXT_MS = 5 * 60_000;

/** What goes wrong at which call of a run, from 1. */
type Fault = Pick<Point, 'call' | 'cut'>;

/** How a moment went with its fault. */
interface Met {
  /** How often the fault was met. */
  readonly times: number;
  readonly failedActs: number;
  /** Requests of a run that was killed. */
  readonly cutOff: number;
  /** The last log line and the last call before it. */
  readonly since: number;
  readonly seq: number;
}

interface Next {
  readonly times: number;
  readonly calls: number;
}

const NOTHING: Next = { times: 0, calls: 0 };

interface Recorded {
  readonly moment: Moment;
  readonly calls: readonly LoggedCall[];
}

interface Reference {
  readonly judgement: Judgement;
  readonly settled: Settled;
  readonly requests: number;
}

export class Recording {
  readonly day: Day;
  readonly points: readonly Point[];
  private readonly recorded: readonly Recorded[];
  private readonly references = new Map<number, Reference>();

  constructor(
    readonly scenario: Scenario,
    private readonly world: World,
  ) {
    world.reset({ seed: scenario.seed ?? 1, world: 'empty' });
    this.day = new Day(world);
    scenario.play(this.day);
    this.day.finish();
    tellPeople(world.highlevel.describe());
    this.recorded = this.day.moments.map((moment) => ({ moment, calls: this.callsOf(moment) }));
    this.points = this.recorded.flatMap(({ moment, calls }, index) =>
      calls.flatMap((site, call) =>
        cutsOf(site, moment).map((cut) => ({
          id: `${scenario.name}/${moment.name}/${call + 1}/${cut.name}`,
          moment: index,
          call: call + 1,
          site: siteOf(site),
          cut,
        })),
      ),
    );
  }

  /** The run without a fault, from this moment until the world is quiet. */
  reference(index: number): Reference {
    let known = this.references.get(index);
    if (known === undefined) {
      const { moment } = this.recorded[index];
      known = this.follow(moment);
      this.references.set(index, known);
    }
    return known;
  }

  run({ id, moment: index, call, cut }: Point): Outcome {
    const reference = this.reference(index);
    const { moment } = this.recorded[index];
    const met = this.meet(moment, { call, cut });
    if (cut.fault.act !== undefined && met.failedActs > 0) {
      return { id, moot: true, violations: [], held: 0, moreRequests: 0, writing: 0 };
    }
    const end = this.end(moment, { call, cut }, met);
    const violations = [...end.judgement.violations];
    if (met.times !== 1) violations.push(`the fault was met ${met.times} times`);
    if (cut.spoils === true && end.judgement.held === 0 && this.looksBeforeItSends(index, call))
      violations.push('a draft that a person took in hand is sent, or nobody is told');
    if (!end.settled.quiet) violations.push('the world does not become quiet');
    violations.push(...end.settled.failures.map((text) => `a pass failed: ${text}`));
    const comparable = cut.meddles !== true && cut.veryLate !== true && end.judgement.held === 0;
    if (comparable && !endsAlike(cut, end.judgement, reference.judgement))
      violations.push('ends otherwise than without the fault');
    const recovery = {
      moreRequests: end.requests - reference.requests,
      writing: end.settled.writing - reference.settled.writing,
    };
    violations.push(...notAlive(cut, moment.users, end.settled.aside), ...tooDear(cut, recovery, this.uncut(index)));
    return { id, moot: false, violations, held: end.judgement.held, ...recovery };
  }

  private uncut(index: number): Uncut {
    const { letters, gesture } = this.recorded[index].moment;
    const before = index === 0 ? 0 : this.recorded[index - 1].moment.at.clock;
    const fresh = letters.filter(({ at }) => at >= before);
    return {
      requests: this.reference(index).requests,
      threads: Math.max(1, new Set(fresh.map(({ thread, tag }) => thread ?? tag)).size),
      emails: letters.filter(({ places }) => places[CRM] !== undefined).length,
      letters: letters.length,
      gesture,
    };
  }

  /** Faults of a second run, whichever call it is that meets them. */
  secondCuts(moment: number, pairs: 'kills' | 'any'): readonly Cut[] {
    const cuts = cutsOf({ service: 'UrlFetchApp', method: 'post' }, this.recorded[moment].moment);
    return cuts.filter(({ fault, meddles, veryLate }) =>
      pairs === 'kills'
        ? fault.kill !== undefined && fault.effect === undefined
        : meddles !== true && veryLate !== true,
    );
  }

  get calls(): number {
    return this.recorded.reduce((sum, { calls }) => sum + calls.length, 0);
  }

  uncutViolations(index: number): string[] {
    const { judgement, settled } = this.reference(index);
    const violations = [...judgement.violations, ...settled.failures];
    if (judgement.held > 0) violations.push(`${judgement.held} messages are held without any fault`);
    return settled.quiet ? violations : [...violations, 'the world does not become quiet'];
  }

  /**
   * Two faults, one after the other: the second one meets the run that comes after the first, at that call. Where that run
   * makes fewer, it is counted on from its first one, or, if `within`, nothing is met.
   */
  runPair(point: Point, second: Fault, within = true): Outcome {
    const { world } = this;
    const { moment } = this.recorded[point.moment];
    const met = this.meet(moment, point);
    const first = met.failedActs === 0 && met.times === 1;
    const between = world.snapshot();
    let { call } = second;
    let next = first ? this.meetNext(moment, second) : NOTHING;
    if (!within && next.times === 0 && next.calls > 0) {
      call = 1 + ((call - 1) % next.calls);
      world.restore(between);
      next = this.meetNext(moment, { ...second, call });
    }
    const id = `${point.id}+${call}/${second.cut.name}`;
    if (next.times !== 1) return { id, moot: true, violations: [], held: 0, moreRequests: 0, writing: 0 };
    const end = this.end(moment, point, met);
    const violations = [...end.judgement.violations, ...end.settled.failures];
    violations.push(...notAlive(point.cut, moment.users, end.settled.aside, second.cut));
    if (!end.settled.quiet) violations.push('the world does not become quiet');
    const kills = point.cut.fault.kill !== undefined && second.cut.fault.kill !== undefined;
    const sameEnd = end.judgement.digest === this.reference(point.moment).judgement.digest;
    if (kills && point.cut.veryLate !== true && end.judgement.held === 0 && !sameEnd) {
      violations.push('ends otherwise than without the faults');
    }
    return { id, moot: false, violations, held: end.judgement.held, moreRequests: 0, writing: 0 };
  }

  /** The calls and both ends, for whoever wants to see what happened. */
  explain(point: Point, second?: Fault): { trace: string[]; without: string[]; withFault: string[] } {
    const { moment } = this.recorded[point.moment];
    const without = linesOf(this.follow(moment).judgement.digest);
    const met = this.meet(moment, point);
    if (second !== undefined) this.meetNext(moment, second);
    const withFault = linesOf(this.end(moment, point, met).judgement.digest);
    const trace = this.world.appsScript
      .requests(0)
      .filter((call) => call.at !== undefined && call.at >= moment.at.clock);
    return {
      trace: trace.flatMap((call) => [lineOf(call), ...(call.parts ?? []).map((part) => `    ${lineOf(part)}`)]),
      without,
      withFault,
    };
  }

  private follow(moment: Moment): Reference {
    return this.end(moment, undefined, this.meet(moment));
  }

  /** Between its last look at the drafts and the send a run cannot know what a person does to one. */
  private looksBeforeItSends(index: number, call: number): boolean {
    const { calls } = this.recorded[index];
    return (
      calls
        .slice(call - 1)
        .map(siteOf)
        .find((site) => LOOK_OR_SEND.test(site))
        ?.startsWith('GET') === true
    );
  }

  /** The moment again, with the fault; a person who saw it fail does it once more. */
  private meet(moment: Moment, point?: Fault): Met {
    const { world } = this;
    world.restore(moment.at);
    const since = world.appsScript.logs(0).at(-1)?.seq ?? 0;
    const seq = lastSeq(world);
    if (point !== undefined) world.appsScript.setFaults([{ nth: point.call, ...point.cut.fault }]);
    const failed = attempt(moment, world);
    const cutOff = point?.cut.fault.kill !== undefined ? costSince(world, seq).requests : 0;
    const times = world.appsScript.faults().met.length;
    const failedActs = world.failedActs.length;
    world.appsScript.setFaults([]);
    if (moment.gesture && failed) attempt(moment, world);
    return { times, failedActs, cutOff, since, seq };
  }

  /** The world left alone after that, and judged. */
  private end(moment: Moment, point: Fault | undefined, { cutOff, since, seq }: Met): Reference {
    const { world } = this;
    const cut = point?.cut;
    const users = cut?.ends === true ? moment.users.filter((user) => user !== moment.user) : moment.users;
    const first = costSince(world, seq);
    const settled = leaveAlone(world, moment.users, {
      within: 'a day',
      mayStay: mostParked(cut, moment.users),
      early: cut?.fault.effect === 'late',
    });
    const judgement = judge(world, {
      letters: [...moment.letters, ...(cut?.writes?.(moment) ?? [])],
      users,
      meddled: cut?.meddles,
      restored: restoredBy(cut?.name),
      ended: cut?.ends,
      veryLate: cut?.veryLate,
      secrets: this.scenario.secrets,
      aside: settled.aside,
      since,
    });
    // What a run asked for that was killed is gone; the one that takes its place looks at both sides too.
    const look = cutOff > 0 && !moment.gesture ? IDLE_REQUESTS : 0;
    return { judgement, settled, requests: first.requests - cutOff + look + settled.requests };
  }

  /** The pass of recovery, with a fault of its own; gives how often that was met, and how many calls there were to meet it. */
  private meetNext({ user }: Moment, { call, cut }: Fault): Next {
    const { world } = this;
    world.advance(NEXT_MS, false);
    const seq = lastSeq(world);
    world.appsScript.setFaults([{ nth: call, ...cut.fault }]);
    world.run(user, 'onSyncTimer');
    const times = world.failedActs.length > 0 ? 0 : world.appsScript.faults().met.length;
    world.appsScript.setFaults([]);
    return { times, calls: callsSince(world, seq).length };
  }

  private callsOf(moment: Moment): Recorded['calls'] {
    const { world } = this;
    world.restore(moment.at);
    const seq = lastSeq(world);
    moment.play(world);
    return callsSince(world, seq);
  }
}

const LOOK_OR_SEND = /\/drafts(\/send)?\?/;

/** Of a batch each part is a call, and the batch itself is none. */
function callsSince(world: World, seq: number): LoggedCall[] {
  return world.appsScript.requests(seq).flatMap((call) => call.parts ?? [call]);
}

/**
 * A copy that Gmail refuses holds nobody up (X7): it comes after those that follow it, which then do not name it. Where it
 * was not refused after all, and comes late, they stand in a thread of their own.
 */
function endsAlike({ fault, unknown }: Cut, one: Judgement, other: Judgement): boolean {
  if (one.digest === other.digest) return true;
  if (unknown === undefined || !REFUSALS.includes(fault.answer ?? 'slow')) return false;
  const [end, otherEnd] = [one, other].map(({ digest }) => withoutParents(digest));
  if (fault.effect === 'late') return linesIn(end) === linesIn(otherEnd);
  return fault.effect === 'none' && end === otherEnd;
}

/** What the add-on's copies answer. */
function withoutParents(digest: string): string {
  return digest.replace(/ own > \w*/g, ' own > ');
}

/** The same messages, in whichever thread. */
function linesIn(digest: string): string {
  return digest
    .split(/ \| |","/)
    .sort()
    .join();
}

function siteOf({ service, method = '', host = '', path = '' }: LoggedCall): string {
  return host === '' ? `${service} ${method}` : `${method} ${host}${path}`;
}

function restoredBy(act: string | undefined): 'trash' | 'spam' | undefined {
  if (act === 'untrash') return 'trash';
  return act === 'unspam' ? 'spam' : undefined;
}

function linesOf(digest: string): string[] {
  return JSON.stringify(JSON.parse(digest), undefined, 1).split('\n');
}

function lineOf({
  executionId,
  at = 0,
  service,
  method = '',
  host = '',
  path = '',
  status,
  fault,
}: LoggedCall): string {
  const time = new Date(at).toISOString().slice(11, 19);
  return `${executionId} ${time} ${service} ${method} ${host}${path} ${status ?? ''} ${fault === undefined ? '' : `FAULT ${fault}`}`.trimEnd();
}

/** Gives whether the person saw it fail. */
function attempt({ play, gesture }: Moment, world: World): boolean {
  try {
    play(world);
    return false;
  } catch (error) {
    if (!gesture || !(error instanceof Error) || error.name === 'TypeError') throw error;
    return true;
  }
}
