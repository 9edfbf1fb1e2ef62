/** What the CRM's screens do when somebody writes: individual, bulk, workflow and API sends (facts, highlevel 7). */
import type { CrmSend, CrmSent } from '../../core/services';
import { CrmRefusal, type Crm } from '../crm';
import { addressOf, storeFile } from '../files/store';
import type { Contact, Email } from '../state';
import { answeredBy, locationFrom, sendOut, userFrom, type Outgoing } from './outgoing';
import { forgetEmail } from './store';

export function sendFromScreens(crm: Crm, send: CrmSend): CrmSent {
  const contacts = (typeof send.to === 'string' ? [send.to] : send.to).map((id) => contactOf(crm, id));
  if (contacts.length === 0) throw new CrmRefusal('a mail needs a contact');
  if (!crm.state.users.has(send.user)) throw new CrmRefusal(`there is no CRM user ${send.user}`);
  const source = sourceOf(crm, send.kind);
  const from = fromOf(crm, send);
  const attachments = (send.attachments ?? []).map(({ name, type, base64 }) =>
    addressOf(crm, storeFile(crm, { name, type, bytes: Buffer.from(base64, 'base64') })),
  );
  const mails = contacts.map((contact) =>
    sendOut(crm, {
      contact,
      channel: send.channel,
      source,
      userId: userIdOf(crm, send),
      from,
      cc: send.cc ?? [],
      bcc: [],
      subject: send.subject,
      html: send.html,
      attachments,
      answers: answeredBy(crm, send.replyTo, contact.id),
    }),
  );
  const [first, ...others] = mails.map(sent);
  return others.length === 0 ? first : { ...first, others };
}

export function retryFailed(crm: Crm, emailId: string): CrmSent {
  const failed = crm.state.emails.get(emailId);
  if (failed?.status !== 'failed') throw new CrmRefusal('only a failed e-mail can be tried again');
  const contact = contactOf(crm, failed.contactId);
  const email = sendOut(crm, {
    contact,
    channel: failed.conversationProviderId === undefined ? 'default' : 'gmail',
    source: (failed.source ?? 'app') as Outgoing['source'],
    userId: failed.userId,
    from: failed.from,
    cc: failed.cc,
    bcc: failed.bcc,
    subject: failed.subject,
    html: failed.body,
    attachments: failed.attachments,
    answers: { threadId: failed.threadId, emailId: failed.replyToMessageId },
  });
  forgetEmail(crm, failed);
  return sent(email);
}

function sent(email: Email): CrmSent {
  const { id, threadId, conversationId, status } = email;
  return { emailMessageId: id, threadId, conversationId, status };
}

function contactOf(crm: Crm, id: string): Contact {
  const contact = crm.state.contacts.get(id);
  if (contact === undefined) throw new CrmRefusal(`there is no contact ${id}`);
  return contact;
}

function sourceOf(crm: Crm, kind: CrmSend['kind']): Outgoing['source'] {
  switch (kind) {
    case 'individual':
      return 'app';
    case 'bulk':
      return crm.switches.bulkAsCampaign ? 'campaign' : 'bulk_actions';
    case 'workflow':
      return 'workflow';
    case 'api':
      return 'api';
  }
}

/** An automation writes as the location unless it was told a From; so does a bulk send whose From was left blank. */
function fromOf(crm: Crm, send: CrmSend): string {
  const blank = send.from === '' || (send.from === undefined && send.kind === 'workflow');
  return blank ? locationFrom(crm) : (send.from ?? userFrom(crm, send.user));
}

/** Containers of bulk and workflow mails may lack the user (facts, highlevel 7). */
function userIdOf(crm: Crm, send: CrmSend): string | undefined {
  if (send.kind === 'individual') return send.user;
  if (send.kind === 'bulk' && crm.switches.bulkUserId) return send.user;
  return send.kind === 'workflow' && crm.switches.workflowUserId ? send.user : undefined;
}
