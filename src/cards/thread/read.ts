/**
 * Everything that the card of a thread shows, in one parallel round where the thread is linked (S9). What one side does not
 * answer is left out of the card; the rest stands.
 */
import { ask, askAll, together, type Outcome, type Task } from '../../platform/exchange';
import { getEmail } from '../../crm/emails';
import { getThread as getCrmThread } from '../../crm/messages';
import type { CrmEmail, CrmThread } from '../../crm/types';
import { getThreadHeaders } from '../../gmail/messages';
import { newestIds } from '../../sync/newest';
import { HEADERS } from '../../sync/observe';
import { viewOfHeaders } from '../../sync/views';
import type { MessageView } from '../../sync/observed';
import type { Link } from '../../sync/state';
import type { SyncView } from '../../sync/view';
import { readContactById, readContactOf, type ContactReading, type Desk } from '../contact/read';
import { partnerOf } from '../recent';
import { readGlance, type Glance } from '../records/read';
import { stateOf, type MessageState } from './state';

export interface ThreadReading {
  /** Oldest first; undefined where Gmail did not answer. */
  readonly messages?: readonly MessageView[];
  readonly contact: ContactReading;
  /** What is open with the contact; read for linked threads, whose contact is known beforehand. */
  readonly glance?: Glance;
  /** E-mails of the CRM thread, by id. */
  readonly emails: ReadonlyMap<string, CrmEmail>;
}

/** Tracking is shown for so many of the newest. */
const MOST_EMAILS = 15;

export function* readLinked(desk: Desk, view: SyncView, link: Link, threadId: string): Task<ThreadReading> {
  const known = knownEmails(view, link);
  const [messages, contact, glance, thread, first] = (yield* together<unknown>([
    readMessages(threadId),
    readContactById(desk, link.contact),
    readGlance(desk, link.contact),
    ask(getCrmThread(link.crm)),
    readEmails(known),
  ])) as [ThreadReading['messages'], ContactReading, Glance, Outcome<CrmThread>, ReadonlyMap<string, CrmEmail>];
  const newest = thread.kind === 'done' ? newestIds(thread.value.emailIds, MOST_EMAILS, link.lastEmail) : [];
  const unread = newest.filter((id) => !known.includes(id));
  // What the engine still remembers explains most threads; the rest of the CRM's e-mails is read only where it does not.
  const open = messages?.some((message) => isOpen(stateOf(message, view, link, first))) === true;
  const more = open && unread.length > 0 ? yield* readEmails(unread) : new Map<string, CrmEmail>();
  return { messages, contact, glance, emails: new Map([...first, ...more]) };
}

function isOpen(state: MessageState): boolean {
  return state.kind === 'settled' || (state.kind === 'copy' && state.email === undefined);
}

/** Whose thread it is stands in its headers, so the contact takes a second round. */
export function* readUnlinked(desk: Desk, view: SyncView, threadId: string): Task<ThreadReading> {
  const messages = yield* readMessages(threadId);
  const partner = partnerOf(messages ?? [], view.connection.ownAddresses);
  const contact: ContactReading = partner === undefined ? { kind: 'unread' } : yield* readContactOf(desk, partner);
  return { messages, contact, emails: new Map() };
}

function* readMessages(threadId: string): Task<readonly MessageView[] | undefined> {
  const outcome = yield* ask(getThreadHeaders(threadId, HEADERS));
  if (outcome.kind !== 'done') return undefined;
  return outcome.value.messages.map(viewOfHeaders).sort((a, b) => a.date - b.date);
}

/** Ids that the engine remembers, so that most e-mails come in the first round. */
function knownEmails({ receipts }: SyncView, link: Link): string[] {
  const ids = receipts
    .filter(({ crm }) => crm === link.crm)
    .map(({ key, email }) => email ?? (key.startsWith('e:') ? key.slice(2) : ''));
  return [...new Set([link.lastEmail, ...ids])].filter((id) => id !== '').slice(0, MOST_EMAILS);
}

function* readEmails(ids: readonly string[]): Task<ReadonlyMap<string, CrmEmail>> {
  const outcomes = yield* askAll(ids.map((id) => getEmail(id)));
  const emails = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.value] : []));
  return new Map(emails.map((email) => [email.id, email]));
}
