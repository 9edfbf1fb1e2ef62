/**
 * The three services as the world sees them. Each lives in its own folder (`emulator/gmail`, `emulator/highlevel`,
 * `emulator/apps-script`) and knows nothing of the other two: they meet only through the functions handed to their
 * constructors.
 */
import type { EmulatedRequest, EmulatedResponse, Handler } from './http';
import type { MailHost } from './network';
import type { Snapshotable } from './snapshot';

/* ------------------------------------------------------------------------------------------------ Gmail */

export type GmailAct = 'trash' | 'untrash' | 'spam' | 'unspam' | 'read' | 'discard-draft' | 'edit-draft' | 'send-draft';

export interface GmailMessageRecord {
  readonly id: string;
  readonly threadId: string;
  /** Names of the user's labels, ids of Gmail's own. */
  readonly labels: readonly string[];
  /** Milliseconds. */
  readonly at: number;
  /** The first header of that name, unfolded, its encoded words read; empty where there is none. */
  readonly header: (name: string) => string;
}

export interface GmailService extends Snapshotable<unknown>, MailHost {
  /** Serves `gmail.googleapis.com` and Gmail's paths of `www.googleapis.com`, batch included. */
  readonly handle: Handler;
  addAccount(account: {
    email: string;
    name: string;
    aliases?: { email: string; name: string; verified: boolean }[];
  }): void;
  accounts(): { email: string; name: string }[];
  /** An access token of that account with these OAuth scopes (full URLs); the same arguments give the same token. */
  token(email: string, scopes: readonly string[]): string;
  /** Takes back every token of the account: later calls answer 401. */
  revoke(email: string): void;
  /** What a person does in Gmail's own screens, as that user; `id` is a message or draft id, or the newest fitting one. */
  act(email: string, act: GmailAct, id?: string): void;
  /** Puts a message there as it would have come long ago: no history for it, no unit counted. Gives its ids. */
  plant(
    email: string,
    raw: Buffer,
    labelIds: readonly string[],
    internalDate: number,
  ): { id: string; threadId: string };
  /** Every message of the mailbox as it is stored, whatever the API would show of it. */
  messages(email: string): GmailMessageRecord[];
  /** Quota units of one request (facts, platform 3.1, the table of new projects); of a batch the sum. */
  units(request: EmulatedRequest): number;
  isBatch(request: EmulatedRequest): boolean;
  /** The requests inside a batch, with the outer authorization. */
  splitBatch(request: EmulatedRequest): EmulatedRequest[];
  /** The multipart answer of a batch; an undefined part is cut off the answer. */
  joinBatch(request: EmulatedRequest, parts: readonly (EmulatedResponse | undefined)[]): EmulatedResponse;
}

/* -------------------------------------------------------------------------------------------- HighLevel */

export interface CrmSend {
  /** CRM user id. */
  readonly user: string;
  /** Contact id, or several for a bulk send. */
  readonly to: string | readonly string[];
  readonly kind: 'individual' | 'bulk' | 'workflow' | 'api';
  readonly channel: 'default' | 'gmail';
  readonly from?: string;
  readonly subject: string;
  readonly html: string;
  readonly cc?: readonly string[];
  readonly attachments?: readonly { name: string; type: string; base64: string }[];
  readonly replyTo?: { emailMessageId?: string; threadId?: string; conversationId?: string };
}

export interface CrmSent {
  readonly emailMessageId: string;
  readonly threadId: string;
  readonly conversationId: string;
  readonly status: string;
  /** Of a send to several contacts: those after the first. */
  readonly others?: readonly CrmSent[];
}

/** An e-mail as the CRM has it, with what its API never tells: the Message-ID under which it went out or came in. */
export interface CrmEmailRecord {
  readonly id: string;
  readonly threadId: string;
  readonly contactId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly status: string;
  readonly subject: string;
  readonly from: string;
  readonly source?: string;
  readonly altId?: string;
  readonly messageId?: string;
  readonly dateAdded: number;
}

export interface CrmUserRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface CrmContactRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface HighLevelService extends Snapshotable<unknown>, MailHost {
  /** Serves `services.leadconnectorhq.com`, `marketplace.gohighlevel.com` and the host of attachment addresses (`hosts`). */
  readonly handle: Handler;
  readonly hosts: readonly string[];
  /** The one location of this world, made by `createLocation`. */
  createLocation(location: { name: string; timezone: string }): string;
  addUser(user: { name: string; email: string; phone?: string; assignedDataOnly?: boolean }): CrmUserRecord;
  addContact(contact: Readonly<Record<string, unknown>> & { name: string; email: string }): CrmContactRecord;
  /** Any other record of the demo world (pipelines, opportunities, tasks, notes, appointments), in the API's own shape. */
  addRecord(
    kind: 'pipeline' | 'opportunity' | 'task' | 'note' | 'appointment' | 'calendar' | 'template',
    record: Readonly<Record<string, unknown>>,
  ): { id: string };
  describe(): {
    locationId: string;
    token: string;
    providerId: string;
    users: CrmUserRecord[];
    contacts: CrmContactRecord[];
  };
  /** All e-mails of the location. */
  emails(): CrmEmailRecord[];
  /** A Private Integration Token with these scopes (default: all that the add-on asks for). */
  createPrivateToken(scopes?: readonly string[]): string;
  /** The add-on's marketplace app, for the add-on's script properties; the person approves at `authorizeUrl`. */
  app(): { appId: string; clientId: string; clientSecret: string; providerId: string; authorizeUrl: string };
  /** Edits the scopes of a private token, which keeps its text (facts, highlevel 2.4). */
  changeScopes(token: string, scopes: readonly string[]): void;
  /** Ends a token, as somebody in the CRM's settings would: later calls with it answer 401. */
  revokeToken(token: string): void;
  /** What the CRM's screens do when somebody sends. Throws an Error whose message says why not. */
  send(send: CrmSend): CrmSent;
  /** "Retry" on a failed mail: a new mail with a new id; the failed one is gone (facts, reliability S15). */
  retry(emailMessageId: string): CrmSent;
  /** Merges one contact into another: its threads move over, and it is gone (facts, highlevel 10 R6). */
  mergeContacts(keptId: string, goneId: string): void;
  /** What the CRM notices of a mail that it sent: `opened`, `clicked`, `failed`, … */
  track(emailMessageId: string, status: string, error?: string): void;
}

