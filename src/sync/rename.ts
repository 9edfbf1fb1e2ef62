/**
 * A thread that was linked by hand has no CRM thread until its first message is logged; until then the link goes by a name
 * of its own (T7). Pure.
 */
import type { Link } from './state';

export function handName(gmailThread: string): string {
  return `new:${gmailThread}`;
}

/** Is the CRM thread of this link still to be made? */
export function isUnnamed(crm: string): boolean {
  return crm.startsWith('new:');
}

/** The link under its CRM thread; where that one is linked already, both become one. */
export function namedLink(link: Link, named: { threadId: string; conversationId: string }, known?: Link): Link {
  if (known === undefined) return { ...link, crm: named.threadId, conversation: named.conversationId };
  return {
    ...known,
    gmail: [...new Set([...known.gmail, ...link.gmail])],
    people: [...new Set([...known.people, ...link.people])],
    ids: [...new Set([...link.ids, ...known.ids])],
    since: Math.min(known.since, link.since),
    touched: Math.max(known.touched, link.touched),
  };
}
