/**
 * An SMTP provider that goes through the user's own Gmail leaves a copy in Sent (R2): that one is taken for the mirror. It
 * may arrive some time after the CRM shows the e-mail.
 */
import type { CrmEmail } from '../../crm/types';
import { followKey } from '../keys';
import type { MessageView } from '../observed';
import { DAY_MS, OWN_COPY_MS, TWIN_MS, type Link } from '../state';
import { isOutbound } from '../threads';
import { followOf } from './follow';
import { mirrorInto, withEmail } from './mirrors';
import type { Planning } from './planning';
import { isLetterTo } from './readback';

export function mayLeaveCopy({ provider }: CrmEmail): boolean {
  return /smtp/i.test(provider ?? '');
}

export function mirrorUnlessThere(planning: Planning, link: Link, email: CrmEmail, rule: string): void {
  const key = `e:${email.id}`;
  const since = Math.floor(email.dateAdded / DAY_MS - 1) * DAY_MS;
  const sent = planning.got<'sentMail'>({ kind: 'sentMail', since });
  if (sent === undefined) return;
  if (sent.kind !== 'got') return planning.tryLater(key, link.crm, 'gmail-busy');
  const copy = sent.value.find((view) => !planning.twins.has(view.id) && isCopy(planning, view, email));
  if (copy !== undefined) return adoptCopy(planning, link, email, copy, rule);
  const rest = email.dateAdded + OWN_COPY_MS - planning.observed.crmNow;
  if (rest > 0) return planning.setAside(key, link.crm, 'waiting', 'own-copy', planning.now + rest);
  mirrorInto(planning, link, email, rule);
}

function isCopy(planning: Planning, view: MessageView, email: CrmEmail): boolean {
  return (
    isOutbound(view) &&
    !view.labelIds.includes(planning.head.labels?.own ?? '') &&
    view.mail.marker === undefined &&
    Math.abs(view.date - email.dateAdded) <= TWIN_MS &&
    isLetterTo(email, view)
  );
}

function adoptCopy(planning: Planning, link: Link, email: CrmEmail, copy: MessageView, rule: string): void {
  const gmail = link.gmail.includes(copy.threadId) ? link.gmail : [copy.threadId, ...link.gmail];
  planning.setLink({ ...withEmail(link, email, planning.now), gmail, count: link.count + 1 });
  planning.finish(`e:${email.id}`, { what: 'mirrored', crm: link.crm, direction: 'outbound', rule });
  planning.candidates.delete(copy.id);
  planning.twins.add(copy.id);
  // The labels make it the add-on's; its Message-ID is the one that the contact answers.
  planning.actions.push(followOf(planning, followKey(email.id, copy.id), link.crm, false));
}
