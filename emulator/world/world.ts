/**
 * The whole world on this machine: Gmail, the CRM, everybody's mailboxes, the Apps Script runtime with the add-on's
 * bundle, and one clock. Synchronous, and a pure function of its seed and of what is asked of it.
 */
import type { AppsScript } from '../apps-script/apps-script';
import type { AppsScriptManifest } from '../apps-script/manifest';
import type { Realms } from '../apps-script/realm/realms';
import { Clock } from '../core/clock';
import type { EmulatedRequest, EmulatedResponse } from '../core/http';
import { Ids } from '../core/ids';
import type { Execution } from '../core/services';
import type { Gmail } from '../gmail/gmail';
import type { HighLevel } from '../highlevel/highlevel';
import type { Network, NetworkState } from '../network/network';
import { carryOut } from './acts';
import { changesSomething } from './changes';
import { contextOf, type RunContext } from './contexts';
import { WorldError } from './error';
import { SCRIPT_HOST, serveCallback } from './script-host';
import { peopleTheDemo } from '../demo/demo';
import { peopleTheEmptyWorld } from './empty';
import { buildServices, SWITCHES_OF_THE_PARTS, type Services } from './services';
import { SwitchBoard, type SwitchValue } from './switch-board';

export type WorldKind = 'empty' | 'demo';

/** When every world begins: a Monday morning. */
export const BEGINNING = Date.UTC(2026, 2, 2, 8);

export interface WorldOptions {
  readonly seed: number;
  readonly world: WorldKind;
  /** The add-on's built code. */
  readonly bundle: string;
  readonly manifest: AppsScriptManifest;
  /** See `AppsScriptOptions.guardMs`; 0 for a simulation, which starts millions of executions. */
  readonly guardMs?: number;
  /** See `AppsScriptOptions.realms`. */
  readonly realms?: Realms;
}

export interface WorldState {
  readonly clock: number;
  readonly ids: number;
  readonly seed: number;
  readonly kind: WorldKind;
  readonly switches: Readonly<Record<string, SwitchValue>>;
  readonly network: NetworkState;
  readonly gmail: unknown;
  readonly highlevel: unknown;
  readonly appsScript: unknown;
}

const GMAIL_HOSTS = ['gmail.googleapis.com', 'www.googleapis.com'];

export class World {
  readonly clock = new Clock(BEGINNING);
  readonly ids = new Ids(0);
  readonly switches = new SwitchBoard(SWITCHES_OF_THE_PARTS);
  seed = 0;
  kind: WorldKind = 'empty';
  /** Counts whatever a person could see change; a page that saw another number looks again. */
  changes = 0;
  /** What faults had somebody do and could not be done, since the faults were armed. */
  failedActs: string[] = [];
  /** Why the add-on did not connect in the demo's story: its own words. */
  trouble = '';
  private services: Services;
  private running = 0;
  /** Demo worlds as they were when made: making one takes seconds, putting one back does not. */
  private readonly made = new Map<number, WorldState>();

  private constructor(
    private readonly bundle: string,
    readonly manifest: AppsScriptManifest,
    private readonly guardMs?: number,
    private readonly realms?: Realms,
  ) {
    this.services = this.build();
  }

  static create({ seed, world, bundle, manifest, guardMs, realms }: WorldOptions): World {
    const created = new World(bundle, manifest, guardMs, realms);
    created.reset({ seed, world });
    return created;
  }

  get gmail(): Gmail {
    return this.services.gmail;
  }

  get highlevel(): HighLevel {
    return this.services.highlevel;
  }

  get appsScript(): AppsScript {
    return this.services.appsScript;
  }

  get network(): Network {
    return this.services.network;
  }

  /** A fresh world; the same seed gives the same one to the byte. */
  reset({ seed = this.seed, world = this.kind }: { seed?: number; world?: WorldKind }): void {
    this.refuseWhileRunning('begin anew');
    this.changes++;
    const made = this.made.get(seed);
    if (world === 'demo' && made !== undefined) {
      this.restore(made);
      return;
    }
    this.clock.now = BEGINNING;
    this.ids.state = seed;
    this.seed = seed;
    this.kind = world;
    this.failedActs = [];
    this.trouble = '';
    this.switches.reset();
    this.services = this.build();
    if (world === 'empty') peopleTheEmptyWorld(this);
    else {
      peopleTheDemo(this);
      this.made.clear();
      this.made.set(seed, this.snapshot());
    }
  }

