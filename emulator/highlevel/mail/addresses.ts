/** Addresses as people write them: `Name <a@b>`, `a@b`, with capitals. */
import addressparser from 'nodemailer/lib/addressparser';

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** All mailboxes of a header value, groups opened. */
export function mailboxes(text: string): Mailbox[] {
  return addressparser(text, { flatten: true }).map(({ name, address }) => ({ name, address }));
}

/** The first one; empty where there is none. */
export function mailboxOf(text: string): Mailbox {
  // Most are bare already, and the parser is slow.
  if (/^[\w.+-]+@[\w.-]+$/.test(text)) return { name: '', address: text };
  return mailboxes(text)[0] ?? { name: '', address: '' };
}

/** In lower case, without a name. */
export function bare(text: string): string {
  return mailboxOf(text).address.toLowerCase();
}
