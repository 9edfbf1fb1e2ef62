/**
 * The add-on's own copies in Gmail. They come back through history: expected ones are echoes and cost nothing; others
 * are what an earlier, killed or late write left, and are adopted or, where they are there twice, removed (X4).
 */
import { shortHash } from '../../platform/hash';
import type { GmailRef, HistoryChange } from '../../gmail/types';
import type { Got, MessageView } from '../observed';
import { copyKey, copyOf, removalKey } from '../keys';
import { SETTLE_MS, type Link } from '../state';
import { mayBeWritten, type Planning } from './planning';

/** Takes the own copies out of the changes; gives the others. */
export function planEchoes(planning: Planning, changes: readonly HistoryChange[]): HistoryChange[] {
  const own = planning.head.labels?.own;
  if (own === undefined) return [...changes];
  const unexpected = new Map<string, string>();
  const others: HistoryChange[] = [];
  for (const change of changes) {
    // A sent message gets its labels only after history has shown it.
    if (planning.echoes.includes(change.id)) planning.echoes = planning.echoes.filter((id) => id !== change.id);
    else if (!change.labelIds.includes(own)) others.push(change);
    else unexpected.set(change.id, change.threadId);
  }
  for (const intent of planning.head.intents) {
    // The listing of this pass starts at the cursor; an intent of an earlier pass may have shown before it.
    if (intent.kind !== 'mirror' || intent.base === planning.head.history) continue;
    const copies = copiesSince(planning, intent.base, own);
    if (copies?.kind === 'got') for (const ref of copies.value) unexpected.set(ref.id, ref.threadId);
  }
  // With the history it is gone, too, what was refused and done all the same.
  const copies = planning.observed.resynced && hasFailedCopy(planning) ? newestCopies(planning, own) : undefined;
  if (copies?.kind === 'got') for (const ref of copies.value) unexpected.set(ref.id, ref.threadId);
  for (const [key, { thread }] of planning.state.items) {
    const id = copyOf(key);
    if (id === undefined || planning.isResting(key)) continue;
    planning.items.delete(key);
    unexpected.set(id, thread);
  }
  for (const [id, threadId] of unexpected) {
    if (planning.state.head.echoes.includes(id)) continue;
    const headers = planning.got<'headers'>({ kind: 'headers', id });
    if (headers?.kind === 'got') keep(planning, headers.value);
    else if (headers?.kind === 'unread') planning.tryLater(copyKey(id), threadId, 'unreadable');
  }
  return others;
}

function hasFailedCopy({ state }: Planning): boolean {
  return [...state.items.values()].some((item) => item.key.startsWith('e:') && mayBeWritten(item));
}

/** An intent has at most so many others beside it, each with a copy or two. */
const NEWEST_COPIES = 40;

/** Where history does not reach back so far, the newest of the label (X8). */
function copiesSince(planning: Planning, base: string, label: string): Got<readonly GmailRef[]> | undefined {
  const copies = planning.got<'copies'>({ kind: 'copies', base, label });
  return copies?.kind === 'gone' ? newestCopies(planning, label) : copies;
}

function newestCopies(planning: Planning, label: string): Got<readonly GmailRef[]> | undefined {
  const newest = planning.got<'labelled'>({ kind: 'labelled', label });
  return newest?.kind === 'got' ? { kind: 'got', value: newest.value.slice(0, NEWEST_COPIES) } : newest;
}

/** Could not be asked for: whether there is a copy is not known. */
export function areCopiesUnread(planning: Planning, base: string): boolean {
  const own = planning.head.labels?.own;
  return own !== undefined && base !== planning.head.history && copiesSince(planning, base, own)?.kind === 'unread';
}

function keep(planning: Planning, view: MessageView): void {
  const marker = view.mail.marker;
  if (marker === undefined) return;
  planning.copies.set(marker, [...(planning.copies.get(marker) ?? []), view]);
}

/**
 * Copies of e-mails that were mirrored before: of several the one in the thread that takes new mail stays, else the
 * oldest. A copy in the trash is the user's doing and does not count. While messages are dealt with one by one, the thread of
 * a copy may not have joined the link yet: nothing is removed before it had its turn.
 */
export function planDuplicates(planning: Planning): void {
  for (const [emailId, found] of planning.copies) {
    const link = linkOfCopies(planning, emailId, found);
    if (link === undefined) continue;
    const copies = new Map(found.map((view) => [view.id, view]));
    const threads = link === 'unread' ? [] : link.gmail.map((id) => planning.thread(id, false));
    if (threads.includes(undefined)) continue;
    if (link === 'unread' || threads.some((thread) => thread?.kind === 'unread')) {
      for (const { id, threadId } of found) planning.tryLater(copyKey(id), threadId, 'unreadable');
      continue;
    }
    for (const thread of threads) {
      if (thread?.kind !== 'got') continue;
      for (const view of thread.value.messages) if (isCopy(planning, view, emailId)) copies.set(view.id, view);
    }
    const standing = [...copies.values()].filter(({ labelIds }) => !labelIds.includes('TRASH'));
    standing.sort(
      (a, b) => place(link.gmail, a) - place(link.gmail, b) || a.id.length - b.id.length || (a.id < b.id ? -1 : 1),
    );
    const settled = settledAt(planning, emailId);
    for (const extra of standing.slice(1)) {
      if (planning.observed.only !== undefined)
        planning.setAside(copyKey(extra.id), extra.threadId, 'waiting', 'next-pass', planning.now);
      else if (planning.now < settled)
        planning.setAside(copyKey(extra.id), extra.threadId, 'waiting', 'checking', settled);
      else planning.actions.push({ kind: 'remove', id: extra.id, crm: link.crm });
    }
  }
}

/** A run that died over a copy which follows its thread may have one of the two on its way out: until then both stay. */
function settledAt({ head, state }: Planning, emailId: string): number {
  const open = head.intents.find(({ key }) => key === `e:${emailId}`);
  return open !== undefined && state.seen.has(shortHash(emailId)) ? open.at + SETTLE_MS : 0;
}

/** A copy that came late may lie in a Gmail thread of its own: then its e-mail tells the link. */
function linkOfCopies(planning: Planning, emailId: string, found: readonly MessageView[]): Link | 'unread' | undefined {
  const known = found.map(({ threadId }) => planning.linkOfGmail(threadId)).find((link) => link !== undefined);
  if (known !== undefined) return known;
  const email = planning.got<'email'>({ kind: 'email', id: emailId });
  if (email?.kind === 'unread') return 'unread';
  return email?.kind === 'got' ? planning.links.get(email.value.threadId) : undefined;
}

function isCopy(planning: Planning, view: MessageView, emailId: string): boolean {
  return view.mail.marker === emailId && view.labelIds.includes(planning.head.labels?.own ?? '');
}

function place(threads: readonly string[], view: MessageView): number {
  const index = threads.indexOf(view.threadId);
  return index < 0 ? threads.length : index;
}

/** Copies that could not be put into the trash before. */
export function planRemovals(planning: Planning): void {
  for (const [key, { thread }] of planning.state.items) {
    const id = key.slice(2);
    if (key !== removalKey(id) || planning.isResting(key)) continue;
    if (planning.actions.some((action) => action.kind === 'remove' && action.id === id)) continue;
    planning.actions.push({ kind: 'remove', id, crm: thread });
  }
}
