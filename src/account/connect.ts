/**
 * The second step of connecting: everything is checked again, since what a card sends is not to be trusted, both
 * cursors are recorded, and the first state is committed (C4). The same mailbox and sub-account again keeps cursors and
 * links.
 */
import { ask, together, type Outcome, type Task } from '../platform/exchange';
import { ownAddress, randomId } from '../platform/session';
import type { Store } from '../platform/store';
import { readCustomValues, type CustomValuesNow } from '../crm/custom-values';
import { getLocation } from '../crm/locations';
import { exportEmails } from '../crm/messages';
import type { CrmUser, ExportPage, Location } from '../crm/types';
import { listOwnSyncUsers, listUsers, ownSyncOf, searchUsers } from '../crm/users';
import { listLabels, type Label } from '../gmail/labels';
import { listMessages } from '../gmail/messages';
import { getProfile, listSendAs, type Profile } from '../gmail/profile';
import type { SendAs } from '../gmail/types';
import { firstState, resumedState } from '../sync/begin';
import { commandKeys } from '../sync/commands';
import { withLoss } from '../sync/rebuild';
import { EXPORT_ROWS } from '../sync/observe';
import { standingClaim, type Claim, type Claimant } from '../sync/claims';
import type { Connection, Head, Labels, State } from '../sync/state';
import { commit, loadHead, loadState, salvage, writeBothHeads } from '../sync/store';
import { chosenAddress, withAddress } from './address';
import { claimant, layClaim, releaseClaim } from './claim';
import type { OwnSync } from './check';
import { crmProblem, gmailProblem, nobodyAnswered } from './failures';
import { ensureLabels } from './labels';
import { isArmed } from './lost';
import { appConfig } from '../platform/config';
import { dropPending, type Choice, type Pending } from './pending';
import { done, problem, type Result } from './problems';
import { armTimer } from './timer';
import { written } from './writing';

/** What both sides say, read anew. */
interface Reading {
  readonly location: Location;
  readonly user: CrmUser;
  readonly address: string;
  readonly ownAddresses: readonly string[];
  readonly labels: Labels;
  readonly historyId: string;
  readonly page: ExportPage;
  readonly claim?: Claim;
  /** Nothing is left of a connection of this mailbox that was never ended: since when there was one, by the CRM's clock (X11). */
  readonly lostSince?: number;
}

/** `known` is the head of an earlier connection, `allowed` the number of the claim whose place the user said to take (C6). */
export function* readConnection(
  pending: Pending,
  choice: Choice,
  known?: Head,
  allowed?: number,
): Task<Result<Reading>> {
  const { location: locationId, companyId } = pending;
  const outcomes = yield [
    getProfile(),
    listSendAs(),
    listLabels(),
    getLocation(locationId),
    listUsers(locationId),
    listOwnSyncUsers(companyId, locationId),
    readCustomValues(locationId),
  ];
  const [profile, sendAs, labelled, location, listed, synced, claims] = outcomes as unknown as readonly [
    Outcome<Profile>,
    Outcome<readonly SendAs[]>,
    Outcome<readonly Label[]>,
    Outcome<Location>,
    Outcome<readonly CrmUser[]>,
    Outcome<readonly CrmUser[]>,
    Outcome<CustomValuesNow>,
  ];
  if (nobodyAnswered(outcomes)) return problem('unreachable');
  if (profile.kind !== 'done') return gmailProblem(profile);
  if (sendAs.kind !== 'done') return gmailProblem(sendAs);
  if (labelled.kind !== 'done') return gmailProblem(labelled);
  if (location.kind !== 'done') return location.kind === 'refused' ? problem('location-unknown') : crmProblem(location);
  const users = listed.kind === 'done' ? listed : yield* ask(searchUsers({ companyId, locationId }));
  if (users.kind !== 'done') return crmProblem(users);

  const user = users.value.find(({ id }) => id === choice.crmUser);
  if (user === undefined) return problem('user-unknown');
  const addresses = sendAs.value.filter(({ usable }) => usable);
  const address = chosenAddress(addresses, choice.address);
  if (!address.ok) return address;
  const clash = ownSyncProblem(ownSyncOf(user.id, synced, users.value), choice.ownSync);
  if (clash !== undefined) return clash;

  // Gmail's history id came before this page: what arrives between the two is seen from both sides, and dealt with once.
  const [page, labels] = yield* together<unknown>([
    ask(exportEmails({ locationId, limit: EXPORT_ROWS })),
    ensureLabels(labelled.value, known?.labels),
  ]);
  const newest = page as Outcome<ExportPage>;
  if (newest.kind !== 'done') return crmProblem(newest);
  const ready = labels as Result<Labels>;
  if (!ready.ok) return ready;
  // Last of all: from here on it can only be the store that refuses.
  const me = claimant(locationId, user.id, pending.installation);
  const before = known?.connection.crmUser === user.id ? known.claim : undefined;
  const lost = known === undefined ? yield* lostConnection(me, claims, ready.value.own) : done(undefined);
  if (!lost.ok) return lost;
  const claim = yield* layClaim(locationId, me, claims, before, allowed, lost.value);
  if (!claim.ok) return problem(claim.problem.code, { ...claim.problem, name: user.name });
  if (known?.claim !== undefined && before === undefined) {
    yield* releaseClaim(locationId, known.connection.crmUser, known.claim);
  }
  return done({
    location: location.value,
    user,
    address: address.value,
    ownAddresses: addresses.map(({ email }) => email.toLowerCase()),
    labels: ready.value,
    historyId: profile.value.historyId,
    page: newest.value,
    claim: claim.value,
    lostSince: lost.value,
  });
}

