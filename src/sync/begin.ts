/**
 * The first state of a connection: both cursors as they are now, and everything that the CRM's newest page shows taken
 * as known, so that nothing earlier is synced (C4). A reconnect keeps cursors and links.
 */
import { shortHash } from '../platform/hash';
import type { CrmThread } from '../crm/types';
import { VERSION } from './head';
import { pageDigest } from './observe';
import type { Shelves } from './shelves';
import { dayOf, type Connection, type Head, type Labels, type State } from './state';

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
}

export function firstState(beginning: Beginning): State {
  const last = lastSign(beginning);
  return last === undefined ? freshState(beginning) : salvagedState(beginning, last);
}

/** The last time at which the lost connection is known to have done something. */
function lastSign({ found, now }: Beginning): number | undefined {
  if (found === undefined) return undefined;
  const times = [...found.receipts.map(({ at }) => at), ...[...found.links.values()].map(({ touched }) => touched)];
  return times.length === 0 ? undefined : Math.min(now, Math.max(...times));
}

/** It goes on where the lost one is known to have been: both sides are read from there, and in doubt (X5, X11). */
function salvagedState(beginning: Beginning, last: number): State {
  const { found, now } = beginning;
  // The CRM's clock then, by its clock now.
  const since = beginning.connection.since - (now - last) - MARGIN_MS;
  const fresh = freshState({ ...beginning, rows: [], connection: { ...beginning.connection, since } });
  const head: Head = {
    ...fresh.head,
    page: '',
    gap: { since: last - MARGIN_MS, after: '' },
    doubt: true,
    due: 1,
    mendedAt: now,
  };
  return { ...fresh, ...found, head };
}

const MARGIN_MS = 3_600_000;

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
