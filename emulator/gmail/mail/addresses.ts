/** Which addresses belong to a mailbox: its own, its verified aliases, and any of them with a plus part. */
import type { GmailState, Mailbox } from '../state';

export function plainAddress(address: string): string {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  if (at < 0) return lower;
  const local = lower.slice(0, at).replace(/\+.*$/, '');
  const domain = lower.slice(at + 1);
  const dotless = domain === 'gmail.com' || domain === 'googlemail.com';
  return `${dotless ? local.replace(/\./g, '') : local}@${domain}`;
}

export function isOwnAddress(mailbox: Mailbox, address: string): boolean {
  const plain = plainAddress(address);
  return (
    plainAddress(mailbox.email) === plain ||
    mailbox.aliases.some(({ email, verified }) => verified && plainAddress(email) === plain)
  );
}

export function mailboxOf(state: GmailState, address: string): Mailbox | undefined {
  const direct = state.mailboxes.get(address.trim().toLowerCase());
  if (direct !== undefined) return direct;
  return [...state.mailboxes.values()].find((mailbox) => isOwnAddress(mailbox, address));
}
