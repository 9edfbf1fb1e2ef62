/**
 * An SMTP provider that goes through the user's own Gmail leaves a copy in Sent (R2): that one is taken for the mirror. It
 * may arrive some time after the CRM shows the e-mail.
 */
import type { CrmEmail } from '../../crm/types';
import { followKey } from '../keys';
import { newestIds } from '../newest';
import type { MessageView } from '../observed';
import { isUnnamed } from '../rename';
import { OWN_COPY_MS, TWIN_MS, type Link } from '../state';
import { dayBefore } from './evidence';
import { followOf } from './follow';
import { isLookedAt, mirrorInto, withEmail } from './mirrors';
import type { Planning } from './planning';
import { isSameLetter, isSameMail, MOST_NEWEST, readEmails, sentAs } from './readback';

/** What Gmail itself writes into a Message-ID; another program's mail may get such a one too (facts, reliability, probe P1). */
const BY_GMAIL = '@mail.gmail.com>';

export function mayLeaveCopy({ provider }: CrmEmail): boolean {
  return /smtp/i.test(provider ?? '');
}

export function mirrorUnlessThere(planning: Planning, link: Link, email: CrmEmail, rule: string): void {
  const key = `e:${email.id}`;
  const sent = planning.got<'sentMail'>({ kind: 'sentMail', since: dayBefore(email.dateAdded) });
  if (sent === undefined) return;
  if (sent.kind !== 'got') return planning.tryLater(key, link.crm, 'gmail-busy');
  const copy = sentAs(
    planning,
    email,
    sent.value.filter((view) => !planning.twins.has(view.id) && isNear(view, email)),
  );
  if (copy === undefined) return;
  if (copy === 'unread') return planning.tryLater(key, link.crm, 'gmail-busy');
  if (copy !== 'none') return adoptCopy(planning, link, email, copy, rule);
  const rest = email.dateAdded + OWN_COPY_MS - planning.observed.crmNow;
  if (rest > 0) return planning.setAside(key, link.crm, 'waiting', 'own-copy', planning.now + rest);
  mirrorInto(planning, link, email, rule);
}

/**
 * Is a sent message of a linked thread such a copy, of an e-mail that the CRM's lists do not show yet, or that had no turn yet?
 * Asked where the mailbox has such copies, and of what was not written in Gmail itself; undefined while it is being read.
 */
export function isOwnCopy(planning: Planning, link: Link, message: MessageView): boolean | 'unread' | undefined {
  const { marker, messageId = '' } = message.mail;
  if (marker !== undefined || isUnnamed(link.crm) || !(planning.ownCopies || !messageId.endsWith(BY_GMAIL)))
    return false;
  const row = planning.got<'crmThread'>({ kind: 'crmThread', id: link.crm });
  if (row?.kind !== 'got') return row === undefined ? undefined : row.kind === 'unread' ? 'unread' : false;
  const unknown = newestIds(row.value.emailIds, MOST_NEWEST, link.lastEmail).filter((id) => !planning.isSeen(id));
  const emails = readEmails(planning, unknown);
  if (emails === undefined || emails === 'unread') return emails;
  const near = emails.filter((email) => mayLeaveCopy(email) && isNear(message, email));
  // Read by its first words alone nobody can tell (X7): it is read whole another time.
  if (planning.isReduced(`g:${message.id}`))
    return near.some((email) => isSameLetter(email, message, 'outbound')) ? 'unread' : false;
  return near.some((email) => isSameMail(email, message, 'outbound'));
}

function isNear({ date }: MessageView, { dateAdded }: CrmEmail): boolean {
  return Math.abs(date - dateAdded) <= TWIN_MS;
}

function adoptCopy(planning: Planning, link: Link, email: CrmEmail, copy: MessageView, rule: string): void {
  if (!isLookedAt(planning, link, copy.threadId)) return;
  const gmail = link.gmail.includes(copy.threadId) ? link.gmail : [copy.threadId, ...link.gmail];
  planning.setLink({ ...withEmail(link, email, planning.now), gmail, count: link.count + 1 });
  planning.finish(`e:${email.id}`, { what: 'mirrored', crm: link.crm, direction: 'outbound', rule });
  planning.ownCopies = true;
  planning.noteOwn(copy.id);
  // The labels make it the add-on's; its Message-ID is the one that the contact answers.
  planning.actions.push(followOf(planning, followKey(email.id, copy.id), link.crm, false));
}
