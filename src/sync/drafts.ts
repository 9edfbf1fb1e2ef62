/** Reading what tells of a delivery: the drafts of the mailbox, and what was sent since, both with their markers (X3). */
import { ask, askAll, type Outcome, type Task } from '../platform/exchange';
import { getDraft, listDrafts } from '../gmail/drafts';
import { MARKER_HEADER } from '../gmail/mime/write';
import { getHeaders, listMessages } from '../gmail/messages';
import type { Draft, GmailHeaders, HistoryChange } from '../gmail/types';
import { expect } from './host';
import type { DraftView, SentView } from './plan/delivery';

/** The add-on's drafts are minutes old, so they are among the newest. */
const MOST_DRAFTS = 200;
/** Where the history is gone: the newest of Sent. */
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
    const view = { id, message: headers.id, thread: headers.threadId, marker: markerIn(headers) };
    views.set(`${id} ${message.id}`, view);
  });
  return newest.flatMap(({ id, message }) => views.get(`${id} ${message.id}`) ?? []);
}

/** Of these changes (undefined where the history is gone) those that were sent with a marker. */
export function* readSent(changes: readonly HistoryChange[] | undefined): Task<readonly SentView[]> {
  const ids =
    changes === undefined
      ? expect('gmail', yield* ask(listMessages({ labelIds: ['SENT'], includeSpamTrash: true })))
          .messages.slice(0, MOST_SENT)
          .map(({ id }) => id)
      : changes.filter(({ labelIds }) => labelIds.includes('SENT')).map(({ id }) => id);
  const read = yield* askAll(ids.map((id) => getHeaders(id, [MARKER_HEADER])));
  return read.flatMap((outcome) => {
    if (outcome.kind === 'refused') return [];
    const headers = expect('gmail', outcome);
    const marker = markerIn(headers);
    // A draft that was edited may show among the messages, but it was not sent.
    if (marker === undefined || !headers.labelIds.includes('SENT')) return [];
    return [{ id: headers.id, threadId: headers.threadId, marker }];
  });
}

function markerIn({ headers }: GmailHeaders): string | undefined {
  const marker = headers.find(({ name }) => name.toLowerCase() === MARKER_HEADER.toLowerCase())?.value.trim();
  return marker === '' ? undefined : marker;
}
