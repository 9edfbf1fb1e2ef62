/** Gmail's own labels, and what may be done with them. */
import type { Label, Mailbox } from '../state';

const HIDDEN = { messageListVisibility: 'hide', labelListVisibility: 'labelHide' };

export const SYSTEM_LABELS: readonly Label[] = [
  ...['CHAT', 'SENT', 'INBOX', 'IMPORTANT', 'TRASH', 'DRAFT', 'SPAM'].map((id) => system(id)),
  ...['CATEGORY_FORUMS', 'CATEGORY_UPDATES', 'CATEGORY_PERSONAL', 'CATEGORY_PROMOTIONS', 'CATEGORY_SOCIAL'].map((id) =>
    system(id, HIDDEN),
  ),
  ...['STARRED', 'UNREAD'].map((id) => system(id)),
];

function system(id: string, more: Partial<Label> = {}): Label {
  return Object.freeze({ id, name: id, type: 'system', ...more });
}

const SYSTEM_IDS = new Set(SYSTEM_LABELS.map(({ id }) => id));
/** Gmail sets these itself. */
const NOT_BY_HAND = new Set(['SENT', 'DRAFT', 'CHAT']);

export function isSystemLabel(id: string): boolean {
  return SYSTEM_IDS.has(id);
}

export function labelExists(mailbox: Mailbox, id: string): boolean {
  return SYSTEM_IDS.has(id) || mailbox.labels.has(id);
}

export function mayBeSetByHand(mailbox: Mailbox, id: string): boolean {
  return labelExists(mailbox, id) && !NOT_BY_HAND.has(id);
}

/** In `q`, blanks and slashes of a label's name are dashes. */
export function labelsBySearchName(mailbox: Mailbox, name: string): string[] {
  const wanted = name.toLowerCase().replace(/[\s/]+/g, '-');
  return [...SYSTEM_LABELS, ...mailbox.labels.values()]
    .filter((label) => label.name.toLowerCase().replace(/[\s/]+/g, '-') === wanted)
    .map(({ id }) => id);
}
