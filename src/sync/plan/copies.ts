/**
 * The add-on's own copies in Gmail. They come back through history: expected ones are echoes and cost nothing; others
 * are what an earlier, killed or late write left, and are adopted or, where they are there twice, removed (X4).
 */
import type { HistoryChange } from '../../gmail/types';
import type { MessageView } from '../observed';
import { removalKey } from '../keys';
import type { Link } from '../state';
import type { Planning } from './planning';

/** Takes the own copies out of the changes; gives the others. */
export function planEchoes(planning: Planning, changes: readonly HistoryChange[]): HistoryChange[] {
  const own = planning.head.labels?.own;
  if (own === undefined) return [...changes];
  const unexpected = new Map<string, HistoryChange>();
  const others: HistoryChange[] = [];
  for (const change of changes) {
    // A sent message gets its labels only after history has shown it.
    if (planning.echoes.includes(change.id)) planning.echoes = planning.echoes.filter((id) => id !== change.id);
    else if (!change.labelIds.includes(own)) others.push(change);
    else unexpected.set(change.id, change);
  }
  for (const intent of planning.head.intents) {
    // The listing of this pass starts at the cursor; an intent of an earlier pass may have shown before it.
    if (intent.kind !== 'mirror' || intent.base === planning.head.history) continue;
    const copies = planning.got<'copies'>({ kind: 'copies', base: intent.base, label: own });
    if (copies?.kind === 'got') for (const change of copies.value) unexpected.set(change.id, change);
  }
  for (const id of unexpected.keys()) {
    if (planning.state.head.echoes.includes(id)) continue;
    const headers = planning.got<'headers'>({ kind: 'headers', id });
    if (headers?.kind === 'got') keep(planning, headers.value);
  }
  return others;
}

function keep(planning: Planning, view: MessageView): void {
  const marker = view.mail.marker;
  if (marker === undefined) return;
  planning.copies.set(marker, [...(planning.copies.get(marker) ?? []), view]);
}

/**
 * Copies of e-mails that were mirrored before: of several the one in the thread that takes new mail stays, else the
 * oldest. A copy in the trash is the user's doing and does not count.
 */
export function planDuplicates(planning: Planning): void {
  for (const [emailId, found] of planning.copies) {
    const link = linkOfCopies(planning, emailId, found);
    if (link === undefined) continue;
    const copies = new Map(found.map((view) => [view.id, view]));
    let open = false;
    for (const id of link.gmail) {
      const thread = planning.thread(id, false);
      if (thread === undefined) open = true;
      else if (thread.kind === 'got') {
        for (const view of thread.value.messages) if (isCopy(planning, view, emailId)) copies.set(view.id, view);
      }
    }
    if (open) continue;
    const standing = [...copies.values()].filter(({ labelIds }) => !labelIds.includes('TRASH'));
    standing.sort(
      (a, b) => place(link.gmail, a) - place(link.gmail, b) || a.id.length - b.id.length || (a.id < b.id ? -1 : 1),
    );
    for (const extra of standing.slice(1)) planning.actions.push({ kind: 'remove', id: extra.id, crm: link.crm });
  }
}

/** A copy that came late may lie in a Gmail thread of its own: then its e-mail tells the link. */
function linkOfCopies(planning: Planning, emailId: string, found: readonly MessageView[]): Link | undefined {
  const known = found.map(({ threadId }) => planning.linkOfGmail(threadId)).find((link) => link !== undefined);
  if (known !== undefined) return known;
  const email = planning.got<'email'>({ kind: 'email', id: emailId });
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
