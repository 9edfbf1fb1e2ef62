/** POST /conversations/messages/inbound: logs a mail that was sent or received elsewhere; nothing is sent (facts, highlevel 5.5). */
import type { Call, Reply, Route } from '../api/call';
import { ApiError, badRequest, notEmulated } from '../api/errors';
import { iso, precise, textOf, type Crm } from '../crm';
import type { Contact, Email, Json } from '../state';
import { locationFrom } from './outgoing';
import { addEmail, conversationOf } from './store';

const TYPES = [
  ...['SMS', 'RCS', 'Email', 'WhatsApp', 'GMB', 'IG', 'FB', 'Custom', 'WebChat', 'Live_Chat', 'Call', 'IVR_Call'],
  ...['Campaign_Call', 'Campaign_VoiceMail', 'TIKTOK', 'ALL_IN_ONE_CHAT', 'FORM_SUBMISSION'],
];

const WRITE = 'conversations/message.write';

export const INBOUND_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/conversations/messages/inbound', scope: WRITE, handle: log },
  { method: 'POST', path: '/conversations/messages/outbound', scope: WRITE, handle: logCall },
];

function log(call: Call): Reply {
  const { crm } = call;
  const fields = call.fields();
  const type = fields.requiredOneOf('type', TYPES);
  const providerId = fields.string('conversationProviderId');
  const direction = fields.oneOf('direction', ['inbound', 'outbound']) ?? 'outbound';
  const date = fields.date('date');
  const given = {
    subject: fields.string('subject') ?? '',
    html: fields.string('html'),
    message: fields.string('message'),
    from: fields.string('emailFrom'),
    to: fields.string('emailTo'),
    cc: fields.strings('emailCc') ?? [],
    bcc: fields.strings('emailBcc') ?? [],
    attachments: fields.strings('attachments') ?? [],
    altId: fields.string('altId'),
    follows: fields.string('emailMessageId'),
  };
  fields.done();
  if (type !== 'Email' && type !== 'Custom') throw notEmulated(`type ${type}`);
  // Stored nowhere, and says 201 all the same (#70).
  if (type === 'Custom' && providerId === undefined) return { status: 201 };
  checkProvider(call, providerId);
  const contact = contactOf(crm, call.json());
  if (given.altId !== undefined && crm.switches.refuseDuplicateAltId && crm.state.altIds.has(given.altId)) {
    throw badRequest('A message with this altId already exists');
  }

  const asGiven = crm.switches.inboundAddresses === 'given';
  const contactSide = (asGiven ? (direction === 'inbound' ? given.from : given.to) : undefined) ?? contact.email;
  const ourSide = (asGiven ? (direction === 'inbound' ? given.to : given.from) : undefined) ?? locationFrom(crm);
  const { loggedSource } = crm.switches;
  const email = addEmail(
    crm,
    {
      contactId: contact.id,
      threadId: threadFollowed(crm, contact, given.follows),
      direction,
      status: direction === 'inbound' ? 'delivered' : crm.switches.loggedStatus,
      subject: given.subject,
      body: given.html ?? given.message ?? '',
      from: direction === 'inbound' ? contactSide : ourSide,
      to: Object.freeze([direction === 'inbound' ? ourSide : contactSide]),
      cc: Object.freeze([...given.cc]),
      bcc: Object.freeze([...given.bcc]),
      attachments: Object.freeze([...given.attachments]),
      ...(loggedSource === 'none' ? {} : { source: loggedSource }),
      ...(given.altId === undefined ? {} : { altId: given.altId }),
      ...(type === 'Custom' ? { provider: 'custom', conversationProviderId: providerId } : {}),
      ...(date !== undefined && crm.switches.inboundDateHonoured ? { dateAdded: precise(crm, date) } : {}),
    },
    // Type Email with the id of an extra provider lands in the default channel (#19).
    { messageType: type === 'Custom' ? crm.switches.customProviderMessageType : 'TYPE_EMAIL' },
  );
  return { status: crm.switches.inboundHttpStatus, body: answer(email, call.traceId) };
}

function answer(email: Email, traceId: string): Json {
  return {
    success: true,
    conversationId: email.conversationId,
    messageId: email.threadId,
    message: 'Message added successfully',
    contactId: email.contactId,
    dateAdded: iso(email.dateAdded),
    emailMessageId: email.id,
    traceId,
  };
}

function checkProvider(call: Call, providerId: string | undefined): void {
  const { app } = call.crm.state;
  if (providerId === undefined) {
    if (call.crm.switches.inboundNeedsProvider) throw badRequest('No conversationProviderId passed in body');
    return;
  }
  // An id that does not exist is a fault of the server (#6).
  if (app === undefined || providerId !== app.providerId) {
    throw new ApiError(500, { statusCode: 500, message: 'Internal server error' });
  }
  // A Private Integration Token has no conversation providers (facts, highlevel 2.4).
  if (call.token.appId !== app.id) throw badRequest('Incorrect conversationProviderId/type');
}

/** Either of the two ids will do (facts, highlevel 5.5); where both are given the conversation's contact counts. */
function contactOf(crm: Crm, body: Json): Contact {
  const conversation = crm.state.conversations.get(textOf(body['conversationId']));
  if (body['conversationId'] !== undefined && (conversation === undefined || conversation.deleted)) {
    throw badRequest('Conversation not found');
  }
  if (conversation === undefined && body['contactId'] === undefined) {
    throw badRequest('conversationId or contactId is required');
  }
  const contact = crm.state.contacts.get(conversation?.contactId ?? textOf(body['contactId']));
  if (contact === undefined) throw badRequest('Contact not found');
  return contact;
}

/** The container that a logged mail joins; an id that is unknown or of another contact makes a new one. */
function threadFollowed(crm: Crm, contact: Contact, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const by = crm.switches.inboundThreadsBy;
  const byEmail = by === 'thread' ? undefined : crm.state.emails.get(id)?.threadId;
  const thread = crm.state.threads.get(byEmail ?? (by === 'email' ? '' : id));
  return thread?.conversationId === conversationOf(crm, contact.id).id ? thread.id : undefined;
}

/** Takes calls only (facts, highlevel, fact 4). */
function logCall(call: Call): Reply {
  const fields = call.fields();
  fields.requiredOneOf('type', ['Call']);
  fields.done();
  const body = call.json();
  if (body['conversationProviderId'] === undefined) throw badRequest('No conversationProviderId passed in body');
  if (body['call'] === undefined) throw badRequest('No call object passed in body');
  throw notEmulated('logging calls');
}
