/**
 * Gmail's history does not reach back to the cursor any more (X8): what came since the last good pass is listed, without a
 * search, and taken up piece by piece in the order in which it came, over as many passes and runs as that takes. The new
 * cursor is pinned before the listing, so nothing falls between the two; what is there already is recognised by reading
 * the other side back.
 */
import { ask, type Task } from '../platform/exchange';
import { getHeaders, listMessages } from '../gmail/messages';
import type { GmailRef, HistoryChange } from '../gmail/types';
import { paddedId } from './digits';
import { expect } from './host';
import type { Head, State } from './state';

export interface Gap {
  /** The last good pass before it, less an hour. */
  readonly since: number;
  /** The Gmail id up to which it is dealt with; ids grow with time. Empty at the beginning. */
  readonly after: string;
}

const MARGIN_MS = 3_600_000;
const MOST_PAGES = 200;
/** Taken up in one pass: messages of linked threads, each with a look at the CRM's side, and others, by their headers. */
const MOST_LINKED = 15;
const MOST_OTHERS = 60;

/** A gap within a gap begins where the first one did. */
export function gapFrom(head: Head, since = head.passedAt - MARGIN_MS): Gap {
  return { since: Math.min(since, head.gap?.since ?? since), after: '' };
}

/** Everything since, in the order in which it came. Newest first from Gmail, until a page reaches beyond the beginning. */
export function* listGap({ since }: Gap): Task<readonly GmailRef[]> {
  const found = new Map<string, GmailRef>();
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const list = expect('gmail', yield* ask(listMessages({ labelIds: [], pageToken: token, includeSpamTrash: false })));
    for (const ref of list.messages) found.set(ref.id, ref);
    token = list.nextPageToken;
    const oldest = list.messages[list.messages.length - 1];
    if (token === undefined || oldest === undefined) break;
    const headers = yield* ask(getHeaders(oldest.id, ['Date']));
    // Gone since: the next page tells.
    if (headers.kind !== 'refused' && expect('gmail', headers).internalDate < since) break;
  }
  return [...found.values()].sort((a, b) => (paddedId(a.id) < paddedId(b.id) ? -1 : 1));
}

/** The next piece, and what is left after it; undefined where nothing is. */
export function nextPiece(refs: readonly GmailRef[], gap: Gap, state: State): { changes: HistoryChange[]; gap?: Gap } {
  const linked = new Set([...state.links.values()].flatMap(({ gmail }) => gmail));
  const isLinked = (id: string): boolean => linked.has(id) || state.quiet?.byGmail(id) !== undefined;
  const rest = refs.filter(({ id }) => gap.after === '' || paddedId(id) > paddedId(gap.after));
  const changes: HistoryChange[] = [];
  let ours = 0;
  for (const { id, threadId } of rest) {
    if (isLinked(threadId)) ours += 1;
    if (ours > MOST_LINKED || changes.length - ours >= MOST_OTHERS) break;
    changes.push({ id, threadId, labelIds: [] });
  }
  if (changes.length === rest.length) return { changes };
  return { changes, gap: { ...gap, after: changes[changes.length - 1].id } };
}
