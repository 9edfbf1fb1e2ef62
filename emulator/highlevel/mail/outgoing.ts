/** One outbound mail, from whichever side it is asked for: into its container, and out unless somebody else sends it. */
import { CrmRefusal, locationOf, type Crm } from '../crm';
import type { Contact, Email } from '../state';
import { bare, mailboxOf } from './addresses';
import { chooseProvider } from './provider';
import { addEmail, emailsOf, threadsOf } from './store';
import { transmit } from './transport';

export interface Outgoing {
  readonly contact: Contact;
  readonly channel: 'default' | 'gmail';
  readonly source: 'app' | 'bulk_actions' | 'campaign' | 'workflow' | 'api';
  readonly userId?: string;
  /** Address, with or without a name. */
  readonly from: string;
  /** Bare addresses; the contact's where it is left out. */
  readonly to?: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly attachments: readonly string[];
  readonly answers?: { readonly threadId: string; readonly emailId?: string };
  /** World time. */
  readonly sendAt?: number;
}

export function sendOut(crm: Crm, mail: Outgoing): Email {
  const to = mail.to ?? [mail.contact.email];
  if (to.some((address) => bare(address) === '')) throw new CrmRefusal('the contact has no e-mail address');
  if (isDoNotDisturb(mail.contact)) throw new CrmRefusal('Cannot send message as DND is active for Email.');
  const provider = chooseProvider(crm, mail);
  const pending = provider.conversationProviderId !== undefined;
  const scheduled = mail.sendAt !== undefined && mail.sendAt > crm.clock.now;
  const email = addEmail(
    crm,
    {
      contactId: mail.contact.id,
      threadId: mail.answers?.threadId,
      direction: 'outbound',
      status: scheduled ? 'scheduled' : pending ? 'pending' : 'sent',
      subject: mail.subject,
      body: mail.html,
      from: written(crm, mail.from),
      to: Object.freeze(to),
      cc: Object.freeze([...mail.cc]),
      bcc: Object.freeze([...mail.bcc]),
      attachments: Object.freeze([...mail.attachments]),
      provider: provider.name,
      conversationProviderId: provider.conversationProviderId,
      source: mail.source,
      userId: mail.userId,
      replyToMessageId: mail.answers?.emailId,
    },
    provider,
  );
  if (scheduled) {
    crm.state.dues.push(Object.freeze({ at: mail.sendAt, emailId: email.id, does: 'send' }));
    return email;
  }
  return pending ? email : transmit(crm, email);
}

/** Which mail of which container is answered; undefined: a new container. */
export function answeredBy(
  crm: Crm,
  to: { readonly emailMessageId?: string; readonly threadId?: string; readonly conversationId?: string } | undefined,
  contactId: string,
): Outgoing['answers'] {
  if (to === undefined) return undefined;
  const named = to.emailMessageId === undefined ? undefined : crm.state.emails.get(to.emailMessageId);
  if (to.emailMessageId !== undefined && named === undefined) throw new CrmRefusal('there is no such e-mail to answer');
  const newest = to.conversationId === undefined ? undefined : threadsOf(crm, to.conversationId)[0]?.id;
  const threadId = named?.threadId ?? to.threadId ?? newest;
  const thread = threadId === undefined ? undefined : crm.state.threads.get(threadId);
  if (thread === undefined) throw new CrmRefusal('there is no such thread to answer in');
  if (thread.contactId !== contactId) throw new CrmRefusal('that thread belongs to another contact');
  const last = emailsOf(crm, thread.id).pop();
  return { threadId: thread.id, emailId: named?.id ?? last?.id };
}

/** From of a mail that no user sent. */
export function locationFrom(crm: Crm): string {
  const { name, email } = locationOf(crm);
  return `${name} <${email}>`;
}

export function userFrom(crm: Crm, userId: string): string {
  const user = crm.state.users.get(userId);
  if (user === undefined) throw new CrmRefusal(`there is no CRM user ${userId}`);
  return `${user.name} <${user.email}>`;
}

/** `from` in the form in which the API gives it (facts, highlevel 5.3: `Name <a@b>`). */
function written(crm: Crm, from: string): string {
  const { name, address } = mailboxOf(from);
  const known = [...crm.state.users.values()].find((user) => user.email.toLowerCase() === address.toLowerCase());
  const shown = name === '' ? (known?.name ?? '') : name;
  const { fromForm } = crm.switches;
  if (fromForm === 'bare' || shown === '') return fromForm === 'upper' ? address.toUpperCase() : address;
  return `${shown} <${fromForm === 'upper' ? address.toUpperCase() : address}>`;
}

function isDoNotDisturb(contact: Contact): boolean {
  const email = contact.dndSettings['Email'] as { status?: unknown } | undefined;
  return email?.status === 'active' || email?.status === 'permanent';
}
