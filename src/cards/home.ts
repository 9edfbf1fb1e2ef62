/** The homepage (S1): one line while all is well; what is the matter, why and what helps where it is not. */
import type { SyncView } from '../sync/view';
import { reconnectButton, reconnectSections } from './connect';
import { addressRow, beatLine, connectionRows } from './connection';
import type { Format } from './format';
import { buttons, section, text, type Card, type Section, type Widget } from './model';
import { gmailLink, type RecentThread } from './recent';
import { adviceFor, type Words } from './words';

export interface Home {
  readonly view: SyncView;
  readonly recent: readonly RecentThread[];
  /** The regular run was dead and has been started again (G3). */
  readonly revived: boolean;
  /** A pass is under way. */
  readonly running: boolean;
  readonly format: Format;
}

const DAY_MS = 86_400_000;
const RECONNECT = ['crm-token', 'crm-scope', 'crm-location', 'crm-sign-in', 'crm-renewal', 'crm-consent'];

export function homeCard(words: Words, home: Home): Card {
  const { view } = home;
  const reconnect = RECONNECT.includes(view.trouble);
  const { connection } = view;
  return {
    name: 'home',
    title: words.name,
    subtitle: connection.locationName,
    sections: [
      ...section(undefined, status(words, home)),
      ...(reconnect ? reconnectSections(words, connection) : []),
      ...section(words.home.today, today(words, view)),
      ...section(words.home.recent, recentRows(words, home)),
      connectionSection(words, view),
    ],
    footer: reconnect
      ? { main: reconnectButton(words, connection), other: { text: words.buttons.settings, do: 'settings.show' } }
      : {
          main: { text: words.buttons.syncNow, do: 'sync.now', filled: true },
          other: { text: words.buttons.settings, do: 'settings.show' },
        },
  };
}

function status(words: Words, home: Home): Widget[] {
  const { view, revived, format } = home;
  const below = beatLine(words, view, format);
  const [first, ...more] = whatIsUp(words, home);
  return [
    first.kind === 'row' ? { ...first, below } : first,
    ...more,
    ...(view.mended ? mendedRows(words) : []),
    ...(view.slow === '' ? [] : [text([{ quiet: words.home.slow[view.slow] }])]),
    // Where something is not in step, what to do about it has been said already.
    ...(view.cadence === 60 && view.standing === 'in-step' ? [text([{ quiet: words.home.hourly }])] : []),
    ...(revived ? [text([{ quiet: words.home.revived }])] : []),
  ];
}

/** One line while all is well; what is the matter and what helps where it is not. */
function whatIsUp(words: Words, { view, running, format }: Home): [Widget, ...Widget[]] {
  const trouble = view.trouble === '' && view.cadence === 0 ? 'timer-none' : view.trouble;
  const rows = [...countRows(words, view, format), ...warnings(words, view, format.now)];
  if (trouble !== '') {
    const { what, advice } = adviceFor(words.troubles, trouble, words.problems.unexpected);
    return [{ kind: 'row', icon: 'warning', text: [{ bold: what }] }, text(advice), ...rows];
  }
  const standing = running ? 'running' : view.standing;
  if (standing !== 'in-step') {
    const { what, advice } = words.home.standing[standing];
    return [{ kind: 'row', icon: 'sync', text: [{ bold: what }] }, text([{ quiet: advice }]), ...rows];
  }
  const [first, ...more] = rows;
  return first === undefined
    ? [{ kind: 'row', icon: 'check_circle', text: [{ bold: words.home.inStep }] }]
    : [first, ...more];
}

function countRows({ home, buttons: names }: Words, { held, parked, waiting }: SyncView, format: Format): Widget[] {
  const button = { text: names.show, do: 'activity.show' };
  const rows: Widget[] = [];
  if (held.length > 0) rows.push({ kind: 'row', icon: 'error', text: home.held(held.length), button });
  if (parked.length > 0) rows.push({ kind: 'row', icon: 'warning', text: home.parked(parked.length), button });
  // Gmail's daily limit takes hours, so when it ends is said at once (X9).
  const capped = waiting.filter(({ reason }) => reason === 'sending-cap');
  const others = waiting.length - capped.length;
  if (capped.length > 0) {
    const until = format.clock(Math.min(...capped.map(({ next }) => next)));
    rows.push({ kind: 'row', icon: 'schedule', text: home.capped(capped.length, until), button });
  }
  if (others > 0) rows.push({ kind: 'row', icon: 'schedule', text: home.waiting(others), button });
  return rows;
}

function mendedRows({ troubles }: Words): Widget[] {
  const { what, advice } = troubles['store-damaged'];
  return [{ kind: 'row', icon: 'info', text: what }, text([{ quiet: advice }])];
}

/** Mail of the last day that somebody should look at in the CRM's own settings (R7, R10). */
function warnings(words: Words, view: SyncView, now: number): Widget[] {
  const stands = (rule: string): boolean =>
    rule === 'R7' ? view.ownSync : view.receipts.some((receipt) => receipt.rule === rule && now - receipt.at < DAY_MS);
  return Object.entries(words.warnings).flatMap(([rule, { what, advice }]): Widget[] =>
    stands(rule)
      ? [
          { kind: 'row', icon: 'warning', text: [{ bold: what }] },
          text(advice),
          ...(rule === 'R7' ? [buttons({ text: words.buttons.ownSyncOff, do: 'ownsync.off' })] : []),
        ]
      : [],
  );
}

function today(words: Words, view: SyncView): Widget[] {
  const { mirrored, delivered, pushed } = view.today;
  const { home } = words;
  const rows: Widget[] = [];
  if (mirrored > 0) rows.push({ kind: 'row', icon: 'inbox', text: home.fromCrm(mirrored) });
  if (delivered > 0) rows.push({ kind: 'row', icon: 'outbox', text: home.delivered(delivered) });
  if (pushed > 0) rows.push({ kind: 'row', icon: 'sync', text: home.toCrm(pushed) });
  if (rows.length === 0) rows.push(text([{ quiet: home.nothingToday }]));
  const former = view.links.filter(({ stopped }) => stopped === 'former-address').length + view.restingFormer;
  if (former > 0) rows.push({ kind: 'row', icon: 'link_off', text: home.formerThreads(former) });
  return rows;
}

function recentRows(words: Words, { view, recent, format }: Home): Widget[] {
  if (recent.length === 0) return [text([{ quiet: words.home.noThreads }])];
  return recent.map(({ id, subject, partner, count, touched, stopped }) => ({
    kind: 'row',
    icon: stopped ? 'link_off' : 'mail',
    above: partner === '' ? undefined : partner,
    text: subject === '' ? words.home.unnamedThread : subject,
    below: `${words.home.thread(count)} · ${format.ago(touched)}`,
    url: gmailLink(view.connection.mailbox, id),
  }));
}

function connectionSection(words: Words, { connection }: SyncView): Section {
  return {
    title: words.home.connection,
    widgets: [
      addressRow(words, connection),
      ...connectionRows(words, connection),
      buttons({ text: words.buttons.activity, do: 'activity.show' }),
    ],
    open: 1,
  };
}
