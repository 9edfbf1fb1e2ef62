/** CRM users: who the connected person is (C3), and whether the CRM's own Gmail sync is on for them (facts, highlevel 2.6). */
import type { Exchange, Outcome } from '../platform/exchange';
import type { Answer } from '../platform/http';
import { crmExchange } from './api';
import { asId, isObject, objects, optionalId, readObject, text, unwrap, type Fields } from './shapes';
import type { CrmUser } from './types';

const SEARCH_LIMIT = 100;

export interface UserSearch {
  readonly companyId: string;
  readonly locationId: string;
  /** Matched against name, e-mail address and phone. */
  readonly text?: string;
  readonly skip?: number;
}

/** Some sub-account tokens are refused here (`crm.auth-class`): then `listUsers` (facts, highlevel 2.6). */
export function searchUsers({ companyId, locationId, text: query, skip }: UserSearch): Exchange<readonly CrmUser[]> {
  return crmExchange({
    call: 'users',
    effect: 'read',
    path: ['users', 'search'],
    query: { companyId, locationId, query, skip, limit: SEARCH_LIMIT },
    read: readUsers,
  });
}

/** All users of the location; deprecated, and the way out where the search is refused. */
export function listUsers(locationId: string): Exchange<readonly CrmUser[]> {
  return crmExchange({
    call: 'users',
    effect: 'read',
    path: ['users'],
    slash: true,
    query: { locationId },
    read: readUsers,
  });
}

export function getUser(id: string): Exchange<CrmUser> {
  return crmExchange({
    call: 'users',
    effect: 'read',
    path: ['users', id],
    read: (answer) => readUser(unwrap(readObject(answer), 'user')),
  });
}

/**
 * Is the CRM's own sync on for this user? Asked twice, for those who have it and for those who have not: the filter is
 * documented without a word on what it does (facts, highlevel 0.10), and where it is ignored both answers are the same.
 */
export function probeOwnSync(
  user: { readonly id: string; readonly companyId: string; readonly locationId: string },
  enabled: boolean,
): Exchange<readonly CrmUser[]> {
  const { id, companyId, locationId } = user;
  return crmExchange({
    call: 'users',
    effect: 'read',
    path: ['users', 'search'],
    query: { companyId, locationId, ids: id, enabled2waySync: enabled, limit: SEARCH_LIMIT },
    read: readUsers,
  });
}

/** What the two probes say together; `unknown` means that the user has to be asked (C3). */
export function ownSyncOf(
  userId: string,
  enabled: Outcome<readonly CrmUser[]>,
  disabled: Outcome<readonly CrmUser[]>,
): 'on' | 'off' | 'unknown' {
  if (enabled.kind !== 'done' || disabled.kind !== 'done') return 'unknown';
  const on = enabled.value.some(({ id }) => id === userId);
  const off = disabled.value.some(({ id }) => id === userId);
  return on === off ? 'unknown' : on ? 'on' : 'off';
}

function readUsers(answer: Answer): readonly CrmUser[] {
  return objects(readObject(answer).users, 'users')
    .filter((row) => row.deleted !== true && optionalId(row.id) !== undefined)
    .map(readUser);
}

function readUser(row: Fields): CrmUser {
  const permissions = isObject(row.permissions) ? row.permissions : {};
  return {
    id: asId(row.id, 'user id'),
    name: text(row.name) || `${text(row.firstName)} ${text(row.lastName)}`.trim(),
    email: text(row.email),
    assignedDataOnly: permissions.assignedDataOnly === true,
  };
}
