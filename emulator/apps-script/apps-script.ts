/**
 * The emulated Apps Script runtime: runs functions of the bundle, each in a fresh global scope, over the emulated
 * services, and keeps what outlives an execution: properties, caches, triggers, grants, logs, faults, late effects.
 */
import type { Clock } from '../core/clock';
import type { Handler } from '../core/http';
import type { Ids } from '../core/ids';
import type {
  AppsScriptService,
  Execution,
  ExecutionRecord,
  Fault,
  GmailService,
  LoggedCall,
  TriggerRecord,
} from '../core/services';
import { Authority, type Grant } from './execution/authority';
import { LateEffects } from './execution/late-effects';
import { Locks } from './execution/locks';
import { Run, type Context, type RunRequest } from './execution/run';
import { perform } from './execution/perform';
import { Usage } from './execution/usage';
import { FaultPlan } from './faults/fault-plan';
import { readFaults } from './faults/validate';
import { Journal } from './journal';
import { LATENCY, type LatencyTable } from './latency';
import { cardFunctions, readPrefix, type AppsScriptManifest } from './manifest';
import type { LogEntry, Platform, Profile } from './platform';
import { FRESH_REALMS, type Realms } from './realm/realms';
import { SCRIPT_STORE, userStore } from './services/properties';
import { CacheStores } from './state/caches';
import { PropertyStores } from './state/property-stores';
import { StateTokens } from './state/state-tokens';
import { Triggers } from './state/triggers';
import type { AppsScriptSwitches } from './switches';

export interface AppsScriptOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly switches: () => AppsScriptSwitches;
  /** The whole add-on as one script. */
  readonly bundle: string;
  readonly manifest: AppsScriptManifest;
  /** What UrlFetchApp reaches. Status 0 where there is no host of that name. */
  readonly request: Handler;
  readonly gmail: Pick<GmailService, 'isBatch' | 'splitBatch' | 'joinBatch' | 'units' | 'token'>;
  /** Carries out what a fault has a person do at the moment of a call. */
  readonly act: (act: Record<string, unknown>) => void;
  readonly profile?: (email: string) => Profile;
  readonly latency?: Partial<LatencyTable>;
  readonly scriptId?: string;
  /**
   * Milliseconds of the clock on the wall after which an endless loop in a script is ended; 0 for never. The guard is a
   * thread for every execution, which a simulation of code that is known to end may do without.
   */
  readonly guardMs?: number;
  /** The global scopes of executions: without this a fresh one for each. */
  readonly realms?: Realms;
}

const GUARD_MS = 20_000;
/** Not longer than a real one, and the same in every world. */
const SCRIPT_ID = '1Threadlink0000000000000000000000000000000000000000000000000';

export interface AppsScriptState {
  readonly executions: number;
  readonly parts: Readonly<Record<string, unknown>>;
}

interface Part {
  snapshot(): unknown;
  restore(state: never): void;
}

export class AppsScript implements AppsScriptService {
  private readonly platform: Platform;
  private readonly bundle: string;
  private readonly cards: ReadonlySet<string>;
  /** What a snapshot holds. */
  private readonly parts: Readonly<Record<string, Part>>;
  private started = 0;
  private depth = 0;

  constructor({ bundle, clock, ids, switches, manifest, request, ...rest }: AppsScriptOptions) {
    // Throws here where the platform would refuse the manifest.
    manifest.urlFetchWhitelist?.forEach(readPrefix);
    this.bundle = bundle;
    this.cards = cardFunctions(manifest);
    const parts = {
      properties: new PropertyStores(() => ({
        most: switches().propertyValueBytes,
        unit: switches().propertyValueUnit,
      })),
      caches: new CacheStores(clock, () => switches().cacheEvictsEarly),
      triggers: new Triggers(clock, ids),
      stateTokens: new StateTokens(ids),
      authority: new Authority(manifest.oauthScopes ?? []),
      usage: new Usage(clock, switches),
      late: new LateEffects(clock, request),
      faults: new FaultPlan(clock),
      calls: new Journal<LoggedCall>(),
      logs: new Journal<LogEntry>(),
      executed: new Journal<ExecutionRecord>(),
    };
    this.parts = parts;
    this.platform = {
      ...parts,
      clock,
      ids,
      switches,
      manifest,
      request,
      scriptId: rest.scriptId ?? SCRIPT_ID,
      guardMs: rest.guardMs ?? GUARD_MS,
      realms: rest.realms ?? FRESH_REALMS,
      latency: { ...LATENCY, ...rest.latency },
      gmail: rest.gmail,
      profile: rest.profile ?? ((email) => ({ name: email, timeZone: 'Etc/UTC', locale: 'en' })),
      locks: new Locks(),
      act: (act) => rest.act({ ...act }),
      runInside: ({ user, function: name }) =>
        void this.execute({ user: user.toLowerCase(), function: name, context: this.contextOf(name) }),
    };
  }

