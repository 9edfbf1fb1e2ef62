/**
 * Inbound e-mails that the CRM took in by itself (T11): mirrored into the inbox, unless the mailbox has its own copy of
 * the same mail, which then is the one that counts.
 */
import type { CrmEmail } from '../../crm/types';
import type { MessageView } from '../observed';
import { emailKeptBack } from '../privacy';
import { OWN_COPY_MS, TWIN_MS, type Link } from '../state';
import { isMail, isOutbound } from '../threads';
import { mirrorInto } from './mirrors';
import type { FreshEmail } from './outbound';
import type { Planning } from './planning';
import { isOwnPush, isSameMail } from './readback';

export function planReceived(planning: Planning, fresh: readonly FreshEmail[]): void {
  for (const { email } of fresh) if (email.direction === 'inbound') planOne(planning, email);
}

function planOne(planning: Planning, email: CrmEmail): void {
  const key = `e:${email.id}`;
  const pushed = isOwnPush(planning, email);
  if (pushed === undefined) return;
  if (pushed) return planning.finish(key, { what: 'pushed', crm: email.threadId, direction: 'inbound', rule: 'X5' });
  const link = planning.links.get(email.threadId);
  if (link === undefined || link.stopped !== '') {
    return planning.finish(key, {
      what: 'left',
      crm: email.threadId,
      direction: 'inbound',
      rule: link === undefined ? 'T1' : 'T8',
    });
  }
  const kept = emailKeptBack(planning.head, email);
  if (kept !== undefined) {
    return planning.finish(key, { what: 'left', crm: link.crm, direction: 'inbound', rule: kept });
  }
  const twin = ownCopyOf(planning, link, email);
  if (twin === undefined) return;
  if (twin !== 'none') {
    planning.twins.add(twin.id);
    planning.setLink({ ...link, lastEmail: email.id, received: true, touched: planning.now });
    return planning.finish(key, { what: 'both', crm: link.crm, direction: 'inbound', rule: 'T11' });
  }
  const rest = email.dateAdded + OWN_COPY_MS - planning.observed.crmNow;
  if (rest > 0) return planning.setAside(key, email.threadId, 'waiting', 'own-copy', planning.now + rest);
  mirrorInto(planning, link, email, 'T11');
}

/** The mailbox's own copy of a mail that the CRM has too, `none`, or undefined while threads are being read. */
function ownCopyOf(planning: Planning, link: Link, email: CrmEmail): MessageView | 'none' | undefined {
  for (const id of link.gmail) {
    const thread = planning.thread(id, true);
    if (thread === undefined) return undefined;
    if (thread.kind !== 'got') continue;
    const twin = thread.value.messages.find(
      (message) => !planning.twins.has(message.id) && isTwin(planning, message, email),
    );
    if (twin !== undefined) return twin;
  }
  return 'none';
}

/** The same mail, come in by itself, within ten minutes. */
function isTwin(planning: Planning, message: MessageView, email: CrmEmail): boolean {
  return (
    isMail(message.labelIds) &&
    !isOutbound(message) &&
    !message.labelIds.includes(planning.head.labels?.own ?? '') &&
    Math.abs(message.date - email.dateAdded) <= TWIN_MS &&
    isSameMail(email, message, 'inbound')
  );
}

/** A mirrored copy of what the CRM took in, which gives way to the mailbox's own copy that came later (T11). */
export function mirroredTwinOf(
  planning: Planning,
  message: MessageView,
  thread: readonly MessageView[],
): MessageView | undefined {
  const own = planning.head.labels?.own ?? '';
  return thread.find(
    (other) =>
      other.id !== message.id &&
      other.labelIds.includes(own) &&
      isMail(other.labelIds) &&
      !isOutbound(other) &&
      other.mail.marker !== undefined &&
      Math.abs(other.date - message.date) <= TWIN_MS &&
      sameMessage(other, message),
  );
}

function sameMessage(copy: MessageView, message: MessageView): boolean {
  const { mail } = copy;
  return isSameMail(
    {
      id: '',
      threadId: '',
      conversationId: '',
      contactId: '',
      locationId: '',
      status: '',
      to: [],
      cc: [],
      bcc: [],
      attachments: [],
      direction: 'inbound',
      from: mail.from.email,
      subject: mail.subject,
      body: mail.html ?? mail.text ?? '',
      dateAdded: copy.date,
    },
    message,
    'inbound',
  );
}
