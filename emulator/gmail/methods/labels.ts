/** users.labels. */
import { relabel } from '../mailbox/mailbox';
import { isSystemLabel, SYSTEM_LABELS } from '../mailbox/labels';
import type { Label, Mailbox } from '../state';
import { badRequest, conflict, notFound } from '../rest/errors';
import { objectField, textField, type Call, type Json } from '../rest/call';

const MOST_LABELS = 10_000;
const LONGEST_NAME = 225;
const MESSAGE_LIST = ['show', 'hide'];
const LABEL_LIST = ['labelShow', 'labelShowIfUnread', 'labelHide'];

export function listLabels({ mailbox }: Call): Json {
  return { labels: [...SYSTEM_LABELS, ...mailbox.labels.values()].map(showShort) };
}

function showShort({ color, ...label }: Label): Json {
  return { ...label, ...(color === undefined ? {} : { color }) };
}

function find(mailbox: Mailbox, id: string): Label {
  const label = mailbox.labels.get(id) ?? SYSTEM_LABELS.find((candidate) => candidate.id === id);
  if (label === undefined) throw notFound();
  return label;
}

export function getLabel({ mailbox, path }: Call): Json {
  const label = find(mailbox, path.id);
  const threads = new Set<string>();
  const unreadThreads = new Set<string>();
  let messages = 0;
  let unread = 0;
  for (const message of mailbox.messages.values()) {
    if (!message.labelIds.includes(label.id)) continue;
    messages++;
    threads.add(message.threadId);
    if (message.labelIds.includes('UNREAD')) {
      unread++;
      unreadThreads.add(message.threadId);
    }
  }
  return {
    ...showShort(label),
    messagesTotal: messages,
    messagesUnread: unread,
    threadsTotal: threads.size,
    threadsUnread: unreadThreads.size,
  };
}

function checkName(mailbox: Mailbox, name: string | undefined, own: string | undefined): string {
  const text = name?.trim() ?? '';
  if (text === '' || text.length > LONGEST_NAME || /^\/|\/$|\/\//.test(text)) throw badRequest('Invalid label name');
  const lower = text.toLowerCase();
  if (isSystemLabel(text.toUpperCase())) throw badRequest('Invalid label name');
  for (const label of mailbox.labels.values()) {
    if (label.id !== own && label.name.toLowerCase() === lower) throw conflict('Label name exists or conflicts');
  }
  return text;
}

function checkWord(body: Json, name: string, words: readonly string[]): string | undefined {
  const value = textField(body, name);
  if (value !== undefined && !words.includes(value)) {
    throw badRequest(`Invalid value at 'label.${name}' (TYPE_ENUM), "${value}"`);
  }
  return value;
}

/** The fields of a body that are there; the rest stays as it was. */
function merge(mailbox: Mailbox, body: Json, before: Label | undefined, id: string): Label {
  const color = objectField(body, 'color') as Readonly<Record<string, string>> | undefined;
  const name = before !== undefined && body.name === undefined ? before.name : textField(body, 'name');
  const label = {
    id,
    name: checkName(mailbox, name, before?.id),
    messageListVisibility: checkWord(body, 'messageListVisibility', MESSAGE_LIST) ?? before?.messageListVisibility,
    labelListVisibility: checkWord(body, 'labelListVisibility', LABEL_LIST) ?? before?.labelListVisibility,
    type: 'user' as const,
    color: color ?? before?.color,
  };
  return Object.freeze(
    Object.fromEntries(Object.entries(label).filter(([, value]) => value !== undefined)) as unknown as Label,
  );
}

/** A name that is there already is a 409. */
export function createLabel({ context, mailbox, body }: Call): Json {
  if (mailbox.labels.size >= MOST_LABELS) throw badRequest('Too many labels');
  let id: string;
  do id = `Label_${1 + context.ids.below(9_999_999_999)}`;
  while (mailbox.labels.has(id));
  const label = merge(mailbox, body, undefined, id);
  mailbox.labels.set(label.id, label);
  return showShort(label);
}

function change({ mailbox, path, body }: Call, keep: boolean): Json {
  const before = find(mailbox, path.id);
  if (before.type === 'system') throw badRequest('Invalid update request: system labels cannot be changed');
  const base: Label = keep ? before : { id: before.id, name: before.name, type: 'user' };
  const label = merge(mailbox, body, base, before.id);
  mailbox.labels.set(label.id, label);
  return showShort(label);
}

export const updateLabel = (call: Call): Json => change(call, false);
export const patchLabel = (call: Call): Json => change(call, true);

export function deleteLabel({ context, mailbox, path }: Call): undefined {
  const label = find(mailbox, path.id);
  if (label.type === 'system') throw badRequest('Invalid delete request: system labels cannot be deleted');
  for (const message of [...mailbox.messages.values()]) relabel(context, mailbox, message, [], [label.id]);
  mailbox.labels.delete(label.id);
}
