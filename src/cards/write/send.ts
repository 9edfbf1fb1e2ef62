/**
 * Sending a mail from the sidebar, once (S5, X3): its single-use id is in the store, then its draft is made, and the
 * draft, which Gmail sends only once, is the token of the send. Whatever answer is lost, afterwards it is only read what
 * became of the draft; it is sent again by another click alone, and then as the same draft.
 */
import { ask, type Failure, type Outcome, type Task } from '../../platform/exchange';
import { shortHash } from '../../platform/hash';
import { createDraft, getDraft, sendDraft } from '../../gmail/drafts';
import { getThreadHeaders } from '../../gmail/messages';
import type { OutgoingMail } from '../../gmail/mime/types';
import { MARKER_HEADER, writeMail, writtenMarker } from '../../gmail/mime/write';
import type { Draft, GmailHeaders, GmailRef } from '../../gmail/types';
import { readDrafts } from '../../sync/drafts';
import { allSends, leaveCommand } from '../../sync/commands';
import { sendingRoom } from '../../sync/plan/delivery';
import { SETTLE_MS } from '../../sync/state';
import type { SyncView } from '../../sync/view';
import type { Context } from '../context';
import { claim, conclude, findEntry, type OnceEntry } from '../once';
import type { DraftEntry } from './entry';

export type Sending =
  /** It is in Sent; `earlier` where an earlier click did it. */
  | { readonly kind: 'sent'; readonly thread: string; readonly message: string; readonly earlier: boolean }
  /** Its draft stands as it was made: nothing was sent, and it can be. */
  | { readonly kind: 'stands'; readonly thread: string }
  /** Neither draft nor mail: it may still come. */
  | { readonly kind: 'unsure' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'gone' }
  /** Gmail's daily limit is near: nothing was done, and there is room again then (X9). */
  | { readonly kind: 'capped'; readonly until: number }
  /** It is certain that nothing was sent, and no draft is known. */
  | { readonly kind: 'not-sent'; readonly failure?: Failure };

export interface Letter {
  readonly mail: Omit<OutgoingMail, 'marker' | 'date'>;
  /** The Gmail thread that it answers in. */
  readonly threadId?: string;
}

/** A card's run is over by then, however it ended (facts, platform 2: 30 seconds). */
const CARD_MS = 60_000;

/** `drafted` is called when the draft stands and before it is sent: what must not be lost with this run is left there. */
export function sendOnce(
  context: Context,
  view: SyncView,
  id: string,
  letter: Letter,
  drafted: (thread: string) => void,
): Sending {
  const { store, now, run } = context;
  const until = cappedUntil(context, view);
  if (until !== undefined && findEntry(store, id) === undefined) return { kind: 'capped', until };
  const print = shortHash(JSON.stringify(letter), 8);
  const before = findEntry(store, id);
  // A click that died before it knew of a draft has sent nothing, and never will: the next one on its card goes on.
  const isDead = ({ at, state, draft }: OnceEntry): boolean =>
    state === 'begun' && draft === undefined && now - at > CARD_MS;
  const known = claim(store, { id, at: now, state: 'begun', print, before: 0 }, isDead);
  if (known === 'busy') return { kind: 'not-sent' };
  if (known !== undefined) return run(lookAt(known, now));

  // Its draft may stand; where the text is another one by now, a new one is made.
  const left = before?.print === print ? run(findDraft(id)) : undefined;
  const raw = writeMail({ ...letter.mail, date: now, marker: writtenMarker(id) });
  const outcome: Outcome<DraftEntry> =
    left === undefined ? run(makeDraft(raw, letter.threadId, id)) : { kind: 'done', value: left };
  if (outcome.kind === 'unknown') return { kind: 'not-sent', failure: outcome.failure };
  if (outcome.kind !== 'done') {
    conclude(store, id, undefined);
    return { kind: 'not-sent', failure: outcome.failure };
  }
  const draft = outcome.value;
  // The draft is remembered before it is used; where that fails it stands among the drafts, unsent.
  drafted(draft.thread);
  if (conclude(store, id, { draft }) === 'busy') return { kind: 'stands', thread: draft.thread };
  return sendStanding(context, { id, at: now, state: 'begun', print, before: 0, draft }, false);
}

