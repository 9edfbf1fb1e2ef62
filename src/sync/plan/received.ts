/**
 * Inbound e-mails that the CRM took in by itself (T11): mirrored into the inbox, unless the mailbox has its own copy of
 * the same mail, which then is the one that counts.
 */
import type { CrmEmail } from '../../crm/types';
import { emailKeptBack } from '../privacy';
import { OWN_COPY_MS, type Item, type Link } from '../state';
import { mirrorInto } from './mirrors';
import type { FreshEmail } from './outbound';
import { pairsOf } from './pairs';
import type { Planning } from './planning';
import { showTwice, takeOwnPush } from './own-push';

/** A cadence of an hour, and the passes in which a message killed runs. */
const NEAR_MS = 2 * 3_600_000;

export function planReceived(planning: Planning, fresh: readonly FreshEmail[]): void {
  for (const { email } of fresh) if (email.direction === 'inbound') planOne(planning, email);
}

function planOne(planning: Planning, email: CrmEmail): void {
  const key = `e:${email.id}`;
  if (takeOwnPush(planning, email) !== false) return;
  const link = planning.links.get(email.threadId);
  // Logged from a colleague's mailbox: the CRM did not take it in by itself (T10).
  if (email.source === 'api' && (email.altId ?? '') !== '') {
    return planning.finish(key, { what: 'left', crm: email.threadId, direction: 'inbound', rule: 'T10' });
  }
  // The colleague who joins a CRM thread has what was answered before in the inbox, if it was to them too (T2).
  const joined = link !== undefined && email.dateAdded >= link.since;
  const first = joined ? undefined : undecidedOf(planning, email);
  if (first !== undefined) return planning.waitBehind(key, email.threadId, first);
  const stop = joined ? planning.stopOf(link, email.dateAdded) : 'T1';
  if (stop === undefined) return;
  if (!joined || stop !== '') {
    return planning.finish(key, { what: 'left', crm: email.threadId, direction: 'inbound', rule: stop });
  }
  const kept = emailKeptBack(planning.head, email);
  if (kept !== undefined) {
    return planning.finish(key, { what: 'left', crm: link.crm, direction: 'inbound', rule: kept });
  }
  const pairs = pairsOf(planning, link);
  if (pairs === undefined) return;
  if (pairs === 'unread') {
    if (planning.isPatient(key)) return planning.tryLater(key, link.crm, 'unreadable');
  } else {
    const message = pairs.byEmail.get(email.id);
    if (message !== undefined) return haveBoth(planning, link, email, pairs.byMessage.get(message.id));
  }
  const rest = email.dateAdded + OWN_COPY_MS - planning.observed.crmNow;
  const unseen = unseenUntil(planning, link, email);
  if (rest > 0 || unseen !== undefined)
    return planning.setAside(key, email.threadId, 'waiting', 'own-copy', Math.max(planning.now + rest, unseen ?? 0));
  mirrorInto(planning, link, email, 'T11');
}

/** `record` is the CRM's first e-mail of the same message, which is another one where that was logged before this one showed. */
function haveBoth(planning: Planning, link: Link, email: CrmEmail, record: CrmEmail | undefined): void {
  if (record !== undefined && record.id !== email.id) {
    planning.setLink({ ...link, received: true });
    return showTwice(planning, email);
  }
  planning.setLink({ ...link, lastEmail: email.id, received: true, touched: planning.now });
  planning.finish(`e:${email.id}`, { what: 'both', crm: link.crm, direction: 'inbound', rule: 'T11' });
}

/**
 * A message of the mailbox that was not looked at yet may be its own copy of the same mail; of one under which runs have died,
 * no more is known than when it came (X7). Undefined where all were looked at.
 */
function unseenUntil(planning: Planning, { crm }: Link, { dateAdded }: CrmEmail): number | undefined {
  if (planning.observed.behind === true) return planning.now;
  const unseen = [...planning.items.values()].filter(
    ({ key, state, reason, since, thread }) =>
      key.startsWith('g:') &&
      (thread === crm || !planning.links.has(thread)) &&
      ((state === 'waiting' && (reason === 'unreadable' || reason === 'next-pass')) ||
        (reason === 'too-heavy' && Math.abs(planning.toCrmTime(since) - dateAdded) < NEAR_MS)),
  );
  return unseen.length === 0 ? undefined : Math.min(...unseen.map(({ next }) => next));
}

/** An e-mail of the same CRM thread that could not be decided in this pass: the link may begin with it. */
function undecidedOf(planning: Planning, { id, threadId }: CrmEmail): Item | undefined {
  return [...planning.items.values()].find(
    ({ key, thread, reason }) => thread === threadId && key.startsWith('e:') && key !== `e:${id}` && reason !== 'order',
  );
}
