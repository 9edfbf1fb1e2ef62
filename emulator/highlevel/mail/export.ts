/** GET /conversations/messages/export (facts, highlevel 5.4). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest } from '../api/errors';
import type { Crm } from '../crm';
import { indexed } from '../lagging-index';
import type { ExportCursor, Thread } from '../state';
import { messageView } from './views';

/** A cursor dies so long after its last use (facts, highlevel 5.4). */
const CURSOR_LIFE_MS = 120_000;

const CHANNELS = ['Call', 'SMS', 'Email', 'WhatsApp', 'Instagram', 'Facebook'] as const;

export const EXPORT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/conversations/messages/export',
    scope: 'conversations/message.readonly',
    handle: exportMessages,
  },
];

function exportMessages(call: Call): Reply {
  const { crm, query } = call;
  const fields = call.queryFields();
  fields.text('locationId');
  const limit = fields.count('limit', 100, 10, crm.switches.exportMaxLimit);
  const channel = fields.oneOf('channel', CHANNELS);
  const sortBy = fields.oneOf('sortBy', ['createdAt', 'updatedAt']) ?? 'createdAt';
  const sign = (fields.oneOf('sortOrder', ['asc', 'desc']) ?? 'desc') === 'asc' ? 1 : -1;
  const startDate = dateIn(call, 'startDate');
  const endDate = dateIn(call, 'endDate');
  fields.done();
  const key = (thread: Thread) => (sortBy === 'updatedAt' ? thread.updatedAt : thread.dateAdded);
  // Without `channel=Email` the export gives everything but e-mail, and this CRM has nothing else.
  const wanted = (thread: Thread) => {
    if (channel !== 'Email') return false;
    if (crm.switches.exportMessageTypes !== 'all' && thread.messageType !== crm.switches.exportMessageTypes)
      return false;
    if (query.has('conversationId') && query.get('conversationId') !== thread.conversationId) return false;
    if (query.has('contactId') && query.get('contactId') !== thread.contactId) return false;
    const date = crm.switches.exportDateFilter === 'updated' ? thread.updatedAt : thread.dateAdded;
    return (startDate === undefined || date >= startDate) && (endDate === undefined || date <= endDate);
  };

  const before = cursorOf(call);
  const now = crm.clock.now;
  let rows = before?.rows;
  if (rows === undefined) {
    const found: Thread[] = [];
    for (const row of indexed(crm.state.exportIndex, now, crm.switches.exportLagMs).values()) {
      if (wanted(row)) found.push(row);
    }
    // Ties in no promised order: here by id, which says nothing about time.
    rows = found.sort((a, b) => sign * (key(a) - key(b)) || (a.id < b.id ? -1 : 1));
  }
  const total = rows.length;
  const after = before?.after;
  const from =
    after === undefined
      ? 0
      : rows.findIndex((row) => {
          const order = sign * (key(row) - after.key) || (row.id < after.id ? -1 : row.id > after.id ? 1 : 0);
          return order > 0;
        });
  const page = from === -1 ? [] : rows.slice(from, from + limit);
  const more = from !== -1 && from + limit < total;
  const last = page[page.length - 1];
  const nextCursor = more ? keepCursor(crm, call, { key: key(last), id: last.id }, rows) : null;
  return ok({ messages: page.map((row) => messageView(crm, row)), nextCursor, total, traceId: call.traceId });
}

function cursorOf(call: Call): ExportCursor | undefined {
  const { crm, query } = call;
  const name = query.get('cursor');
  if (name === null || name === '') return undefined;
  const cursor = crm.state.exportCursors.get(name);
  if (cursor === undefined || cursor.lastUsedAt + CURSOR_LIFE_MS < crm.clock.now) {
    crm.state.exportCursors.delete(name);
    throw badRequest('Cursor is invalid or has expired');
  }
  if (cursor.query !== queryOf(call)) throw badRequest('Cursor does not belong to this query');
  crm.state.exportCursors.set(name, Object.freeze({ ...cursor, lastUsedAt: crm.clock.now }));
  return cursor;
}

function keepCursor(crm: Crm, call: Call, after: ExportCursor['after'], rows: readonly Thread[]): string {
  const { exportCursors } = crm.state;
  for (const [name, { lastUsedAt }] of exportCursors) {
    if (lastUsedAt + CURSOR_LIFE_MS < crm.clock.now) exportCursors.delete(name);
  }
  const name = crm.ids.alphanumeric(40);
  const snapshot = crm.switches.exportCursor === 'snapshot' ? { rows: Object.freeze(rows) } : {};
  const cursor: ExportCursor = {
    lastUsedAt: crm.clock.now,
    query: queryOf(call),
    after: Object.freeze(after),
    ...snapshot,
  };
  exportCursors.set(name, Object.freeze(cursor));
  return name;
}

/** A cursor goes on with the query that it came from; only the limit may differ. */
function queryOf({ query }: Call): string {
  const rest = [...query].filter(([name]) => name !== 'cursor' && name !== 'limit');
  return JSON.stringify(rest.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** ISO, `YYYY-MM-DD` and milliseconds are all in use (facts, highlevel 5.4). */
function dateIn(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === null || text === '') return undefined;
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(time)) throw badRequest(`${name} must be a valid date`);
  return time;
}
