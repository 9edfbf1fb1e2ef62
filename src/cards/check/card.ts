/** What a check came to (S8): how many of how many mails are on both sides, and each that is not, by name. */
import type { Format } from '../format';
import { section, text, type ActionButton, type Card, type Section, type Widget } from '../model';
import type { Words } from '../words';
import type { CheckedLink, MissingRow } from './read';

export interface CheckShown {
  readonly checked: readonly CheckedLink[];
  /** Of all active threads. */
  readonly of: number;
  /** Where the next part of them begins; undefined where these are the last. */
  readonly next?: number;
}

const MOST_NAMED = 30;

export function checkCard(words: Words, { checked, of, next }: CheckShown, format: Format): Card {
  const { check, buttons: names } = words;
  const read = checked.flatMap(({ compared }) => (compared === undefined ? [] : [compared]));
  const both = read.reduce((sum, compared) => sum + compared.both, 0);
  const left = read.flatMap((compared) => compared.left);
  const deleted = left.filter(({ rule }) => rule === 'X4').length;
  const missing = checked.flatMap((one) => one.missing);
  const known = read.reduce((sum, compared) => sum + compared.missing.length, 0) - missing.length;
  const apart = left.length - deleted + known;
  const unread = checked.length - read.length;
  const earlier = checked.reduce((sum, one) => sum + one.earlier, 0);
  const rows: Widget[] = [
    {
      kind: 'row',
      icon: missing.length === 0 && unread === 0 ? 'check_circle' : 'warning',
      // “0 of 0” would say that all is there.
      text: [{ bold: read.length === 0 ? check.unread(unread) : check.both(both, both + missing.length) }],
      below: checked.length === 1 ? checked[0].subject : check.threads(checked.length, of),
    },
    ...(apart > 0 ? [text([{ quiet: check.apart(apart) }])] : []),
    ...(deleted > 0 ? [text([{ quiet: check.deleted(deleted) }])] : []),
    ...(earlier > 0 ? [text([{ quiet: check.earlier(earlier) }])] : []),
    ...(unread > 0 && read.length > 0 ? [text(check.unread(unread))] : []),
  ];
  const more: ActionButton[] =
    next === undefined ? [] : [{ text: check.next, do: 'check.all', parameters: { from: String(next) } }];
  const repair: ActionButton = {
    text: check.repair,
    do: 'check.repair',
    filled: true,
    parameters: { of: idsOf(checked) },
  };
  const [main, other] = [...(missing.length > 0 ? [repair] : []), ...more];
  return {
    name: 'check',
    title: check.title,
    sections: [...section(undefined, rows), ...missingSection(words, missing, format)],
    footer:
      main === undefined
        ? { main: { text: names.syncNow, do: 'sync.now', filled: true } }
        : { main, ...(other === undefined ? {} : { other }) },
  };
}

function missingSection({ check, thread }: Words, missing: readonly MissingRow[], format: Format): Section[] {
  const rows = missing.slice(0, MOST_NAMED).map((one): Widget => ({
    kind: 'row',
    icon: 'mail',
    above: `${one.who === '' ? thread.you : one.who} · ${format.ago(one.at)}`,
    text: one.subject === '' ? check.unnamed : one.subject,
    below: one.where === 'crm' ? check.notInCrm : check.notInGmail,
  }));
  const rest = missing.length - rows.length;
  return section(check.missing, [...rows, ...(rest > 0 ? [text([{ quiet: check.more(rest) }])] : [])]);
}

/** The threads that a repair looks at again: what is missing is read anew, and not taken from the card. */
function idsOf(checked: readonly CheckedLink[]): string {
  return checked
    .filter(({ missing }) => missing.length > 0)
    .map(({ link }) => link.crm)
    .join(' ');
}
