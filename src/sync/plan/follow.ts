/** What comes after a send: labels, the CRM's status, and drafts that are of no use any more, each until it stands (X3). */
import type { FollowAction } from '../actions';
import { isFollowKey, partsOfFollowKey, SWEEP_KEY } from '../keys';
import { retryPause, SETTLE_MS } from '../state';
import type { Planning } from './planning';

/** A status that the CRM did not take for so long, with pauses of a day in the end, is given up. */
const MOST_ATTEMPTS = 14;
/** 10 and 25 minutes, an hour and a half and three hours after a delivery that did not go straight. */
const MOST_SWEEPS = 4;

export function followOf(planning: Planning, key: string, crm: string, unset: boolean): FollowAction {
  const { emailId, gmailId, failed } = partsOfFollowKey(key);
  const labels = planning.head.labels;
  const labelIds = labels === undefined ? [] : [labels.own, ...(labels.shown === undefined ? [] : [labels.shown])];
  const attempts = planning.state.items.get(key)?.attempts ?? 0;
  const status = unset ? (failed === undefined ? 'delivered' : 'failed') : undefined;
  return { kind: 'follow', key, crm, emailId, gmailId, labelIds, status, failed, attempts };
}

/** What could not be done after an earlier send: retried until the CRM itself shows it, or has the e-mail no longer. */
export function planFollows(planning: Planning): void {
  for (const [key, { thread, attempts }] of planning.state.items) {
    if (!isFollowKey(key) || planning.isResting(key)) continue;
    const email = planning.got<'email'>({ kind: 'email', id: partsOfFollowKey(key).emailId });
    if (email === undefined) continue;
    if (email.kind === 'gone' || attempts >= MOST_ATTEMPTS) planning.items.delete(key);
    else
      planning.actions.push(followOf(planning, key, thread, email.kind !== 'got' || email.value.status === 'pending'));
  }
}

/** Drafts of e-mails that are dealt with: made late, or by a run that did not know of another one. */
export function planDiscards(planning: Planning): void {
  const sweep = planning.state.items.get(SWEEP_KEY);
  const due = sweep !== undefined && !planning.isResting(SWEEP_KEY);
  if (!due && !planning.observed.answers.has('drafts:')) return;
  const drafts = planning.got<'drafts'>({ kind: 'drafts' });
  if (due) swept(planning, sweep.attempts + 1);
  if (drafts?.kind !== 'got') return;
  for (const { id, marker } of drafts.value) {
    const known = planning.actions.some((action) => action.kind === 'discard' && action.draft === id);
    if (marker === undefined || known || !planning.isSeen(marker) || planning.items.has(`e:${marker}`)) continue;
    planning.actions.push({ kind: 'discard', draft: id, crm: '' });
  }
}

function swept(planning: Planning, sweeps: number): void {
  if (sweeps >= MOST_SWEEPS) return void planning.items.delete(SWEEP_KEY);
  planning.setAside(SWEEP_KEY, '', 'waiting', 'checking', planning.now + retryPause(sweeps + 1));
  const item = planning.items.get(SWEEP_KEY);
  if (item !== undefined) planning.items.set(SWEEP_KEY, { ...item, attempts: sweeps });
}

/** A draft may still be made by a request that was given up. */
export function sweepLater(planning: Planning): void {
  planning.items.delete(SWEEP_KEY);
  planning.setAside(SWEEP_KEY, '', 'waiting', 'checking', planning.now + SETTLE_MS);
}