  snapshot(): WorldState {
    this.refuseWhileRunning('be copied');
    const { network, gmail, highlevel, appsScript } = this.services;
    return Object.freeze({
      clock: this.clock.now,
      ids: this.ids.state,
      seed: this.seed,
      kind: this.kind,
      switches: this.switches.snapshot(),
      network: network.snapshot(),
      gmail: gmail.snapshot(),
      highlevel: highlevel.snapshot(),
      appsScript: appsScript.snapshot(),
    });
  }

  restore(state: WorldState): void {
    this.refuseWhileRunning('be put back');
    const { network, gmail, highlevel, appsScript } = this.services;
    this.changes++;
    this.clock.now = state.clock;
    this.ids.state = state.ids;
    this.seed = state.seed;
    this.kind = state.kind;
    this.failedActs = [];
    this.switches.restore(state.switches);
    network.restore(state.network);
    gmail.restore(state.gmail);
    highlevel.restore(state.highlevel);
    appsScript.restore(state.appsScript);
  }

  /** Is there anything behind this host name? */
  serves(host: string): boolean {
    return GMAIL_HOSTS.includes(host) || host === SCRIPT_HOST || this.highlevel.hosts.includes(host);
  }

  /** One request over the wire. The status is 0 where no host of that name exists. */
  readonly request = (request: EmulatedRequest): EmulatedResponse => {
    if (!this.serves(request.host)) return { status: 0, headers: {}, body: Buffer.alloc(0) };
    this.network.settle();
    if (request.host === SCRIPT_HOST) return serveCallback(this, request);
    const service = GMAIL_HOSTS.includes(request.host) ? this.gmail : this.highlevel;
    const response = service.handle(request);
    if (response.status < 300 && changesSomething(request)) this.changes++;
    return response;
  };

  /** One execution of a function of the bundle as that Google user, now. */
  run(user: string, name: string, event?: unknown, context: RunContext = contextOf(this.manifest, name)): Execution {
    this.checkAccount(user);
    this.running++;
    try {
      return this.appsScript.execute({ user: user.toLowerCase(), function: name, event, context });
    } finally {
      this.running--;
    }
  }

  /**
   * Moves time on, stopping at every late effect, every mail that comes by itself, and every due trigger; what triggers ran is given back in order. With
   * `fire` false the triggers' times pass without a run, as on a day when the platform starts none.
   */
  advance(ms: number, fire = true): Execution[] {
    this.refuseWhileRunning('move on in time');
    if (!(Number.isFinite(ms) && ms >= 0)) throw new WorldError('time moves on by a number of milliseconds from 0');
    this.changes++;
    const until = this.clock.now + ms;
    const executions: Execution[] = [];
    for (;;) {
      const due = Math.min(this.appsScript.nextDue() ?? Infinity, this.network.nextDue() ?? Infinity);
      if (due > until) break;
      this.clock.now = Math.max(this.clock.now, due);
      this.network.settle();
      this.appsScript.settleLate();
      for (const { user, handler } of this.appsScript.takeDue(Math.min(this.clock.now, until))) {
        if (fire) executions.push(this.run(user, handler, undefined, 'trigger'));
      }
    }
    this.clock.now = Math.max(this.clock.now, until);
    this.network.settle();
    return executions;
  }

  /** Throws where this is no Google account of this world. */
  checkAccount(user: string): void {
    if (!this.gmail.accounts().some(({ email }) => email === user.toLowerCase())) {
      throw new WorldError(`no Google account ${user}`);
    }
  }

  private build(): Services {
    return buildServices({
      clock: this.clock,
      ids: this.ids,
      values: () => this.switches.values,
      bundle: this.bundle,
      manifest: this.manifest,
      guardMs: this.guardMs,
      realms: this.realms,
      request: this.request,
      act: (act) => {
        const failure = carryOut(this, act);
        if (failure !== undefined) this.failedActs.push(failure);
      },
    });
  }

  private refuseWhileRunning(what: string): void {
    if (this.running > 0) throw new WorldError(`the world cannot ${what} inside a run of the add-on`);
  }
}
