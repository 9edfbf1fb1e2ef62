/** The rows of a thread's mails: whose, when, and what became of each. */
import type { CrmEmail } from '../../crm/types';
import { lostFilesOf, lostFilesOfCopy, type LostFile } from '../../sync/lost-files';
import type { MessageView } from '../../sync/observed';
import { altIdFor } from '../../sync/push';
import type { Item, Link } from '../../sync/state';
import type { SyncView } from '../../sync/view';
import { decision, reasonOf } from '../activity';
import type { Format } from '../format';
import { section, text, type IconName, type Section, type Widget } from '../model';
import { adviceFor, type Words } from '../words';
import type { ThreadReading } from './read';
import { stateOf, type MessageState } from './state';

export interface Shown {
  readonly view: SyncView;
  readonly link: Link;
  readonly reading: ThreadReading;
  readonly format: Format;
}

const MOST_MESSAGES = 40;
const MOST_FILES = 15;

export function messageSections(words: Words, shown: Shown): Section[] {
  const { view, link, reading } = shown;
  const messages = reading.messages ?? [];
  const latest = messages.slice(-MOST_MESSAGES).reverse();
  const lost = new Map(latest.map((message) => [message.id, lostOf(message, shown)]));
  // A card has room for so many lines.
  let room = MOST_FILES;
  const rows = latest.flatMap((message): Widget[] => {
    const files = (lost.get(message.id) ?? []).slice(0, room);
    room -= files.length;
    const state = stateOf(message, view, link, reading.emails);
    return [messageRow(words, shown, message, state), ...files.map((file) => fileRow(words, file))];
  });
  const earlier = messages.length - latest.length;
  return [
    ...section(words.thread.waitingOnes, onTheWay(words, shown)),
    ...section(words.thread.messages, [
      ...(reading.messages === undefined ? [text(words.thread.gmailDown)] : []),
      ...rows,
      ...(earlier > 0 ? [text([{ quiet: words.thread.more(earlier) }])] : []),
    ]),
  ];
}

/** What of a mail's files did not go along (M4): a copy says so itself, of a logged mail the CRM's e-mail does. */
function lostOf(message: MessageView, { view, reading }: Shown): readonly LostFile[] {
  if (message.mail.marker !== undefined) return lostFilesOfCopy(message.mail);
  const altId = altIdFor(view.connection, message);
  const email = [...reading.emails.values()].find((candidate) => candidate.altId === altId);
  return email === undefined ? [] : lostFilesOf(email);
}

function fileRow({ thread }: Words, { name, size, reason }: LostFile): Widget {
  const length =
    size === 0 ? '' : size < 1_000_000 ? `${Math.ceil(size / 1000)} KB` : `${(size / 1_000_000).toFixed(1)} MB`;
  return { kind: 'row', icon: 'attach_file', text: thread.lostFile(name, length), below: thread.lostReasons[reason] };
}

/** E-mails of the CRM that have no copy in Gmail yet. */
function onTheWay(words: Words, shown: Shown): Widget[] {
  const { view, link } = shown;
  return [...view.held, ...view.parked, ...view.waiting]
    .filter(({ key, thread }) => key.startsWith('e:') && thread === link.crm)
    .slice(0, 10)
    .flatMap((item): Widget[] => [
      { kind: 'row', icon: item.state === 'held' ? 'error' : 'schedule', ...itemLines(words, shown, item) },
      ...(item.state === 'held' ? [decision(words, item)] : []),
    ]);
}

function messageRow(
  words: Words,
  shown: Shown,
  { id, mail, date, labelIds }: MessageView,
  state: MessageState,
): Widget {
  const who = labelIds.includes('SENT') ? words.thread.you : mail.from.name || mail.from.email;
  const above = `${who} · ${shown.format.ago(date)}`;
  const [icon, line] = lineOf(words, state);
  if (state.kind === 'item') return { kind: 'row', icon, above, ...itemLines(words, shown, state.item) };
  const row = { kind: 'row', icon, above, text: line, below: trackingOf(words, state) } as const;
  if (state.kind !== 'left' || !GOES_BY_CLICK.includes(state.rule)) return row;
  const parameters = { crm: shown.link.crm, key: `g:${id}` };
  return { ...row, button: { text: words.buttons.logThis, do: 'message.push', parameters } };
}

/** Left by these rules a message goes when the user says so (T2, T8); by others the user has said no to it in person. */
const GOES_BY_CLICK = ['T2', 'T8', 'T8-internal'];

function lineOf({ thread, rules, problems }: Words, state: MessageState): [IconName, string] {
  switch (state.kind) {
    case 'copy':
      return ['check_circle', state.email?.direction === 'inbound' ? thread.receivedByCrm : thread.fromCrm];
    case 'pushed':
      return ['check_circle', thread.toCrm];
    case 'both':
      return ['check_circle', thread.both];
    case 'left':
      return ['block', thread.left(rules[state.rule] ?? problems.unexpected.what)];
    case 'item':
      return [state.item.state === 'waiting' ? 'schedule' : 'warning', ''];
    case 'draft':
      return ['draft', thread.draft];
    case 'spam':
      return ['block', thread.spam];
    case 'trash':
      return ['block', thread.trash];
    case 'before':
      return ['info', thread.before];
    case 'next':
      return ['schedule', thread.next];
    case 'settled':
      return ['info', thread.settled];
  }
}

function trackingOf({ thread }: Words, state: MessageState): string | undefined {
  if (state.kind === 'pushed') return state.outbound ? thread.untracked : undefined;
  if (state.kind !== 'copy' || state.email === undefined || state.email.direction === 'inbound') return undefined;
  return tracked(thread.tracking, state.email);
}

/** A status that is not known is not shown; of a failure what the CRM says of it. */
function tracked(words: Readonly<Record<string, string>>, { status, error }: CrmEmail): string | undefined {
  if (!Object.prototype.hasOwnProperty.call(words, status)) return undefined;
  return error === undefined ? words[status] : `${words[status]}: ${error}`;
}

function itemLines(
  words: Words,
  { format }: Shown,
  item: Item,
): Pick<Extract<Widget, { kind: 'row' }>, 'text' | 'below' | 'button'> {
  const { what } = reasonOf(words, item);
  const { advice } = adviceFor(words.reasons, item.reason, words.problems.unexpected);
  const { thread } = words;
  if (item.state === 'waiting') {
    const until = item.next > format.now ? format.clock(item.next) : '';
    return { text: thread.waiting(what, until), below: advice };
  }
  if (item.state === 'held') return { text: thread.held(what), below: advice };
  return {
    text: thread.parked(what),
    below: advice,
    button: { text: words.buttons.retry, do: 'item.retry', parameters: { key: item.key } },
  };
}