  execute(request: RunRequest): Execution {
    const run = new Run(this.platform, request, this.nextExecutionId(), this.depth > 0);
    const at = this.platform.clock.now;
    this.depth += 1;
    try {
      const ended = perform(run, this.bundle);
      this.remember(ended, request.context, at);
      return ended;
    } finally {
      this.depth -= 1;
      this.platform.locks.releaseAll(run);
    }
  }

  /**
   * The redirect of an OAuth consent page to `https://script.google.com/macros/d/{script}/usercallback`: runs the
   * function that the state token names, for the user who is signed in. Throws where the token is unknown, expired or
   * another user's (facts, platform 8).
   */
  userCallback(user: string, query: Readonly<Record<string, string>>): Execution {
    const token = this.platform.stateTokens.get(query.state ?? '');
    if (token === undefined || token.user !== user || token.expires < this.platform.clock.now) {
      throw new Error('The state token is invalid or has expired. Please try again.');
    }
    const parameter = { ...token.parameters, ...query };
    return this.execute({
      user,
      function: token.method,
      context: 'editor',
      event: {
        parameter,
        parameters: Object.fromEntries(Object.entries(parameter).map(([name, value]) => [name, [value]])),
        queryString: new URLSearchParams(query).toString(),
        contextPath: '',
        contentLength: -1,
      },
    });
  }

  /** What a user allows the add-on from now on; what is left out is allowed. */
  setGrant(user: string, grant: Partial<Grant>): void {
    this.platform.authority.set(user, grant);
  }

  triggers(): TriggerRecord[] {
    return this.platform.triggers.waiting();
  }

  takeDue(until: number): TriggerRecord[] {
    return this.platform.triggers.takeDue(until);
  }

  nextDue(): number | undefined {
    const due = [this.platform.triggers.nextDue(), this.platform.late.nextDue()].filter((at) => at !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  settleLate(): void {
    this.platform.late.settle();
  }

  setFaults(faults: readonly Fault[]): void {
    this.platform.faults.arm(readFaults(faults));
  }

  faults(): { armed: Fault[]; met: { kind: string; call: string }[]; callsSinceArmed: number } {
    return this.platform.faults.report();
  }

  requests(since: number): LoggedCall[] {
    return this.platform.calls.since(since);
  }

  executions(since: number): ExecutionRecord[] {
    return this.platform.executed.since(since);
  }

  logs(since: number): LogEntry[] {
    return this.platform.logs.since(since);
  }

  properties(user: string): Record<string, string> {
    return this.platform.properties.all(userStore(user));
  }

  setProperty(user: string, key: string, value: string | undefined): void {
    this.write(userStore(user), key, value);
  }

  scriptProperties(): Record<string, string> {
    return this.platform.properties.all(SCRIPT_STORE);
  }

  setScriptProperty(key: string, value: string | undefined): void {
    this.write(SCRIPT_STORE, key, value);
  }

  snapshot(): AppsScriptState {
    return {
      executions: this.started,
      parts: Object.fromEntries(Object.entries(this.parts).map(([name, part]) => [name, part.snapshot()])),
    };
  }

  restore(state: unknown): void {
    const { executions, parts } = state as AppsScriptState;
    this.started = executions;
    for (const [name, part] of Object.entries(this.parts)) part.restore(parts[name] as never);
  }

  /** All but what the function returned: a card may be large. */
  private remember(ended: Execution, context: Context, at: number): void {
    const { ok, error, killed, virtualMs, calls, rounds, executionId, user } = ended;
    const { executed } = this.platform;
    executed.add(
      Object.freeze({
        seq: executed.take(),
        executionId,
        user,
        function: ended.function,
        context,
        at,
        ok,
        ...(error === undefined ? {} : { error }),
        ...(killed === undefined ? {} : { killed }),
        virtualMs,
        calls,
        rounds,
      }),
    );
  }

  private write(store: string, key: string, value: string | undefined): void {
    if (value === undefined) this.platform.properties.remove(store, key);
    else this.platform.properties.write(store, key, value);
  }

  private nextExecutionId(): string {
    this.started += 1;
    return `x${String(this.started).padStart(6, '0')}`;
  }

  private contextOf(name: string): Context {
    return this.cards.has(name) ? 'card' : 'trigger';
  }
}
