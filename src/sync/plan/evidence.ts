/**
 * What both sides show of a delivery: the drafts of the mailbox, what was sent since, and, where the marker does not
 * survive sending, a sent message in the draft's own thread that is the same mail (X3; facts, reliability 2.3, 2.8 P2).
 */
import type { CrmEmail } from '../../crm/types';
import { isReworked } from '../../gmail/mime/bodies';
import { markerOf } from '../../gmail/mime/write';
import type { GmailRef, HistoryChange } from '../../gmail/types';
import type { Got, MessageView } from '../observed';
import { DAY_MS, type Attempt, type Item } from '../state';
import { isOutbound } from '../threads';
import type { DraftView, SentView } from './delivery';
import type { Planning } from './planning';
import { isSameMail, isTo, sentAs } from './readback';

/** An e-mail that was added so shortly before the last pass can be new to it. */
const OVERLAP_MS = 10 * 60_000;
/** Gmail's date of a message is the time at which its draft was made. */
const CLOCKS_MS = 5 * 60_000;

/** Of the run that is recorded in the head, or of an earlier pass. */
export function attemptOf(planning: Planning, key: string): Attempt | undefined {
  const intent = planning.head.intents.find((open) => open.key === key && open.kind === 'deliver');
  const kept = planning.state.items.get(key)?.attempt;
  if (intent === undefined) return kept;
  const { base, at, draft, message, thread, content = '' } = intent;
  return { base: kept?.base ?? base, at, draft, message, thread, content };
}

/**
 * The add-on's messages in Sent since the first attempt. Where the state cannot vouch that there was none (it was lost, or
 * the e-mail is from before the last pass and unknown), the newest of Sent are read back to the e-mail's own date.
 */
export function sentViews(
  planning: Planning,
  email: CrmEmail,
  attempt: Attempt | undefined,
  sure: boolean,
): Got<readonly SentView[]> | undefined {
  const { head, observed } = planning;
  const base = attempt?.base ?? (sure ? head.history : '');
  if (base === head.history && !observed.resynced) return fromChanges(planning, observed.changes);
  return planning.got<'sentSince'>({ kind: 'sentSince', base, since: dayBefore(email.dateAdded) });
}

/** Nothing can have been begun of it that the state does not know. */
export function isUntouched(planning: Planning, email: CrmEmail): boolean {
  if (planning.doubt) return false;
  return planning.state.items.has(`e:${email.id}`) || email.dateAdded >= planning.head.crmAt - OVERLAP_MS;
}

/** What this pass has seen of Sent already. */
function fromChanges(planning: Planning, changes: readonly HistoryChange[]): Got<readonly SentView[]> | undefined {
  const views: SentView[] = [];
  let open = false;
  for (const { id, labelIds } of changes) {
    if (!labelIds.includes('SENT') || planning.state.head.echoes.includes(id)) continue;
    const headers = planning.got<'headers'>({ kind: 'headers', id });
    if (headers === undefined) open = true;
    else if (headers.kind === 'unread') return headers;
    else if (headers.kind === 'got' && headers.value.mail.marker !== undefined && isOutbound(headers.value))
      views.push({ id, threadId: headers.value.threadId, marker: headers.value.mail.marker });
  }
  return open ? undefined : { kind: 'got', value: views };
}

/**
 * A delivery whose draft was in that thread, and of which it is not known yet what became of it. Where the run died that made
 * the draft, it may be in any thread of the link.
 */
export function openDeliveryIn(planning: Planning, threadId: string): (Pick<Item, 'next'> & Partial<Item>) | undefined {
  const tried = [...planning.items.values()].find(({ attempt, thread: crm }) => {
    const threads = attempt?.thread === undefined ? planning.links.get(crm)?.gmail : [attempt.thread];
    return attempt !== undefined && threads?.includes(threadId);
  });
  if (tried !== undefined) return tried;
  const begun = planning.head.intents.some(({ key, thread }) => thread === threadId && !planning.resolved.has(key));
  return begun ? { next: planning.now } : undefined;
}

