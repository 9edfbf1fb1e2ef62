/**
 * Carrying out a plan's actions. All links go side by side, in rounds; within a link mirrors go one after the other and
 * so do pushes, and after a write whose outcome is not known nothing more of that chain is written (X5, X6).
 */
import { ask, together, type Failure, type Outcome, type Task } from '../platform/exchange';
import { createConversation } from '../crm/conversations';
import { logMessage } from '../crm/push';
import type { Pushed } from '../crm/types';
import { insertMessage, modifyMessages, trashMessage } from '../gmail/messages';
import { writeMail } from '../gmail/mime/write';
import type { GmailRef } from '../gmail/types';
import type {
  Action,
  DeliverAction,
  DiscardAction,
  FollowAction,
  LabelAction,
  MirrorAction,
  PushAction,
  RemoveAction,
} from './actions';
import {
  discardAll,
  electDrafts,
  follow,
  makeDrafts,
  type DeliverResult,
  type DiscardResult,
  type Drafted,
  type Elected,
  type FollowResult,
} from './deliver';
import type { Plan } from './plan/plan';
import { fetchFiles, GUESSED_BYTES, sendFiles, type Uploaded } from './files';
import type { LostFile } from './lost-files';
import { mirrorMail } from './mirror';
import { pushOf } from './push';
import type { Connection } from './state';
import { inWaves } from './waves';

export interface MirrorResult {
  readonly action: MirrorAction;
  readonly outcome: Outcome<GmailRef> | Skipped;
  /** What of its attachments could not go (M4). */
  readonly files: readonly LostFile[];
  /** A copy that it replaces was put into the trash. */
  readonly replaced: boolean;
}

export interface PushResult {
  readonly action: PushAction;
  readonly outcome: Outcome<Pushed> | Skipped;
  readonly files: readonly LostFile[];
  /** What need not be uploaded again, whatever became of the message. */
  readonly uploaded?: Uploaded;
}

export interface RemoveResult {
  readonly action: RemoveAction;
  readonly outcome: Outcome<GmailRef | void>;
}

export interface LabelResult {
  readonly action: LabelAction;
  readonly outcome: Outcome<void>;
}

export type Result =
  LabelResult | MirrorResult | PushResult | RemoveResult | DeliverResult | FollowResult | DiscardResult;

/** Why a round of writes was not begun: the user wants something, which comes first (X13). */
export const COMMANDED: Failure = {
  code: 'run.commanded',
  status: 0,
  detail: 'the user asked for something meanwhile',
};

export function isStopped(result: Result): boolean {
  if (!('outcome' in result)) return result.failure?.code === COMMANDED.code;
  return result.outcome.kind === 'later' && result.outcome.failure.code === COMMANDED.code;
}

/** Everything but the sends, whose drafts are made here and elected; those that follow an earlier send, too. */
export function* performFirst(
  connection: Connection,
  { actions, drafts, next }: Pick<Plan, 'actions' | 'drafts' | 'next'>,
): Task<{ results: Result[]; elected: readonly Elected[] }> {
  const deliveries = actions.filter((action): action is DeliverAction => action.kind === 'deliver');
  const follows = actions.filter((action): action is FollowAction => action.kind === 'follow');
  const discards = actions.filter((action): action is DiscardAction => action.kind === 'discard');
  const [results, drafted, followed, discarded] = yield* together<unknown>([
    perform({ location: connection.location, mediaStorage: next.head.settings?.mediaStorage === true }, actions),
    makeDrafts(connection, deliveries),
    follow(follows),
    discardAll(discards),
  ]);
  const elected = yield* electDrafts(drafted as Drafted[], drafts);
  const others = [...(followed as FollowResult[]), ...(discarded as DiscardResult[])];
  return { results: [...(results as Result[]), ...others], elected };
}

/** A delivery has steps of its own (`deliver.ts`). */
type ChainAction = Exclude<Action, DeliverAction | FollowAction | DiscardAction>;

function isChained(action: Action): action is ChainAction {
  return ['mirror', 'push', 'remove', 'label'].includes(action.kind);
}

/** Not tried, because one before it in the same chain did not come to a known end. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly failure: Failure;
}

const AFTER_ANOTHER: Skipped = {
  kind: 'skipped',
  failure: { code: 'run.after-another', status: 0, detail: 'an earlier one of the thread is not done' },
};

/** Where files go. */
interface Target {
  readonly location: string;
  readonly mediaStorage: boolean;
}

function* perform(target: Target, actions: readonly Action[]): Task<Result[]> {
  const chains = [...inChains(actions.filter(isChained))].map((chain) => ({
    bytes: Math.max(...chain.map(bytesOf)),
    task: performChain(target, chain),
  }));
  return (yield* inWaves(chains)).reduce<Result[]>((all, results) => all.concat(results), []);
}

/** What of its files an action holds at a time: messages of a chain go one by one. */
function bytesOf(action: ChainAction): number {
  if (action.kind === 'remove' || action.kind === 'label') return 0;
  if (action.kind === 'mirror') return action.email.attachments.length * GUESSED_BYTES;
  return action.message.mail.attachments.reduce((sum, { size }) => sum + size, 0);
}

