/**
 * Sending pending CRM e-mails through Gmail, in three steps with a look or a write of the store between them: make the
 * drafts; read drafts and Sent again and elect the one draft of each; send each once (X3; facts, reliability 2.3).
 * Every step is for all of them at once.
 */
import { ask, askAll, together, type Failure, type Outcome, type Task } from '../platform/exchange';
import { setEmailStatus, type EmailStatus } from '../crm/status';
import { createDraft, deleteDraft, sendDraft } from '../gmail/drafts';
import { getHeaders, modifyMessages } from '../gmail/messages';
import { markerOf, writeMail } from '../gmail/mime/write';
import { readMail } from '../gmail/mime/read';
import type { Draft, GmailHeaders, GmailRef } from '../gmail/types';
import type { DeliverAction, DiscardAction, FollowAction } from './actions';
import { deliveryMail } from './delivery-mail';
import { readDrafts, readSent, readSentBack } from './drafts';
import { fetchFiles } from './files';
import { HostFailed } from './host';
import { followKey, type Failed } from './keys';
import type { LostFile } from './lost-files';
import { historyPages } from './observe';
import { electDraft, type Decision, type DraftView, type PinnedDraft } from './plan/delivery';
import { DAY_MS, type Connection, type Intent, type Labels } from './state';

/** After the first step. */
export interface Drafted {
  readonly action: DeliverAction;
  readonly outcome: Outcome<PinnedDraft & { readonly thread: string }>;
  readonly files: readonly LostFile[];
}

/** After the second one. */
export interface Elected extends Drafted {
  /** Undefined where no draft was made. */
  readonly decision?: Decision;
}

