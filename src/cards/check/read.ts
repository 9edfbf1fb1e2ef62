/** Reading both sides of links for a check (S8): their threads in one round, the CRM's e-mails in a second one. */
import { ask, askAll, together, type Outcome, type Task } from '../../platform/exchange';
import { getEmail } from '../../crm/emails';
import { getThread as getCrmThread } from '../../crm/messages';
import type { CrmEmail, CrmThread } from '../../crm/types';
import { getThreadHeaders } from '../../gmail/messages';
import type { GmailHeaders } from '../../gmail/types';
import { bareAddress } from '../../gmail/mime/addresses';
import { compareThread, type Comparison } from '../../sync/compare';
import { newestIds, withoutGap } from '../../sync/newest';
import { HEADERS } from '../../sync/observe';
import { viewOfHeaders } from '../../sync/views';
import type { MessageView } from '../../sync/observed';
import type { Link } from '../../sync/state';
import { isOutbound } from '../../sync/threads';
import type { SyncView } from '../../sync/view';

export interface CheckedLink {
  readonly link: Link;
  readonly subject: string;
  /** Undefined where one of the sides could not be read. */
  readonly compared?: Comparison;
  /** What is missing and not known to be on its way, oldest first. */
  readonly missing: readonly MissingRow[];
  /** Earlier e-mails of the CRM that were not looked at. */
  readonly earlier: number;
}

/** A mail that one side lacks and no rule keeps from it. */
export interface MissingRow {
  /** The side that lacks it. */
  readonly where: 'crm' | 'gmail';
  /** Empty for the user. */
  readonly who: string;
  readonly subject: string;
  readonly at: number;
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
  if (messages === undefined || crm.kind !== 'done') return { link, subject, missing: [], earlier: 0 };
  const { emailIds } = crm.value;
  const ids = newestIds(emailIds, MOST_EMAILS, link.lastEmail);
  const read = emailsOf(yield* askAll(ids.map((id) => getEmail(id))));
  if (read === undefined) return { link, subject, missing: [], earlier: 0 };
  const emails = withoutGap(emailIds, ids, read);
  const earlier = emailIds.length - ids.length + (read.length - emails.length);
  const compared = compareThread(view, link, { messages, emails, whole: earlier === 0 });
  return { link, subject, compared, missing: rowsOf(compared, messages, emails), earlier };
}

function rowsOf({ missing }: Comparison, messages: readonly MessageView[], emails: readonly CrmEmail[]): MissingRow[] {
  const lost = new Map(missing.flatMap(({ key, where, item }) => (item === undefined ? [[key, where] as const] : [])));
  const fromGmail = messages.flatMap((message): MissingRow[] => {
    const { mail, date, id } = message;
    const where = lost.get(`g:${id}`);
    const who = isOutbound(message) ? '' : mail.from.name || mail.from.email;
    return where === undefined ? [] : [{ where, who, subject: mail.subject, at: date }];
  });
  const fromCrm = emails.flatMap(({ id, from, subject, dateAdded, direction }): MissingRow[] => {
    const where = lost.get(`e:${id}`);
    return where === undefined
      ? []
      : [{ where, who: direction === 'inbound' ? bareAddress(from) : '', subject, at: dateAdded }];
  });
  return [...fromGmail, ...fromCrm].sort((a, b) => a.at - b.at);
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