/** Gmail refused it, or said so, and here it is: undefined while the e-mail is being read. */
export function isDelivered(
  planning: Planning,
  { key = '' }: Partial<Item>,
  message: MessageView,
): boolean | undefined {
  const email = planning.got<'email'>({ kind: 'email', id: key.slice(2) });
  if (email === undefined) return undefined;
  return email.kind === 'got' && isSameMail(writtenBy(planning, email.value), message, 'outbound');
}

/** The sent message without a marker in the draft's thread that is this mail. Undefined while the thread is being read. */
export function sentTwin(
  planning: Planning,
  email: CrmEmail,
  attempt: Attempt | undefined,
): GmailRef | 'none' | undefined {
  if (attempt?.thread === undefined) return 'none';
  const thread = planning.thread(attempt.thread, true);
  if (thread === undefined) return undefined;
  if (thread.kind !== 'got') return 'none';
  const written = writtenBy(planning, email);
  const twin = thread.value.messages.find(
    (message) =>
      isOutbound(message) &&
      message.mail.marker === undefined &&
      message.date >= attempt.at - CLOCKS_MS &&
      isSameMail(written, message, 'outbound'),
  );
  return twin ?? 'none';
}

/**
 * A run that began it died, or the store that would know was lost, and nobody knows its draft. Where there was one it may have
 * been sent: by the user's own hand a moment ago, so that the history does not tell it yet, or without its marker. So Sent
 * is read by label (facts, reliability, probes P2 and P4), and where another draft would be made, not before its list shows
 * what was sent until the drafts were read (`late`). Undefined while it is being read.
 */
export function sentByHand(
  planning: Planning,
  email: CrmEmail,
  begun: number,
  late = false,
): GmailRef | 'none' | 'unread' | undefined {
  const sent = planning.got<'sentMail'>({ kind: 'sentMail', since: dayBefore(begun), late });
  if (sent === undefined) return undefined;
  if (sent.kind !== 'got') return 'unread';
  const marked = sent.value.find(({ mail }) => mail.marker === markerOf(email.id));
  if (marked !== undefined) return marked;
  const since = sent.value.filter(({ date }) => date >= begun - CLOCKS_MS);
  return sentAs(planning, writtenBy(planning, email), since);
}

/**
 * The run that made its draft died before it knew which one it was, and its owner has changed that since, which may cost it
 * its marker (facts, reliability, probe P5): it stands, or they have sent it. Undefined while that is being read.
 */
export function changedSince(
  planning: Planning,
  email: CrmEmail,
  begun: number,
  drafts: readonly DraftView[],
): 'draft-changed' | 'unsure-sent' | 'none' | 'unread' | undefined {
  // `sentByHand` has asked the same, and where that was not to be had the e-mail was put off.
  const sent = planning.got<'sentMail'>({ kind: 'sentMail', since: dayBefore(begun), late: true });
  if (sent?.kind !== 'got') return undefined;
  const own = planning.head.labels?.own ?? '';
  const letters = [...drafts.flatMap(({ letter }) => letter ?? []), ...sent.value].filter(
    (view) =>
      view.mail.marker === undefined &&
      !view.labelIds.includes(own) &&
      view.date >= begun - CLOCKS_MS &&
      isTo(email, view),
  );
  const read = letters.map(({ id }) => planning.got<'message'>({ kind: 'message', id }));
  if (read.includes(undefined)) return undefined;
  if (read.some((each) => each?.kind === 'unread')) return 'unread';
  const changed = read.flatMap((each) => (each?.kind === 'got' ? [each.value] : []));
  const found = changed.find(({ mail }) => isReworked({ html: email.body }, mail));
  return found === undefined ? 'none' : isOutbound(found) ? 'unsure-sent' : 'draft-changed';
}

function writtenBy({ head }: Planning, email: CrmEmail): CrmEmail {
  return { ...email, from: head.connection.address };
}

/** From when on Sent is read: the same time for all of a day, so that it is read once. */
export function dayBefore(time: number): number {
  return Math.floor(time / DAY_MS - 1) * DAY_MS;
}
