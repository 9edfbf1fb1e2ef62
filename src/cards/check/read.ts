/** Reading both sides of links for a check (S8): their threads in one round, the CRM's e-mails in a second one. */
import { ask, askAll, together, type Outcome, type Task } from '../../platform/exchange';
import { getEmail } from '../../crm/emails';
import { getThread as getCrmThread } from '../../crm/messages';
import type { CrmEmail, CrmThread } from '../../crm/types';
import { getThreadHeaders } from '../../gmail/messages';
import type { GmailHeaders } from '../../gmail/types';
import { HEADERS, viewOfHeaders } from '../../sync/observe';
import type { MessageView } from '../../sync/observed';
import type { Link } from '../../sync/state';
import type { SyncView } from '../../sync/view';
import { compare, type Compared } from './compare';

export interface CheckedLink {
  readonly link: Link;
  readonly subject: string;
  /** Undefined where one of the sides could not be read. */
  readonly compared?: Compared;
  /** Earlier e-mails of the CRM that were not looked at. */
  readonly earlier: number;
}

/** The newest e-mails of a thread that are looked at. */
const MOST_EMAILS = 60;

export function* checkLinks(view: SyncView, links: readonly Link[]): Task<readonly CheckedLink[]> {
  return yield* together(links.map((link) => checkLink(view, link)));
}

function* checkLink(view: SyncView, link: Link): Task<CheckedLink> {
  const [threads, crm] = (yield* together<unknown>([
    askAll(link.gmail.map((id) => getThreadHeaders(id, HEADERS))),
    ask(getCrmThread(link.crm)),
  ])) as [readonly Outcome<{ readonly messages: readonly GmailHeaders[] }>[], Outcome<CrmThread>];
  const messages = messagesOf(threads);
  const subject = messages?.[0]?.mail.subject ?? '';
  if (messages === undefined || crm.kind !== 'done') return { link, subject, earlier: 0 };
  const ids = crm.value.emailIds.slice(-MOST_EMAILS);
  const outcomes = yield* askAll(ids.map((id) => getEmail(id)));
  const emails = emailsOf(outcomes);
  if (emails === undefined) return { link, subject, earlier: 0 };
  const earlier = crm.value.emailIds.length - ids.length;
  // Of a thread that is longer than what was looked at, the older mails have nothing to be held against.
  const since = earlier === 0 ? 0 : Math.min(...emails.map(({ dateAdded }) => dateAdded));
  const compared = compare(
    view,
    link,
    messages.filter(({ date }) => date >= since),
    emails,
  );
  return { link, subject, compared, earlier };
}

/** A thread that is deleted has no messages; one that was not read leaves the whole unknown. */
function messagesOf(
  outcomes: readonly Outcome<{ readonly messages: readonly GmailHeaders[] }>[],
): readonly MessageView[] | undefined {
  const messages: MessageView[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === 'done') messages.push(...outcome.value.messages.map(viewOfHeaders));
    else if (outcome.kind !== 'refused') return undefined;
  }
  return messages.sort((a, b) => a.date - b.date);
}

function emailsOf(outcomes: readonly Outcome<CrmEmail>[]): readonly CrmEmail[] | undefined {
  const emails: CrmEmail[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === 'done') emails.push(outcome.value);
    else if (outcome.kind !== 'refused') return undefined;
  }
  return emails;
}
