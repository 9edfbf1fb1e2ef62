/** Status updates: only for the app that owns the provider of the mail (facts, highlevel 5.8). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { forbidden, notFound, unprocessable } from '../api/errors';
import { textOf } from '../crm';
import type { Email, Json } from '../state';
import { changeStatus, emailsOf } from './store';

const WRITE = 'conversations/message.write';
const V2_STATUSES = ['delivered', 'failed', 'pending', 'read'] as const;
const V3_STATUSES = [
  ...['pending', 'scheduled', 'sent', 'delivered', 'read', 'undelivered', 'connected', 'failed', 'opened', 'clicked'],
];

export const STATUS_ROUTES: readonly Route[] = [
  { method: 'PUT', path: '/conversations/messages/:messageId/status', scope: WRITE, handle: updateMessage },
  {
    method: 'PUT',
    path: '/conversations/messages/email/:emailId/status',
    scope: WRITE,
    version: 'v3',
    handle: updateEmail,
  },
];

function updateMessage(call: Call): Reply {
  const { crm, params } = call;
  const fields = call.fields();
  const status = fields.requiredOneOf('status', V2_STATUSES);
  const emailId = fields.string('emailMessageId');
  fields.strings('recipients');
  fields.done();
  refuseForeignTokens(call);
  const inThread = emailsOf(crm, params['messageId']);
  // The id is that of the container; which mail of it is meant says emailMessageId, else it is the latest.
  const email =
    emailId === undefined
      ? (inThread[inThread.length - 1] ?? crm.state.emails.get(params['messageId']))
      : inThread.find(({ id }) => id === emailId);
  if (email === undefined) throw notFound(`Message with id ${params['messageId']} not found`);
  checkReady(call, email);
  changeStatus(crm, email.id, status, status === 'failed' ? errorText(call.json()['error']) : undefined);
  return ok({
    conversationId: email.conversationId,
    messageId: email.threadId,
    emailMessageId: email.id,
    msg: 'Message status updated successfully.',
    status,
    traceId: call.traceId,
  });
}

function updateEmail(call: Call): Reply {
  const { crm, params } = call;
  const fields = call.fields();
  const status = fields.requiredOneOf('status', V3_STATUSES);
  fields.done();
  refuseForeignTokens(call);
  const email = crm.state.emails.get(params['emailId']);
  if (email === undefined) throw notFound(`Email message with id ${params['emailId']} not found`);
  checkReady(call, email);
  changeStatus(crm, email.id, status, status === 'failed' ? failReason(call.json()) : undefined);
  return ok({ success: true, message: 'Email status updated successfully', traceId: call.traceId });
}

function refuseForeignTokens(call: Call): void {
  const { app } = call.crm.state;
  if (app === undefined || call.token.appId !== app.id) {
    throw forbidden(
      'Message status updates are only able to be updated by the conversation provider marketplace application tokens.',
    );
  }
}

function checkReady({ crm }: Call, email: Email): void {
  const ours = email.conversationProviderId === crm.state.app?.providerId;
  // Some seconds pass until the message has reached the provider (#4; 403 since June 2025, earlier 401).
  const readyAt = email.dateAdded - crm.switches.clockSkewMs + crm.switches.statusReadyAfterMs;
  if (!ours || crm.clock.now < readyAt) throw forbidden('No conversation provider found for this message');
}

function errorText(error: unknown): string {
  if (error === undefined || error === null) return 'failed';
  if (typeof error !== 'object') throw unprocessable(['error must be an object']);
  const { message, code } = error as Json;
  return textOf(message) || textOf(code) || 'failed';
}

function failReason(body: Json): string {
  const recipients = Array.isArray(body['recipients']) ? (body['recipients'] as Json[]) : [];
  const reason = recipients.find((recipient) => recipient?.['failReason'] !== undefined)?.['failReason'];
  return textOf(reason) || 'failed';
}
