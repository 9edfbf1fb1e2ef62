/**
 * One run of the engine: take the user lock, and pass after pass read both sides, plan, mark the intent, write, commit,
 * until there is nothing left that can be done now. Everything that is decided is decided elsewhere; this is the shell.
 */
import type { Failure } from '../platform/exchange';
import { now, startDeadline, type Deadline, type RunKind } from '../platform/clock';
import { withUserLock } from '../platform/lock';
import { log } from '../platform/log';
import { Rounds } from '../platform/rounds';
import { ownAddress, randomId } from '../platform/session';
import { userStore, type Store } from '../platform/store';
import { endOf } from './claims';
import { applyCommands, commandKeys, DISCONNECT, readCommands } from './commands';
import { isCreate } from './actions';
import { pinDrafts, sendDrafts } from './deliver';
import { HostFailed } from './host';
import type { Observed } from './observed';
import { firstLook, moreRows, pageDigest, readNeeds, type FirstLook } from './observe';
import { performFirst, type Result } from './perform';
import { plan, type Plan } from './plan/plan';
import { intentsFor, settle } from './settle';
import { mustSignIn, withGoodToken } from './renewal';
import { dayOf, type Connection, type Head, type State, type Tally } from './state';
import { commit, loadHead, loadState, StoreRefused, sweep, writeHead, type LoadedHead } from './store';
import { shortHash } from '../platform/hash';
import { putToRest } from './rest';
import { restsOf, wake, withWoken } from './wake';
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
const MOST_PASSES = 40;
const MOST_QUESTIONS = 12;
/** How often an idle pass looks for commands and leftovers beside reading its one key. */
const SWEEP_MS = 55 * 60_000;

/** `commanded`: a card has left a command, which an idle pass would look for once an hour only. */
export function runSync(kind: RunKind, commanded = false): PassResult {
  return withUserLock(LOCK_MS[kind], () => new Run(userStore(), startDeadline(kind), commanded).go()) ?? 'busy';
}

class Run {
  private readonly id = randomId();

  constructor(
    private readonly store: Store,
    private readonly deadline: Deadline,
    private readonly commanded: boolean,
  ) {}

  go(): PassResult {
    const loaded = loadHead(this.store);
    if (loaded === undefined) return 'not-connected';
    if (loaded.head.connection.mailbox !== ownAddress()) return 'other-account';
    try {
      return this.withToken(loaded);
    } catch (error) {
      if (error instanceof HostFailed)
        return this.fail(
          error.service === 'crm' ? crmTrouble(error.failure, loaded.head.connection) : gmailTrouble(error.failure),
          error.failure,
        );
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
      if (!result.more) return 'done';
      if (!this.deadline.openForWrites()) return 'unfinished';
      loaded = result.loaded;
    }
    return 'unfinished';
  }

  private pass(loaded: LoadedHead): PassResult | { loaded: LoadedHead; more: boolean } {
    const started = now();
    const { head } = loaded;
    const rounds = new Rounds({
      wires: wiresFor(() => head.connection.token),
      deadline: this.deadline,
      mayWrite: () => (commandKeys(this.store).length === 0 ? undefined : COMMANDED),
    });
    const first = rounds.run(firstLook(head));
    const sweeping = this.commanded || started - head.sweptAt > SWEEP_MS;
    const commands = sweeping || !this.isIdle(head, first, started) ? commandKeys(this.store) : [];
    if (commands.includes(DISCONNECT)) return 'disconnect-wanted';
    if (commands.length === 0 && this.isIdle(head, first, started) && !loaded.doubt) {
      this.rest(loaded, first, started, sweeping);
      return { loaded, more: false };
    }
    return this.work(loaded, rounds, first, commands, started);
  }

  private isIdle(head: Head, first: FirstLook, at: number): boolean {
    return (
      !first.resynced &&
      first.changes.every(({ id }) => head.echoes.includes(id)) &&
      head.page === pageDigest(first.rows) &&
      head.intents.length === 0 &&
      (head.due === 0 || head.due > at)
    );
  }

  /** Nothing to do: the heartbeat and the cursors, in the one write of an idle pass. */
  private rest(loaded: LoadedHead, first: FirstLook, started: number, sweeping: boolean): void {
    const seen = new Set(first.changes.map(({ id }) => id));
    const head: Head = {
      ...loaded.head,
      run: this.id,
      history: first.historyId,
      crmAt: first.crmNow,
      echoes: loaded.head.echoes.filter((id) => !seen.has(id)),
      startedAt: started,
      passedAt: now(),
      sweptAt: sweeping ? started : loaded.head.sweptAt,
      trouble: standingTrouble(loaded.head),
      today: today(loaded.head.today, started),
    };
    writeHead(this.store, head);
    if (sweeping) sweep(this.store, head);
  }

