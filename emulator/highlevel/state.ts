/**
 * All that the emulated CRM remembers, as plain data. Records are frozen and replaced as a whole when they change, so
 * that a snapshot copies the maps and shares the records. Times are milliseconds on the CRM's clock.
 */
import type { LaggingIndex } from './lagging-index';
import { emptyIndex } from './lagging-index';

/** A record in the API's own shape. */
export type Json = Readonly<Record<string, unknown>>;

export interface Location {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  /** IANA name. */
  readonly timezone: string;
  /** From of mails that no user sent. */
  readonly email: string;
}

export interface User {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly assignedDataOnly: boolean;
  readonly role: 'admin' | 'user';
}

export interface Contact {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly additionalEmails: readonly string[];
  readonly phone: string;
  readonly companyName: string;
  readonly assignedTo?: string;
  readonly tags: readonly string[];
  readonly dnd: boolean;
  readonly dndSettings: Json;
  /** Every other field that was given: address, website, customFields, … */
  readonly more: Json;
  readonly dateAdded: number;
  readonly dateUpdated: number;
}

export interface Conversation {
  readonly id: string;
  readonly contactId: string;
  readonly unreadCount: number;
  readonly starred: boolean;
  readonly deleted: boolean;
  readonly dateAdded: number;
  readonly dateUpdated: number;
  readonly lastMessageBody: string;
  readonly lastMessageDate: number;
  readonly lastMessageType: string;
  readonly lastMessageDirection: string;
}

/** A `TYPE_EMAIL` row: the container of the mails of one thread (facts, highlevel, fact 2). */
export interface Thread {
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly messageType: string;
  readonly emailIds: readonly string[];
  readonly direction: string;
  readonly status: string;
  readonly subject: string;
  readonly source?: string;
  readonly userId?: string;
  readonly altId?: string;
  readonly conversationProviderId?: string;
  readonly error?: string;
  readonly dateAdded: number;
  readonly updatedAt: number;
}

export interface Email {
  readonly id: string;
  readonly threadId: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly status: string;
  readonly subject: string;
  /** HTML. */
  readonly body: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  /** Addresses of files. */
  readonly attachments: readonly string[];
  readonly provider?: string;
  readonly conversationProviderId?: string;
  readonly source?: string;
  readonly replyToMessageId?: string;
  readonly altId?: string;
  readonly error?: string;
  readonly dateAdded: number;
  /** Never given out by the API (facts, highlevel 5.3): who sent it, and its RFC 5322 Message-ID with brackets. */
  readonly userId?: string;
  readonly messageId?: string;
}

export interface StoredFile {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly createdAt: number;
  /** Its address stops working after an hour (facts, highlevel 0.11). */
  readonly secure: boolean;
}

export interface Token {
  readonly token: string;
  readonly kind: 'private' | 'app';
  readonly scopes: readonly string[];
  readonly appId?: string;
  readonly userId?: string;
  /** World time; undefined: does not expire. */
  readonly expiresAt?: number;
}

export interface RefreshToken {
  readonly token: string;
  readonly appId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  /** Set when it was used: single use (facts, highlevel 2.2). */
  readonly usedAt?: number;
  readonly accessToken: string;
  /** The pair that it was exchanged for. */
  readonly successor?: string;
}

export interface AuthorizationCode {
  readonly code: string;
  readonly appId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly expiresAt: number;
}

/** A marketplace app with its e-mail conversation provider. */
export interface App {
  readonly id: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly providerId: string;
  readonly providerName: string;
  /** Who installed it in the location; undefined: not installed. */
  readonly installedBy?: string;
  readonly installedAt?: number;
}

export interface ExportCursor {
  readonly lastUsedAt: number;
  readonly query: string;
  readonly after: { readonly key: number; readonly id: string };
  readonly rows?: readonly Thread[];
}

/** Something that the CRM will do by itself. */
export interface Due {
  readonly at: number;
  readonly emailId: string;
  readonly does: 'deliver' | 'send';
}

export interface RateWindow {
  windowStart: number;
  used: number;
  dayStart: number;
  usedToday: number;
}

export interface State {
  location?: Location;
  app?: App;
  users: Map<string, User>;
  contacts: Map<string, Contact>;
  deletedContacts: Set<string>;
  contactIndex: LaggingIndex<Contact>;
  conversations: Map<string, Conversation>;
  conversationOfContact: Map<string, string>;
  threads: Map<string, Thread>;
  threadsOfConversation: Map<string, readonly string[]>;
  exportIndex: LaggingIndex<Thread>;
  exportCursors: Map<string, ExportCursor>;
  emails: Map<string, Email>;
  /** Part of a reply or bounce address → e-mail id. */
  mailTokens: Map<string, string>;
  altIds: Map<string, string>;
  dues: Due[];
  files: Map<string, StoredFile>;
  fileOfSlug: Map<string, string>;
  medias: Set<string>;
  tokens: Map<string, Token>;
  refreshTokens: Map<string, RefreshToken>;
  codes: Map<string, AuthorizationCode>;
  rates: Map<string, RateWindow>;
  customValues: Map<string, Json>;
  tasks: Map<string, Json>;
  notes: Map<string, Json>;
  opportunities: Map<string, Json>;
  pipelines: Map<string, Json>;
  calendars: Map<string, Json>;
  appointments: Map<string, Json>;
  templates: Map<string, Json>;
  requests: number;
}

export function emptyState(): State {
  return {
    users: new Map(),
    contacts: new Map(),
    deletedContacts: new Set(),
    contactIndex: emptyIndex(),
    conversations: new Map(),
    conversationOfContact: new Map(),
    threads: new Map(),
    threadsOfConversation: new Map(),
    exportIndex: emptyIndex(),
    exportCursors: new Map(),
    emails: new Map(),
    mailTokens: new Map(),
    altIds: new Map(),
    dues: [],
    files: new Map(),
    fileOfSlug: new Map(),
    medias: new Set(),
    tokens: new Map(),
    refreshTokens: new Map(),
    codes: new Map(),
    rates: new Map(),
    customValues: new Map(),
    tasks: new Map(),
    notes: new Map(),
    opportunities: new Map(),
    pipelines: new Map(),
    calendars: new Map(),
    appointments: new Map(),
    templates: new Map(),
    requests: 0,
  };
}
