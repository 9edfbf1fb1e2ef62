/** users.history (facts, platform 3.3). */
import { nextHistoryId } from '../mailbox/ids';
import { labelExists } from '../mailbox/labels';
import type { GmailContext, HistoryKind, HistoryRecord, Mailbox } from '../state';
import { badRequest, notFound } from '../rest/errors';
import type { Call, Json } from '../rest/call';

const DAY_MS = 86_400_000;
const KINDS: readonly HistoryKind[] = ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'];
const FIELDS: Readonly<Record<Exclude<HistoryKind, 'none'>, string>> = {
  messageAdded: 'messagesAdded',
  messageDeleted: 'messagesDeleted',
  labelAdded: 'labelsAdded',
  labelRemoved: 'labelsRemoved',
};

export function listHistory(call: Call): Json {
  const { context, mailbox } = call;
  const start = readStart(call);
  const size = call.number('maxResults', 100, 500);
  const kinds = readKinds(call);
  const label = call.text('labelId');
  if (label !== undefined && !labelExists(mailbox, label)) throw badRequest(`Invalid label: ${label}`);
  const token = call.text('pageToken');
  const after = token === undefined || token === '' ? start : readToken(mailbox, token, start);
  const fits = (record: HistoryRecord) =>
    (kinds.length === 0 || kinds.includes(record.kind)) &&
    (label === undefined || record.message.labelIds.includes(label) || record.changed?.includes(label) === true);

  const found: HistoryRecord[] = [];
  let index = firstAfter(mailbox, after);
  const end = visibleCount(context, mailbox);
  for (; index < end && found.length < size; index++) {
    if (fits(mailbox.history[index])) found.push(mailbox.history[index]);
  }
  let next: bigint | undefined;
  for (; index < end && next === undefined; index++) {
    if (fits(mailbox.history[index])) next = found.at(-1)?.id;
  }
  if (context.switches().gmailEmptyHistoryPage && found.length > 0 && (token === undefined || token === '')) {
    return { nextPageToken: String(start), historyId: String(pageHistoryId(context, mailbox, true, start)) };
  }
  const records = found.length === 0 ? {} : { history: found.map(show) };
  const paged = next !== undefined || (token !== undefined && token !== '');
  // Each page has another historyId, and that of a page which is not the last skips what the next pages hold.
  const historyId = String(pageHistoryId(context, mailbox, paged, start));
  return { ...records, historyId, ...(next === undefined ? {} : { nextPageToken: String(next) }) };
}

/** How many records can be read by now. */
function visibleCount({ clock, switches }: GmailContext, mailbox: Mailbox): number {
  const lag = switches().gmailHistoryLagMs;
  return lag === 0 ? mailbox.history.length : search(mailbox, ({ at }) => at <= clock.now - lag);
}

/** Never beyond a record that cannot be read yet. */
function pageHistoryId(context: GmailContext, mailbox: Mailbox, paged: boolean, start: bigint): bigint {
  const count = visibleCount(context, mailbox);
  if (count === mailbox.history.length) return paged ? nextHistoryId(context, mailbox) : mailbox.historyId;
  const last = count === 0 ? mailbox.historyFloor : mailbox.history[count - 1].id;
  return last > start ? last : start;
}

/** What `getProfile` calls the mailbox's history id. */
export function currentHistoryId(context: GmailContext, mailbox: Mailbox): bigint {
  return pageHistoryId(context, mailbox, false, mailbox.historyFloor);
}

function show({ id, kind, message, changed }: HistoryRecord): Json {
  const base = { id: String(id), messages: [{ id: message.id, threadId: message.threadId }] };
  if (kind === 'none') return base;
  const { labelIds, ...reference } = message;
  const state = { ...reference, ...(labelIds.length === 0 ? {} : { labelIds }) };
  return { ...base, [FIELDS[kind]]: [{ message: state, ...(changed === undefined ? {} : { labelIds: changed }) }] };
}

/** The enum is singular; a plural is refused. */
function readKinds(call: Call): HistoryKind[] {
  return call.query.getAll('historyTypes').map((text) => {
    const kind = KINDS.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
    if (kind === undefined) {
      throw badRequest(`Invalid value at 'history_types' (type.googleapis.com/gmail.v1.HistoryType), "${text}"`);
    }
    return kind;
  });
}

function readStart(call: Call): bigint {
  const text = call.text('startHistoryId');
  if (text === undefined || text === '') throw badRequest('Missing required parameter: startHistoryId');
  if (!/^\d{1,20}$/.test(text)) throw badRequest(`Invalid value at 'start_history_id' (TYPE_UINT64), "${text}"`);
  const start = BigInt(text);
  const { mailbox } = call;
  if (start > mailbox.historyId || start < oldest(call.context, mailbox)) throw notFound();
  return start;
}

/** The oldest id that is still a valid start. */
function oldest({ clock, switches }: GmailContext, mailbox: Mailbox): bigint {
  const since = clock.now - switches().gmailHistoryDays * DAY_MS;
  const index = search(mailbox, (record) => record.at < since);
  const expired = index === 0 ? undefined : mailbox.history[index - 1].id;
  return expired !== undefined && expired > mailbox.historyFloor ? expired : mailbox.historyFloor;
}

function readToken(mailbox: Mailbox, token: string, start: bigint): bigint {
  if (!/^\d{1,20}$/.test(token)) throw badRequest('Invalid pageToken');
  const after = BigInt(token);
  if (after < start || after > mailbox.historyId) throw badRequest('Invalid pageToken');
  return after;
}

function firstAfter(mailbox: Mailbox, id: bigint): number {
  return search(mailbox, (record) => record.id <= id);
}

/** How many records from the beginning on are before; they come in order. */
function search({ history }: Mailbox, before: (record: HistoryRecord) => boolean): number {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(history[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Makes every id that was given so far expire, the current one too. */
export function expireHistory(context: GmailContext, mailbox: Mailbox): void {
  mailbox.historyFloor = nextHistoryId(context, mailbox);
}
