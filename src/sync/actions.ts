/** What a plan wants done. Each create has an item key, so that its intent can be marked before and settled after it. */
import type { CrmEmail, Direction } from '../crm/types';
import type { MessageView } from './observed';

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
  readonly inReplyToEmailId: string;
  /** An attachment that cannot be had now is waited for; after some attempts the message goes without it. */
  readonly patient: boolean;
  /** Whom it is from, where the CRM would show the contact as its sender (T2). */
  readonly onBehalf: boolean;
  readonly rule: string;
}

/** Put an own copy into the trash: it is there twice, or gives way to the mailbox's own (X4, T11). */
export interface RemoveAction {
  readonly kind: 'remove';
  readonly id: string;
  readonly crm: string;
}

export type Action = MirrorAction | PushAction | RemoveAction;
