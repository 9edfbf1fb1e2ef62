/**
 * Sending pending CRM e-mails through Gmail, in three steps with a look or a write of the store between them: make the
 * drafts; read drafts and Sent again and elect the one draft of each; send each once (X3; facts, reliability 2.3).
 * Every step is for all of them at once.
 */
import { ask, askAll, together, type Failure, type Outcome, type Task } from '../platform/exchange';
import { setEmailStatus } from '../crm/status';
import { createDraft, deleteDraft, sendDraft } from '../gmail/drafts';
import { getHeaders, modifyMessages } from '../gmail/messages';
import { markerOf, writeMail } from '../gmail/mime/write';
import { readMail } from '../gmail/mime/read';
import type { Draft, GmailHeaders, GmailRef } from '../gmail/types';
import type { DeliverAction, DiscardAction, FollowAction } from './actions';
import { deliveryMail } from './delivery-mail';
import { readDrafts, readSent } from './drafts';
import { fetchFiles, type FileTrouble } from './files';
import { followKey } from './keys';
import { historyPages } from './observe';
import { electDraft, type Decision, type DraftView, type PinnedDraft } from './plan/delivery';
import type { Connection, Intent, Labels } from './state';

/** After the first step. */
export interface Drafted {
  readonly action: DeliverAction;
  readonly outcome: Outcome<PinnedDraft & { readonly thread: string }>;
  readonly files: readonly FileTrouble[];
}

/** After the second one. */
export interface Elected extends Drafted {
  /** Undefined where no draft was made. */
  readonly decision?: Decision;
}

export interface DeliverResult {
  readonly action: DeliverAction;
  readonly outcome: Outcome<GmailRef>;
  readonly files: readonly FileTrouble[];
  /** A draft of it stands or stood: the intent remembers which one. */
  readonly pinned?: PinnedDraft;
  readonly follow?: FollowResult;
}

export interface FollowResult {
  readonly action: FollowAction;
  /** Labels and status both stand. */
  readonly complete: boolean;
  /** What keeps it from being so: `crm.status-not-ready`, … */
  readonly failure?: Failure;
  readonly retryAfterMs: number;
  /** The real Message-ID, which the contact's answers name. */
  readonly messageId?: string;
}

export function* makeDrafts(connection: Connection, actions: readonly DeliverAction[]): Task<Drafted[]> {
  return yield* together(actions.map((action) => makeDraft(connection, action)));
}

function* makeDraft(connection: Connection, action: DeliverAction): Task<Drafted> {
  if (action.draft !== undefined) {
    return { action, outcome: { kind: 'done', value: { ...action.draft, thread: '' } }, files: [] };
  }
  const { files, troubles, failure } = yield* fetchFiles(action);
  if (failure !== undefined) return { action, outcome: { kind: 'later', failure, retryAfterMs: 0 }, files: [] };
  const lost = troubles.map(({ sentence }) => sentence);
  const raw = writeMail(deliveryMail(connection, action, files, lost));
  let outcome: Outcome<Draft> = yield* ask(createDraft(raw, action.threadId));
  // The thread was deleted meanwhile; nothing was made.
  if (outcome.kind === 'refused' && outcome.failure.code === 'gmail.not-found' && action.threadId !== undefined) {
    outcome = yield* ask(createDraft(raw));
  }
  if (outcome.kind !== 'done') return { action, outcome, files: troubles };
  const { id, message } = outcome.value;
  return {
    action,
    outcome: { kind: 'done', value: { id, message: message.id, thread: message.threadId } },
    files: troubles,
  };
}

/** Drafts first, Sent after them: what left the one has reached the other. */
/** A draft that is not there as it was made is left to the next pass, which waits and then holds. */
export function* electDrafts(drafted: readonly Drafted[], known: readonly DraftView[]): Task<Elected[]> {
  const made = drafted.flatMap(({ action, outcome }) =>
    outcome.kind === 'done' ? [{ ...outcome.value, marker: markerOf(action.email.id) }] : [],
  );
  if (made.length === 0) return [...drafted];
  const drafts = yield* readDrafts([...known, ...made]);
  const base = drafted.map(({ action }) => action.base).reduce(earlier);
  const pages = yield* historyPages(base);
  const sent = yield* readSent(pages === 'expired' ? undefined : pages.changes);
  return drafted.map((each) => {
    if (each.outcome.kind !== 'done') return each;
    const evidence = { marker: markerOf(each.action.email.id), attemptedAt: 0, drafts, sent, now: 0 };
    return { ...each, decision: electDraft(each.outcome.value, evidence) };
  });
}

/** Of two history ids, decimal numbers beyond 2^53. */
function earlier(a: string, b: string): string {
  return a.length < b.length || (a.length === b.length && a < b) ? a : b;
}

/** The intents with the drafts that they stand for; written before anything is sent. */
export function pinDrafts(intents: readonly Intent[], elected: readonly Elected[]): Intent[] {
  const pins = new Map(elected.map((each) => [each.action.key, pinOf(each)]));
  return intents.map((intent) => {
    const pin = intent.kind === 'deliver' ? pins.get(intent.key) : undefined;
    return pin === undefined ? intent : { ...intent, draft: pin.id, message: pin.message };
  });
}