/* ------------------------------------------------------------------------------------------ Apps Script */

/** What one call of the add-on was, for the request log (emulator-api: GET /emulator/requests). */
export interface LoggedCall {
  readonly seq: number;
  readonly executionId: string;
  readonly user: string;
  /** Requests of one `fetchAll` share it; counted from 1 in each execution. */
  readonly round: number;
  readonly service: string;
  readonly host?: string;
  readonly method?: string;
  readonly path?: string;
  status?: number;
  units?: number;
  requestBytes?: number;
  responseBytes?: number;
  readonly virtualMs: number;
  /** When it began, milliseconds of the virtual clock. */
  readonly at?: number;
  fault?: string;
  parts?: LoggedCall[];
}

export interface Execution {
  readonly ok: boolean;
  /** The exception that ended it, in the platform's words. */
  readonly error?: string;
  readonly killed?: true;
  readonly virtualMs: number;
  readonly calls: number;
  readonly rounds: number;
  readonly executionId: string;
  readonly user: string;
  readonly function: string;
  /** What the function returned, as JSON (a card, an action response). */
  readonly result?: unknown;
}

export type Answer =
  | '401'
  | '403-rate'
  | '404'
  | '413'
  | '422'
  | '429'
  | '500'
  | '502'
  | '503'
  | 'html'
  | 'truncated'
  | 'empty'
  | 'timeout'
  | 'dns'
  | 'refused'
  | 'slow';

export interface Fault {
  readonly nth?: number;
  readonly service?: string;
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly times?: number;
  /** Lets so many fitting calls pass before it. */
  readonly skip?: number;
  /** Ends so long after it was armed, milliseconds; until then every fitting call meets it, unless `times` says else. */
  readonly forMs?: number;
  readonly kill?: 'before' | 'after';
  readonly answer?: Answer;
  readonly effect?: 'none' | 'done' | 'late' | 'twice';
  readonly lateMs?: number;
  readonly runInside?: { readonly user: string; readonly function: string };
  readonly act?: Readonly<Record<string, unknown>>;
}

/** An execution as the runtime remembers it: what `Execution` says, with when, how and at what cost. */
export interface ExecutionRecord {
  readonly seq: number;
  readonly executionId: string;
  readonly user: string;
  readonly function: string;
  readonly context: 'card' | 'trigger' | 'editor';
  /** When it began, milliseconds of the virtual clock. */
  readonly at: number;
  readonly ok: boolean;
  readonly error?: string;
  readonly killed?: true;
  readonly virtualMs: number;
  readonly calls: number;
  readonly rounds: number;
}

export interface TriggerRecord {
  readonly id: string;
  readonly user: string;
  readonly handler: string;
  readonly everyMinutes?: number;
  /** When it fires next, milliseconds. */
  readonly at: number;
}

export interface AppsScriptService extends Snapshotable<unknown> {
  /** One execution of a global function of the bundle, in a fresh context. */
  execute(run: {
    user: string;
    function: string;
    event?: unknown;
    /** Sets the time limit and whether a trigger of less than an hour is refused (facts, platform 1.2). */
    context: 'card' | 'trigger' | 'editor';
  }): Execution;
  triggers(): TriggerRecord[];
  /** Takes the triggers that are due up to and at `until`, in time order, recurring ones set on. */
  takeDue(until: number): TriggerRecord[];
  /** When the next trigger or late effect is due. */
  nextDue(): number | undefined;
  /** Late effects of faults (`effect: "late"`) that are due by now: carries them out. */
  settleLate(): void;
  setFaults(faults: readonly Fault[]): void;
  faults(): { armed: Fault[]; met: { kind: string; call: string }[]; callsSinceArmed: number };
  requests(since: number): LoggedCall[];
  executions(since: number): ExecutionRecord[];
  logs(since: number): { seq: number; at: number; user: string; executionId: string; level: string; text: string }[];
  properties(user: string): Record<string, string>;
  setProperty(user: string, key: string, value: string | undefined): void;
  scriptProperties(): Record<string, string>;
  setScriptProperty(key: string, value: string | undefined): void;
}
