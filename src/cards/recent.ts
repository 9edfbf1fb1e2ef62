/** The names of the newest threads for the homepage: the state keeps no subjects, so Gmail is asked, all in one request. */
import { askAll, type Task } from '../platform/exchange';
import { getThreadHeaders } from '../gmail/messages';
import type { Link } from '../sync/state';

export interface RecentThread {
  readonly id: string;
  readonly subject: string;
  readonly count: number;
  readonly touched: number;
  readonly stopped: boolean;
}

const MOST = 5;

/** Newest first. One that Gmail does not show (deleted, or no answer) has no subject. */
export function* readRecent(links: readonly Link[]): Task<readonly RecentThread[]> {
  const newest = links.filter(({ gmail }) => gmail.length > 0).slice(0, MOST);
  const outcomes = yield* askAll(newest.map(({ gmail }) => getThreadHeaders(gmail[0], ['Subject'])));
  return newest.map(({ gmail, count, touched, stopped }, index) => {
    const outcome = outcomes[index];
    const [first] = outcome.kind === 'done' ? outcome.value.messages : [];
    const subject = first?.headers.find(({ name }) => name.toLowerCase() === 'subject')?.value ?? '';
    return { id: gmail[0], subject, count, touched, stopped: stopped !== '' };
  });
}

/** Opens the thread in the same mailbox, whichever accounts the browser is signed in to. */
export function gmailLink(mailbox: string, threadId: string): string {
  return `https://mail.google.com/mail/u/${encodeURIComponent(mailbox)}/#all/${encodeURIComponent(threadId)}`;
}
