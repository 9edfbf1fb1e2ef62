/** Really sends a stored mail over the network, and what becomes of it: delivered, or failed with the reason. */
import { locationOf, type Crm } from '../crm';
import { fileAt } from '../files/store';
import { MAIL_DOMAIN } from '../hosts';
import type { Email, StoredFile } from '../state';
import { bare, mailboxOf } from './addresses';
import { compose } from './compose';
import { mailbox } from './headers';
import { NATIVE_SYNC } from './provider';
import { changeStatus, emailsOf, noteMessageId } from './store';

export function transmit(crm: Crm, email: Email): Email {
  const native = email.provider === NATIVE_SYNC;
  const messageId = native ? `<${crm.ids.alphanumeric(32)}@mail.gmail.com>` : `<${crm.ids.hex(24)}@${MAIL_DOMAIN}>`;
  noteMessageId(crm, email.id, messageId);
  // Letters of an address come back in any case, so the token is in lower case.
  const token = crm.ids.hex(20);
  crm.state.mailTokens.set(token, email.id);
  const from = mailboxOf(email.from);
  const raw = compose({
    from,
    to: email.to.map(bare),
    cc: email.cc.map(bare),
    replyTo: native ? [] : replyTo(crm, email, token),
    subject: email.subject,
    date: email.dateAdded,
    messageId,
    references: referencesOf(crm, email),
    html: withUnreachable(crm, email),
    attachments: email.attachments.map((address) => fileAt(crm, address)).filter((file): file is StoredFile => !!file),
    boundary: crm.ids.hex(24),
  });
  const recipients = [...new Set([...email.to, ...email.cc, ...email.bcc].map(bare))].filter((to) => to !== '');
  const envelopeFrom = native ? from.address : `bounce+${token}@${MAIL_DOMAIN}`;
  const { refused } = crm.send({ from: envelopeFrom, to: recipients, raw });
  if (native || crm.switches.ownProviderLeavesCopy) crm.leaveInSent?.(from.address.toLowerCase(), raw);
  const lost = refused.find(({ to }) => email.to.some((address) => bare(address) === to.toLowerCase()));
  if (lost !== undefined) return changeStatus(crm, email.id, 'failed', `${lost.to}: ${lost.reason}`) as Email;
  const { deliveredAfterMs } = crm.switches;
  if (deliveredAfterMs === 0) return changeStatus(crm, email.id, 'delivered') as Email;
  crm.state.dues.push(Object.freeze({ at: crm.clock.now + deliveredAfterMs, emailId: email.id, does: 'deliver' }));
  return crm.state.emails.get(email.id) as Email;
}

/** The setting of the sub-account; a mail that no user sent has only the CRM's address to reply to. */
function replyTo(crm: Crm, email: Email, token: string): string[] {
  const setting = crm.switches.replyTo;
  const user = email.userId === undefined ? undefined : crm.state.users.get(email.userId);
  const crmAddress = mailbox(locationOf(crm).name, `conversations+${token}@${MAIL_DOMAIN}`);
  const userAddress = user === undefined ? [] : [mailbox(user.name, user.email)];
  if (setting === 'user' && userAddress.length > 0) return userAddress;
  return setting === 'both' ? [crmAddress, ...userAddress] : [crmAddress];
}

/** The earlier mails of the thread whose Message-ID the CRM knows: its own and those it received. */
function referencesOf(crm: Crm, email: Email): string[] {
  const earlier = emailsOf(crm, email.threadId).filter(
    ({ id, messageId }) => id !== email.id && messageId !== undefined,
  );
  const ids = earlier.map(({ messageId }) => messageId as string);
  const answered = crm.state.emails.get(email.replyToMessageId ?? '')?.messageId;
  return answered === undefined ? ids : [...ids.filter((id) => id !== answered), answered];
}

/** Attachments at foreign addresses cannot be fetched; the reader gets the link. */
function withUnreachable(crm: Crm, email: Email): string {
  const links = email.attachments.filter((address) => fileAt(crm, address) === undefined);
  if (links.length === 0) return email.body;
  const items = links.map((link) => `<li><a href="${link.replace(/"/g, '%22')}">${link.replace(/</g, '%3C')}</a></li>`);
  return `${email.body}<ul>${items.join('')}</ul>`;
}

/** What is due by now: deliveries noticed, scheduled mails sent. */
export function settle(crm: Crm): void {
  const now = crm.clock.now;
  if (!crm.state.dues.some(({ at }) => at <= now)) return;
  const due = crm.state.dues.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
  crm.state.dues = crm.state.dues.filter(({ at }) => at > now);
  for (const { emailId, does } of due) {
    const email = crm.state.emails.get(emailId);
    if (email === undefined) continue;
    if (does === 'deliver' && email.status === 'sent') changeStatus(crm, emailId, 'delivered');
    if (does === 'send' && email.status === 'scheduled') {
      if (email.conversationProviderId !== undefined) changeStatus(crm, emailId, 'pending');
      else transmit(crm, changeStatus(crm, emailId, 'sent') as Email);
    }
  }
}
