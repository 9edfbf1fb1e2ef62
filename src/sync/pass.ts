/**
 * One run of the engine: take the user lock, and pass after pass read both sides, plan, mark the intent, write, commit,
 * until there is nothing left that can be done now. Everything that is decided is decided elsewhere; this is the shell.
 */
import type { Failure } from '../platform/exchange';
import { now, startDeadline, type Deadline, type RunKind } from '../platform/clock';
import { withUserLock } from '../platform/lock';
import { log } from '../platform/log';
import { Pace } from '../platform/pace';
import { Rounds } from '../platform/rounds';
import { ownAddress, randomId } from '../platform/session';
import { userStore, type Store } from '../platform/store';
import { applyCommands, commandKeys, DISCONNECT, readCommands } from './commands';
import { isCreate } from './actions';
import { pinDrafts, sendDrafts } from './deliver';
import { HostFailed } from './host';
import type { GmailRef } from '../gmail/types';
import { needKey, type Got, type Need, type Observed } from './observed';
import type { Pages } from './page';
import { firstLook, pageDigest, readNeeds, type FirstLook } from './observe';
import { COMMANDED, isStopped, performFirst } from './perform';
import { plan, type Plan } from './plan/plan';
import { intentsFor, settle } from './settle';
import { withGoodToken } from './renewal';
import { dayOf, type Head, type State } from './state';
import {
  commit,
  isInOrder,
  loadHead,
  loadState,
  makeRoom,
  StoreRefused,
  sweep,
  writeHead,
  type LoadedHead,
  type LoadedState,
} from './store';
import { isSkipped, runLimit, spentWith } from './budget';
import { candidatesOf, careFor, markAfter } from './careful';
import { isRereadDue, readRows, withSightings } from './export';
import { gapFrom, listGap, nextPiece } from './gap';
import { incidentAfter, tell, type NoticeFor } from './incident';
import { threadsWith } from './labelled';
import { bringLabels } from './marking';
import { NO_MARKS } from './marks';
import { afterLoss, PIECE, reviveThreads, unknownThreads } from './rebuild';
import { isFull, putToRest } from './rest';
import { idleHead, isIdle, tallyOn } from './idle';
import { isOutOfTime, isTokenRefused, standingTrouble, troubleOf } from './trouble';
import { readStops, withStopMarks, withStops } from './stops';
import { kinOf, restsOf, wake, withWoken } from './wake';
import { wiresFor } from './wires';

export type PassResult =
  | 'done'
  /** There is more to do than this run had time for. */
  | 'unfinished'
  | 'not-connected'
  /** Another run has the lock. */
  | 'busy'
  /** The state belongs to another Google account (C9). */
  | 'other-account'
  | 'disconnect-wanted'
  /** Gmail or the CRM could not be read, or the store refused a write; the head says why. */
  | 'failed';

/** How long a run waits for the lock: a card must not (facts, platform 2.3). */
const LOCK_MS: Record<RunKind, number> = { timer: 5_000, card: 1_000 };
const MOST_PASSES = 100;
const MOST_QUESTIONS = 12;
/** How often an idle pass looks for commands and leftovers beside reading its one key. */
const SWEEP_MS = 55 * 60_000;

export interface RunOptions {
  /** A card has left a command, which an idle pass would look for once an hour only. */
  readonly commanded?: boolean;
  /** Called before a pass reads what there is to do, where there is anything: not in an idle one. */
  readonly onWork?: () => void;
  /** Words for what the user should hear of in the inbox (G5). */
  readonly notice?: NoticeFor;
}

export function runSync(kind: RunKind, options: RunOptions = {}): PassResult {
  return withUserLock(LOCK_MS[kind], () => new Run(userStore(), kind, options).go()) ?? 'busy';
}

type PassEnd = PassResult | { readonly loaded: LoadedHead; readonly more: boolean };

