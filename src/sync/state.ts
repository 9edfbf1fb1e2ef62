/**
 * What the engine remembers between runs. The truth is in the two mailboxes; this is a cache of it that makes a pass
 * cheap (X): wiped, it costs time, not correctness. Times are milliseconds since 1970 on this machine's clock unless a
 * name says otherwise.
 */
import type { Direction } from '../crm/types';
import type { Claim } from './claims';
import type { Spent } from './budget';
import type { Attempt as Mark } from './careful';
import type { Gap } from './gap';
import type { Incident } from './incident';
import type { Quiet } from './quiet';
import type { Marks } from './marks';
import type { Settings } from './settings';

export interface Connection {
  readonly kind: 'token' | 'oauth';
  /** The CRM's bearer token. Never logged, shown or put into a URL. */
  readonly token: string;
  /** OAuth alone: what the next token is made with, and until when this one is good (C5). */
  readonly renewal?: Renewal;
  /** OAuth alone: the app's own conversation provider, whose pending e-mails go out through Gmail (R1); undefined where none is configured. */
  readonly provider?: string;
  readonly location: string;
  readonly locationName: string;
  readonly crmUser: string;
  readonly crmUserName: string;
  /** The Google account; a run under another one refuses to write (C9). */
  readonly mailbox: string;
  /** The connected address, in lower case. */
  readonly address: string;
  /** Addresses that were connected before, and until when by the CRM's clock: what is older is still theirs (C6). */
  readonly former?: readonly FormerAddress[];
  /** The CRM user may see only contacts that are assigned to them (C10). */
  readonly assignedOnly?: boolean;
  /** All addresses of the mailbox that may be a From, in lower case. */
  readonly ownAddresses: readonly string[];
  /** The CRM's clock at the first connect: nothing earlier is synced (C4). */
  readonly since: number;
  /** Random, one for each connect of a mailbox. */
  readonly installation: string;
}

export interface FormerAddress {
  readonly address: string;
  readonly until: number;
}

export interface Renewal {
  /** Works once, and comes back with the next pair; empty where the CRM would not take it any more: only connecting again helps. */
  readonly refreshToken: string;
  /** End of the access token, with which the pair was made. */
  readonly expiresAt: number;
  readonly renewedAt: number;
}

export interface Labels {
  /** Hidden, on every message that the add-on wrote: echoes are known by it, and a lost store is rebuilt from it. */
  readonly own: string;
  /** `CRM`, or whatever the user called it; undefined where it is switched off. */
  readonly shown?: string;
  /** What that label is called; undefined for `CRM`. */
  readonly shownName?: string;
  /** `CRM/Attention`, on what is parked or held (M7). */
  readonly attention?: string;
  /** `CRM/Private`, which the user puts on what is to stay out of the CRM (T8). */
  readonly private?: string;
  /** Hidden, on the messages of threads that the user stopped, and on what came until one of them went on (T8). */
  readonly stopped?: string;
  readonly kept?: string;
}

/** A write whose outcome is not known to be recorded on both sides yet (X6). */
export interface Intent {
  readonly kind: 'mirror' | 'push' | 'deliver';
  /** The item that it belongs to: `e:` and a CRM e-mail id, or `g:` and a Gmail message id. */
  readonly key: string;
  readonly at: number;
  /** Gmail's history id before the write: a copy shows up after it. */
  readonly base: string;
  /** For a push: where it shows up in the CRM, and as what. */
  readonly crm?: string;
  readonly conversation?: string;
  readonly altId?: string;
  /** For a delivery: what `Attempt` says. */
  readonly draft?: string;
  readonly message?: string;
  readonly thread?: string;
  readonly content?: string;
}

/** What was begun of a delivery whose end is not known: its item keeps it for as long as the e-mail is not dealt with (X3). */
export interface Attempt {
  /** Gmail's history id before the first write: if it was sent, Sent shows it since. */
  readonly base: string;
  /** When the last write began. */
  readonly at: number;
  /** The one draft that may be sent, and its message, whose id changes when somebody edits it. */
  readonly draft?: string;
  readonly message?: string;
  /** The Gmail thread of the draft, in which the sent message stays. */
  readonly thread?: string;
  /** Short hash of recipients, subject and text: the same mail again is not sent while this one is open. */
  readonly content: string;
}

