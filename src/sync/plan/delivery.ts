/**
 * What is to be done with an e-mail that Gmail has to send, from what both sides show: pure (X3; facts, reliability 2.3).
 * A draft can be sent only once, which makes it the token of the send; that it is gone proves nothing, the marker in Sent
 * does.
 */
import { shortHash } from '../../platform/hash';
import { bareAddress } from '../../gmail/mime/addresses';
import type { CrmEmail } from '../../crm/types';
import type { MessageView } from '../observed';
import { SETTLE_MS } from '../state';

/** A draft of the mailbox. Every edit gives its message another id. */
export interface DraftView {
  readonly id: string;
  readonly message: string;
  readonly thread: string;
  /** The value of the marker header; undefined where it has none. */
  readonly marker?: string;
  /** Its headers, where they were read. */
  readonly letter?: MessageView;
}

export interface PinnedDraft {
  readonly id: string;
  readonly message: string;
  readonly thread?: string;
}

export interface SentView {
  readonly id: string;
  readonly threadId: string;
  readonly marker: string;
}

export interface Evidence {
  readonly marker: string;
  /** The one draft that may be sent, remembered before its send. */
  readonly pinned?: PinnedDraft;
  /** When the last write of this e-mail began; undefined where there was none. */
  readonly attemptedAt?: number;
  /** Read before `sent`. */
  readonly drafts: readonly DraftView[];
  readonly sent: readonly SentView[];
  readonly now: number;
}

export type Decision =
  | { readonly do: 'create' }
  | { readonly do: 'send'; readonly draft: PinnedDraft; readonly extras: readonly string[] }
  /** It was sent; what is left of its drafts goes. */
  | { readonly do: 'done'; readonly sent: SentView; readonly extras: readonly string[] }
  | { readonly do: 'wait'; readonly until: number }
  | { readonly do: 'hold'; readonly reason: 'unsure-sent' | 'draft-changed' };

export function decideDelivery(evidence: Evidence): Decision {
  const { marker, pinned, attemptedAt, drafts, now } = evidence;
  const marked = drafts.filter((draft) => draft.marker === marker).sort(byAge);
  const [sent] = evidence.sent.filter((message) => message.marker === marker);
  if (sent !== undefined) return { do: 'done', sent, extras: marked.map(({ id }) => id) };
  const settled = attemptedAt === undefined || now >= attemptedAt + SETTLE_MS;
  if (pinned === undefined) {
    if (marked.length > 0) return sendOf(marked[0], marked);
    return settled ? { do: 'create' } : { do: 'wait', until: attemptedAt + SETTLE_MS };
  }
  const standing = drafts.find(({ id }) => id === pinned.id);
  if (standing !== undefined) {
    return standing.message === pinned.message ? sendOf(pinned, marked) : { do: 'hold', reason: 'draft-changed' };
  }
  if (!settled) return { do: 'wait', until: attemptedAt + SETTLE_MS };
  return { do: 'hold', reason: marked.length > 0 ? 'draft-changed' : 'unsure-sent' };
}

/** The draft that was just made must stand as it was made; of several of the same e-mail the oldest is the one that goes. */
export function electDraft(created: PinnedDraft, evidence: Omit<Evidence, 'pinned'>): Decision {
  const marked = evidence.drafts.filter(({ marker }) => marker === evidence.marker).sort(byAge);
  const stands = marked.some(({ id, message }) => id === created.id && message === created.message);
  return decideDelivery({ ...evidence, pinned: stands ? marked[0] : created });
}

function sendOf({ id, message, thread }: PinnedDraft, marked: readonly DraftView[]): Decision {
  const extras = marked.flatMap((draft) => (draft.id === id ? [] : [draft.id]));
  return { do: 'send', draft: { id, message, thread }, extras };
}

/** Message ids grow with time; draft ids are random (facts, reliability 2.3). */
function byAge(a: DraftView, b: DraftView): number {
  return a.message.length - b.message.length || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
}

const HOUR_MS = 3_600_000;
const REPEAT_HOURS = 24;

/** What the CRM's Retry sends again under a new id: the same recipients, subject and text (section R). */
export function contentKey(email: CrmEmail): string {
  const to = email.to.map((address) => bareAddress(address)).sort();
  return shortHash([...to, email.subject, email.body].join('\n'), 8);
}

/** Kept of a mail that was sent (or may have been) in that hour. */
export function sentKey(content: string, at: number): string {
  return shortHash(`sent ${content} ${Math.floor(at / HOUR_MS)}`);
}

/** Was the same mail sent within the last 24 hours? `known` are the keys of what was sent, each made at its hour. */
export function isRepeated(content: string, known: ReadonlyMap<string, unknown>, now: number): boolean {
  for (let hour = 0; hour <= REPEAT_HOURS; hour++) {
    if (known.has(sentKey(content, now - hour * HOUR_MS))) return true;
  }
  return false;
}

/** Sends counted by hours since 1970: `[hour, count]`. */
export type Sends = readonly (readonly [number, number])[];

/** Gmail's daily limits, of which 80 % are used (X9; facts, platform 2). */
const LIMITS = { consumer: 500, workspace: 2_000 } as const;
const SHARE = 0.8;

export function sendingCap(mailbox: string): number {
  const consumer = /@(gmail|googlemail)\.com$/i.test(mailbox);
  return Math.floor((consumer ? LIMITS.consumer : LIMITS.workspace) * SHARE);
}

export function recentSends(sends: Sends, now: number): Sends {
  const oldest = Math.floor(now / HOUR_MS) - REPEAT_HOURS;
  return sends.filter(([hour]) => hour >= oldest);
}

export function addSends(sends: Sends, count: number, now: number): Sends {
  if (count === 0) return recentSends(sends, now);
  const hour = Math.floor(now / HOUR_MS);
  const before = sends.find(([at]) => at === hour)?.[1] ?? 0;
  return [...recentSends(sends, now).filter(([at]) => at !== hour), [hour, before + count]];
}

/** How many may still go in these 24 hours, and when the oldest of them no longer count. */
export function sendingRoom(sends: Sends, mailbox: string, now: number): { room: number; until: number } {
  const recent = recentSends(sends, now);
  const count = recent.reduce((sum, [, sent]) => sum + sent, 0);
  const first = recent.reduce((least, [hour]) => Math.min(least, hour), Math.floor(now / HOUR_MS));
  return { room: Math.max(0, sendingCap(mailbox) - count), until: (first + REPEAT_HOURS + 1) * HOUR_MS };
}
