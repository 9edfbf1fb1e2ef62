/** POST /conversations/messages: really sends (facts, highlevel 5.6); and cancelling what is scheduled. */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest, notEmulated } from '../api/errors';
import type { Contact } from '../state';
import { bare } from './addresses';
import { answeredBy, locationFrom, sendOut } from './outgoing';
import { changeStatus, emailsOf } from './store';

const TYPES = ['SMS', 'RCS', 'Email', 'WhatsApp', 'IG', 'FB', 'Custom', 'Live_Chat', 'TIKTOK', 'InternalComment'];
const STATUSES = ['delivered', 'failed', 'pending', 'read'];
const WRITE = 'conversations/message.write';

export const SEND_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/conversations/messages', scope: WRITE, handle: send },
  {
    method: 'DELETE',
    path: '/conversations/messages/email/:emailMessageId/schedule',
    scope: WRITE,
    version: 'none',
    handle: (call) => cancel(call, call.params['emailMessageId']),
  },
  {
    method: 'DELETE',
    path: '/conversations/messages/:messageId/schedule',
    scope: WRITE,
    handle: (call) => cancel(call, emailsOf(call.crm, call.params['messageId']).pop()?.id ?? ''),
  },
];

function send(call: Call): Reply {
  const { crm } = call;
  const fields = call.fields();
  const type = fields.requiredOneOf('type', TYPES);
  const contactId = fields.text('contactId');
  fields.oneOf('status', STATUSES);
  const html = fields.string('html') ?? '';
  const attachments = fields.strings('attachments') ?? [];
  const scheduled = fields.number('scheduledTimestamp');
  const providerId = fields.string('conversationProviderId');
  const emailTo = fields.string('emailTo');
  const given = {
    from: fields.string('emailFrom') ?? locationFrom(crm),
    cc: fields.strings('emailCc') ?? [],
    bcc: fields.strings('emailBcc') ?? [],
    subject: fields.string('subject') ?? '',
    reply: fields.string('replyMessageId'),
    threadId: fields.string('threadId'),
  };
  fields.done();
  if (type !== 'Email' && type !== 'Custom') throw notEmulated(`type ${type}`);
  const contact = crm.state.contacts.get(contactId);
  if (contact === undefined) throw badRequest('Contact not found');
  if (html === '' && attachments.length === 0) {
    throw badRequest('There is no message or attachments for this message. Skip sending.');
  }
  if (emailTo !== undefined && !isAddressOf(contact, emailTo))
    throw badRequest('emailTo is not an address of the contact');
  const ours = providerId !== undefined && providerId === crm.state.app?.providerId && call.token.kind === 'app';
  if (type === 'Custom' && !ours) throw badRequest('Incorrect conversationProviderId/type');
  const replyTo = given.reply ?? given.threadId;
  const email = sendOut(crm, {
    contact,
    channel: type === 'Custom' ? 'gmail' : 'default',
    source: 'api',
    from: given.from,
    ...(emailTo === undefined ? {} : { to: [emailTo] }),
    cc: given.cc,
    bcc: given.bcc,
    subject: given.subject,
    html,
    attachments,
    answers:
      replyTo === undefined
        ? undefined
        : answeredBy(crm, { emailMessageId: given.reply, threadId: given.threadId }, contact.id),
    ...(scheduled === undefined ? {} : { sendAt: scheduled * 1000 }),
  });
  const { conversationId, threadId, id } = email;
  const body = { conversationId, messageId: threadId, emailMessageId: id, msg: 'Message queued successfully.' };
  return { status: crm.switches.sendHttpStatus, body: { ...body, traceId: call.traceId } };
}

function isAddressOf(contact: Contact, address: string): boolean {
  const wanted = bare(address);
  return [contact.email, ...contact.additionalEmails].some((own) => own.toLowerCase() === wanted);
}

function cancel(call: Call, emailId: string): Reply {
  const { crm } = call;
  const email = crm.state.emails.get(emailId);
  if (email?.status !== 'scheduled') return ok({ status: 404, message: 'Failed cancel the scheduled message' });
  crm.state.dues = crm.state.dues.filter((due) => due.emailId !== emailId || due.does !== 'send');
  changeStatus(crm, emailId, 'failed', 'The scheduled message was cancelled');
  return ok({ status: 200, message: 'Scheduled message cancelled successfully' });
}
