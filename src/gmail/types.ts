/** What Gmail answers, as far as the add-on reads it. Ids are 16 hexadecimal digits, history ids decimal strings beyond 2^53 (compare as BigInt). */

export interface HistoryChange {
  readonly id: string;
  readonly threadId: string;
  /** The labels as they were at that moment (facts, platform 3.3). */
  readonly labelIds: readonly string[];
  /** It was there before, in spam or trash, and left it. */
  readonly restored?: boolean;
  /** A label was taken off it that had kept it back. */
  readonly unlabelled?: boolean;
}

/** One page of `history.list`, flattened: what was added, deleted, labelled, in the mailbox's order. */
export interface HistoryPage {
  readonly added: readonly HistoryChange[];
  readonly deleted: readonly HistoryChange[];
  readonly labelsAdded: readonly (HistoryChange & { readonly changed: readonly string[] })[];
  readonly labelsRemoved: readonly (HistoryChange & { readonly changed: readonly string[] })[];
  /** The cursor to store when all pages were read; of the last page only. */
  readonly historyId: string;
  readonly nextPageToken?: string;
}

export interface Header {
  readonly name: string;
  readonly value: string;
}

/** A part of a MIME tree as `format=full` gives it. */
export interface MessagePart {
  readonly partId?: string;
  readonly mimeType?: string;
  readonly filename?: string;
  readonly headers?: readonly Header[];
  readonly body?: { readonly attachmentId?: string; readonly size?: number; readonly data?: string };
  readonly parts?: readonly MessagePart[];
}

export interface GmailMessage {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: readonly string[];
  /** Milliseconds since 1970 in UTC. */
  readonly internalDate: number;
  readonly sizeEstimate: number;
  readonly payload: MessagePart;
}

/** `format=metadata`: the headers that were asked for. */
export interface GmailHeaders {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: readonly string[];
  readonly internalDate: number;
  readonly headers: readonly Header[];
}

export interface GmailRef {
  readonly id: string;
  readonly threadId: string;
}

export interface Draft {
  readonly id: string;
  readonly message: GmailRef;
}

export interface SendAs {
  readonly email: string;
  readonly name: string;
  readonly primary: boolean;
  /** The primary address, or an alias whose verification was accepted: only those may be a From (facts, platform 3.6). */
  readonly usable: boolean;
}
