/** The newest threads for the homepage: the state keeps no subjects and no names, so Gmail is asked, in one request. */
import { askAll, type Task } from '../platform/exchange';
import { getThreadHeaders } from '../gmail/messages';
import { sameAddress } from '../gmail/mime/addresses';
import type { Address } from '../gmail/mime/types';
import { viewOfHeaders } from '../sync/views';
import type { MessageView } from '../sync/observed';
import type { SyncView } from '../sync/view';

export interface RecentThread {
  readonly id: string;
  /** Both are empty where Gmail does not show the thread: deleted, or no answer. */
  readonly subject: string;
  readonly partner: string;
  readonly count: number;
  readonly touched: number;
  readonly stopped: boolean;
}

const MOST = 5;

/** Newest first. */
export function* readRecent({ links, connection }: SyncView): Task<readonly RecentThread[]> {
  const newest = links.filter(({ gmail }) => gmail.length > 0).slice(0, MOST);
  const outcomes = yield* askAll(newest.map(({ gmail }) => getThreadHeaders(gmail[0], ['Subject', 'From', 'To'])));
  return newest.map(({ gmail, count, touched, stopped }, index) => {
    const outcome = outcomes[index];
    const messages = outcome.kind === 'done' ? outcome.value.messages.map(viewOfHeaders) : [];
    return {
      id: gmail[0],
      subject: messages[0]?.mail.subject ?? '',
      partner: partnerOf(messages, connection.ownAddresses)?.name ?? '',
      count,
      touched,
      stopped: stopped !== '',
    };
  });
}

/** The newest participant who is not of this mailbox. */
export function partnerOf(messages: readonly MessageView[], own: readonly string[]): Address | undefined {
  return peopleOf(messages, own)[0];
}

/**
 * Everybody on the messages but these, the newest first, each once, by the name that any of the messages gives them: what
 * the CRM sends carries the address alone.
 */
export function peopleOf(messages: readonly MessageView[], without: readonly string[]): Address[] {
  const people = [...messages]
    .reverse()
    .flatMap(({ mail }) => [mail.from, ...mail.to, ...mail.cc])
    .filter(({ email }) => email !== '' && !without.some((address) => sameAddress(address, email)));
  return people
    .filter(({ email }, index) => people.findIndex((other) => sameAddress(other.email, email)) === index)
    .map(({ email }) => {
      const named = people.find((person) => person.name !== '' && sameAddress(person.email, email));
      return { name: named?.name ?? email, email };
    });
}

/** Opens the thread in the same mailbox, whichever accounts the browser is signed in to. */
export function gmailLink(mailbox: string, threadId: string): string {
  return `https://mail.google.com/mail/u/${encodeURIComponent(mailbox)}/#all/${encodeURIComponent(threadId)}`;
}
