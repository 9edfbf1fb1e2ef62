/** What became of each message of a thread (S2): pure. There is always an answer. */
import type { CrmEmail } from '../../crm/types';
import type { MessageView } from '../../sync/observed';
import { altIdFor } from '../../sync/push';
import type { Item, Link, Receipt } from '../../sync/state';
import { isOutbound } from '../../sync/threads';
import type { SyncView } from '../../sync/view';

export type MessageState =
  /** The add-on's copy of a CRM e-mail; with what the CRM says of it, where that could be read. */
  | { readonly kind: 'copy'; readonly email?: CrmEmail }
  | { readonly kind: 'pushed'; readonly outbound: boolean }
  | { readonly kind: 'both' }
  | { readonly kind: 'left'; readonly rule: string }
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'draft' | 'spam' | 'trash' | 'before' | 'next' | 'settled' };

/** Clocks of Gmail and of the CRM may differ by this much. */
const CLOCKS_MS = 5 * 60_000;

export function stateOf(
  message: MessageView,
  view: SyncView,
  link: Link,
  emails: ReadonlyMap<string, CrmEmail>,
): MessageState {
  const { labelIds, mail } = message;
  if (labelIds.includes('DRAFT')) return { kind: 'draft' };
  const email = mail.marker === undefined ? undefined : emails.get(mail.marker);
  if (isCopy(message, view, link, email)) return { kind: 'copy', email };
  const key = `g:${message.id}`;
  const item = [...view.held, ...view.parked, ...view.waiting].find((candidate) => candidate.key === key);
  if (item !== undefined) return { kind: 'item', item };
  const receipt = view.receipts.find((candidate) => candidate.key === key && candidate.what !== 'joined');
  const isPrivate = view.privateLabel !== '' && labelIds.includes(view.privateLabel);
  if (isPrivate && receipt?.what !== 'pushed' && receipt?.what !== 'both') return { kind: 'left', rule: 'T8-label' };
  // Taken off since: it goes with the next sync.
  if (!isPrivate && receipt?.rule === 'T8-label' && link.stopped === '') return { kind: 'next' };
  const told = receipt === undefined ? undefined : ofReceipt(receipt, message);
  if (told !== undefined) return told;
  const altId = altIdFor(view.connection, message);
  if ([...emails.values()].some((candidate) => candidate.altId === altId)) {
    return { kind: 'pushed', outbound: isOutbound(message) };
  }
  if (labelIds.includes('TRASH')) return { kind: 'trash' };
  if (labelIds.includes('SPAM')) return { kind: 'spam' };
  if (message.date < link.since - CLOCKS_MS) return { kind: 'before' };
  if (message.date < view.passedAt) return { kind: 'settled' };
  if (link.stopped !== '') return { kind: 'left', rule: link.stopped === 'user' ? 'T8' : 'C6' };
  return { kind: 'next' };
}

/** Anybody can write the marker into a mail, so without the label its e-mail must be one of this thread. */
function isCopy({ labelIds }: MessageView, { ownLabel }: SyncView, link: Link, email: CrmEmail | undefined): boolean {
  if (ownLabel !== '' && labelIds.includes(ownLabel)) return true;
  return email !== undefined && email.threadId === link.crm && (email.altId ?? '') === '';
}

function ofReceipt({ what, rule }: Receipt, message: MessageView): MessageState | undefined {
  switch (what) {
    case 'pushed':
      return { kind: 'pushed', outbound: isOutbound(message) };
    case 'both':
      return { kind: 'both' };
    case 'left':
      return { kind: 'left', rule };
    case 'mirrored':
    case 'delivered':
    case 'linked':
    case 'joined':
    case 'gone':
    case 'removed':
      return undefined;
  }
}
