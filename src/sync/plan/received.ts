/**
 * Inbound e-mails that the CRM took in by itself (T11): mirrored into the inbox, unless the mailbox has its own copy of
 * the same mail, which then is the one that counts.
 */
import type { CrmEmail } from '../../crm/types';
import { emailKeptBack } from '../privacy';
import { OWN_COPY_MS } from '../state';
import { mirrorInto } from './mirrors';
import type { FreshEmail } from './outbound';
import { pairsOf } from './pairs';
import type { Planning } from './planning';
import { takeOwnPush } from './readback';

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
  const stop = link === undefined ? 'T1' : planning.stopOf(link, email.dateAdded);
  if (stop === undefined) return;
  if (link === undefined || stop !== '') {
    return planning.finish(key, { what: 'left', crm: email.threadId, direction: 'inbound', rule: stop });
  }
  const kept = emailKeptBack(planning.head, email);
  if (kept !== undefined) {
    return planning.finish(key, { what: 'left', crm: link.crm, direction: 'inbound', rule: kept });
  }
  const pairs = pairsOf(planning, link);
  if (pairs === undefined) return;
  if (pairs.byEmail.has(email.id)) {
    planning.setLink({ ...link, lastEmail: email.id, received: true, touched: planning.now });
    return planning.finish(key, { what: 'both', crm: link.crm, direction: 'inbound', rule: 'T11' });
  }
  const rest = email.dateAdded + OWN_COPY_MS - planning.observed.crmNow;
  if (rest > 0) return planning.setAside(key, email.threadId, 'waiting', 'own-copy', planning.now + rest);
  mirrorInto(planning, link, email, 'T11');
}
