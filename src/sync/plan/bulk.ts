/**
 * Bulk sends in the name of the connected address (R3): so many of one are mirrored, and the rest when its contact answers,
 * so that a mailing to thousands does not fill the mailbox.
 */
import type { CrmEmail } from '../../crm/types';
import { MOST_BULK } from '../settings';
import type { Link } from '../state';
import { mirrorDeferred } from './mirrors';
import type { Planning } from './planning';

/** E-mails that follow one another within this time are one send: the CRM names none, and each subject may be personal. */
const GAP_MS = 60 * 60_000;

/** Counts the e-mail; one whose thread is known already is part of a conversation, or was counted before. */
export function isDeferred(planning: Planning, { threadId, dateAdded }: CrmEmail): boolean {
  if (planning.links.has(threadId)) return false;
  const { at, count } = planning.bulk ?? { at: 0, count: 0 };
  const one = Math.abs(dateAdded - at) <= GAP_MS;
  planning.bulk = { at: Math.max(at, dateAdded), count: one ? count + 1 : 1 };
  return planning.bulk.count > (planning.head.settings?.mostBulk ?? MOST_BULK);
}

export function deferMirror(planning: Planning, link: Link, email: CrmEmail): void {
  planning.setLink({ ...link, deferred: email.id });
  planning.finish(`e:${email.id}`, { what: 'linked', crm: link.crm, direction: 'outbound', rule: 'R3' });
}

/** The conversation goes on in Gmail: what it began with is put there too. */
export function planDeferred(planning: Planning): void {
  for (const link of [...planning.links.values()]) {
    if (link.deferred !== undefined && link.gmail.length > 0) mirrorDeferred(planning, link);
  }
}