function pinOf({ outcome, decision }: Elected): PinnedDraft | undefined {
  if (decision?.do === 'send') return decision.draft;
  return outcome.kind === 'done' ? outcome.value : undefined;
}

export function* sendDrafts(labels: Labels | undefined, elected: readonly Elected[]): Task<DeliverResult[]> {
  const sending = elected.flatMap(({ action, decision }) =>
    decision?.do === 'send' ? [{ action, draft: decision.draft }] : [],
  );
  const answers = yield* askAll(sending.map(({ draft }) => sendDraft(draft.id)));
  const outcomes = new Map(sending.map(({ action }, index) => [action.key, answers[index]]));
  const ended = elected.map((each) => ({ each, outcome: outcomeOf(each, outcomes.get(each.action.key)) }));
  const follows = ended.flatMap(({ each: { action }, outcome }) =>
    outcome.kind === 'done' ? [followOf(action, outcome.value, labels)] : [],
  );
  const useless = ended.flatMap(({ each, outcome }) => uselessDrafts(each, outcome));
  const [followed] = yield* together<unknown>([follow(follows), discard(useless)]);
  const results = new Map((followed as FollowResult[]).map((result) => [result.action.key, result]));
  return ended.map(({ each, outcome }) => {
    const { action, files } = each;
    const key = outcome.kind === 'done' ? followKey(action.email.id, outcome.value.id) : '';
    return { action, outcome, files, pinned: pinOf(each), follow: results.get(key) };
  });
}

/** A send is never repeated: what is not certain stays in the intent, with its draft (X6). */
function outcomeOf({ outcome, decision }: Elected, sent: Outcome<GmailRef> | undefined): Outcome<GmailRef> {
  if (decision === undefined) return outcome as Exclude<typeof outcome, { kind: 'done' }>;
  if (decision.do === 'done') return { kind: 'done', value: decision.sent };
  if (sent === undefined) return { kind: 'unknown', failure: GONE };
  // The draft is used up or was thrown away. Which of the two, Sent will show.
  if (sent.kind === 'refused' && sent.failure.code === 'gmail.not-found') return { kind: 'unknown', failure: GONE };
  if (sent.kind === 'later' && sent.failure.code === 'gmail.failed-precondition')
    return { kind: 'unknown', failure: GONE };
  return sent;
}

const GONE: Failure = { code: 'deliver.draft-gone', status: 0, detail: 'the draft is not there as it was made' };

/** A refused draft goes too: the next attempt makes another one. */
function uselessDrafts({ decision }: Elected, outcome: Outcome<GmailRef>): string[] {
  if (decision?.do === 'done') return [...decision.extras];
  if (decision?.do !== 'send') return [];
  if (outcome.kind === 'done') return [...decision.extras];
  return outcome.kind === 'refused' ? [decision.draft.id, ...decision.extras] : [];
}

function followOf({ crm, email }: DeliverAction, { id }: GmailRef, labels: Labels | undefined): FollowAction {
  const labelIds = labels === undefined ? [] : [labels.own, ...(labels.shown === undefined ? [] : [labels.shown])];
  return { kind: 'follow', key: followKey(email.id, id), crm, emailId: email.id, gmailId: id, labelIds };
}

/** Labels with one request for all, the real Message-IDs, and the CRM's status of each: one round, each part idempotent. */
export function* follow(actions: readonly FollowAction[]): Task<FollowResult[]> {
  if (actions.length === 0) return [];
  const known = actions.filter(({ gmailId }) => gmailId !== '');
  const [labelled, headers, statuses] = yield* together<unknown>([
    known.length === 0 || known[0].labelIds.length === 0
      ? nothing()
      : ask(
          modifyMessages(
            known.map(({ gmailId }) => gmailId),
            known[0].labelIds,
            [],
          ),
        ),
    askAll(known.map(({ gmailId }) => getHeaders(gmailId, ['Message-ID']))),
    askAll(actions.map(({ crm, emailId }) => setEmailStatus({ threadId: crm, emailId, status: 'delivered' }))),
  ]);
  const labels = labelled as Outcome<void>;
  return actions.map((action, index) => {
    const status = (statuses as Outcome<void>[])[index];
    const at = known.indexOf(action);
    const read = at < 0 ? undefined : (headers as Outcome<GmailHeaders>[])[at];
    // The message or the e-mail may be deleted meanwhile: then there is nothing left to do for it.
    const open = [status, ...(at < 0 ? [] : [labels, read])].find(
      (outcome) => outcome !== undefined && outcome.kind !== 'done' && outcome.kind !== 'refused',
    ) as Exclude<Outcome<unknown>, { kind: 'done' }> | undefined;
    return {
      action,
      complete: open === undefined,
      failure: open?.failure,
      retryAfterMs: open?.kind === 'later' ? open.retryAfterMs : 0,
      messageId:
        read?.kind === 'done' ? readMail({ ...read.value, sizeEstimate: 0, payload: read.value }).messageId : undefined,
    };
  });
}

function* nothing(): Task<Outcome<void>> {
  return { kind: 'done', value: undefined };
}

function* discard(drafts: readonly string[]): Task<void> {
  yield* askAll(drafts.map((id) => deleteDraft(id)));
}

export function* discardAll(actions: readonly DiscardAction[]): Task<void> {
  yield* discard(actions.map(({ draft }) => draft));
}