/** Gmail's lists may be behind by this much (facts, reliability, probe P4): what has just left the drafts is in Sent then. */
const LISTS_MS = 10_000;
const NOT_YET: Got<unknown> = {
  kind: 'unread',
  failure: { code: 'run.out-of-time', status: 0, detail: 'no time to wait for Gmail’s lists' },
};

function isLate(need: Need): boolean {
  return need.kind === 'sentMail' && need.late === true;
}

class Run {
  private readonly id = randomId();
  private readonly deadline: Deadline;
  private readonly pace = new Pace(now());
  /** What of the run's time the head has counted already. */
  private counted = 0;
  /** The state as it was committed by this run: the store is not read twice. */
  private cache: { text: string; known: LoadedState } | undefined;
  private gapRefs: readonly GmailRef[] | undefined;
  private ownThreads: readonly string[] | undefined;

  constructor(
    private readonly store: Store,
    private readonly kind: RunKind,
    private readonly options: RunOptions,
  ) {
    this.deadline = startDeadline(kind);
  }

  go(): PassResult {
    const loaded = loadHead(this.store);
    if (loaded === undefined) return 'not-connected';
    if (loaded.head.connection.mailbox !== ownAddress()) return 'other-account';
    if (this.kind === 'timer' && this.options.commanded !== true) {
      if (isSkipped(loaded.head, now())) return 'done';
      this.deadline.shorten(runLimit(loaded.head, now()));
    }
    try {
      return this.withToken(loaded);
    } catch (error) {
      if (error instanceof HostFailed) {
        if (isOutOfTime(error)) return this.fail(loaded.head.trouble, error.failure, 'unfinished');
        return this.fail(troubleOf(error, loaded.head.connection), error.failure);
      }
      if (error instanceof StoreRefused)
        return this.fail('store-full', { code: 'store.refused', status: 0, detail: error.message });
      throw error;
    }
  }

  /** A token that the CRM refuses before its time is renewed once, and the run begins anew; never twice (facts, reliability C14). */
  private withToken(loaded: LoadedHead): PassResult {
    try {
      return this.passes(withGoodToken(this.store, loaded, this.deadline));
    } catch (error) {
      const latest = error instanceof HostFailed && isTokenRefused(error) ? loadHead(this.store) : undefined;
      if (latest?.head.connection.renewal === undefined) throw error;
      return this.passes(withGoodToken(this.store, latest, this.deadline, true));
    }
  }

  private passes(first: LoadedHead): PassResult {
    let loaded = first;
    for (let count = 0; count < MOST_PASSES; count++) {
      const result = this.pass(loaded);
      if (typeof result === 'string') return result;
      if (!result.more) {
        this.notify(result.loaded.head);
        return 'done';
      }
      if (!this.deadline.openForWrites()) return 'unfinished';
      loaded = result.loaded;
    }
    return 'unfinished';
  }

  private pass(before: LoadedHead): PassEnd {
    const started = now();
    const rounds = this.rounds(before.head);
    const first = rounds.run(firstLook(before.head));
    const loaded = first.marked === undefined ? before : { ...before, head: { ...before.head, ...first.marked } };
    const { head } = loaded;
    const sweeping = this.options.commanded === true || started - head.sweptAt > SWEEP_MS;
    const commands = sweeping || !isIdle(head, first, started) ? commandKeys(this.store) : [];
    if (commands.includes(DISCONNECT)) return 'disconnect-wanted';
    if (first.expired) return this.beginGap(loaded, first);
    const idle = commands.length === 0 && isIdle(head, first, started) && !loaded.doubt;
    if (idle && (!sweeping || isInOrder(head, this.store.keys()))) {
      return { loaded: this.rest(loaded, first, started, sweeping), more: false };
    }
    const known = this.load(loaded);
    const lostLinks = ['l', 'q', 'b'].some((shelf) => known.lostShelves.has(shelf));
    // What was linked after a head that was put back is not in a history that begins later.
    const missed = known.outdated && head.gap !== undefined;
    if (head.rebuild === true || lostLinks || missed) return this.rebuild(loaded, rounds, known, started);
    return this.work(loaded, rounds, first, commands, started, known);
  }

