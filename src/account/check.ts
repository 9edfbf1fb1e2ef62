/**
 * The first step of connecting: is this token good for this sub-account, with everything that the sync needs (C2), and
 * who can be connected (C3)? Nothing is stored and nothing is changed.
 */
import { ask, type Outcome, type Task } from '../platform/exchange';
import { getLocation } from '../crm/locations';
import { scopeProbes, scopeVerdict } from '../crm/probes';
import type { CrmUser, Location } from '../crm/types';
import { listOwnSyncUsers, listUsers, ownSyncOf, searchUsers } from '../crm/users';
import { getProfile, listSendAs, type Profile } from '../gmail/profile';
import type { SendAs } from '../gmail/types';
import { crmProblem, gmailProblem, nobodyAnswered } from './failures';
import { done, problem, type Result } from './problems';

/** Is the CRM's own Gmail sync on for a user (C3)? */
export type OwnSync = ReturnType<typeof ownSyncOf>;

export interface Checked {
  readonly location: Location;
  readonly users: readonly CrmUser[];
  /** The CRM user whose e-mail address is one of the mailbox's. */
  readonly proposed?: CrmUser;
  /** The CRM's own sync, for the proposed user. */
  readonly ownSync: OwnSync;
  /** Addresses that may be a From, the primary one first. */
  readonly addresses: readonly SendAs[];
  /** Permissions without which a part of the sidebar is missing, but nothing of the sync. */
  readonly missing: readonly string[];
  /** A claim can be laid, so that a second mailbox for the same user is noticed (C6). */
  readonly claims: boolean;
}

export function* checkCredentials(locationId: string): Task<Result<Checked>> {
  const probes = scopeProbes(locationId).filter(({ scope }) => scope !== 'users.readonly');
  const outcomes = yield [
    getProfile(),
    listSendAs(),
    getLocation(locationId),
    listUsers(locationId),
    ...probes.map(({ exchange }) => exchange),
  ];
  const [profile, sendAs, location, listed, ...probed] = outcomes as unknown as readonly [
    Outcome<Profile>,
    Outcome<readonly SendAs[]>,
    Outcome<Location>,
    Outcome<readonly CrmUser[]>,
    ...Outcome<unknown>[],
  ];
  if (nobodyAnswered(outcomes)) return problem('unreachable');
  if (profile.kind !== 'done') return gmailProblem(profile);
  if (sendAs.kind !== 'done') return gmailProblem(sendAs);

  const missing = probes.filter((_, index) => scopeVerdict(probed[index]) === 'missing');
  const scopes = [
    ...(scopeVerdict(location) === 'missing' ? ['locations.readonly'] : []),
    ...(scopeVerdict(listed) === 'missing' ? ['users.readonly'] : []),
    ...missing.filter(({ needed }) => needed).map(({ scope }) => scope),
  ];
  if (location.kind === 'refused') return problem('location-unknown');
  if (location.kind !== 'done' && location.failure.code !== 'crm.scope-missing') return crmProblem(location);
  if (scopes.length > 0) return problem('scope-missing', { scopes });
  if (location.kind !== 'done') return crmProblem(location);

  const users = yield* usersOf(location.value, listed);
  if (!users.ok) return users;
  const addresses = sendAs.value.filter(({ usable }) => usable);
  const proposed = proposedUser(users.value, addresses);
  const synced = yield* ask(listOwnSyncUsers(location.value.companyId, locationId));
  return done({
    location: location.value,
    users: users.value,
    proposed,
    ownSync: proposed === undefined ? 'unknown' : ownSyncOf(proposed.id, synced, users.value),
    addresses,
    missing: missing.filter(({ needed, scope }) => !needed && !isForClaims(scope)).map(({ scope }) => scope),
    claims: !missing.some(({ scope }) => isForClaims(scope)),
  });
}

function isForClaims(scope: string): boolean {
  return scope.startsWith('locations/customValues.');
}

/** Where the list of a location is refused, the search may not be (facts, highlevel 2.6). */
function* usersOf(location: Location, listed: Outcome<readonly CrmUser[]>): Task<Result<readonly CrmUser[]>> {
  const outcome =
    listed.kind === 'done'
      ? listed
      : yield* ask(searchUsers({ companyId: location.companyId, locationId: location.id }));
  if (outcome.kind !== 'done') return crmProblem(outcome);
  return outcome.value.length === 0 ? problem('no-users') : done(outcome.value);
}

/** By the primary address first, then by the aliases. */
function proposedUser(users: readonly CrmUser[], addresses: readonly SendAs[]): CrmUser | undefined {
  return addresses
    .map(({ email }) => users.find((user) => user.email.toLowerCase() === email.toLowerCase()))
    .find((user) => user !== undefined);
}
