/** CRM users: who the connected person is (C3), and whether the CRM's own Gmail sync is on for them (facts, highlevel 2.6). */
import type { Exchange, Outcome } from '../platform/exchange';
import type { Answer } from '../platform/http';
import { crmExchange } from './api';
import { asId, isObject, objects, optionalId, readObject, text, type Fields } from './shapes';
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

/**
 * Users whose own Gmail sync is on in the CRM. The filter is documented without a word on what it does, and some tokens
 * are refused (facts, highlevel 0.10): `ownSyncOf` says what the answer proves.
 */
export function listOwnSyncUsers(companyId: string, locationId: string): Exchange<readonly CrmUser[]> {
  return crmExchange({
    call: 'users',
    effect: 'read',
    path: ['users', 'search'],
    query: { companyId, locationId, enabled2waySync: true, limit: SEARCH_LIMIT },
    read: readUsers,
  });
}

/** `all` are the location's users. Where the filter let all of them through it may have been ignored: the user has to be asked (C3). */
export function ownSyncOf(
  userId: string,
  synced: Outcome<readonly CrmUser[]>,
  all: readonly CrmUser[],
): 'on' | 'off' | 'unknown' {
  if (synced.kind !== 'done') return 'unknown';
  const isSynced = (id: string) => synced.value.some((user) => user.id === id);
  if (!isSynced(userId)) return 'off';
  return all.every(({ id }) => isSynced(id)) ? 'unknown' : 'on';
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
