/**
 * What a pass has read of both sides, as values. The plan asks for more with `Need`s; `observe.ts` turns those into one
 * parallel round of reads and the plan is made again, until it has no more questions.
 */
import type { Failure } from '../platform/exchange';
import type { Conversation } from '../crm/conversations';
import type { Contact, CrmEmail, CrmThread, CrmUser } from '../crm/types';
import type { Bounce } from '../gmail/mime/bounce';
import type { Mail } from '../gmail/mime/types';
import type { GmailRef, HistoryChange } from '../gmail/types';
import type { ClaimRows } from './claim-reading';
import type { DraftView, SentView } from './plan/delivery';

/** A Gmail message as the plan sees it. */
export interface MessageView {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: readonly string[];
  /** Gmail's own date of it. */
  readonly date: number;
  /** Only its headers were read: no bodies, no attachments. */
  readonly headersOnly: boolean;
  readonly mail: Mail;
  /** It reports that a mail could not be delivered. */
  readonly bounce?: Bounce;
}

export interface ThreadView {
  readonly id: string;
  /** Oldest first, drafts and trash included (look at the labels). */
  readonly messages: readonly MessageView[];
}

export type Need =
  | { readonly kind: 'email'; readonly id: string }
  /** Reduced: by its headers and first words (X7). */
  | { readonly kind: 'message'; readonly id: string; readonly reduced?: boolean }
  | { readonly kind: 'headers'; readonly id: string }
  /** The add-on's own copies to that person with that subject: a resting link may be behind them (T5, X11). */
  | {
      readonly kind: 'kin';
      readonly id: string;
      readonly from: string;
      readonly subject: string;
      readonly label: string;
    }
  | { readonly kind: 'thread'; readonly id: string; readonly full: boolean }
  /** History since an open intent: its messages with the own label. */
  | { readonly kind: 'copies'; readonly base: string; readonly label: string }
  /** The newest messages with that label. */
  | { readonly kind: 'labelled'; readonly label: string }
  /** The messages of the mailbox that have one of these Message-IDs. */
  | { readonly kind: 'named'; readonly ids: readonly string[] }
  /** All drafts of the mailbox, with their markers. */
  | { readonly kind: 'drafts' }
  /**
   * The add-on's messages that were sent since that history id; where it is empty or expired, those of the newest of Sent
   * that are not older than `since`.
   */
  | { readonly kind: 'sentSince'; readonly base: string; readonly since: number }
  /** Headers of the newest of Sent, not older than `since` or little older; `late` for what was a draft a moment ago too. */
  | { readonly kind: 'sentMail'; readonly since: number; readonly late?: boolean }
  | { readonly kind: 'crmThread'; readonly id: string }
  | { readonly kind: 'conversation'; readonly id: string }
  | { readonly kind: 'crmUsers'; readonly location: string }
  | { readonly kind: 'contact'; readonly id: string }
  /** The contact's conversation, in a list of one or none. */
  | { readonly kind: 'contactConversation'; readonly id: string; readonly location: string }
  /** The claims of the location, before anything is written; `text` is the own one (C6). */
  | { readonly kind: 'claim'; readonly location: string; readonly crmUser: string; readonly text: string };

export interface Answers {
  kin: readonly GmailRef[];
  email: CrmEmail;
  message: MessageView;
  headers: MessageView;
  thread: ThreadView;
  labelled: readonly GmailRef[];
  named: readonly GmailRef[];
  copies: readonly HistoryChange[];
  drafts: readonly DraftView[];
  sentSince: readonly SentView[];
  sentMail: readonly MessageView[];
  crmThread: CrmThread;
  /** The newest e-mail threads of a conversation. */
  conversation: readonly CrmThread[];
  contact: Contact;
  contactConversation: readonly Conversation[];
  crmUsers: readonly CrmUser[];
  claim: ClaimRows;
}

/** One answer to a need. */
export type Got<T> =
  | { readonly kind: 'got'; readonly value: T }
  /** It is not there (any more): 404. */
  | { readonly kind: 'gone' }
  /** It is there but could not be read this time, while others could. */
  | { readonly kind: 'unread'; readonly failure: Failure };

export interface Observed {
  readonly now: number;
  /** The CRM's own clock at the read (its Date header). */
  readonly crmNow: number;
  /** Messages added, in the mailbox's order, and messages that left spam or trash. */
  readonly changes: readonly HistoryChange[];
  /** Gmail's history id at the read. */
  readonly historyId: string;
  /** The cursor had expired and the mailbox was listed again: in doubt, the CRM is read back before a push (X8). */
  readonly resynced: boolean;
  /** From when on the mailbox was to be read again; its list may go back further. */
  readonly resyncedSince?: number;
  /** Not all of that was taken up yet: the rest comes with the next passes. */
  readonly behind?: boolean;
  /** E-mail threads of the CRM that changed lately, newest change first. */
  readonly rows: readonly CrmThread[];
  /** Gmail and CRM thread ids of resting links that could not be read this time (X11). */
  readonly asleep?: ReadonlySet<string>;
  /** The only message to be dealt with; the others wait for the next pass (X7). */
  readonly only?: string;
  /** A message under which runs were killed: read in its reduced form, or set aside unread (X7). */
  readonly poison?: { readonly key: string; readonly level: 'reduced' | 'aside' };
  /** A hash of the first export page. */
  readonly page: string;
  /** The answers so far, by `needKey`. */
  readonly answers: ReadonlyMap<string, Got<unknown>>;
}

export function needKey(need: Need): string {
  switch (need.kind) {
    case 'thread':
      return `${need.full ? 'thread' : 'threadHeaders'}:${need.id}`;
    case 'labelled':
      return `labelled:${need.label}`;
    case 'named':
      return `named:${need.ids.join(' ')}`;
    case 'copies':
      return `copies:${need.base}`;
    case 'sentSince':
      return `sentSince:${need.base}:${need.since}`;
    case 'sentMail':
      return `sentMail:${need.since}${need.late === true ? ' late' : ''}`;
    case 'drafts':
      return 'drafts:';
    case 'crmUsers':
      return 'crmUsers:';
    case 'claim':
      return 'claim:';
    default:
      return `${need.kind}:${need.id}`;
  }
}