  private rounds(head: Head, isBarred = () => commandKeys(this.store).length > 0): Rounds {
    return new Rounds({
      wires: wiresFor(() => head.connection.token),
      deadline: this.deadline,
      mayWrite: () => (isBarred() ? COMMANDED : undefined),
      pace: this.pace,
    });
  }

  /** A thread that was stopped is marked before the command is forgotten: the store may be lost with the commit that knows of it. */
  private withLabels(state: State): State {
    const { stopped = [], resumed = [] } = state.head.marks ?? NO_MARKS;
    if (stopped.length + resumed.length === 0) return state;
    const rounds = this.rounds(state.head, () => this.store.read(DISCONNECT) !== null);
    const marked = rounds.run(bringLabels(state.head));
    return marked === undefined ? state : { ...state, head: { ...state.head, ...marked } };
  }

  private load(loaded: LoadedHead): LoadedState {
    if (this.cache?.text !== loaded.text) return loadState(this.store, loaded.head);
    const { known } = this.cache;
    return { ...known, state: { ...known.state, head: loaded.head } };
  }

  /** What the run has taken of the day, and what is left of the CRM's. */
  private accounts(head: Head): Pick<Head, 'spent' | 'crmLeft'> {
    const taken = this.kind === 'timer' ? this.deadline.spent() - this.counted : 0;
    this.counted += taken;
    return { spent: spentWith(head.spent, taken, now()), crmLeft: this.pace.dayLeft ?? head.crmLeft };
  }

  /** Nothing to do: the heartbeat and the cursors, in the one write of an idle pass. */
  private rest(loaded: LoadedHead, first: FirstLook, started: number, sweeping: boolean): LoadedHead {
    const head: Head = {
      ...idleHead({ ...loaded.head, ...this.accounts(loaded.head) }, first, started),
      run: this.id,
      passedAt: now(),
      ...(sweeping ? { sweptAt: started } : {}),
    };
    const text = writeHead(this.store, head);
    if (sweeping) sweep(this.store, head);
    return { head, text, doubt: false };
  }

  /** The new cursor and where the gap begins, in one write; the gap itself is taken up in the next passes (X8). */
  private beginGap(loaded: LoadedHead, { historyId }: FirstLook): PassEnd {
    this.gapRefs = undefined;
    const head: Head = {
      ...loaded.head,
      history: historyId,
      gap: gapFrom(loaded.head),
      doubt: loaded.doubt || undefined,
      // What was linked by the head that is lost is in no history any more.
      rebuild: loaded.doubt || loaded.head.rebuild,
    };
    log('history is gone', { run: this.id });
    return { loaded: { head, text: writeHead(this.store, head), doubt: loaded.doubt }, more: true };
  }

  /** Links that the store has lost come back before anything is decided: without them mail would pass unseen (X11). */
  private rebuild(loaded: LoadedHead, rounds: Rounds, known: LoadedState, started: number): PassEnd {
    const { state, pages, lost, outdated } = known;
    this.ownThreads ??= rounds.run(threadsWith(state.head.labels?.own));
    const unknown = unknownThreads(state, this.ownThreads);
    const piece = unknown.slice(0, PIECE);
    const links = rounds.run(reviveThreads(state, piece, started));
    if (links === undefined) throw new HostFailed('crm', { code: 'crm.unavailable', status: 0, detail: 'rebuilding' });
    // Those of which nothing can be found are not looked at again in this run.
    this.ownThreads = this.ownThreads.filter((id) => !piece.includes(id));
    const done = unknown.length <= PIECE;
    const head: Head = {
      ...state.head,
      ...this.accounts(state.head),
      ...afterLoss(state.head, known, started),
      startedAt: started,
      rebuild: done ? undefined : true,
      doubt: loaded.doubt || lost > 0 || outdated || links.length > 0 || undefined,
    };
    const next = putToRest({ ...withWoken(state, links), head }, started);
    log('rebuilt', { run: this.id, links: links.length, left: unknown.length - piece.length });
    return { loaded: this.commit({ text: loaded.text, pages }, next), more: true };
  }

