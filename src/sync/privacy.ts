/** What the user keeps private although its thread is linked (T8): pure. */
import { bareAddress, parseAddresses } from '../gmail/mime/addresses';
import type { CrmEmail } from '../crm/types';
import type { MessageView } from './observed';
import { FIRST_SETTINGS } from './settings';
import type { Connection, Head } from './state';
import { domainOf, everyone } from './threads';

/** By the label on it, by an excluded address or domain, or as mail within the user's own domain. */
export type KeptBack = 'T8-label' | 'T8-address' | 'T8-internal';

/** What the rules of privacy look at. */
export type Kept = Pick<Head, 'labels' | 'settings'> & { readonly connection: Pick<Connection, 'mailbox'> };

/** Domains of which everybody may have an address: a mailbox there has no colleagues. */
const PUBLIC_DOMAINS = ['gmail.com', 'googlemail.com'];

/** Undefined for a message that may go. */
export function messageKeptBack(head: Kept, message: MessageView): KeptBack | undefined {
  const { labels } = head;
  if (labels?.private !== undefined && message.labelIds.includes(labels.private)) return 'T8-label';
  return peopleKeptBack(
    head,
    everyone(message.mail).map(({ email }) => email),
  );
}

/** A CRM e-mail has no Gmail labels; the people on it count. */
export function emailKeptBack(head: Kept, { from, to, cc, bcc }: CrmEmail): KeptBack | undefined {
  const written = [from, ...to, ...cc, ...bcc];
  return peopleKeptBack(
    head,
    written.flatMap((addresses) => parseAddresses(addresses).map(({ email }) => email)),
  );
}

/** `addresses` are those of everybody on the message, as they are written; empty ones say nothing. */
export function peopleKeptBack({ settings, connection }: Kept, addresses: readonly string[]): KeptBack | undefined {
  const { excluded, internalPrivate } = settings ?? FIRST_SETTINGS;
  const people = addresses.map(bareAddress).filter((address) => address !== '');
  if (people.some((address) => isExcluded(address, excluded))) return 'T8-address';
  const home = homeDomain(connection.mailbox);
  const internal = internalPrivate && home !== undefined && people.every((address) => domainOf(address) === home);
  return internal && people.length > 0 ? 'T8-internal' : undefined;
}

/** The domain of the user's organisation; undefined where the mailbox has a public address. */
export function homeDomain(mailbox: string): string | undefined {
  const domain = domainOf(mailbox);
  return PUBLIC_DOMAINS.includes(domain) ? undefined : domain;
}

function isExcluded(address: string, excluded: readonly string[]): boolean {
  const domain = domainOf(address);
  return excluded.some((entry) =>
    entry.includes('@') ? entry === address.toLowerCase() : domain === entry || domain.endsWith(`.${entry}`),
  );
}