/** `emailMessageId` of a push is an e-mail's id in practice; the schema may mean the container's (facts, highlevel 10 V2). */
export type JoinsBy = 'email' | 'thread';

export interface Head {
  readonly version: 3;
  /** Grows with each commit, with the clock, so that no two runs write pages under the same keys. */
  readonly generation: number;
  /** The id of the run that wrote it. */
  readonly run: string;
  readonly connection: Connection;
  readonly labels?: Labels;
  /** The claim to the CRM user (C6); undefined where the token may not read custom values, or from a version before there were claims. */
  readonly claim?: Claim;
  /** Undefined until something was set. */
  readonly settings?: Settings;
  /** Gmail's history id up to which everything is done, left, parked or held (X2). */
  readonly history: string;
  /** The CRM's clock at the last committed reading: what was added long before it and is not known is old (X12). */
  readonly crmAt: number;
  /** A hash of the first export page when nothing in it was left to do; empty where that is not known. */
  readonly page: string;
  readonly intents: readonly Intent[];
  /** Pages of the shelves by name, each with the generation in which it was written. */
  readonly pages: Readonly<Record<string, number>>;
  /** Gmail ids of own copies that history has not shown yet. */
  readonly echoes: readonly string[];
  /** When a pass last ended well, and when one last started: the heartbeat (G3). */
  readonly passedAt: number;
  readonly startedAt: number;
  /** When the store was last looked through for commands and leftovers. */
  readonly sweptAt: number;
  /** The earliest time at which a waiting or parked item wants another attempt; 0 where none does. */
  readonly due: number;
  /** Why the last pass did not end well, as a code of the word catalogue; empty where it did. */
  readonly trouble: string;
  readonly today: Tally;
  /** Changes of labels that wait for the next look, and what carries the attention label when they are made (M7). */
  readonly marks?: Marks;
  readonly attention?: readonly string[];
  /** Own sends by hours since 1970, for Gmail's daily limit (X9). */
  readonly sends?: readonly (readonly [number, number])[];
  /** The CRM's own Gmail sync sends for this user too (R7). */
  readonly ownSync?: OwnSync;
  /** The latest bulk send, for the number that is mirrored of one (R3). */
  readonly bulk?: BulkSend;
  /** What the platform allowed (G1), minutes; 0 where it allowed nothing. */
  readonly cadence: number;
  /** What came while Gmail's history was cut off and is not taken up yet (X8). */
  readonly gap?: Gap;
  /** When the last two days of the CRM were read again (X12). */
  readonly rereadAt?: number;
  /** Stands while messages are read and written: where it is met, the run before was killed (X7). */
  readonly attempt?: Mark;
  /** What the timer's runs have taken of the day (G4), and what the CRM's daily budget had left, in percent (X9). */
  readonly spent?: Spent;
  readonly crmLeft?: number;
  /** Which id makes a logged mail join its CRM thread; known once one did, and another one is tried where one did not. */
  readonly joinsBy?: JoinsBy;
  /** Something that the user should hear of outside the sidebar too (G5). */
  readonly incident?: Incident;
  /** When something was found to be lost that the store held, and was looked for on both sides (X11). */
  readonly mendedAt?: number;
  /** Up to then it is not known what the user kept private: what is not in the CRM yet goes when they say so (T8, X11). */
  readonly forgotten?: number;
  /** The sub-account's own provider sends through this mailbox, which leaves copies in Sent (R2). */
  readonly ownCopies?: boolean;
  /** Links of the mailbox are to be found again by its own messages, before anything else is done. */
  readonly rebuild?: boolean;
  /** The head was put back from an older one: nothing is pushed before the CRM was read back (X5). */
  readonly doubt?: boolean;
}

