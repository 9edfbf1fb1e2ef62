/** Does a rule leave this message of a linked thread (T2, T8, C6)? Where it takes more reading, it is asked for. */
import { answersContact, concernsContact, isWithinPrivate, leftByRule } from '../leaving';
import type { GmailRef } from '../../gmail/types';
import type { Got, MessageView } from '../observed';
import type { Link } from '../state';
import { threadOf } from './mirrors';
import type { Candidate, Planning } from './planning';

/** The rule; undefined where the message goes; `open` while threads are being read, `unread` where one could not be. */
export function leftOf(
  planning: Planning,
  link: Link,
  message: MessageView,
  { asked = false, unlabelled = false }: Candidate,
): string | undefined {
  const { head } = planning;
  // A click names a message and a thread, and is not believed.
  if (asked && !link.gmail.includes(message.threadId)) return 'T3';
  const others = planning.isOthers(link, planning.toCrmTime(message.date));
  if (others === undefined) return 'open';
  if (others) return 'C6';
  const rule = leftByRule(head, link, message, { asked, waits: planning.state.items.has(`g:${message.id}`) });
  if (rule !== undefined) return rule;
  if (asked) return undefined;
  if (!unlabelled) {
    const spread = spreadLabel(planning, link, message);
    if (spread !== undefined) return spread;
  }
  const concerned = concernsContact(head, link, message);
  if (concerned !== 'thread-tells') return concerned ? undefined : 'T2';
  const thread = threadOf(planning, link);
  if (thread === undefined) return 'open';
  if (thread === 'unread') return thread;
  return answersContact(thread.messages, message, link) ? undefined : 'T2';
}

/** The user's private messages. Asked for with the messages themselves, so that it costs no round of its own. */
export function askLabelled(planning: Planning): Got<readonly GmailRef[]> | undefined {
  const label = planning.head.labels?.private;
  return label === undefined ? { kind: 'gone' } : planning.got<'labelled'>({ kind: 'labelled', label });
}

/** In a conversation that is private as a whole the label comes onto later messages too, for the user to see and to take off. */
function spreadLabel(planning: Planning, link: Link, message: MessageView): 'T8-label' | 'open' | 'unread' | undefined {
  const label = planning.head.labels?.private;
  if (label === undefined) return undefined;
  const labelled = askLabelled(planning);
  if (labelled === undefined) return 'open';
  if (labelled.kind === 'unread') return 'unread';
  if (labelled.kind !== 'got' || !labelled.value.some(({ threadId }) => threadId === message.threadId))
    return undefined;
  const thread = planning.thread(message.threadId, false);
  if (thread === undefined) return 'open';
  if (thread.kind === 'unread') return 'unread';
  if (thread.kind !== 'got' || !isWithinPrivate(planning.head, thread.value.messages, message)) return undefined;
  planning.actions.push({ kind: 'label', id: message.id, crm: link.crm, add: [label], remove: [] });
  return 'T8-label';
}