export interface DeliverResult {
  readonly action: DeliverAction;
  readonly outcome: Outcome<GmailRef>;
  readonly files: readonly LostFile[];
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

/** A refusal that comes again and again is true: the label was deleted, the message is gone. */
const MOST_REFUSALS = 3;

export function* makeDrafts(connection: Connection, actions: readonly DeliverAction[]): Task<Drafted[]> {
  return yield* together(actions.map((action) => makeDraft(connection, action)));
}

function* makeDraft(connection: Connection, action: DeliverAction): Task<Drafted> {
  if (action.draft !== undefined) {
    return { action, outcome: { kind: 'done', value: { ...action.draft, thread: '' } }, files: [] };
  }
  const { files, lost, failure } = yield* fetchFiles(action);
  if (failure !== undefined) return { action, outcome: { kind: 'later', failure, retryAfterMs: 0 }, files: [] };
  const raw = writeMail(deliveryMail(connection, action, files, lost));
  const outcome: Outcome<Draft> = yield* ask(createDraft(raw, action.threadId));
  // The thread was deleted meanwhile, or so it is said: the next pass sees whether it is there, and a draft in it (X6).
  if (outcome.kind === 'refused' && outcome.failure.code === 'gmail.not-found' && action.threadId !== undefined)
    return { action, outcome: { kind: 'unknown', failure: outcome.failure }, files: lost };
  if (outcome.kind !== 'done') return { action, outcome, files: lost };
  const { id, message } = outcome.value;
  return {
    action,
    outcome: { kind: 'done', value: { id, message: message.id, thread: message.threadId } },
    files: lost,
  };
}

/**
 * A draft that is not there as it was made is left to the next pass, which waits and then holds. Where it could not be looked,
 * the drafts are remembered all the same, since somebody may send or change them meanwhile.
 */
export function* electDrafts(drafted: readonly Drafted[], known: readonly DraftView[]): Task<Elected[]> {
  try {
    return yield* elect(drafted, known);
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    return drafted.map((each) => (each.outcome.kind === 'done' ? { ...each, decision: LATER } : each));
  }
}

const LATER: Decision = { do: 'wait', until: 0 };

/** Drafts first, Sent after them: what left the one has reached the other. */
function* elect(drafted: readonly Drafted[], known: readonly DraftView[]): Task<Elected[]> {
  const made = drafted.flatMap(({ action, outcome }) =>
    outcome.kind === 'done' ? [{ ...outcome.value, marker: markerOf(action.email.id) }] : [],
  );
  if (made.length === 0) return [...drafted];
  const drafts = yield* readDrafts([...known, ...made]);
  const base = drafted.map(({ action }) => action.base).reduce(earlier);
  const pages = yield* historyPages(base);
  const since = Math.min(...drafted.map(({ action }) => action.email.dateAdded)) - DAY_MS;
  const sent = yield* pages === 'expired' ? readSentBack(since) : readSent(pages.changes);
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
export function pinDrafts(intents: readonly Intent[], elected: readonly Elected[], now: number): Intent[] {
  const pins = new Map(elected.map((each) => [each.action.key, pinOf(each)]));
  return intents.map((intent) => {
    const pin = intent.kind === 'deliver' ? pins.get(intent.key) : undefined;
    if (pin === undefined) return intent;
    return { ...intent, at: now, draft: pin.id, message: pin.message, thread: pin.thread || intent.thread };
  });
}

/** With the thread of its draft, empty where the draft was there before and the attempt knows it. */
function pinOf({ outcome, decision }: Elected): (PinnedDraft & { readonly thread: string }) | undefined {
  const made = outcome.kind === 'done' ? outcome.value : undefined;
  if (decision?.do !== 'send') return made;
  return { ...decision.draft, thread: made?.id === decision.draft.id ? made.thread : (decision.draft.thread ?? '') };
}

export function* sendDrafts(
  labels: Labels | undefined,
  elected: readonly Elected[],
): Task<(DeliverResult | DiscardResult)[]> {
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
  const [followed, discarded] = yield* together<FollowResult[] | DiscardResult[]>([
    follow(follows),
    discardAll(useless),
  ]);
  const results = new Map((followed as FollowResult[]).map((result) => [result.action.key, result]));
  const delivered = ended.map(({ each, outcome }) => {
    const { action, files } = each;
    const key = outcome.kind === 'done' ? followKey(action.email.id, outcome.value.id) : '';
    return { action, outcome, files, pinned: pinOf(each), follow: results.get(key) };
  });
  return [...delivered, ...(discarded as DiscardResult[])];
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

/**
 * What was refused may have been done all the same, so its draft stays until the next attempt has looked again; only after
 * the last one it goes.
 */
function uselessDrafts({ action, decision }: Elected, outcome: Outcome<GmailRef>): DiscardAction[] {
  const drafts = (ids: readonly string[]): DiscardAction[] =>
    ids.map((draft) => ({ kind: 'discard', draft, crm: action.crm }));
  if (decision?.do === 'done') return drafts(decision.extras);
  if (decision?.do !== 'send') return [];
  if (outcome.kind === 'done') return drafts(decision.extras);
  return outcome.kind === 'refused' && action.final ? drafts([decision.draft.id, ...decision.extras]) : [];
}

function followOf({ crm, email }: DeliverAction, { id }: GmailRef, labels: Labels | undefined): FollowAction {
  const labelIds = labels === undefined ? [] : [labels.own, ...(labels.shown === undefined ? [] : [labels.shown])];
  const key = followKey(email.id, id);
  return { kind: 'follow', key, crm, emailId: email.id, gmailId: id, labelIds, status: 'delivered', attempts: 0 };
}

/** Labels with one request for all, the real Message-IDs, and the CRM's status of each: one round, each part idempotent. */
export function* follow(actions: readonly FollowAction[]): Task<FollowResult[]> {
  if (actions.length === 0) return [];
  const known = actions.filter(({ gmailId }) => gmailId !== '');
  const unset = actions.filter(({ status }) => status !== undefined);
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
    askAll(unset.map((action) => setEmailStatus(statusOf(action)))),
  ]);
  const labels = labelled as Outcome<void>;
  return actions.map((action) => {
    const status = unset.includes(action) ? (statuses as Outcome<void>[])[unset.indexOf(action)] : undefined;
    const at = known.indexOf(action);
    const read = at < 0 ? undefined : (headers as Outcome<GmailHeaders>[])[at];
    // That the CRM refuses a status is looked into before it is believed. A label or a message may be deleted meanwhile.
    const patient = action.attempts < MOST_REFUSALS;
    const parts: (Outcome<unknown> | undefined)[] = [status, ...(at < 0 ? [] : [labels, read])];
    const open = parts.find((part) => isOpen(part) && (part?.kind !== 'refused' || part === status || patient));
    const failure = open === undefined || open.kind === 'done' ? undefined : open.failure;
    return {
      action,
      complete: open === undefined,
      failure,
      retryAfterMs: open?.kind === 'later' ? open.retryAfterMs : 0,
      messageId:
        read?.kind === 'done' ? readMail({ ...read.value, sizeEstimate: 0, payload: read.value }).messageId : undefined,
    };
  });
}

function isOpen(part: Outcome<unknown> | undefined): boolean {
  return part !== undefined && part.kind !== 'done';
}

const REASONS: Readonly<Record<Failed, string>> = {
  refused: 'Gmail did not accept this e-mail. Check the address of the contact.',
  'too-large': 'This e-mail is too large for Gmail.',
};

function statusOf({ crm, emailId, status = 'delivered', failed, reason }: FollowAction): EmailStatus {
  return { threadId: crm, emailId, status, reason: reason ?? REASONS[failed ?? 'refused'] };
}

function* nothing(): Task<Outcome<void>> {
  return { kind: 'done', value: undefined };
}

export interface DiscardResult {
  readonly action: DiscardAction;
  readonly outcome: Outcome<void>;
}

export function* discardAll(actions: readonly DiscardAction[]): Task<DiscardResult[]> {
  const outcomes = yield* askAll(actions.map(({ draft }) => deleteDraft(draft)));
  return actions.map((action, index) => ({ action, outcome: outcomes[index] }));
}
