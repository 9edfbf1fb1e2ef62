/** What the sidebar shows of the engine: read from the store, in plain values. */
import { isMessageKey } from './keys';
import { shortHash } from '../platform/hash';
import { now } from '../platform/clock';
import type { Store } from '../platform/store';
import { slowReason, type Slow } from './budget';
import { endOf } from './claims';
import type { Sends } from './plan/delivery';
import { FIRST_SETTINGS, type Settings } from './settings';
import { standingOf, type Standing } from './standing';
import { loadHead, loadState, type LoadedState } from './store';
import {
  DAY_MS,
  isOwnSyncOn,
  type Connection,
  type Head,
  type Item,
  type Labels,
  type Link,
  type Receipt,
  type State,
  type Tally,
} from './state';

/** So long it is told. */
const MENDED_MS = 3 * DAY_MS;

export interface SyncView {
  /** Without anything secret. */
  readonly connection: Omit<Connection, 'token' | 'renewal'>;
  /** When a pass last ended well, and when one last started. */
  readonly passedAt: number;
  readonly startedAt: number;
  readonly standing: Standing;
  /** Code of the word catalogue; empty where all is well. */
  readonly trouble: string;
  /** A part of the store was lost lately, and was looked for on both sides (X11). */
  readonly mended: boolean;
  readonly today: Tally;
  readonly cadence: number;
  /** Why it runs more rarely than that for a while; empty where it does not (X9, G4). */
  readonly slow: Slow;
  readonly waiting: readonly Item[];
  readonly parked: readonly Item[];
  readonly held: readonly Item[];
  /** Newest first. */
  readonly links: readonly Link[];
  /** Is the Gmail thread of a link that rests? Opening it wakes it. */
  readonly isResting: (gmailThreadId: string) => boolean;
  /** Resting threads of addresses that are no longer connected (C6). */
  readonly restingFormer: number;
  /** Newest first. */
  readonly receipts: readonly Receipt[];
  readonly labels?: Labels;
  readonly ownLabel: string;
  /** Empty where there is none. */
  readonly privateLabel: string;
  readonly settings: Settings;
  /** As far as a pass has counted them (X9). */
  readonly sends: Sends;
  /** What a comparison of both sides goes by (S8). */
  readonly crmAt: number;
  readonly items: State['items'];
  readonly seen: State['seen'];
  /** Another mailbox is connected for the CRM user by now: nothing new syncs here (C6). */
  readonly takenOver: boolean;
  /** The CRM's own Gmail sync sends for this user, and they have not said that it is off (R7). */
  readonly ownSync: boolean;
}

/** Messages that are not where they are to be. */
export function countOpen({ held, parked, waiting }: SyncView): number {
  return held.length + parked.length + waiting.length;
}

/** Undefined where nobody is connected. */
export function syncView(store: Store): SyncView | undefined {
  const loaded = loadHead(store);
  return loaded === undefined ? undefined : viewOf(loadState(store, loaded.head));
}

function viewOf({ state, lost }: LoadedState): SyncView {
  const { token: _token, renewal: _renewal, ...connection } = state.head.connection;
  const at = now();
  const slow = slowReason(state.head, at);
  const items = [...state.items.values()].filter(({ key }) => isMessageKey(key)).sort((a, b) => b.since - a.since);
  return {
    connection,
    passedAt: state.head.passedAt,
    startedAt: state.head.startedAt,
    trouble: state.head.trouble,
    mended: lost > 0 || now() - (state.head.mendedAt ?? 0) < MENDED_MS,
    today: state.head.today,
    cadence: state.head.cadence,
    slow,
    standing: standingOf(state.head, slow, at),
    waiting: items.filter(({ state: kind }) => kind === 'waiting'),
    parked: items.filter(({ state: kind }) => kind === 'parked'),
    held: items.filter(({ state: kind }) => kind === 'held'),
    links: [...state.links.values()]
      .map((link) =>
        isOver(state.head) && link.stopped === '' ? { ...link, stopped: 'former-address' as const } : link,
      )
      .sort((a, b) => b.touched - a.touched),
    takenOver: isOver(state.head),
    isResting: (id) => state.quiet?.byGmail(id) !== undefined,
    restingFormer: state.quiet?.countOfOthers(shortHash(connection.address)) ?? 0,
    receipts: [...state.receipts].reverse(),
    labels: state.head.labels,
    ownLabel: state.head.labels?.own ?? '',
    privateLabel: state.head.labels?.private ?? '',
    settings: state.head.settings ?? FIRST_SETTINGS,
    sends: state.head.sends ?? [],
    crmAt: state.head.crmAt,
    items: state.items,
    seen: state.seen,
    ownSync: isOwnSyncOn(state.head),
  };
}

function isOver({ claim, crmAt }: Head): boolean {
  const end = endOf(claim);
  return end !== undefined && crmAt >= end;
}

export function linkOfThread(view: SyncView, gmailThreadId: string): Link | undefined {
  return view.links.find((link) => link.gmail.includes(gmailThreadId));
}
