/**
 * Both sides of a link compared by their ids (S8): what is on both, what a rule keeps on one side, and what is missing
 * where. Pure, for the sidebar ("n of n") and for the engine, which repairs what is missing.
 */
import { bareAddress } from '../gmail/mime/addresses';
import { shortHash } from '../platform/hash';
import type { CrmEmail } from '../crm/types';
import { whyLeft } from './leaving';
import type { MessageView } from './observed';
import { pairUp } from './plan/pairs';
import { emailKeptBack } from './privacy';
import { altIdFor } from './push';
import type { Head, Item, Link } from './state';
import { isMail } from './threads';

export interface BothSides {
  /** All messages of the link's Gmail threads, bodies included. */
  readonly messages: readonly MessageView[];
  /** The e-mails of its CRM thread; where `whole` is false only the newest of them. */
  readonly emails: readonly CrmEmail[];
  readonly whole: boolean;
}

export interface Comparison {
  /** On both sides. */
  readonly both: number;
  /** On one side, and to be on both. */
  readonly missing: readonly Missing[];
  /** On one side, and to stay there. */
  readonly left: readonly { readonly key: string; readonly rule: string }[];
  /** Older than what was read of the CRM: not compared. */
  readonly unread: number;
}

export interface Missing {
  /** `g:` and a Gmail message id, or `e:` and a CRM e-mail id. */
  readonly key: string;
  readonly where: 'crm' | 'gmail';
  /** Set aside already, with its reason; undefined where nothing is known of it. */
  readonly item?: Item;
}

type Known = Pick<Head, 'labels' | 'settings' | 'connection'>;

/** Clocks of Gmail and of the CRM may differ by this much. */
const CLOCKS_MS = 5 * 60_000;
const NEVER_SENT = ['failed', 'undelivered'];

export function compareThread(
  head: Known,
  link: Link,
  { messages, emails, whole }: BothSides,
  known: {
    readonly items: ReadonlyMap<string, Item>;
    readonly seen: ReadonlyMap<string, unknown>;
  },
): Comparison {
  const own = head.labels?.own ?? '';
  const written = messages.filter(({ labelIds }) => !labelIds.includes('DRAFT'));
  const copies = new Map(
    written.flatMap((view) =>
      view.labelIds.includes(own) && view.mail.marker !== undefined ? [[view.mail.marker, view] as const] : [],
    ),
  );
  const others = written.filter((view) => !view.labelIds.includes(own));
  const pairs = pairUp(others, emails, (message) => altIdFor(head.connection, message));
  const oldest = whole ? 0 : Math.min(...emails.map(({ dateAdded }) => dateAdded));
  const result = { both: 0, missing: [] as Missing[], left: [] as { key: string; rule: string }[], unread: 0 };
  const missing = (key: string, where: Missing['where']): void =>
    void result.missing.push({ key, where, item: known.items.get(key) });

  for (const message of others) {
    const key = `g:${message.id}`;
    if (pairs.byMessage.has(message.id)) result.both += 1;
    else if (!isMail(message.labelIds)) result.left.push({ key, rule: 'T6' });
    else if (message.date < link.since - CLOCKS_MS) result.left.push({ key, rule: 'T7' });
    else {
      const rule = whyLeft(head, link, message, written);
      if (rule !== undefined && known.items.get(key)?.asked !== true) result.left.push({ key, rule });
      else if (message.date < oldest) result.unread += 1;
      else missing(key, 'crm');
    }
  }
  for (const email of emails) {
    const key = `e:${email.id}`;
    const copy = copies.get(email.id);
    if (copy !== undefined) result.both += 1;
    else if (!pairs.byEmail.has(email.id) && email.threadId === link.crm) {
      const rule = keptRule(head, link, email, known);
      if (rule === undefined) missing(key, 'gmail');
      else result.left.push({ key, rule });
    }
  }
  return result;
}

/** Why an e-mail of the CRM has no copy in Gmail, where that is as it should be. */
function keptRule(
  head: Known,
  link: Link,
  email: CrmEmail,
  { items, seen }: Parameters<typeof compareThread>[3],
): string | undefined {
  if (email.dateAdded < link.since - CLOCKS_MS) return 'T7';
  if (link.stopped !== '') return link.stopped === 'user' ? 'T8' : 'C6';
  const kept = emailKeptBack(head, email);
  if (kept !== undefined) return kept;
  if (items.has(`e:${email.id}`)) return undefined;
  // Logged from a mailbox: its message is in another one, or was deleted.
  if ((email.altId ?? '') !== '') return 'X4';
  if (email.direction === 'outbound') {
    if (bareAddress(email.from) !== head.connection.address) return 'R9';
    if (email.source === 'workflow') return 'R5';
    if (NEVER_SENT.includes(email.status)) return 'R8';
  }
  // Dealt with before, and not there: the user deleted it, and it stays so (X4).
  return seen.has(shortHash(email.id)) ? 'X4' : undefined;
}
