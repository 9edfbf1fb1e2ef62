/**
 * Both sides of a link compared by their ids (S8): what is on both, what a rule keeps on one side, and what is missing
 * where. Pure, for the sidebar ("n of n") and for the engine, which repairs what is missing.
 */
import { bareAddress } from '../gmail/mime/addresses';
import { shortHash } from '../platform/hash';
import type { CrmEmail } from '../crm/types';
import { isPaused, whyLeft } from './leaving';
import { mirrorMessageId } from './mirror';
import type { MessageView } from './observed';
import { pairUp } from './plan/pairs';
import { emailKeptBack } from './privacy';
import { altIdFor } from './push';
import { decideSender, type Verdict } from './rules';
import { DAY_MS, SEEN_DAYS, type Connection, type Head, type Item, type Link, type State } from './state';
import { isMail } from './threads';

export interface BothSides {
  /** All messages of the link's Gmail threads; where only their headers were read, texts are not compared. */
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
  /** On one side, and to stay there; `X4` for an e-mail whose copy the user deleted. */
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

/** What is remembered beside the two sides. */
export type Known = Pick<Head, 'labels' | 'settings' | 'crmAt'> &
  Pick<State, 'items' | 'seen'> & { readonly connection: Omit<Connection, 'token' | 'renewal'> };

/** Clocks of Gmail and of the CRM may differ by this much. */
const CLOCKS_MS = 5 * 60_000;

export function compareThread(known: Known, link: Link, { messages, emails, whole }: BothSides): Comparison {
  const { items } = known;
  const written = messages.filter(({ labelIds }) => !labelIds.includes('DRAFT'));
  const copies = new Set<string>();
  const others: MessageView[] = [];
  for (const view of written) {
    if (isCopy(known, link, view, emails)) copies.add(view.mail.marker ?? '');
    else others.push(view);
  }
  const pairs = pairUp(others, emails, (message) => altIdFor(known.connection, message));
  const oldest = whole ? 0 : Math.min(...emails.map(({ dateAdded }) => dateAdded));
  const result = { both: 0, missing: [] as Missing[], left: [] as { key: string; rule: string }[], unread: 0 };
  const missing = (key: string, where: Missing['where']): void =>
    void result.missing.push({ key, where, item: items.get(key) });

  for (const message of others) {
    const key = `g:${message.id}`;
    if (pairs.byMessage.has(message.id)) result.both += 1;
    else if (!isMail(message.labelIds)) result.left.push({ key, rule: 'T6' });
    else if (message.date < link.since - CLOCKS_MS) result.left.push({ key, rule: 'T7' });
    else {
      const rule = whyLeft(known, link, message, written, items.has(key));
      if (rule !== undefined && items.get(key)?.asked !== true) result.left.push({ key, rule });
      else if (message.date < oldest) result.unread += 1;
      else missing(key, 'crm');
    }
  }
  for (const email of emails) {
    const key = `e:${email.id}`;
    if (copies.has(email.id)) result.both += 1;
    else if (!pairs.byEmail.has(email.id) && email.threadId === link.crm) {
      const rule = keptRule(known, link, email);
      if (rule === undefined) missing(key, 'gmail');
      else result.left.push({ key, rule });
    }
  }
  return result;
}

/**
 * The add-on's own copy of an e-mail. A delivered mail has the label a moment later; without it the marker has to name
 * an e-mail of this thread, since anybody can write one.
 */
function isCopy({ labels }: Known, link: Link, { labelIds, mail }: MessageView, emails: readonly CrmEmail[]): boolean {
  if (labels !== undefined && labelIds.includes(labels.own)) return true;
  return emails.some(({ id, threadId, altId = '' }) => id === mail.marker && threadId === link.crm && altId === '');
}

/** Why an e-mail of the CRM has no copy in Gmail, where that is as it should be. */
function keptRule(known: Known, link: Link, email: CrmEmail): string | undefined {
  if (email.dateAdded < link.since - CLOCKS_MS) return 'T7';
  if (link.stopped !== '') return link.stopped === 'user' ? 'T8' : 'C6';
  if (isPaused(link, email.dateAdded)) return 'T8';
  const kept = emailKeptBack(known, email);
  if (kept !== undefined) return kept;
  if (known.items.has(`e:${email.id}`)) return undefined;
  // Logged from a mailbox: its message is in a colleague's, or was deleted.
  if ((email.altId ?? '') !== '') return 'X5';
  if (link.deferred === email.id) return 'R3';
  const { rule, does } = email.direction === 'outbound' ? senderOf(known, email) : { rule: '', does: 'mirror' };
  if (does !== 'mirror' && does !== 'deliver' && does !== 'known') return rule;
  return wasCopied(known, link, email) ? 'X4' : undefined;
}

/** Whose it was when it came may have hung on what stood beside it: what is not plainly the user's stays where it is. */
function senderOf({ connection }: Known, email: CrmEmail): Verdict {
  return decideSender(email, {
    from: bareAddress(email.from),
    connected: connection.address,
    crmUser: connection.crmUser,
    fromIsCrmUser: true,
    alone: false,
    provider: connection.kind === 'oauth' ? connection.provider : undefined,
  });
}

/**
 * Dealt with before, and not there: the user deleted it, and it stays so (X4). For a week each e-mail is remembered, after
 * that the newest copies of the link, by their Message-ID; of what nothing is known any more the user decides.
 */
function wasCopied({ seen, crmAt }: Known, link: Link, { id, dateAdded }: CrmEmail): boolean {
  if (seen.has(shortHash(id))) return true;
  return dateAdded < crmAt - SEEN_DAYS * DAY_MS && link.ids.includes(shortHash(mirrorMessageId(id)));
}
