/**
 * The CRM's side of what is new (X12). Its export lists threads by their latest change. It may lag, show ties in any order,
 * change while it is paged, give no time of change, and its cursor dies after two minutes; so nothing rests on a single
 * look: a reading overlaps the one before it, the last 48 hours are read again once a day, and the CRM's clock of the last
 * whole reading moves on only when everything down to it has been taken up.
 */
import { ask, type Outcome, type Task } from '../platform/exchange';
import { shortHash } from '../platform/hash';
import { exportEmails } from '../crm/messages';
import type { CrmThread, ExportPage } from '../crm/types';
import { expect } from './host';
import { EXPORT_ROWS, type FirstLook } from './observe';
import { DAY_MS, SEEN_DAYS, type Head, type State } from './state';

/** Threads a page when there is more to read than the newest page. */
const LARGE_PAGE = 500;
const MOST_PAGES = 40;
/** How late a change may show in the export and still be met by the next reading. */
const OVERLAP_MS = 15 * 60_000;
const REREAD_MS = 2 * DAY_MS;
/** E-mails taken up in one pass; what is left waits in the CRM, not in the store. */
const MOST_FRESH = 40;
const MOST_WAITING = 40;

export interface Rows {
  readonly rows: readonly CrmThread[];
  /** Everything down to the last whole reading is in `rows`. */
  readonly whole: boolean;
}

/** Is it time to read the last two days again? */
export function isRereadDue({ rereadAt }: Head, now: number): boolean {
  return now - (rereadAt ?? 0) > DAY_MS;
}

/** The rows that may hold something new, the latest change first. All times are the CRM's own. */
export function* readRows(state: State, first: FirstLook, reread: boolean): Task<Rows> {
  const { crmAt, connection, gap } = state.head;
  const again = Math.min(first.crmNow - REREAD_MS, (gap?.since ?? Infinity) - OVERLAP_MS);
  const floor = Math.min(crmAt - OVERLAP_MS, reread ? again : Infinity);
  const rows = new Map(first.rows.map((row) => [row.id, row]));
  const reaches = (page: readonly CrmThread[]): boolean => reachesBelow(page, state, floor, reread);
  let whole = first.nextCursor === undefined || reaches(first.rows);
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES && !whole; page++) {
    // From the top again, in large pages: how a cursor takes another page size is not known.
    const next: Outcome<ExportPage> = yield* ask(
      exportEmails({ locationId: connection.location, limit: LARGE_PAGE, ...(cursor === undefined ? {} : { cursor }) }),
    );
    // It was too slow for the cursor: the next pass begins again, and what was read is taken up meanwhile.
    if (next.kind === 'refused' && next.failure.code === 'crm.cursor-expired') break;
    const { threads, nextCursor } = expect('crm', next);
    // A thread that changes while paging comes again further up; the first sight of it is the newest.
    for (const row of threads) if (!rows.has(row.id)) rows.set(row.id, row);
    cursor = nextCursor;
    whole = cursor === undefined || reaches(threads);
  }
  return taken(state, [...rows.values()], whole);
}

/** Does the page end below what was read before? Without times, where it meets a thread that is known as it stands. */
function reachesBelow(page: readonly CrmThread[], state: State, floor: number, reread: boolean): boolean {
  if (page.length === 0) return true;
  const times = page.flatMap(({ dateUpdated }) => (dateUpdated === undefined ? [] : [dateUpdated]));
  if (times.length > 0) return Math.min(...times) < floor;
  if (!reread) return page.some((row) => isKnown(state, row));
  return page.every((row) => isKnown(state, row) || row.dateAdded < floor);
}

function isKnown({ seen }: State, { emailIds }: CrmThread): boolean {
  return emailIds.length > 0 && emailIds.every((id) => seen.has(shortHash(id)));
}

/** So many as one pass can take, the earliest change first. */
function taken(state: State, rows: readonly CrmThread[], whole: boolean): Rows {
  const forgotten = state.head.crmAt - (SEEN_DAYS - 1) * DAY_MS;
  let waiting = 0;
  for (const { reason } of state.items.values()) if (reason === 'next-pass') waiting += 1;
  let room = waiting < MOST_WAITING ? MOST_FRESH : 0;
  const chosen: CrmThread[] = [];
  let left = false;
  for (const row of [...rows].reverse()) {
    // So old that it was dealt with and has been forgotten since.
    if (row.dateUpdated !== undefined && row.dateUpdated < forgotten) continue;
    const open = row.emailIds.filter((id) => !state.seen.has(shortHash(id)));
    const fresh = open.filter((id) => !state.items.has(`e:${id}`)).length;
    if (fresh > 0 && room <= 0) left = true;
    else if (open.length > 0) {
      room -= fresh;
      chosen.push(row);
    }
  }
  return { rows: chosen.reverse(), whole: whole && !left };
}

/** Threads of the newest page that are known as they stand do not become unknown as long as they are on it. */
export function withSightings(state: State, rows: readonly CrmThread[], today: number): State {
  const seen = new Map(state.seen);
  let changed = false;
  for (const row of rows.slice(0, EXPORT_ROWS)) {
    if (!isKnown(state, row)) continue;
    for (const id of row.emailIds) {
      const hash = shortHash(id);
      changed ||= seen.get(hash) !== today;
      seen.set(hash, today);
    }
  }
  return changed ? { ...state, seen } : state;
}