  private commit(before: { text: string; pages: Pages }, next: State): LoadedHead {
    const { pages, ...loaded } = commit(this.store, before, next, this.id);
    const state = { ...next, head: loaded.head };
    this.cache = { text: loaded.text, known: { state, pages, lost: 0, lostShelves: new Set(), outdated: false } };
    return { ...loaded, doubt: loaded.head.doubt === true };
  }

  private work(
    loaded: LoadedHead,
    rounds: Rounds,
    first: FirstLook,
    commands: readonly string[],
    started: number,
    known: LoadedState,
  ): PassEnd {
    const { state: stored, pages, lost, outdated } = known;
    this.options.onWork?.();
    const orders = readCommands(this.store, commands);
    const gap = loaded.head.gap;
    if (gap !== undefined) this.gapRefs ??= rounds.run(listGap(gap));
    const piece = gap === undefined ? { changes: [] } : nextPiece(this.gapRefs ?? [], gap, stored);
    const changes = [
      ...first.changes,
      ...piece.changes.filter(({ id }) => !first.changes.some((change) => change.id === id)),
    ];
    const reread = isRereadDue(loaded.head, started);
    const doubt = loaded.doubt || lost > 0 || outdated;
    const { labels } = loaded.head;
    const stops = doubt && labels !== undefined ? rounds.run(readStops(labels)) : undefined;
    const sighted = withSightings(
      stops === undefined ? stored : withStops(stored, stops, started),
      first.rows,
      dayOf(started),
    );
    const { rows: found, whole: read } = rounds.run(readRows(sighted, first, reread));
    // Where no further link fits, mail of the others goes on, and what would begin one waits in the CRM.
    const full = isFull(sighted);
    const rows = full ? found.filter(({ id }) => sighted.links.has(id)) : found;
    const whole = read && rows.length === found.length;
    const rests = restsOf(sighted, { changes, rows, commands: orders, stopped: stops?.stopped, now: started });
    const woken = rounds.run(wake(loaded.head, rests, started));
    const awake = withStopMarks(sighted, withWoken(sighted, woken.links));
    const state = this.withLabels(withStopMarks(awake, applyCommands(awake, orders, started)));
    const candidates = candidatesOf(state, { changes, rows, now: started });
    const care = careFor(loaded.head.attempt, candidates);
    // Where this is met again, the run was killed: one write for it, since nothing else outlives a kill (X7). A doubt does.
    const open = { ...loaded.head, startedAt: started, attempt: care.mark, doubt: doubt || undefined };
    let text = writeHead(this.store, open);
    const observed: Observed = {
      now: started,
      crmNow: first.crmNow,
      changes,
      historyId: first.historyId,
      resynced: piece.changes.length > 0,
      resyncedSince: gap?.since,
      behind: piece.gap !== undefined,
      rows,
      asleep: woken.asleep,
      only: care.only,
      poison: care.poison,
      page: whole ? pageDigest(first.rows) : '',
      answers: new Map(),
    };
    const made = this.ask(rounds, state, observed, doubt);
    const creates = made.actions.filter(isCreate);
    const marked = intentsFor(creates, first.historyId, now());
    const keys = new Set(marked.map(({ key }) => key));
    const intents = [...loaded.head.intents.filter(({ key }) => !keys.has(key)), ...marked];
    // The intent only grows: what reading has resolved leaves it with the commit (X6).
    if (marked.length > 0) text = writeHead(this.store, { ...open, intents });
    const { results, elected } = rounds.run(performFirst(loaded.head.connection, made));
    const pinned = pinDrafts(marked, elected, now());
    if (elected.length > 0) {
      const pins = [...intents.filter(({ key }) => !keys.has(key)), ...pinned];
      text = writeHead(this.store, { ...open, intents: pins });
      results.push(...rounds.run(sendDrafts(loaded.head.labels, elected)));
    }
    const settled = settle(made.next, results, pinned, now());
    const trouble = full ? 'store-full' : standingTrouble(settled.head);
    const held = [...settled.items.values()].filter((item) => item.state === 'held').length;
    const loss = afterLoss({ ...loaded.head, gap: piece.gap }, known, started);
    const mark = markAfter(care, candidates);
    const next: State = {
      ...settled,
      head: {
        ...settled.head,
        ...this.accounts(settled.head),
        ...loss,
        crmAt: whole ? settled.head.crmAt : loaded.head.crmAt,
        ...(lost === 0 && reread && whole ? { rereadAt: started } : {}),
        attempt: mark,
        startedAt: started,
        passedAt: now(),
        sweptAt: started,
        trouble,
        incident: incidentAfter(settled.head, trouble, held, now()),
        // What waits for its turn is no less in doubt (X7).
        doubt: (mark !== undefined && doubt) || undefined,
        today: tallyOn(settled.head.today, started),
      },
    };
    const committed = this.commit({ text, pages }, putToRest(withStopMarks(state, next), now()));
    for (const key of commands) this.store.remove(key);
    log('pass', { run: this.id, rounds: rounds.count, actions: made.actions.length, items: next.items.size });
    const more =
      [...next.items.values()].some((item) => item.next > 0 && item.next <= started) ||
      results.some(isStopped) ||
      loss.gap !== undefined ||
      lost > 0 ||
      (!whole && rows.length > 0);
    return { loaded: committed, more };
  }

