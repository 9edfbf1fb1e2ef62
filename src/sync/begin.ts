/**
 * The first state of a connection: both cursors as they are now, and everything that the CRM's newest page shows taken
 * as known, so that nothing earlier is synced (C4). A reconnect keeps cursors and links.
 */
import { shortHash } from '../platform/hash';
import type { CrmThread } from '../crm/types';
import { VERSION } from './head';
import { pageDigest } from './observe';
import type { Shelves } from './shelves';
import { DAY_MS, dayOf, type Connection, type Head, type Labels, type State } from './state';

export interface Beginning {
  readonly connection: Connection;
  readonly labels: Labels;
  /** Gmail's history id, read before anything else. */
  readonly historyId: string;
  /** The newest page of the CRM's export. */
  readonly rows: readonly CrmThread[];
  readonly now: number;
  /** What could still be read of a store whose head is lost. */
  readonly found?: Shelves;
  /** From when on, by the CRM's clock, this mailbox was connected by a store of which nothing is left. */
  readonly lostSince?: number;
}

export function firstState(beginning: Beginning): State {
  const last = lastSign(beginning);
  return last === undefined ? freshState(beginning) : salvagedState(beginning, last);
}

/** How far back is looked where nothing tells what was done; and what waited may be as old. */
const LOST_MS = 7 * DAY_MS;

/** The last time at which the lost connection is known to have done something, or had to. */
function lastSign({ found, lostSince, now }: Beginning): number | undefined {
  const times = [
    ...(found?.receipts.map(({ at }) => at) ?? []),
    ...[...(found?.links.values() ?? [])].map(({ touched }) => touched),
  ];
  if (times.length > 0) return Math.min(now, Math.max(...times));
  return lostSince === undefined ? undefined : now - LOST_MS;
}

/** It goes on where the lost one is known to have been: both sides are read from there, and in doubt (X5, X11). */
function salvagedState(beginning: Beginning, last: number): State {
  const { found, now } = beginning;
  // The CRM's clock then, by its clock now; nothing of before the connection that is lost (C4).
  const { lostSince = firstSign(found, last) } = beginning;
  const since = Math.max(lostSince, beginning.connection.since - (now - last) - LOST_MS);
  const fresh = freshState({ ...beginning, rows: [], connection: { ...beginning.connection, since } });
  const head: Head = {
    ...fresh.head,
    page: '',
    gap: { since: last - MARGIN_MS, after: '' },
    doubt: true,
    due: 1,
    mendedAt: now,
    ...(found?.settings === undefined ? { forgotten: now } : { settings: found.settings }),
  };
  const { settings: _, ...shelves } = found ?? {};
  return { ...fresh, ...shelves, head };
}

/** What is set aside is tried again within it. */
const MARGIN_MS = DAY_MS;

/** The connection that is lost is at least as old as what it began with. */
function firstSign(found: Shelves | undefined, last: number): number {
  const begun = [...(found?.links.values() ?? [])].map(({ since }) => since);
  return Math.min(last, ...begun);
}

function freshState({ connection, labels, historyId, rows, now }: Beginning): State {
  const seen = new Map<string, number>();
  // What may be waiting for Gmail to send it is looked at: it is from before a state that was lost, or nobody sends it.
  const pending = rows.filter(({ status }) => connection.provider !== undefined && status === 'pending');
  for (const row of rows) {
    for (const id of row.emailIds) if (!pending.includes(row)) seen.set(shortHash(id), dayOf(now));
  }
  return {
    head: {
      version: VERSION,
      generation: 0,
      run: '',
      connection,
      labels,
      history: historyId,
      crmAt: connection.since,
      page: pending.length > 0 ? '' : pageDigest(rows),
      intents: [],
      pages: {},
      echoes: [],
      passedAt: now,
      startedAt: now,
      sweptAt: now,
      rereadAt: now,
      rebuild: true,
      due: 0,
      trouble: '',
      today: { day: dayOf(now), mirrored: 0, delivered: 0, pushed: 0 },
      cadence: 60,
    },
    links: new Map(),
    items: new Map(),
    seen,
    strays: new Map(),
    receipts: [],
  };
}

/** The same mailbox and location again, with a new token or another CRM user: the gap since is caught up with (C4). */
export function resumedState(state: State, connection: Connection, labels: Labels): State {
  const { since, installation, address, former } = state.head.connection;
  // The address changes in a step of its own, which knows what that means for links.
  const kept = { since, installation, address, ...(former === undefined ? {} : { former }) };
  return { ...state, head: { ...state.head, connection: { ...connection, ...kept }, labels, trouble: '' } };
}
