/**
 * Everything that the card of a thread shows, in one parallel round where the thread is linked (S9). What one side does not
 * answer is left out of the card; the rest stands.
 */
import { ask, askAll, together, type Exchange, type Outcome, type Task } from '../../platform/exchange';
import { distinct, findByEmail, getContact } from '../../crm/contacts';
import { getEmail } from '../../crm/emails';
import { getThread as getCrmThread } from '../../crm/messages';
import type { Contact, CrmEmail, CrmThread, CrmUser } from '../../crm/types';
import { listUsers } from '../../crm/users';
import { getThreadHeaders } from '../../gmail/messages';
import { HEADERS, viewOfHeaders } from '../../sync/observe';
import type { MessageView } from '../../sync/observed';
import type { Link } from '../../sync/state';
import type { SyncView } from '../../sync/view';
import { partnerOf } from '../recent';
import { stateOf, type MessageState } from './state';

export type ContactReading =
  | { readonly kind: 'found'; readonly contact: Contact; readonly owner: string; readonly count: number }
  | { readonly kind: 'none'; readonly address: string }
  /** The connected CRM user may see only contacts that are assigned to them (C10). */
  | { readonly kind: 'not-assigned' }
  | { readonly kind: 'unread' };

export interface ThreadReading {
  /** Oldest first; undefined where Gmail did not answer. */
  readonly messages?: readonly MessageView[];
  readonly contact: ContactReading;
  /** E-mails of the CRM thread, by id. */
  readonly emails: ReadonlyMap<string, CrmEmail>;
}

/** Tracking is shown for so many of the newest. */
const MOST_EMAILS = 15;

export function* readLinked(view: SyncView, link: Link, threadId: string): Task<ThreadReading> {
  const known = knownEmails(view, link);
  const [messages, contact, thread, first] = (yield* together<unknown>([
    readMessages(threadId),
    readContact(view, [getContact(link.contact)], ''),
    ask(getCrmThread(link.crm)),
    readEmails(known),
  ])) as [ThreadReading['messages'], ContactReading, Outcome<CrmThread>, ReadonlyMap<string, CrmEmail>];
  const unread = (thread.kind === 'done' ? thread.value.emailIds : [])
    .slice(-MOST_EMAILS)
    .filter((id) => !known.includes(id));
  // What the engine still remembers explains most threads; the rest of the CRM's e-mails is read only where it does not.
  const open = messages?.some((message) => isOpen(stateOf(message, view, link, first))) === true;
  const more = open && unread.length > 0 ? yield* readEmails(unread) : new Map<string, CrmEmail>();
  return { messages, contact, emails: new Map([...first, ...more]) };
}

function isOpen(state: MessageState): boolean {
  return state.kind === 'settled' || (state.kind === 'copy' && state.email === undefined);
}

/** Whose thread it is stands in its headers, so the contact takes a second round. */
export function* readUnlinked(view: SyncView, threadId: string): Task<ThreadReading> {
  const messages = yield* readMessages(threadId);
  const address = partnerOf(messages ?? [], view.connection.ownAddresses)?.email;
  const contact: ContactReading =
    address === undefined
      ? { kind: 'unread' }
      : yield* readContact(view, findByEmail(view.connection.location, address), address);
  return { messages, contact, emails: new Map() };
}

function* readMessages(threadId: string): Task<readonly MessageView[] | undefined> {
  const outcome = yield* ask(getThreadHeaders(threadId, HEADERS));
  if (outcome.kind !== 'done') return undefined;
  return outcome.value.messages.map(viewOfHeaders).sort((a, b) => a.date - b.date);
}

function* readContact(
  view: SyncView,
  look: readonly Exchange<Contact | readonly Contact[]>[],
  address: string,
): Task<ContactReading> {
  const { location, crmUser } = view.connection;
  const outcomes = yield [listUsers(location), ...look];
  const [users, ...looked] = outcomes as readonly [Outcome<readonly CrmUser[]>, ...Outcome<Contact | Contact[]>[]];
  const contacts = distinct(looked.flatMap((outcome) => (outcome.kind === 'done' ? outcome.value : [])));
  if (contacts.length === 0) {
    const gone = looked.every(({ kind }) => kind === 'done' || kind === 'refused');
    return gone && address !== '' ? { kind: 'none', address } : { kind: 'unread' };
  }
  // Without the users it cannot be told what this one may see.
  if (users.kind !== 'done') return { kind: 'unread' };
  const me = users.value.find(({ id }) => id === crmUser);
  const visible =
    me?.assignedDataOnly === true ? contacts.filter(({ assignedTo }) => assignedTo === crmUser) : contacts;
  if (visible.length === 0) return { kind: 'not-assigned' };
  const [contact] = visible;
  const owner = users.value.find(({ id }) => id === contact.assignedTo)?.name ?? '';
  return { kind: 'found', contact, owner, count: visible.length };
}

/** Ids that the engine remembers, so that most e-mails come in the first round. */
function knownEmails({ receipts }: SyncView, link: Link): string[] {
  const ids = receipts
    .filter(({ crm, key }) => crm === link.crm && key.startsWith('e:'))
    .map(({ key }) => key.slice(2));
  return [...new Set([link.lastEmail, ...ids])].filter((id) => id !== '').slice(0, MOST_EMAILS);
}

function* readEmails(ids: readonly string[]): Task<ReadonlyMap<string, CrmEmail>> {
  const outcomes = yield* askAll(ids.map((id) => getEmail(id)));
  const emails = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.value] : []));
  return new Map(emails.map((email) => [email.id, email]));
}