/** Times of the CRM's clock. */
export interface OwnSync {
  /** The newest e-mail that it sent. */
  readonly seenAt: number;
  /** When the user said that it is off; 0 where they did not. */
  readonly offAt: number;
}

export interface BulkSend {
  /** The CRM's time of its latest e-mail. */
  readonly at: number;
  readonly count: number;
}

export interface Tally {
  /** Days since 1970, UTC. */
  readonly day: number;
  readonly mirrored: number;
  readonly delivered: number;
  readonly pushed: number;
}

/** One CRM thread with the Gmail threads that carry it. */
export interface Link {
  readonly crm: string;
  readonly conversation: string;
  readonly contact: string;
  /** Gmail thread ids; the first one takes new mirrors. */
  readonly gmail: readonly string[];
  /** Short hash of the normalised subject (T5); empty where it has fewer than three letters. */
  readonly subject: string;
  /** Short hashes of the contact's addresses, in lower case. */
  readonly people: readonly string[];
  /** Short hash of the connected address for which it was made (C6). */
  readonly address: string;
  /** The CRM's time of the e-mail that began it. */
  readonly since: number;
  readonly touched: number;
  /** The newest CRM e-mail of it: pushes thread under that one. */
  readonly lastEmail: string;
  /** Short hashes of the Message-IDs of its messages, newest last (T4). */
  readonly ids: readonly string[];
  /** The CRM itself sent mail of it, so a reply can name a parent that nobody knows (T5). */
  readonly mirrored: boolean;
  /** The CRM itself took mail of it in (T11). */
  readonly received: boolean;
  /** The e-mail that began it, one of a large bulk send: it is mirrored when the conversation goes on (R3). */
  readonly deferred?: string;
  readonly stopped: '' | 'user' | 'former-address';
  /** When the user stopped it and let it go on, in turn: what came meanwhile stays out of the CRM (T8). */
  readonly pauses?: readonly number[];
  readonly count: number;
}

/** Pauses of a link that are kept apart; older ones are taken as one. */
export const MOST_PAUSES = 8;

/** Why a message is not on both sides yet, or will not be. The word catalogue has a sentence and an advice for each. */
export type Reason =
  | 'next-pass'
  | 'checking'
  | 'own-copy'
  | 'order'
  | 'not-sent-yet'
  | 'crm-busy'
  | 'gmail-busy'
  | 'no-time'
  | 'unreadable'
  /** Runs were killed while it was read (X7). */
  | 'too-heavy'
  | 'refused-by-crm'
  | 'refused-by-gmail'
  | 'contact-gone'
  | 'too-large'
  | 'attachment'
  | 'without-contact'
  | 'doubtful'
  | 'cannot-deliver'
  /** Its draft is gone, and it is not in Sent. */
  | 'unsure-sent'
  /** Somebody edited its draft. */
  | 'draft-changed'
  /** The same mail was sent within 24 hours (the CRM's Retry). */
  | 'repeated'
  /** The user said to send it all the same. */
  | 'send-again'
  /** The user wants it in the CRM. */
  | 'asked'
  /** A connected colleague's mailbox logs it, else this one an hour later (T10). */
  | 'colleague'
  | 'sending-cap'
  /** The CRM has it twice: a write took effect when nobody counted on it any more. */
  | 'twice'
  /** Written before the connection, and nobody can tell whether it was sent since. */
  | 'before-connection'
  /** The user said that it was sent. */
  | 'said-sent'
  /** The CRM's own Gmail sync is on, and would log it too (R7). */
  | 'own-sync'
  /** It was sent, and the CRM does not say so yet. */
  | 'status'
  /** It belongs to the mailbox that was connected before (C6). */
  | 'former-mailbox'
  /** It came before the store was lost, and with that what the user keeps private (T8, X11). */
  | 'forgotten';