/** When the next mail can go, where Gmail's daily limit is near (X9); undefined while there is room. */
export function cappedUntil({ store, now }: Context, { sends, connection }: SyncView): number | undefined {
  const { room, until } = sendingRoom(allSends(store, sends, now), connection.mailbox, now);
  return room > 0 ? undefined : until;
}

/** Another click on a mail that was not sent: the same draft, where it stands. */
export function sendAgain(context: Context, view: SyncView, id: string): Sending {
  const entry = findEntry(context.store, id);
  if (entry === undefined) return { kind: 'gone' };
  const seen = context.run(lookAt(entry, context.now));
  if (seen.kind === 'sent') conclude(context.store, id, { state: 'done' });
  if (seen.kind !== 'stands' || entry.draft === undefined) return seen;
  const until = cappedUntil(context, view);
  return until === undefined ? sendStanding(context, entry, true) : { kind: 'capped', until };
}

export function lookAgain(context: Context, id: string): Sending {
  const entry = findEntry(context.store, id);
  return entry === undefined ? { kind: 'gone' } : context.run(lookAt(entry, context.now));
}

function sendStanding(context: Context, entry: OnceEntry, earlier: boolean): Sending {
  const { draft } = entry;
  if (draft === undefined) return { kind: 'not-sent' };
  // Counted before it goes: one too many does no harm.
  leaveCommand(context.store, { do: 'count-send' });
  const outcome: Outcome<GmailRef> = context.run(ask(sendDraft(draft.id)));
  if (outcome.kind === 'done') {
    conclude(context.store, entry.id, { state: 'done' });
    return { kind: 'sent', thread: outcome.value.threadId, message: outcome.value.id, earlier: false };
  }
  // Refused for good or for now, the draft stands; of anything else only reading tells.
  const seen = context.run(lookAt(entry, context.now));
  if (seen.kind === 'sent') {
    conclude(context.store, entry.id, { state: 'done' });
    return { ...seen, earlier };
  }
  return seen;
}

function* makeDraft(raw: string, threadId: string | undefined, id: string): Task<Outcome<DraftEntry>> {
  let outcome: Outcome<Draft> = yield* ask(createDraft(raw, threadId));
  // The thread was deleted meanwhile; nothing was made.
  if (outcome.kind === 'refused' && outcome.failure.code === 'gmail.not-found' && threadId !== undefined) {
    outcome = yield* ask(createDraft(raw));
  }
  if (outcome.kind === 'done') {
    const { id: draft, message } = outcome.value;
    return { kind: 'done', value: { id: draft, message: message.id, thread: message.threadId } };
  }
  if (outcome.kind !== 'unknown') return outcome;
  const found = yield* findDraft(id);
  return found === undefined ? outcome : { kind: 'done', value: found };
}

/** Drafts before Sent: what left the one has reached the other. */
function* lookAt(entry: OnceEntry, now: number): Task<Sending> {
  if (entry.draft === undefined) {
    if (entry.state === 'done') return { kind: 'sent', thread: '', message: '', earlier: true };
    // Never sent, since nobody knew the draft; the click that made it may still be under way.
    return { kind: 'not-sent' };
  }
  const { id, message, thread } = entry.draft;
  const standing: Outcome<{ id: string; message: GmailHeaders }> = yield* ask(getDraft(id));
  const read = yield* ask(getThreadHeaders(thread, [MARKER_HEADER]));
  const sent =
    read.kind === 'done' ? read.value.messages.find((view) => isSent(view, writtenMarker(entry.id))) : undefined;
  if (sent !== undefined) return { kind: 'sent', thread: sent.threadId, message: sent.id, earlier: true };
  if (standing.kind === 'done') {
    return standing.value.message.id === message ? { kind: 'stands', thread } : { kind: 'changed' };
  }
  const gone = standing.kind === 'refused' && (read.kind === 'done' || read.kind === 'refused');
  return gone && now > entry.at + SETTLE_MS ? { kind: 'gone' } : { kind: 'unsure' };
}

function isSent({ labelIds, headers }: GmailHeaders, marker: string): boolean {
  return labelIds.includes('SENT') && headers.some(({ value }) => value.trim() === marker);
}

function* findDraft(id: string): Task<DraftEntry | undefined> {
  try {
    const found = (yield* readDrafts()).find(({ marker }) => marker === writtenMarker(id));
    return found === undefined ? undefined : { id: found.id, message: found.message, thread: found.thread };
  } catch {
    // Gmail does not answer: then the draft, if there is one, stays unsent.
    return undefined;
  }
}
