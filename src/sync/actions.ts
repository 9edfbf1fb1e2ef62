/** What a plan wants done. Each create has an item key, so that its intent can be marked before and settled after it. */
import type { CrmEmail, Direction } from '../crm/types';
import type { MessageView } from './observed';
import type { Failed } from './keys';
import type { PinnedDraft } from './plan/delivery';
import type { JoinsBy } from './state';

/** Insert a copy of a CRM e-mail into Gmail. */
export interface MirrorAction {
  readonly kind: 'mirror';
  readonly key: string;
  /** The link, by its CRM thread id. Mirrors of one link go one after the other, each into the thread of the one before. */
  readonly crm: string;
  readonly email: CrmEmail;
  readonly direction: Direction;
  /** The Gmail thread that takes it; undefined for a new one. */
  readonly threadId?: string;
  readonly labelIds: readonly string[];
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly rule: string;
  /** An attachment that cannot be had now is waited for; after some attempts the message goes without it. */
  readonly patient: boolean;
  /** It moves a copy that is in another thread; that one goes to the trash when this one stands. */
  readonly replaces?: { readonly id: string; readonly threadId: string };
}

/** Log a Gmail message in its CRM thread. */
export interface PushAction {
  readonly kind: 'push';
  readonly key: string;
  /** Pushes of one link go one after the other, in order (X5). */
  readonly crm: string;
  readonly conversation: string;
  readonly contact: string;
  readonly message: MessageView;
  readonly direction: Direction;
  readonly altId: string;
  /** By what the CRM is told the thread: its newest e-mail, or its container; empty where there is none yet. */
  readonly joins: string;
  readonly joinsBy: JoinsBy;
  /** An attachment that cannot be had now is waited for; after some attempts the message goes without it. */
  readonly patient: boolean;
  /** Attachments that an earlier attempt uploaded, by their place: they are not uploaded again. */
  readonly uploaded?: Readonly<Record<number, string>>;
  /** Whom it is from, where the CRM would show the contact as its sender (T2). */
  readonly onBehalf: boolean;
  readonly rule: string;
}

/** Put an own copy into the trash: it is there twice, or gives way to the mailbox's own (X4, T11). */
export interface RemoveAction {
  readonly kind: 'remove';
  readonly id: string;
  readonly crm: string;
  /** The message that it gives way to takes over what the user did with it: labels to put on and to take off first. */
  readonly heir?: Pick<LabelAction, 'id' | 'add' | 'remove'>;
}

/** Put labels on a message of the user's and take others off. */
export interface LabelAction {
  readonly kind: 'label';
  readonly id: string;
  readonly crm: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Send a pending CRM e-mail through Gmail: make its draft (where there is none), make sure of it, send it (X3). */
export interface DeliverAction {
  readonly kind: 'deliver';
  readonly key: string;
  /** The link; one send a link and pass. */
  readonly crm: string;
  readonly email: CrmEmail;
  readonly direction: 'outbound';
  /** The draft that is there already. */
  readonly draft?: PinnedDraft;
  /** Gmail's history id before the first attempt: if it was sent, Sent shows it since. */
  readonly base: string;
  /** Short hash of recipients, subject and text. */
  readonly content: string;
  /** Something was begun of it in an earlier pass. */
  readonly retried: boolean;
  /** Gmail refused it before: another refusal is the last word. */
  readonly final: boolean;
  readonly threadId?: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly rule: string;
  readonly patient: boolean;
}

/** What follows a send: the add-on's labels on it, and the CRM's status. Idempotent. */
export interface FollowAction {
  readonly kind: 'follow';
  readonly key: string;
  readonly crm: string;
  readonly emailId: string;
  /** Empty where nobody knows as which message it was sent, or it was not. */
  readonly gmailId: string;
  readonly labelIds: readonly string[];
  /** What the CRM is to show; undefined where it shows it. */
  readonly status?: 'delivered' | 'failed';
  /** Why it failed. */
  readonly failed?: Failed;
  /** The same in the words of a delivery report. */
  readonly reason?: string;
  /** How often it was tried in vain. */
  readonly attempts: number;
}

/** Delete a draft of the add-on that must not be sent any more. */
export interface DiscardAction {
  readonly kind: 'discard';
  readonly draft: string;
  readonly crm: string;
}

export type Action =
  MirrorAction | PushAction | RemoveAction | LabelAction | DeliverAction | FollowAction | DiscardAction;
/** Those that are no new thing when they are done again need no intent. */
export type Create = MirrorAction | PushAction | DeliverAction;

export function isCreate(action: Action): action is Create {
  return action.kind === 'mirror' || action.kind === 'push' || action.kind === 'deliver';
}
