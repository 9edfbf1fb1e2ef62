/**
 * The receipts as a table that the user can keep (S7): a draft to themselves with the file in it, since a card can hand
 * out no file. The ids lead to each mail; no address, subject or text is in it, since the state keeps none.
 */
import { ask } from '../platform/exchange';
import { createDraft } from '../gmail/drafts';
import { htmlFromText } from '../gmail/mime/text';
import { writeMail, writtenMarker } from '../gmail/mime/write';
import type { Receipt } from '../sync/state';
import type { SyncView } from '../sync/view';
import { itemWhat } from './activity';
import type { Context } from './context';
import { connected, say, type Handlers } from './handler';
import { claim, conclude, isOnceId } from './once';
import type { Reply } from './reply';
import type { Format } from './format';
import type { Words } from './words';

export const EXPORT_HANDLERS: Handlers = {
  'activity.export': (context) => connected(context, (view) => exportAll(context, view)),
};

function exportAll(context: Context, view: SyncView): Reply {
  const { words, store, now, format, event } = context;
  const { once } = event.parameters;
  if (!isOnceId(once)) return say(words.activity.notExported);
  const known = claim(store, { id: once, at: now, state: 'begun', print: '', before: 0 });
  if (known === 'busy') return say(words.activity.notExported);
  if (known !== undefined) return say(words.activity.exported);
  const { address } = view.connection;
  const raw = writeMail({
    from: { name: '', email: address },
    to: [{ name: '', email: address }],
    subject: words.activity.exportSubject(format.stamp(now).slice(0, 10)),
    date: now,
    marker: writtenMarker(once),
    html: htmlFromText(words.activity.exportBody),
    attachments: [
      {
        name: `threadlink-${format.stamp(now).slice(0, 10)}.csv`,
        type: 'text/csv',
        base64: Utilities.base64Encode(`\ufeff${tableOf(words, view.receipts, format)}`, Utilities.Charset.UTF_8),
      },
    ],
  });
  const outcome = context.run(ask(createDraft(raw)));
  if (outcome.kind === 'done' || outcome.kind === 'unknown') {
    conclude(store, once, { state: 'done' });
    return say(outcome.kind === 'done' ? words.activity.exported : words.activity.notExported);
  }
  conclude(store, once, undefined);
  return say(words.activity.notExported);
}

/** Comma-separated values (RFC 4180). */
export function tableOf(words: Words, receipts: readonly Receipt[], format: Format): string {
  const { columns, did } = words.activity;
  const rows = receipts.map((receipt) => [
    format.stamp(receipt.at),
    did[receipt.what] ?? did.mirrored,
    words.rules[receipt.rule] ?? '',
    itemWhat(words, receipt),
    receipt.key.slice(2),
  ]);
  const head = [columns.time, columns.what, columns.why, columns.mail, columns.id];
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

/** A spreadsheet takes a cell that begins like this for a formula. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replace(/"/g, '""')}"`;
}
