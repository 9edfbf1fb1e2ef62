/**
 * All that the emulated Gmail remembers, as plain data. A stored message is frozen and replaced when its
 * labels change, so that copies of a world share every message that none of them touched.
 */
import type { Clock } from '../core/clock';
import type { Ids } from '../core/ids';
import type { SendMail } from '../core/network';
import type { GmailSwitches } from './switches';

export interface Content {
  readonly raw: Buffer;
}

export interface StoredMessage {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: readonly string[];
  /** Of the last change of its labels. */
  readonly historyId: bigint;
  /** Milliseconds since 1970: what Gmail sorts by. */
  readonly internalDate: number;
  /** When it came into the mailbox; the search index may lag behind it. */
  readonly arrivedAt: number;
  readonly content: Content;
}

export interface MessageState {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: readonly string[];
}

export type HistoryKind = 'messageAdded' | 'messageDeleted' | 'labelAdded' | 'labelRemoved' | 'none';

export interface HistoryRecord {
  readonly id: bigint;
  readonly at: number;
  readonly kind: HistoryKind;
  /** As it was at that moment (facts, platform 3.3). */
  readonly message: MessageState;
  /** The labels that were added or removed. */
  readonly changed?: readonly string[];
}

export interface Label {
  readonly id: string;
  readonly name: string;
  readonly type: 'system' | 'user';
  readonly messageListVisibility?: string;
  readonly labelListVisibility?: string;
  readonly color?: Readonly<Record<string, string>>;
}

export interface Alias {
  readonly email: string;
  readonly name: string;
  readonly verified: boolean;
}

export interface PendingBounce {
  readonly at: number;
  readonly messageId: string;
  readonly to: string;
  readonly reason: string;
}

export interface Mailbox {
  readonly email: string;
  readonly name: string;
  readonly aliases: readonly Alias[];
  /** Tokens of an earlier generation are revoked. */
  generation: number;
  messages: Map<string, StoredMessage>;
  /** Thread id to message ids in order of arrival. */
  threads: Map<string, readonly string[]>;
  /** RFC Message-ID to message ids. */
  byMessageId: Map<string, readonly string[]>;
  /** Message ids by (internalDate, id), oldest first. */
  order: string[];
  /** Draft id to message id, oldest draft first. */
  drafts: Map<string, string>;
  draftOf: Map<string, string>;
  labels: Map<string, Label>;
  history: HistoryRecord[];
  historyId: bigint;
  /** Ids below it have expired. */
  historyFloor: bigint;
  /** Quota units left at a time, milliseconds. */
  bucket: { units: number; at: number };
  bounces: PendingBounce[];
  /** When messages were sent in the last 24 hours, milliseconds. */
  sends: number[];
}

export interface Token {
  readonly email: string;
  readonly scopes: readonly string[];
  readonly generation: number;
}

/** A resumable upload that was begun and not finished. */
export interface Upload {
  readonly email: string;
  /** The path of the request that began it. */
  readonly path: string;
  readonly metadata: string;
  received: Buffer;
}

export interface GmailState {
  mailboxes: Map<string, Mailbox>;
  tokens: Map<string, Token>;
  uploads: Map<string, Upload>;
  lastId: { ms: number; low: number };
}

/** What every part of the emulated Gmail works with. */
export interface GmailContext {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly switches: () => GmailSwitches;
  readonly send: SendMail;
  state: GmailState;
}

/**
 * The same state for a copy of the world. Every value inside these maps and lists is frozen and is replaced, not
 * changed, so that a copy of the containers will do: a mailbox of 1,000 messages in a fraction of a millisecond.
 */
export function copyGmailState(state: GmailState): GmailState {
  return {
    mailboxes: new Map([...state.mailboxes].map(([email, mailbox]) => [email, copyMailbox(mailbox)])),
    tokens: new Map(state.tokens),
    uploads: new Map([...state.uploads].map(([id, upload]) => [id, { ...upload }])),
    lastId: { ...state.lastId },
  };
}

function copyMailbox(mailbox: Mailbox): Mailbox {
  return {
    ...mailbox,
    messages: new Map(mailbox.messages),
    threads: new Map(mailbox.threads),
    byMessageId: new Map(mailbox.byMessageId),
    order: mailbox.order.slice(),
    drafts: new Map(mailbox.drafts),
    draftOf: new Map(mailbox.draftOf),
    labels: new Map(mailbox.labels),
    history: mailbox.history.slice(),
    bucket: { ...mailbox.bucket },
    bounces: mailbox.bounces.slice(),
    sends: mailbox.sends.slice(),
  };
}
