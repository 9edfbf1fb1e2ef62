/**
 * The plan of a pass: a pure function of the state and of what was observed. It gives the questions that are still open,
 * or else the actions to perform and the state in which everything that is not an action is settled already.
 */
import type { HistoryChange } from '../../gmail/types';
import { isCreate, type Action } from '../actions';
import type { Got, Need, Observed } from '../observed';
import { dayOf, MOST_INTENTS, MOST_RECEIPTS, SEEN_DAYS, type Head, type State, INTENT_MS, type Intent } from '../state';
import { isMail } from '../threads';
import { planDeferred } from './bulk';
import { planChecks } from './checks';
import { noticeSent } from './deliver';
import { addSends, contentKey, sentKey, type DraftView } from './delivery';
import { planDiscards, planFollows } from './follow';
import { planDuplicates, planEchoes, planRemovals } from './copies';
import { freshEmails } from './fresh';
import { planJoins } from './joins';
import { planLinkings } from './linkings';
import { planMoves } from './moves';
import { planOutbound } from './outbound';
import { intentBytes, intentRoom } from '../room';
import { NO_MARKS } from '../marks';
import { mayBeWritten, Planning } from './planning';
import { planPushes } from './pushes';
import { planReceived } from './received';

export interface Plan {
  /** Reads that are wanted before anything can be decided; while there are any, the rest is of no use. */
  readonly needs: readonly Need[];
  readonly actions: readonly Action[];
  /** The drafts that were looked at: an edit would show in their message ids. */
  readonly drafts: readonly DraftView[];
  readonly next: State;
}

export function plan(state: State, observed: Observed, doubt: boolean): Plan {
  const planning = new Planning(state, observed, doubt);
  const changes = planEchoes(planning, observed.changes);
  const unlinked = sortChanges(planning, changes);
  noticeSent(planning, changes);
  planLinkings(planning);
  planChecks(planning);
  const fresh = freshEmails(planning);
  planOutbound(planning, fresh);
  planJoins(planning, unlinked);
  planDeferred(planning);
  planReceived(planning, fresh);
  planPushes(planning);
  planMoves(planning);
  planDuplicates(planning);
  planRemovals(planning);
  planFollows(planning);
  planDiscards(planning);
  if (planning.needs.size > 0) return { needs: [...planning.needs.values()], actions: [], drafts: [], next: state };
  const actions = admit(planning);
  const drafts = planning.observed.answers.get('drafts:') as Got<readonly DraftView[]> | undefined;
  return { needs: [], actions, drafts: drafts?.kind === 'got' ? drafts.value : [], next: nextState(planning) };
}

/** Messages of linked threads become candidates; those of other threads are given back. Due items of earlier passes join them. */
function sortChanges(planning: Planning, changes: readonly HistoryChange[]): HistoryChange[] {
  const unlinked = new Map<string, HistoryChange>();
  for (const change of changes) {
    if (!isMail(change.labelIds) || planning.isResting(`g:${change.id}`)) continue;
    if (planning.isBarred(`g:${change.id}`, change.threadId)) continue;
    const link = planning.linkOfGmail(change.threadId);
    if (planning.observed.asleep?.has(change.threadId) === true)
      planning.tryLater(`g:${change.id}`, change.threadId, 'unreadable');
    else if (link === undefined) unlinked.set(change.id, change);
    else planning.candidates.set(change.id, { crm: link.crm, doubt: change.restored, unlabelled: change.unlabelled });
  }
  // Together with the messages themselves.
  if (planning.candidates.size > 0) planning.claim();
  for (const [key, item] of planning.state.items) {
    if (!key.startsWith('g:') || planning.isResting(key) || planning.isBarred(key, item.thread)) continue;
    const id = key.slice(2);
    const crm = planning.links.has(item.thread) ? item.thread : planning.linkOfGmail(item.thread)?.crm;
    if (planning.observed.asleep?.has(item.thread) === true) planning.tryLater(key, item.thread, 'unreadable');
    else if (crm === undefined) unlinked.set(id, { id, threadId: item.thread, labelIds: [] });
    else {
      const doubt = mayBeWritten(item);
      planning.candidates.set(id, { crm, doubt, asked: item.asked, unlabelled: doubt && item.reason !== 'gmail-busy' });
    }
  }
  return [...unlinked.values()];
}

/** As many creates as the head has room for intents; the rest is carried on in the next pass, in order. */
function admit(planning: Planning): Action[] {
  const admitted: Action[] = [];
  let creates = 0;
  let room = intentRoom(planning.head);
  for (const action of planning.actions) {
    if (!isCreate(action)) admitted.push(action);
    // One goes in any case: it is what makes room.
    else if (creates === 0 || (creates < MOST_INTENTS && room >= intentBytes(action))) {
      creates += 1;
      room -= intentBytes(action);
      admitted.push(action);
    } else if (action.kind !== 'mirror' || action.replaces === undefined) {
      // What the user said of it stands until it is done.
      const again = planning.state.items.get(action.key)?.reason === 'send-again';
      planning.setAside(action.key, action.crm, 'waiting', again ? 'send-again' : 'next-pass', planning.now);
    }
  }
  return admitted;
}

/** Long settled, and no message waits for it any more (it was deleted, or its thread was stopped). */
function isForgotten(planning: Planning, { key, at }: Intent): boolean {
  return planning.now > at + INTENT_MS && !planning.items.has(key);
}

function nextState(planning: Planning): State {
  const { observed, head } = planning;
  const today = dayOf(planning.now);
  for (const [hash, day] of planning.seen) if (day < today - SEEN_DAYS) planning.seen.delete(hash);
  const sent = [...planning.delivered.map(contentKey), ...planning.doubtful];
  for (const content of sent) planning.seen.set(sentKey(content, planning.now), today);
  // Asked only where something is written.
  const claim = observed.answers.has('claim:') ? planning.claim()?.now : head.claim;
  // What turned out to be in the CRM already is shown as what is logged now (M7).
  const logged = planning.receipts.flatMap(({ what, key }) =>
    (what === 'pushed' || what === 'both') && key.startsWith('g:') ? [key.slice(2)] : [],
  );
  const { marks = NO_MARKS } = head;
  const next: Head = {
    ...head,
    marks: logged.length === 0 ? head.marks : { ...marks, shown: [...marks.shown, ...logged] },
    ...(claim === undefined ? {} : { claim }),
    history: observed.historyId,
    crmAt: observed.crmNow,
    page: observed.page,
    echoes: planning.echoes,
    ownSync: planning.ownSync,
    ownCopies: planning.ownCopies || undefined,
    bulk: planning.bulk,
    sends: addSends(head.sends ?? [], planning.delivered.length, planning.now),
    intents: head.intents.filter((intent) => !planning.resolved.has(intent.key) && !isForgotten(planning, intent)),
  };
  return {
    ...planning.state,
    head: next,
    links: planning.links,
    items: planning.items,
    seen: planning.seen,
    strays: planning.strays,
    receipts: [...planning.state.receipts, ...planning.receipts].slice(-MOST_RECEIPTS),
  };
}
