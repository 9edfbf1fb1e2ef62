/** Activity (S7): everything that waits or is set aside, with its reason and what can be done, and the latest receipts. */
import type { Item, Receipt } from '../sync/state';
import type { SyncView } from '../sync/view';
import { buttons, section, text, type Card, type IconName, type Widget } from './model';
import type { Format } from './format';
import { newOnceId } from './once';
import { adviceFor, type Advice, type Words } from './words';

/** An item takes two widgets, a held one three, and a card holds 100 (facts, platform 5.1). */
const MOST_ITEMS = 22;
const MOST_RECEIPTS = 30;

export function activityCard(words: Words, view: SyncView, format: Format): Card {
  const { activity } = words;
  const items = [...view.held, ...view.parked, ...view.waiting];
  const retryable = view.parked.length > 0;
  return {
    name: 'activity',
    title: activity.title,
    subtitle: view.connection.locationName,
    sections: [
      ...section(
        activity.attention,
        items.length === 0
          ? [text([{ quiet: activity.none }])]
          : [
              ...items.slice(0, MOST_ITEMS).flatMap((item) => itemWidgets(words, item, format)),
              ...(items.length > MOST_ITEMS ? [text(activity.more(items.length - MOST_ITEMS))] : []),
              ...(retryable ? [buttons({ text: words.buttons.retryAll, do: 'items.retry' })] : []),
            ],
      ),
      ...section(activity.tools, [
        buttons(
          { text: words.buttons.preview, do: 'preview.show' },
          { text: words.buttons.checkAll, do: 'check.all' },
          ...(view.receipts.length === 0
            ? []
            : [{ text: words.buttons.export, do: 'activity.export', parameters: { once: newOnceId() } }]),
        ),
      ]),
      ...section(
        activity.latest,
        view.receipts.length === 0
          ? [text([{ quiet: activity.nothing }])]
          : view.receipts.slice(0, MOST_RECEIPTS).map((receipt) => receiptRow(words, receipt, format)),
      ),
    ],
  };
}

/** Which mail an item is, as far as its key tells: no subject is kept of it. */
export function itemWhat({ activity }: Words, { key }: Pick<Item, 'key'>): string {
  return key.startsWith('e:') ? activity.fromCrm : activity.fromGmail;
}

export function reasonOf({ reasons, problems }: Words, { reason }: Pick<Item, 'reason'>): Advice {
  return adviceFor(reasons, reason, problems.unexpected);
}

function itemWidgets(words: Words, item: Item, format: Format): Widget[] {
  const { activity } = words;
  const { what, advice } = reasonOf(words, item);
  const until = item.next > 0 ? activity.nextTry(format.clock(item.next)) : activity.onlyYou;
  return [
    {
      kind: 'row',
      icon: item.state === 'waiting' ? 'schedule' : item.state === 'held' ? 'error' : 'warning',
      above: `${itemWhat(words, item)} · ${activity.since(format.clock(item.since))}`,
      text: sentence(what),
      below: until,
      ...(item.state === 'parked'
        ? { button: { text: words.buttons.retry, do: 'item.retry', parameters: { key: item.key } } }
        : {}),
    },
    text([{ quiet: advice }]),
    ...(item.state === 'held' ? [decision(words, item)] : []),
  ];
}

/** "Was this sent?" is the user's to answer (X3). */
export function decision({ buttons: names }: Words, { key }: Item): Widget {
  const parameters = { key };
  return buttons(
    { text: names.wasSent, do: 'item.sent', parameters },
    { text: names.sendOnceMore, do: 'item.again', parameters },
  );
}

function receiptRow(words: Words, { what, direction, rule, at, key }: Receipt, format: Format): Widget {
  const { activity, rules } = words;
  const did = activity.did[what] ?? activity.did.mirrored;
  const why = what === 'left' || what === 'gone' ? rules[rule] : undefined;
  return {
    kind: 'row',
    icon: iconOf(what, direction),
    above: itemWhat(words, { key }),
    text: why === undefined ? did : `${did}: ${why}`,
    below: format.ago(at),
  };
}

function iconOf(what: Receipt['what'], direction: Receipt['direction']): IconName {
  if (what === 'left' || what === 'gone' || what === 'removed') return 'block';
  if (direction === '') return 'link';
  return direction === 'inbound' ? 'inbox' : 'outbox';
}

/** A reason stands after a colon elsewhere; on its own it begins with a capital. */
function sentence(what: string): string {
  return what.charAt(0).toUpperCase() + what.slice(1);
}
