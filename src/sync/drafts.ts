/** Reading what tells of a delivery: the drafts of the mailbox, and what was sent since, both with their markers (X3). */
import { ask, askAll, type Outcome, type Task } from '../platform/exchange';
import { getDraft, listDrafts } from '../gmail/drafts';
import { MARKER_HEADER } from '../gmail/mime/write';
import { getHeaders, listMessages } from '../gmail/messages';
import type { Draft, GmailHeaders, HistoryChange } from '../gmail/types';
import { expect } from './host';
import type { DraftView, SentView } from './plan/delivery';
import { viewOfHeaders } from './views';

/** The add-on's drafts are minutes old, so they are among the newest. */
const MOST_DRAFTS = 200;
/** Headers of Sent that are read at once. */
const MOST_SENT = 100;
const MOST_PAGES = 10;

/** `known` are drafts whose marker is known, by draft and message id: an edit gives the message another id. */
export function* readDrafts(known: readonly DraftView[] = []): Task<readonly DraftView[]> {
  const drafts: Draft[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const outcome: Outcome<{ drafts: readonly Draft[]; nextPageToken?: string }> = yield* ask(listDrafts(token));
    const list = expect('gmail', outcome);
    drafts.push(...list.drafts);
    token = list.nextPageToken;
    if (token === undefined) break;
  }
  drafts.sort((a, b) => b.message.id.length - a.message.id.length || (a.message.id < b.message.id ? 1 : -1));
  const newest = drafts.slice(0, MOST_DRAFTS);
  const views = new Map(known.map((view) => [`${view.id} ${view.message}`, view]));
  const unknown = newest.filter(({ id, message }) => !views.has(`${id} ${message.id}`));
  const read = yield* askAll(unknown.map(({ id }) => getDraft(id)));
  unknown.forEach(({ id, message }, index) => {
    const outcome = read[index];
    // Gone since the list: then it is no draft any more.
    if (outcome.kind === 'refused') return;
    const { message: headers } = expect('gmail', outcome);
    const letter = viewOfHeaders(headers);
    views.set(`${id} ${message.id}`, {
      id,
      message: letter.id,
      thread: letter.threadId,
      marker: markerIn(headers),
      letter,
    });
  });
  return newest.flatMap(({ id, message }) => views.get(`${id} ${message.id}`) ?? []);
}

/** Of these changes those that were sent with a marker. */
export function* readSent(changes: readonly HistoryChange[]): Task<readonly SentView[]> {
  const ids = changes.filter(({ labelIds }) => labelIds.includes('SENT')).map(({ id }) => id);
  return (yield* headersOf(ids, [MARKER_HEADER])).flatMap(sentView);
}

/** The newest of Sent, back to that time: where no history tells. By label, since a search may lag (facts, reliability 0.2). */
export function* readSentBack(since: number): Task<readonly SentView[]> {
  return (yield* sentBack(since, [MARKER_HEADER])).flatMap(sentView);
}

/** With the headers of these names. */
export function* sentBack(since: number, names: readonly string[]): Task<readonly GmailHeaders[]> {
  const outcome = yield* ask(listMessages({ labelIds: ['SENT'], includeSpamTrash: true }));
  const ids = expect('gmail', outcome).messages.map(({ id }) => id);
  const found: GmailHeaders[] = [];
  for (let from = 0; from < ids.length; from += MOST_SENT) {
    const read = yield* headersOf(ids.slice(from, from + MOST_SENT), names);
    found.push(...read);
    if (read.some(({ internalDate }) => internalDate < since)) break;
  }
  return found;
}

/** Without those that are not there any more, which is believed when it is said twice. */
function* headersOf(ids: readonly string[], names: readonly string[]): Task<readonly GmailHeaders[]> {
  const found: GmailHeaders[] = [];
  let wanted = ids;
  for (let look = 0; look < 2 && wanted.length > 0; look++) {
    const outcomes: readonly Outcome<GmailHeaders>[] = yield* askAll(wanted.map((id) => getHeaders(id, names)));
    const gone = wanted.filter((_, index) => outcomes[index].kind === 'refused');
    for (const outcome of outcomes) if (outcome.kind !== 'refused') found.push(expect('gmail', outcome));
    wanted = gone;
  }
  return found;
}

/** A draft that was edited may show among the messages, but it was not sent. */
function sentView(headers: GmailHeaders): SentView[] {
  const marker = markerIn(headers);
  if (marker === undefined || !headers.labelIds.includes('SENT')) return [];
  return [{ id: headers.id, threadId: headers.threadId, marker }];
}

function markerIn({ headers }: GmailHeaders): string | undefined {
  const marker = headers.find(({ name }) => name.toLowerCase() === MARKER_HEADER.toLowerCase())?.value.trim();
  return marker === '' ? undefined : marker;
}
