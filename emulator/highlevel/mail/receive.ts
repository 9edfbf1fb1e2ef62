/**
 * The CRM's own mailboxes: replies that it takes in by itself, and bounces of what it sent. A mail is matched by the
 * token in the address, else by the References to a mail of that contact, else by the contact alone (a new container).
 */
import { CrmRefusal, type Crm } from '../crm';
import { addressOf, storeFile } from '../files/store';
import { MAIL_DOMAIN } from '../hosts';
import { createContact, findByEmail } from '../records/contact-store';
import type { Contact, Email } from '../state';
import { bare, mailboxes, mailboxOf } from './addresses';
import { readMail, type ReadMail } from './read';
import { addEmail, changeStatus, conversationOf, emailsOf, threadsOf } from './store';

/** Mailboxes at the CRM's mail domain; anything after a plus is a token. */
const LOCAL_PARTS = ['conversations', 'bounce', 'postmaster'];

export function accepts(crm: Crm, address: string): boolean {
  const [local, domain] = address.toLowerCase().split('@');
  if (domain !== MAIL_DOMAIN) return false;
  return LOCAL_PARTS.includes(local.split('+')[0]) || address.toLowerCase() === crm.state.location?.email;
}

/** Gives the mail that was made of it; undefined where it was dropped, counted as a bounce, or here already. */
export function receive(crm: Crm, to: string, raw: Buffer): Email | undefined {
  const mail = readMail(raw);
  const [local] = to.toLowerCase().split('@');
  const [box, token = ''] = local.split('+');
  const named = crm.state.emails.get(crm.state.mailTokens.get(token) ?? '');
  if (box === 'bounce' || (mail.isReport && named !== undefined)) {
    if (named !== undefined) changeStatus(crm, named.id, 'failed', reportReason(mail));
    return undefined;
  }
  const sender = mailboxOf(mail.header('from'));
  const contact = contactOfMail(crm, named, sender);
  if (contact === undefined || isHereAlready(crm, contact, mail)) return undefined;
  const answered = named ?? referenced(crm, contact, mail);
  const thread = answered === undefined ? undefined : crm.state.threads.get(answered.threadId);
  return addEmail(
    crm,
    {
      contactId: contact.id,
      threadId: thread?.id,
      direction: 'inbound',
      status: 'delivered',
      subject: mail.subject,
      body: mail.html,
      from: sender.name === '' ? sender.address : `${sender.name} <${sender.address}>`,
      to: Object.freeze(mailboxes(mail.header('to')).map(({ address }) => address)),
      cc: Object.freeze(mailboxes(mail.header('cc')).map(({ address }) => address)),
      bcc: Object.freeze([]),
      attachments: Object.freeze(mail.attachments.map((file) => addressOf(crm, storeFile(crm, file)))),
      provider: crm.switches.ownProvider,
      ...(answered === undefined ? {} : { replyToMessageId: answered.id }),
      ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
    },
    { messageType: thread?.messageType ?? 'TYPE_EMAIL' },
  );
}

function contactOfMail(
  crm: Crm,
  named: Email | undefined,
  sender: { readonly name: string; readonly address: string },
): Contact | undefined {
  // A reply from another address of the person still belongs to the thread whose token it carries.
  if (named !== undefined) return crm.state.contacts.get(named.contactId);
  const known = findByEmail(crm, sender.address, true);
  if (known !== undefined || !crm.switches.unknownSenderCreatesContact || sender.address === '') return known;
  try {
    return createContact(crm, { name: sender.name, email: sender.address });
  } catch (error) {
    if (error instanceof CrmRefusal) return undefined;
    throw error;
  }
}

function referenced(crm: Crm, contact: Contact, mail: ReadMail): Email | undefined {
  const known = emailsOfContact(crm, contact);
  return known.find(({ messageId }) => messageId !== undefined && mail.references.includes(messageId));
}

/** The same mail comes once for each of our addresses among its recipients. */
function isHereAlready(crm: Crm, contact: Contact, mail: ReadMail): boolean {
  if (mail.messageId === undefined) return false;
  return emailsOfContact(crm, contact).some((email) => email.messageId === mail.messageId);
}

function emailsOfContact(crm: Crm, contact: Contact): Email[] {
  const threads = threadsOf(crm, conversationOf(crm, contact.id).id);
  return threads.flatMap((thread) => emailsOf(crm, thread.id).reverse());
}

/** The diagnostic line of a delivery report, else its subject. */
function reportReason(mail: ReadMail): string {
  const report = mail.attachments.find(({ type }) => type === 'message/delivery-status')?.bytes.toString('utf8') ?? '';
  const recipient = bare(/^final-recipient:\s*rfc822;\s*(.+)$/im.exec(report)?.[1] ?? '');
  const diagnostic = /^diagnostic-code:\s*(?:smtp;\s*)?(.+)$/im.exec(report)?.[1]?.trim() ?? mail.subject;
  return recipient === '' ? diagnostic : `${recipient}: ${diagnostic}`;
}
