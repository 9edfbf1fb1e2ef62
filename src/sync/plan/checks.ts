/**
 * "Check this thread" (S8): both sides of a link are read and compared, and what is missing is decided again, each message
 * in doubt, so that the CRM is read back before anything is logged.
 */
import type { CrmEmail } from '../../crm/types';
import { compareThread, type BothSides } from '../compare';
import { checkOf } from '../keys';
import { newestIds, withoutGap } from '../newest';
import type { Link } from '../state';
import { isUnnamed } from '../rename';
import type { Planning } from './planning';

/** E-mails of a CRM thread that are read for it; the newest, where it has more. */
export const MOST_CHECKED = 90;

export function planChecks(planning: Planning): void {
  for (const [key, item] of planning.state.items) {
    const crm = checkOf(key);
    if (crm === undefined || planning.isResting(key)) continue;
    const link = planning.links.get(crm);
    const sides = link === undefined ? 'gone' : readSides(planning, link);
    if (sides === 'open') continue;
    if (sides === 'unread') {
      planning.tryLater(key, item.thread, 'unreadable');
      continue;
    }
    planning.items.delete(key);
    if (link !== undefined && sides !== 'gone') repair(planning, link, sides);
  }
}

function repair(planning: Planning, link: Link, sides: BothSides): void {
  const { items, seen } = planning.state;
  for (const { key, where } of compareThread({ ...planning.head, items, seen }, link, sides).missing) {
    const id = key.slice(2);
    if (where === 'gmail') planning.wanted.add(id);
    else {
      const view = sides.messages.find((message) => message.id === id);
      const asked = items.get(key)?.asked;
      planning.candidates.set(id, { crm: link.crm, view, doubt: true, asked, unlabelled: true });
    }
  }
}

function readSides(planning: Planning, link: Link): BothSides | 'open' | 'unread' {
  const threads = link.gmail.map((id) => planning.thread(id, true));
  const row = isUnnamed(link.crm)
    ? ({ kind: 'gone' } as const)
    : planning.got<'crmThread'>({ kind: 'crmThread', id: link.crm });
  if (row === undefined || threads.includes(undefined)) return 'open';
  if (row.kind === 'unread' || threads.some((thread) => thread?.kind === 'unread')) return 'unread';
  const ids = row.kind === 'got' ? row.value.emailIds : [];
  const newest = newestIds(ids, MOST_CHECKED, link.lastEmail);
  const read = newest.map((id) => planning.got<'email'>({ kind: 'email', id }));
  if (read.includes(undefined)) return 'open';
  if (read.some((email) => email?.kind === 'unread')) return 'unread';
  const found = read.flatMap((email): CrmEmail[] => (email?.kind === 'got' ? [email.value] : []));
  const emails = withoutGap(ids, newest, found);
  const messages = threads.flatMap((thread) => (thread?.kind === 'got' ? thread.value.messages : []));
  return { messages, emails, whole: ids.length <= MOST_CHECKED };
}