/** Mirrors of one link are a chain, its pushes another; removals stand alone. */
function inChains(actions: readonly ChainAction[]): Iterable<ChainAction[]> {
  const chains = new Map<string, ChainAction[]>();
  for (const action of actions) {
    const alone = action.kind === 'remove' || action.kind === 'label';
    const key = alone ? `${action.kind} ${action.id}` : `${action.kind} ${action.crm}`;
    const chain = chains.get(key);
    if (chain === undefined) chains.set(key, [action]);
    else chain.push(action);
  }
  return chains.values();
}

function* performChain(target: Target, chain: readonly ChainAction[]): Task<Result[]> {
  const results: Result[] = [];
  let threadId: string | undefined;
  let newest: Pushed | undefined;
  let broken = false;
  for (const action of chain) {
    if (action.kind === 'remove') {
      results.push(yield* performRemoval(action));
    } else if (action.kind === 'label') {
      results.push({ action, outcome: yield* ask(modifyMessages([action.id], action.add, action.remove)) });
    } else if (broken) {
      results.push(action.kind === 'mirror' ? skippedMirror(action) : skippedPush(action));
    } else if (action.kind === 'mirror') {
      const result = yield* performMirror(action, action.threadId ?? threadId);
      if (result.outcome.kind === 'done') threadId = result.outcome.value.threadId;
      else broken = true;
      results.push(result);
    } else {
      const result = yield* performPush(target, action, newest);
      if (result.outcome.kind === 'done') newest = result.outcome.value;
      // One that the CRM refuses for good holds nobody up (X7).
      else broken = result.outcome.kind !== 'refused';
      results.push(result);
    }
  }
  return results;
}

function* performRemoval(action: RemoveAction): Task<RemoveResult> {
  const { id, heir } = action;
  if (heir !== undefined) {
    const taken = yield* ask(modifyMessages([heir.id], heir.add, heir.remove));
    // One that is deleted meanwhile inherits nothing.
    if (taken.kind !== 'done' && taken.kind !== 'refused') return { action, outcome: taken };
  }
  return { action, outcome: yield* ask(trashMessage(id)) };
}

function skippedMirror(action: MirrorAction): MirrorResult {
  return { action, outcome: AFTER_ANOTHER, files: [], replaced: false };
}

function skippedPush(action: PushAction): PushResult {
  return { action, outcome: AFTER_ANOTHER, files: [] };
}

function* performMirror(action: MirrorAction, threadId: string | undefined): Task<MirrorResult> {
  const fetched = yield* fetchFiles(action);
  if (fetched.failure !== undefined) {
    return {
      action,
      outcome: { kind: 'later', failure: fetched.failure, retryAfterMs: 0 },
      files: [],
      replaced: false,
    };
  }
  const raw = writeMail(mirrorMail(action, fetched.files, fetched.lost));
  const outcome = yield* ask(insertMessage({ raw, threadId, labelIds: action.labelIds }));
  if (outcome.kind !== 'done' || action.replaces === undefined) {
    return { action, outcome, files: fetched.lost, replaced: false };
  }
  const trashed = yield* ask(trashMessage(action.replaces.id));
  return { action, outcome, files: fetched.lost, replaced: trashed.kind === 'done' };
}

/** `newest` is what was logged in the same thread just before. */
function* performPush(target: Target, action: PushAction, newest: Pushed | undefined): Task<PushResult> {
  const opened = yield* openConversation(target.location, action, newest);
  if (opened.kind !== 'done') return { action, outcome: opened, files: [], uploaded: undefined };
  const joined = action.joinsBy === 'email' ? newest?.emailId : newest?.threadId;
  const placed = { ...action, conversation: opened.value, joins: joined ?? action.joins };
  const { files, lost, failure, uploaded } = yield* sendFiles(target.location, placed, target.mediaStorage);
  if (failure !== undefined) {
    return { action, outcome: { kind: 'later', failure, retryAfterMs: 0 }, files: [], uploaded };
  }
  const push = pushOf(placed, files, lost);
  return { action, outcome: yield* ask(logMessage(push)), files: lost, uploaded };
}

/** A contact has one conversation: where there is none yet it is made, and the CRM refuses a second one (facts, highlevel 5). */
function* openConversation(
  location: string,
  { conversation, contact }: PushAction,
  newest: Pushed | undefined,
): Task<Outcome<string>> {
  const known = newest?.conversationId ?? conversation;
  if (known !== '') return { kind: 'done', value: known };
  const made = yield* ask(createConversation(location, contact));
  if (made.kind === 'done') return { kind: 'done', value: made.value.id };
  if (made.kind === 'refused' && made.failure.existingId !== undefined)
    return { kind: 'done', value: made.failure.existingId };
  // Nothing is logged yet; a conversation that was made all the same is found the next time.
  return made.kind === 'unknown' ? { kind: 'later', failure: made.failure, retryAfterMs: 0 } : made;
}
