/**
 * Links that the store has lost are found again by the add-on's own messages (X, X11): all of them carry the hidden label,
 * and the marker of each leads to its CRM thread. What is known already is not read again, so it can be done in pieces.
 */
import { ask, together, type Task } from '../platform/exchange';
import { listMessages } from '../gmail/messages';
import { expect } from './host';
import type { Link, State } from './state';
import { revive } from './wake';

const MOST_PAGES = 400;
/** Threads that are read side by side. */
export const PIECE = 20;

/** Gmail threads with messages of the add-on, newest first. */
export function* ownThreads(ownLabel: string): Task<readonly string[]> {
  const threads = new Set<string>();
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const list = expect('gmail', yield* ask(listMessages({ labelIds: [ownLabel], pageToken: token })));
    for (const { threadId } of list.messages) threads.add(threadId);
    token = list.nextPageToken;
    if (token === undefined) break;
  }
  return [...threads];
}

/** Those of them that no link knows. */
export function unknownThreads(state: State, threads: readonly string[]): string[] {
  const known = new Set([...state.links.values()].flatMap(({ gmail }) => gmail));
  return threads.filter((id) => !known.has(id) && state.quiet?.byGmail(id) === undefined);
}

/** Undefined where one of them could not be read: the same piece again, later. */
export function* reviveThreads(
  state: State,
  threads: readonly string[],
  now: number,
): Task<readonly Link[] | undefined> {
  const rests = threads.map((id) => ({ threads: [id], week: 0, stopped: false, address: '' }));
  const found = yield* together(rests.map((rest) => revive(state.head, rest, now)));
  if (found.includes('unread')) return undefined;
  return found.filter((link): link is Link => typeof link === 'object');
}
