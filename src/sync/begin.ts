/**
 * The first state of a connection: both cursors as they are now, and everything that the CRM's newest page shows taken
 * as known, so that nothing earlier is synced (C4). A reconnect keeps cursors and links.
 */
import { shortHash } from '../platform/hash';
import type { CrmThread } from '../crm/types';
import { pageDigest } from './observe';
import { dayOf, type Connection, type Labels, type State } from './state';

export interface Beginning {
  readonly connection: Connection;
  readonly labels: Labels;
  /** Gmail's history id, read before anything else. */
  readonly historyId: string;
  /** The newest page of the CRM's export. */
  readonly rows: readonly CrmThread[];
  readonly now: number;
}

export function firstState({ connection, labels, historyId, rows, now }: Beginning): State {
  const seen = new Map<string, number>();
  // What may be waiting for Gmail to send it is looked at: it is from before a state that was lost, or nobody sends it.
  const pending = rows.filter(({ status }) => connection.provider !== undefined && status === 'pending');
  for (const row of rows) {
    for (const id of row.emailIds) if (!pending.includes(row)) seen.set(shortHash(id), dayOf(now));
  }
  return {
    head: {
      version: 2,
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
