/** What the CRM answers, after the tolerant readers: wrapped or flat, nested or not (facts, highlevel 5.2, 5.3, 10.1), it looks like this. Times are milliseconds since 1970. */

export type Direction = 'inbound' | 'outbound';

/** A `TYPE_EMAIL` row: a thread that changes with every mail in it (facts, highlevel, fact 2). */
export interface CrmThread {
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly locationId: string;
  readonly emailIds: readonly string[];
  /** Of whichever mail changed it last. */
  readonly userId?: string;
  readonly source?: string;
  /** Of its newest e-mail. */
  readonly status?: string;
  readonly dateAdded: number;
  /** Practice gives it, no document promises it (facts, highlevel 5.2). */
  readonly dateUpdated?: number;
}

/** One mail of a thread. */
export interface CrmEmail {
  readonly id: string;
  readonly threadId: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly locationId: string;
  readonly direction: Direction;
  /** Open: `pending`, `scheduled`, `queued`, `sent`, `delivered`, `opened`, `clicked`, `failed`, `undelivered`, … ; empty where it is missing. */
  readonly status: string;
  /** `app`, `bulk_actions`, `campaign`, `workflow`, `api`; undefined where it is missing. */
  readonly source?: string;
  readonly provider?: string;
  readonly conversationProviderId?: string;
  /** As it came, `Name <a@b>`. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  /** HTML. */
  readonly body: string;
  /** Addresses of files. */
  readonly attachments: readonly string[];
  readonly replyToMessageId?: string;
  readonly altId?: string;
  readonly dateAdded: number;
  readonly error?: string;
}

export interface ExportPage {
  readonly threads: readonly CrmThread[];
  readonly nextCursor?: string;
  /** The CRM's own clock when it answered (its Date header). */
  readonly now: number;
  /** E-mail rows that had no usable id and were left out. */
  readonly unreadable?: number;
}

export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly company: string;
  readonly tags: readonly string[];
  readonly assignedTo?: string;
  /** Do-not-disturb for e-mail is on. */
  readonly doNotEmail: boolean;
  /** Only a search gives them (facts, highlevel 4.1). */
  readonly additionalEmails?: readonly string[];
}

export interface CrmUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** May see only what is assigned to them (C10). */
  readonly assignedDataOnly?: boolean;
}

export interface Location {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  /** IANA name, e.g. `Europe/Berlin`; empty where it is missing. */
  readonly timeZone: string;
}

/** What `POST /conversations/messages/inbound` logs (X5). */
export interface Push {
  readonly conversationId: string;
  readonly contactId: string;
  readonly direction: Direction;
  /** The CRM e-mail that it follows, so that it lands in the same thread (facts, highlevel 5.5). */
  readonly inReplyToEmailId?: string;
  readonly altId: string;
  readonly subject: string;
  readonly html: string;
  readonly from: string;
  readonly to: string;
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly date: number;
  readonly attachments: readonly string[];
}

/** The ids of a stored push; a 201 without them stored nothing (facts, highlevel 5.5). */
export interface Pushed {
  readonly emailId: string;
  readonly threadId: string;
  readonly conversationId: string;
}
