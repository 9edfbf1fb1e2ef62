/** users.threads. */
import { deleteMessage, relabel, threadMessages } from '../mailbox/mailbox';
import { snippetOf } from '../mime/snippet';
import type { StoredMessage } from '../state';
import { failedPrecondition } from '../rest/errors';
import type { Call, Json } from '../rest/call';
import { findThread, readLabelChange } from './find';
import { page, readFilter } from './listing';
import { trash } from './messages';
import { readFormat, reference, showMessage } from './show';

function historyIdOf(messages: readonly StoredMessage[]): string {
  return String(messages.reduce((newest, { historyId }) => (historyId > newest ? historyId : newest), 0n));
}

export function listThreads(call: Call): Json {
  const filter = readFilter(call, call.context.switches().gmailListLagMs);
  const newestOf = new Map<string, string | undefined>();
  const { items, nextPageToken, estimate } = page(call, (message) => {
    if (!filter.matches(message)) return undefined;
    const { id, threadId } = message;
    if (!newestOf.has(threadId)) {
      newestOf.set(threadId, threadMessages(call.mailbox, threadId).filter(filter.matches).at(-1)?.id);
    }
    // A thread stands where its newest fitting message stands, and nowhere else.
    if (newestOf.get(threadId) !== id) return undefined;
    const historyId = historyIdOf(threadMessages(call.mailbox, threadId));
    return { id: threadId, snippet: snippetOf(message.content), historyId };
  });
  return {
    ...(items.length === 0 ? {} : { threads: items }),
    ...(nextPageToken === undefined ? {} : { nextPageToken }),
    resultSizeEstimate: estimate,
  };
}

export function getThread(call: Call): Json {
  const format = readFormat(call, ['full', 'metadata', 'minimal']);
  const messages = findThread(call, call.path.id);
  const names = call.query.getAll('metadataHeaders');
  return {
    id: call.path.id,
    historyId: historyIdOf(messages),
    messages: messages.map((message) => showMessage(call.context, message, format, names)),
  };
}

function changed(call: Call, change: (message: StoredMessage) => StoredMessage): Json {
  const messages = findThread(call, call.path.id).map(change);
  return { id: call.path.id, messages: messages.map(reference) };
}

export function modifyThread(call: Call): Json {
  const { add, remove } = readLabelChange(call.mailbox, call.body);
  return changed(call, (message) => relabel(call.context, call.mailbox, message, add, remove));
}

export function trashThread(call: Call): Json {
  const settled = call.context.clock.now - call.context.switches().gmailTrashTooSoonMs;
  if (findThread(call, call.path.id).some(({ arrivedAt }) => arrivedAt > settled)) {
    throw failedPrecondition('Precondition check failed.');
  }
  return changed(call, (message) => trash(call.context, call.mailbox, message));
}

export function untrashThread(call: Call): Json {
  return changed(call, (message) => relabel(call.context, call.mailbox, message, [], ['TRASH']));
}

export function deleteThread(call: Call): undefined {
  for (const message of findThread(call, call.path.id)) deleteMessage(call.context, call.mailbox, message);
}