  private work(
    loaded: LoadedHead,
    rounds: Rounds,
    first: FirstLook,
    commands: readonly string[],
    started: number,
  ): PassResult | { loaded: LoadedHead; more: boolean } {
    const { state: stored, pages, lost } = loadState(this.store, loaded.head);
    const orders = readCommands(this.store, commands);
    const isNew = (row: FirstLook['rows'][number]): boolean =>
      row.emailIds.some((id) => !stored.seen.has(shortHash(id)));
    const rows = rounds.run(moreRows(loaded.head.connection.location, first, isNew));
    const rests = restsOf(stored, { changes: first.changes, rows, commands: orders, now: started });
    const woken = rounds.run(wake(loaded.head, rests, started));
    const state = applyCommands(withWoken(stored, woken.links), orders, started);
    const observed: Observed = {
      now: started,
      crmNow: first.crmNow,
      changes: first.changes,
      historyId: first.historyId,
      resynced: first.resynced,
      rows,
      asleep: woken.asleep,
      page: pageDigest(first.rows),
      answers: new Map(),
    };
    const made = this.ask(rounds, state, observed, loaded.doubt || lost > 0);
    const creates = made.actions.filter(isCreate);
    const marked = intentsFor(creates, first.historyId, started);
    const keys = new Set(marked.map(({ key }) => key));
    const intents = [...loaded.head.intents.filter(({ key }) => !keys.has(key)), ...marked];
    // The intent only grows: what reading has resolved leaves it with the commit (X6).
    let text =
      marked.length === 0 ? loaded.text : writeHead(this.store, { ...loaded.head, intents, startedAt: started });
    const { results, elected } = rounds.run(performFirst(loaded.head.connection, made));
    const pinned = pinDrafts(marked, elected);
    if (elected.length > 0) {
      const pins = [...intents.filter(({ key }) => !keys.has(key)), ...pinned];
      text = writeHead(this.store, { ...loaded.head, intents: pins, startedAt: started });
      results.push(...rounds.run(sendDrafts(loaded.head.labels, elected)));
    }
    const settled = settle(made.next, results, pinned, now());
    const next: State = {
      ...settled,
      head: {
        ...settled.head,
        startedAt: started,
        passedAt: now(),
        sweptAt: started,
        trouble: lost > 0 ? 'store-damaged' : standingTrouble(settled.head),
        doubt: undefined,
        today: today(settled.head.today, started),
      },
    };
    const before = { text, pages };
    const committed = commit(this.store, before, putToRest(next, now()), this.id);
    for (const key of commands) this.store.remove(key);
    log('pass', { run: this.id, rounds: rounds.count, actions: made.actions.length, items: next.items.size });
    const more =
      [...next.items.values()].some((item) => item.next > 0 && item.next <= started) || results.some(isStopped);
    return { loaded: committed, more };
  }

  private ask(rounds: Rounds, state: State, observed: Observed, doubt: boolean): Plan {
    const answers = new Map(observed.answers);
    for (let question = 0; question < MOST_QUESTIONS; question++) {
      const made = plan(state, { ...observed, answers }, doubt);
      if (made.needs.length === 0) return made;
      for (const [key, answer] of rounds.run(readNeeds(made.needs))) answers.set(key, answer);
    }
    throw new HostFailed('gmail', {
      code: 'run.endless-questions',
      status: 0,
      detail: 'the plan did not come to an end',
    });
  }

  /** The cursors stay; the heartbeat and the reason are for the sidebar. Over the head as it stands, with its intents. */
  private fail(trouble: string, failure: Failure): PassResult {
    log('pass failed', { run: this.id, code: failure.code, status: failure.status });
    try {
      const latest = loadHead(this.store);
      if (latest !== undefined) writeHead(this.store, { ...latest.head, run: this.id, startedAt: now(), trouble });
    } catch {
      // The store refuses: the next run finds the last whole state.
    }
    return 'failed';
  }
}

/** What somebody should do something about although the pass ended well. */
function standingTrouble({ connection, claim, crmAt }: Head): string {
  if (mustSignIn(connection)) return 'crm-renewal';
  const end = endOf(claim);
  return end === undefined ? '' : crmAt < end ? 'claim-moving' : 'claim-moved';
}

const COMMANDED: Failure = { code: 'run.commanded', status: 0, detail: 'the user asked for something meanwhile' };

function isStopped(result: Result): boolean {
  if (!('outcome' in result)) return result.failure?.code === COMMANDED.code;
  return result.outcome.kind === 'later' && result.outcome.failure.code === COMMANDED.code;
}

function today(tally: Tally, at: number): Tally {
  const day = dayOf(at);
  return tally.day === day ? tally : { day, mirrored: 0, delivered: 0, pushed: 0 };
}

/** The user took the access back, or left a box unticked at the consent (C8). */
function gmailTrouble({ code }: Failure): string {
  return ['gmail.unauthorized', 'gmail.scope-missing', 'gmail.forbidden'].includes(code)
    ? 'google-permission'
    : 'gmail-down';
}

/** Without an answer the token was not looked at. */
function isTokenRefused({ service, failure }: HostFailed): boolean {
  return service === 'crm' && failure.status === 401 && isTokenOver(failure);
}

function isTokenOver({ code }: Failure): boolean {
  return code === 'crm.token-invalid' || code === 'crm.token-expired';
}

function crmTrouble(failure: Failure, { kind }: Connection): string {
  const { code } = failure;
  if (isTokenOver(failure)) return kind === 'oauth' ? 'crm-sign-in' : 'crm-token';
  if (code === 'crm.scope-missing' || code === 'crm.auth-class') return kind === 'oauth' ? 'crm-consent' : 'crm-scope';
  if (code === 'crm.location-refused') return 'crm-location';
  if (code === 'crm.location-inactive') return 'crm-inactive';
  if (code === 'crm.client-invalid') return 'crm-app';
  return code === 'crm.rate-limited' ? 'crm-busy' : 'crm-down';
}
