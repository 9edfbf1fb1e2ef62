/** Who somebody is in the CRM, and what this user may see of them (S2, S3, C10). */
import { askAll, together, type Exchange, type Outcome, type Task } from '../../platform/exchange';
import type { Cache } from '../../platform/cache';
import { distinct, findByEmail, getContact } from '../../crm/contacts';
import type { Contact, CrmUser } from '../../crm/types';
import { listUsers } from '../../crm/users';
import type { SyncView } from '../../sync/view';
import { cached } from '../cached';

/** What readings for cards are made with. */
export interface Desk {
  readonly connection: SyncView['connection'];
  readonly cache: Cache;
}

export type ContactReading =
  | { readonly kind: 'found'; readonly contact: Contact; readonly owner: string }
  | { readonly kind: 'several'; readonly contacts: readonly Contact[]; readonly address: string }
  | { readonly kind: 'none'; readonly address: string; readonly name: string }
  /** The connected CRM user may see only contacts that are assigned to them (C10). */
  | { readonly kind: 'not-assigned' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unread' };

export function* readUsers({ connection, cache }: Desk): Task<Outcome<readonly CrmUser[]>> {
  const { location, installation } = connection;
  return yield* cached(cache, `users ${installation} ${location}`, listUsers(location));
}

export function* readContactById(desk: Desk, id: string): Task<ContactReading> {
  return yield* readContact(desk, [single(getContact(id))], { email: '', name: '' });
}

export function* readContactOf(desk: Desk, person: { email: string; name: string }): Task<ContactReading> {
  return yield* readContact(desk, findByEmail(desk.connection.location, person.email), person);
}

function* readContact(
  desk: Desk,
  look: readonly Exchange<readonly Contact[]>[],
  { email: address, name }: { email: string; name: string },
): Task<ContactReading> {
  const [users, looked] = (yield* together<unknown>([readUsers(desk), askAll(look)])) as [
    Outcome<readonly CrmUser[]>,
    readonly Outcome<readonly Contact[]>[],
  ];
  const contacts = distinct(looked.flatMap((outcome) => (outcome.kind === 'done' ? outcome.value : [])));
  if (contacts.length === 0) {
    const gone = looked.every(({ kind }) => kind === 'done' || kind === 'refused');
    if (!gone) return { kind: 'unread' };
    return address === '' ? { kind: 'gone' } : { kind: 'none', address, name };
  }
  // Without the users it cannot be told what this one may see.
  if (users.kind !== 'done') return { kind: 'unread' };
  const visible = visibleTo(users.value, desk.connection.crmUser, contacts);
  if (visible.length === 0) return { kind: 'not-assigned' };
  if (visible.length > 1) return { kind: 'several', contacts: visible, address };
  const [contact] = visible;
  return { kind: 'found', contact, owner: users.value.find(({ id }) => id === contact.assignedTo)?.name ?? '' };
}

function visibleTo(users: readonly CrmUser[], me: string, contacts: readonly Contact[]): readonly Contact[] {
  const limited = users.find(({ id }) => id === me)?.assignedDataOnly === true;
  return limited ? contacts.filter(({ assignedTo }) => assignedTo === me) : contacts;
}

/** May this user see only what is assigned to them? Then what they create is assigned to them. */
export function* seesOnlyOwn(desk: Desk): Task<boolean> {
  const users = yield* readUsers(desk);
  return (
    users.kind === 'done' && users.value.find(({ id }) => id === desk.connection.crmUser)?.assignedDataOnly === true
  );
}

/** One contact as a list of one, so that all look-ups read alike. */
function single(exchange: Exchange<Contact>): Exchange<readonly Contact[]> {
  return { ...exchange, read: (answer) => [exchange.read(answer)] };
}
