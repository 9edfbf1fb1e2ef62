/**
 * Delivery reports (T9): the CRM e-mail that could not be delivered is set to failed, with the report's reason. A report
 * can be forged, so it counts only for an e-mail that Gmail sent for the CRM, to the recipient whom it names; any other is
 * an ordinary message, which goes to the CRM where its thread does.
 */
import { bareAddress, parseAddresses, sameAddress } from '../../gmail/mime/addresses';
import type { Bounce } from '../../gmail/mime/bounce';
import type { Mail } from '../../gmail/mime/types';
import type { CrmEmail } from '../../crm/types';
import type { MessageView } from '../observed';
import type { Link } from '../state';
import type { Planning } from './planning';

/** Who writes reports: mail systems, by the names that they use (RFC 5321, and what is seen in practice). */
const REPORTERS = /^(mailer-daemon|postmaster|mail-daemon|mdaemon)@/i;

/** By its headers alone it may be a delivery report. */
export function mayReport({ from }: Pick<Mail, 'from'>): boolean {
  return from.email === '' || REPORTERS.test(from.email);
}

/** Gives whether it is the report of a delivered e-mail and has been dealt with; undefined while something is being read. */
export function planReport(planning: Planning, { id, bounce, threadId }: MessageView): boolean | undefined {
  if (bounce === undefined || planning.head.connection.provider === undefined) return false;
  const emailId = originalOf(planning, bounce, threadId);
  if (emailId === undefined || emailId === '') return emailId === undefined ? undefined : false;
  const email = planning.got<'email'>({ kind: 'email', id: emailId });
  if (email === undefined) return undefined;
  if (email.kind === 'unread' && planning.isPatient(`g:${id}`)) {
    planning.tryLater(`g:${id}`, threadId, 'unreadable');
    return true;
  }
  if (email.kind !== 'got' || !isReported(planning, email.value, bounce)) return false;
  const key = `g:${id}`;
  const { status, threadId: crm } = email.value;
  if (status === 'failed') {
    planning.finish(key, { what: 'left', crm, direction: 'inbound', rule: 'T9' });
    return true;
  }
  const attempts = planning.state.items.get(key)?.attempts ?? 0;
  const reason = `${bounce.status} ${bounce.diagnostic}`.trim();
  planning.actions.push({
    kind: 'follow',
    key,
    crm,
    emailId,
    gmailId: '',
    labelIds: [],
    status: 'failed',
    reason,
    attempts,
  });
  planning.items.delete(key);
  return true;
}

/** The CRM e-mail that could not be delivered; empty where the report does not tell, undefined while a thread is being read. */
function originalOf(planning: Planning, bounce: Bounce, reportThread: string): string | undefined {
  if (bounce.originalMarker !== undefined) return bounce.originalMarker;
  const { originalMessageId } = bounce;
  if (originalMessageId === undefined) return '';
  const link: Link | undefined = planning.linkOfMessageId(originalMessageId) ?? planning.linkOfGmail(reportThread);
  let open = false;
  for (const id of link?.gmail ?? []) {
    const thread = planning.thread(id, false);
    if (thread === undefined) open = true;
    if (thread?.kind !== 'got') continue;
    const original = thread.value.messages.find(({ mail }) => mail.messageId === originalMessageId);
    if (original?.mail.marker !== undefined) return original.mail.marker;
  }
  return open ? undefined : '';
}

function isReported(planning: Planning, email: CrmEmail, { failedRecipients }: Bounce): boolean {
  const recipients = [...email.to, ...email.cc, ...email.bcc].flatMap((list) => parseAddresses(list));
  return (
    email.direction === 'outbound' &&
    email.conversationProviderId === planning.head.connection.provider &&
    (email.status !== 'pending' || planning.isSeen(email.id)) &&
    recipients.some((to) => failedRecipients.some((failed) => sameAddress(bareAddress(to.email), failed)))
  );
}
