/** What the emulated services have in common: the world around them and the state that outlives an execution. */
import type { Clock } from '../core/clock';
import type { Handler } from '../core/http';
import type { Ids } from '../core/ids';
import type { ExecutionRecord, GmailService, LoggedCall } from '../core/services';
import type { FaultPlan } from './faults/fault-plan';
import type { Authority } from './execution/authority';
import type { LateEffects } from './execution/late-effects';
import type { Locks } from './execution/locks';
import type { Usage } from './execution/usage';
import type { Journal } from './journal';
import type { LatencyTable } from './latency';
import type { AppsScriptManifest } from './manifest';
import type { Realms } from './realm/realms';
import type { AppsScriptSwitches } from './switches';
import type { CacheStores } from './state/caches';
import type { PropertyStores } from './state/property-stores';
import type { StateTokens } from './state/state-tokens';
import type { Triggers } from './state/triggers';

/** A person's Google account as `Session` and the events tell of it. */
export interface Profile {
  readonly name: string;
  /** IANA name: `Europe/Berlin`. */
  readonly timeZone: string;
  /** `en`, `de`, `ja`. */
  readonly locale: string;
}

export interface LogEntry {
  readonly seq: number;
  /** Milliseconds of the virtual clock. */
  readonly at: number;
  readonly user: string;
  readonly executionId: string;
  /** `DEBUG`, `INFO`, `WARNING` or `ERROR`, as Cloud Logging names them. */
  readonly level: string;
  readonly text: string;
}

export interface Platform {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly switches: () => AppsScriptSwitches;
  readonly manifest: AppsScriptManifest;
  readonly scriptId: string;
  readonly latency: LatencyTable;
  /** Milliseconds of the clock on the wall after which an endless loop in a script is ended; 0 for never. */
  readonly guardMs: number;
  readonly realms: Realms;
  /** What UrlFetchApp reaches, by host name. Status 0 where there is no host of that name. */
  readonly request: Handler;
  readonly gmail: Pick<GmailService, 'isBatch' | 'splitBatch' | 'joinBatch' | 'units' | 'token'>;
  readonly profile: (email: string) => Profile;
  readonly act: (act: Readonly<Record<string, unknown>>) => void;
  readonly runInside: (run: { readonly user: string; readonly function: string }) => void;

  readonly properties: PropertyStores;
  readonly caches: CacheStores;
  readonly triggers: Triggers;
  readonly stateTokens: StateTokens;
  readonly authority: Authority;
  readonly usage: Usage;
  readonly locks: Locks;
  readonly late: LateEffects;
  readonly faults: FaultPlan;
  readonly calls: Journal<LoggedCall>;
  readonly logs: Journal<LogEntry>;
  readonly executed: Journal<ExecutionRecord>;
}