/**
 * A disconnect releases the claim. One that stands without a store is of a store that was lost where the recurring run is
 * still there, or messages of the add-on are: the run ends once the loss is said, in such a message.
 */
function* lostConnection(
  me: Claimant,
  claims: Outcome<CustomValuesNow>,
  own: string,
): Task<Result<number | undefined>> {
  const standing = claims.kind === 'done' ? standingClaim(me, claims.value.values) : undefined;
  if (standing === undefined) return done(undefined);
  const { since, goesOn } = standing;
  if (goesOn || isArmed()) return done(since);
  const written = yield* ask(listMessages({ labelIds: [own], includeSpamTrash: true }));
  if (written.kind !== 'done') return gmailProblem(written);
  return done(written.value.messages.length > 0 ? since : undefined);
}

/** The user's word counts only where the CRM does not say. */
function ownSyncProblem(told: OwnSync, said: string) {
  if (told === 'off') return undefined;
  if (told === 'on' || said === 'on') return problem('own-sync-on');
  return said === 'off' ? undefined : problem('own-sync-unanswered');
}

/** Commits the connection under the user lock and has the sync run by itself from now on. */
export function storeConnection(store: Store, pending: Pending, reading: Reading, now: number): Result<Connection> {
  return written(() => {
    const loaded = loadHead(store);
    const clash = loaded === undefined ? undefined : clashWith(loaded.head.connection, pending.location);
    if (clash !== undefined) return clash;
    const connection = connectionOf(pending, reading);
    const before = loaded === undefined ? undefined : loadState(store, loaded.head);
    const state: State =
      before === undefined
        ? firstState({
            connection,
            labels: reading.labels,
            historyId: reading.historyId,
            rows: reading.page.threads,
            now,
            // A store without a head that can be read, but with pages: not disconnected, but damaged.
            found: salvage(store),
            lostSince: reading.lostSince,
          })
        : withAddress(
            resumedState(before.state, connection, reading.labels),
            reading.address,
            reading.ownAddresses,
            reading.page.now,
          );
    // A command that an earlier connection left must not meet this one.
    for (const key of commandKeys(store)) store.remove(key);
    const kept =
      before === undefined
        ? { ...state.head, claim: claimSince(reading.claim, state.head) }
        : { ...withLoss(state.head, { ...before, doubt: loaded?.doubt === true }, now), claim: reading.claim };
    const next = { ...state, head: { ...kept, cadence: armTimer(kept.settings?.cadence) } };
    const { head } = commit(store, { text: loaded?.text ?? '', pages: before?.pages ?? new Map() }, next, randomId());
    // A damaged head must not bring the former token back.
    if (loaded !== undefined) writeBothHeads(store, head);
    dropPending(store);
    return done(next.head.connection);
  });
}

/** A damaged store was this mailbox's all the time, unless another one was connected meanwhile (C6). */
function claimSince(claim: Claim | undefined, { gap, connection }: Head): Claim | undefined {
  if (claim === undefined || gap === undefined || claim.former !== '' || claim.spans.length !== 1) return claim;
  const [[from, to]] = claim.spans;
  return { ...claim, spans: [[Math.min(from, connection.since), to]] };
}

/** One sub-account a Gmail account; what is stored belongs to the mailbox that stored it (C9). */
export function clashWith(connection: Pick<Connection, 'mailbox' | 'location' | 'locationName'>, location: string) {
  if (connection.mailbox !== ownAddress()) return problem('other-account', { name: connection.mailbox });
  if (connection.location !== location) return problem('other-location', { name: connection.locationName });
  return undefined;
}

function connectionOf(pending: Pending, reading: Reading): Connection {
  const { location, user, address, ownAddresses, page, claim } = reading;
  const { token, renewal, installation } = pending;
  const provider = renewal === undefined ? '' : (appConfig()?.providerId ?? '');
  return {
    kind: renewal === undefined ? 'token' : 'oauth',
    token,
    ...(renewal === undefined ? {} : { renewal }),
    ...(provider === '' ? {} : { provider }),
    location: location.id,
    locationName: location.name,
    crmUser: user.id,
    crmUserName: user.name,
    mailbox: ownAddress(),
    address,
    ownAddresses,
    ...(user.assignedDataOnly === true ? { assignedOnly: true } : {}),
    // A claim in nobody's place counts from its reading, a moment after the page's.
    since: claim === undefined || claim.former !== '' ? page.now : Math.max(page.now, claim.spans[0][0]),
    installation,
  };
}