/** A message set aside. */
export interface Item {
  /** `e:` and a CRM e-mail id, or `g:` and a Gmail message id. */
  readonly key: string;
  /** `waiting` goes on by itself soon, `parked` by itself later or by the user, `held` only by the user. */
  readonly state: 'waiting' | 'parked' | 'held';
  readonly reason: Reason;
  readonly since: number;
  /** When to try again; 0 for never by itself. */
  readonly next: number;
  readonly attempts: number;
  /** Gmail or CRM thread id, to show it where it belongs. */
  readonly thread: string;
  /** The user wants it in the CRM, although a rule left it (T2). */
  readonly asked?: true;
  /** It may be in the CRM already, whatever it waits for: read back before it is pushed (X5). */
  readonly doubt?: true;
  /** Of an e-mail that Gmail has to send. */
  readonly attempt?: Attempt;
  /** Attachments that are in the CRM already, by their place in the message: nothing is uploaded twice. */
  readonly uploaded?: Readonly<Record<number, string>>;
}

/** An unlinked inbound message with an unknown parent, kept three days in hashes for T5. */
export interface Stray {
  readonly id: string;
  readonly thread: string;
  readonly from: string;
  readonly subject: string;
  readonly at: number;
}

/** What was done, for the activity card. No address, subject or text. */
export interface Receipt {
  readonly at: number;
  readonly what: 'mirrored' | 'delivered' | 'pushed' | 'linked' | 'joined' | 'both' | 'left' | 'gone' | 'removed';
  /** The message: `e:` or `g:` and its id. */
  readonly key: string;
  /** The CRM thread. */
  readonly crm: string;
  readonly direction: Direction | '';
  /** The rule of the contract that decided. */
  readonly rule: string;
  /** Of a message that was logged: its e-mail in the CRM, so that the card of its thread finds it. */
  readonly email?: string;
}

export interface State {
  readonly head: Head;
  /** By CRM thread: those in which something happens, in full. */
  readonly links: ReadonlyMap<string, Link>;
  /** The others, in short; undefined where there are none. */
  readonly quiet?: Quiet;
  readonly items: ReadonlyMap<string, Item>;
  /** Hashes of CRM e-mail ids that are dealt with, each with the day (since 1970) on which it was. */
  readonly seen: ReadonlyMap<string, number>;
  readonly strays: ReadonlyMap<string, Stray>;
  readonly receipts: readonly Receipt[];
}

/** Longer than any request was ever seen to take effect after it was given up (X6; facts, reliability 0.5). */
export const SETTLE_MS = 10 * 60_000;
/** How long a mirror of what the CRM took in waits for the mailbox's own copy (T11). */
export const OWN_COPY_MS = 3 * 60_000;
/** Two copies of one mail on both sides are at most this far apart (T11). */
export const TWIN_MS = 10 * 60_000;
/** Pauses between attempts (X7; facts, reliability R19). */
const RETRY_MINUTES = [5, 15, 60, 120, 240, 480, 1440];
/** An intent that no message waits for any more is kept for so long. */
export const INTENT_MS = 2 * SETTLE_MS;
/** After this a message that was refused for good is tried once more. */
export const REFUSED_MS = 4 * 3_600_000;

/** How long to wait after the nth attempt in a row that failed, counted from 1. */
export function retryPause(attempts: number): number {
  return RETRY_MINUTES[Math.min(attempts, RETRY_MINUTES.length) - 1] * 60_000;
}

/** Until the user says that the CRM's own sync is off, nothing is pushed: it logs the same messages (R7). */
export function isOwnSyncOn({ ownSync }: { readonly ownSync?: OwnSync }): boolean {
  return ownSync !== undefined && ownSync.seenAt > ownSync.offAt;
}

export const STRAY_DAYS = 3;
export const SEEN_DAYS = 7;
/** Intents that fit into the head beside everything else in it; more work is carried on in the next pass of the run. */
export const MOST_INTENTS = 20;
/** Headers of other threads read in one pass (T3). */
export const MOST_HEADERS = 100;
export const MOST_RECEIPTS = 80;
export const DAY_MS = 86_400_000;

export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}
