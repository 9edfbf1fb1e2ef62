/** Containers and single mails: list, get (facts, highlevel 5.2, 5.3). */
import { ok, type Call, type Reply, type Route } from '../api/call';
import { badRequest, notFound } from '../api/errors';
import { existing } from './conversations';
import { threadsOf } from './store';
import { emailView, messageView } from './views';

const READ = 'conversations/message.readonly';

export const MESSAGE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/conversations/:conversationId/messages', scope: READ, handle: list },
  { method: 'GET', path: '/conversations/messages/:messageId', scope: READ, handle: getMessage },
  // No Version is documented for it (facts, highlevel 1).
  { method: 'GET', path: '/conversations/messages/email/:emailId', scope: READ, version: 'none', handle: getEmail },
];

/** Newest first, paged with the id of the last row (facts, highlevel 5.2). */
function list(call: Call): Reply {
  const { crm, query } = call;
  const conversation = existing(call);
  const fields = call.queryFields();
  const limit = fields.count('limit', 20, 1, 100);
  fields.done();
  const types = (query.get('type') ?? '').split(',').filter((type) => type !== '');
  const all = threadsOf(crm, conversation.id).filter(
    (thread) => types.length === 0 || types.includes(thread.messageType),
  );
  const lastId = query.get('lastMessageId');
  const from = lastId === null || lastId === '' ? 0 : all.findIndex((thread) => thread.id === lastId) + 1;
  if (lastId !== null && lastId !== '' && from === 0) throw badRequest(`Message with id ${lastId} not found`);
  const page = all.slice(from, from + limit);
  const answer = {
    lastMessageId: page[page.length - 1]?.id ?? '',
    nextPage: from + limit < all.length,
    messages: page.map((thread) => messageView(crm, thread)),
  };
  return ok(crm.switches.listMessagesShape === 'nested' ? { messages: answer, traceId: call.traceId } : answer);
}

function getMessage(call: Call): Reply {
  const thread = call.crm.state.threads.get(call.params['messageId']);
  if (thread === undefined) throw notFound(`Message with id ${call.params['messageId']} not found`);
  return ok({ ...messageView(call.crm, thread), traceId: call.traceId });
}

/** Container ids are rejected here (facts, highlevel 5.3). */
function getEmail(call: Call): Reply {
  const { crm } = call;
  const email = crm.state.emails.get(call.params['emailId']);
  if (email === undefined) throw notFound(`Email message with id ${call.params['emailId']} not found`);
  const view = emailView(crm, email);
  return ok(crm.switches.emailShape === 'wrapped' ? { emailMessage: view, traceId: call.traceId } : view);
}