  /** Plans until there are no more questions. An answer can wake a link, which the next plan then knows. */
  private ask(rounds: Rounds, before: State, observed: Observed, doubt: boolean): Plan {
    const answers = new Map(observed.answers);
    let state = before;
    for (let question = 0; question < MOST_QUESTIONS; question++) {
      const made = plan(state, { ...observed, answers }, doubt);
      if (made.needs.length === 0) return made;
      const late = made.needs.filter(isLate);
      const isTime = late.length === 0 || this.deadline.sleep(LISTS_MS);
      if (!isTime) for (const need of late) answers.set(needKey(need), NOT_YET);
      const read = rounds.run(readNeeds(isTime ? made.needs : made.needs.filter((need) => !isLate(need))));
      for (const [key, answer] of read) answers.set(key, answer);
      state = withWoken(state, rounds.run(kinOf(state, made.needs, read, observed.now)));
    }
    throw new HostFailed('gmail', {
      code: 'run.endless-questions',
      status: 0,
      detail: 'the plan did not come to an end',
    });
  }

  /** The cursors stay; the heartbeat and the reason are for the sidebar. Over the head as it stands, with its intents. */
  private fail(trouble: string, failure: Failure, result: PassResult = 'failed'): PassResult {
    log('pass failed', { run: this.id, code: failure.code, status: failure.status });
    try {
      const latest = loadHead(this.store);
      if (latest === undefined) return result;
      const known = trouble === 'store-full' ? this.withRoom(latest.head) : latest.head;
      const head: Head = {
        ...known,
        ...this.accounts(latest.head),
        run: this.id,
        startedAt: now(),
        trouble,
        // Nobody was killed: what was being read is not to blame.
        attempt: undefined,
        doubt: latest.doubt || known.doubt || undefined,
        incident: incidentAfter(latest.head, trouble, 0, now()),
      };
      writeHead(this.store, head);
      this.notify(head);
    } catch {
      // The store refuses: the next run finds the last whole state.
    }
    return result;
  }

  /** Pages that show that the head is not the last one go with what makes room: then the head says so first. */
  private withRoom(head: Head): Head {
    const known = isInOrder(head, this.store.keys()) ? head : { ...head, rebuild: true, doubt: true };
    if (known !== head) writeHead(this.store, known);
    makeRoom(this.store, known);
    return known;
  }

  private notify(head: Head): void {
    if (this.deadline.openForWrites()) tell(this.store, this.rounds(head), head, this.options.notice);
  }
}
