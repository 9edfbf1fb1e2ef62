/**
 * Links that the store has lost are found again by the add-on's own messages (X, X11): all of them carry the hidden label,
 * or wait for it, and the marker of each leads to its CRM thread. What is known already is not read again, so it can be done
 * in pieces.
 */
import { together, type Task } from '../platform/exchange';
import { getHeaders } from '../gmail/messages';
import { gapFrom } from './gap';
import { isFollowKey, partsOfFollowKey } from './keys';
import { HEADERS, look } from './observe';
import { DAY_MS, STRAY_DAYS, type Head, type Link, type State } from './state';
import type { LoadedHead, LoadedState } from './store';
import { bareRow, revive, type Rest } from './wake';

/** Threads that are read side by side. */
export const PIECE = 20;

/** Of a link of which nothing is left. */
const UNTOLD = { week: 0, stopped: false, address: '' };

/** How far back what an item might have been is looked for, where items were lost. */
const LOST_ITEMS_MS = 7 * DAY_MS;

/**
 * What is taken up once more for what was lost: messages that waited, mail of other threads that was kept for its answer
 * (T5), and e-mails of the CRM.
 */
export function afterLoss(
  head: Head,
  { lost, lostShelves }: Pick<LoadedState, 'lost' | 'lostShelves'>,
  now: number,
): Pick<Head, 'gap' | 'mendedAt' | 'rereadAt'> {
  if (lost === 0) return { gap: head.gap, mendedAt: head.mendedAt, rereadAt: head.rereadAt };
  // With its link a thread is lost that had joined it, and with the e-mails what their copies in the mailbox are.
  const week = ['i', 'l', 'e'].some((shelf) => lostShelves.has(shelf));
  const back = week ? LOST_ITEMS_MS : lostShelves.has('s') ? STRAY_DAYS * DAY_MS : 0;
  return {
    gap: back === 0 ? head.gap : gapFrom(head, now - back),
    mendedAt: now,
    rereadAt: undefined,
  };
}

/** A head that is written outside of a pass, over what was loaded: what is lost of that is for the next pass to take up. */
export function withLoss(head: Head, loaded: LoadedState & Pick<LoadedHead, 'doubt'>, now: number): Head {
  const lost = loaded.lost > 0;
  return {
    ...head,
    ...afterLoss(head, loaded, now),
    rebuild: lost || head.rebuild,
    doubt: loaded.doubt || lost || loaded.outdated || undefined,
  };
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
  const unlabelled = yield* unlabelledOf(state);
  if (unlabelled === undefined) return undefined;
  const rests = [...threads.map((id) => ({ ...UNTOLD, threads: [id] })), ...unlabelled];
  const found = yield* together(rests.map((rest) => revive(state.head, rest, now)));
  if (found.includes('unread')) return undefined;
  return found.filter((link): link is Link => typeof link === 'object');
}

/** What was sent or taken for a mirror and has no label yet (X3): Gmail does not show that it is the add-on's. */
function* unlabelledOf(state: State): Task<readonly Rest[] | undefined> {
  const follows = [...state.items].flatMap(([key, { thread }]) => {
    const own = isFollowKey(key) ? partsOfFollowKey(key).gmailId : '';
    return own === '' ? [] : [{ ...UNTOLD, row: bareRow(thread), own }];
  });
  const read = yield* together(follows.map(({ own }) => look('gmail', getHeaders(own, HEADERS))));
  if (read.some(({ kind }) => kind === 'unread')) return undefined;
  return read.flatMap((answer, index) => {
    const threads = answer.kind === 'got' ? unknownThreads(state, [answer.value.threadId]) : [];
    return threads.length === 0 ? [] : [{ ...follows[index], threads }];
  });
}
