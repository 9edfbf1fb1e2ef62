/**
 * Update e-mail (C6, another alias of the same mailbox): what is sent for the new address syncs from now on, threads of
 * the former address stop, both ways, and go on when their address is connected again.
 */
import { now } from '../platform/clock';
import type { Outcome, Task } from '../platform/exchange';
import { shortHash } from '../platform/hash';
import { randomId } from '../platform/session';
import type { Store } from '../platform/store';
import { exportEmails } from '../crm/messages';
import type { ExportPage } from '../crm/types';
import { listSendAs } from '../gmail/profile';
import type { SendAs } from '../gmail/types';
import { readdressed } from '../sync/parts';
import { withLoss } from '../sync/rebuild';
import type { State } from '../sync/state';
import { commit, loadHead, loadState } from '../sync/store';
import { crmProblem, gmailProblem } from './failures';
import { done, problem, type Result } from './problems';
import { written } from './writing';

export interface Addresses {
  /** Those of the mailbox that may be a From, the primary one first. */
  readonly addresses: readonly SendAs[];
  /** The CRM's own clock: what was added before belongs to the former address. */
  readonly at: number;
}

export function* usableAddresses(locationId: string): Task<Result<Addresses>> {
  const outcomes = yield [listSendAs(), exportEmails({ locationId, limit: 10 })];
  const [sendAs, page] = outcomes as unknown as readonly [Outcome<readonly SendAs[]>, Outcome<ExportPage>];
  if (sendAs.kind !== 'done') return gmailProblem(sendAs);
  if (page.kind !== 'done') return crmProblem(page);
  return done({ addresses: sendAs.value.filter(({ usable }) => usable), at: page.value.now });
}

/** The one that was chosen, in lower case; what a card sends is not to be trusted. */
export function chosenAddress(addresses: readonly SendAs[], chosen: string): Result<string> {
  const wanted = chosen.trim().toLowerCase();
  const found = addresses.find(({ email }) => email.toLowerCase() === wanted);
  return found === undefined ? problem('address-unknown') : done(found.email.toLowerCase());
}

/** The state with another connected address: its links go on, those of other addresses stop. `at` is the CRM's time. */
export function withAddress(state: State, address: string, ownAddresses: readonly string[], at: number): State {
  const mine = shortHash(address);
  const links = new Map(
    [...state.links].map(([crm, link]) => {
      if (link.stopped === 'user') return [crm, link];
      return [crm, { ...link, stopped: link.address === mine ? ('' as const) : ('former-address' as const) }];
    }),
  );
  const connection = { ...readdressed(state.head.connection, address, at), ownAddresses };
  return { ...state, head: { ...state.head, connection }, links };
}

/** Gives how many threads the former address leaves behind. */
export function storeAddress(store: Store, { addresses, at }: Addresses, chosen: string): Result<number> {
  const address = chosenAddress(addresses, chosen);
  if (!address.ok) return address;
  return written(() => {
    const loaded = loadHead(store);
    if (loaded === undefined) return problem('not-connected');
    const before = loadState(store, loaded.head);
    const settled = withAddress(
      before.state,
      address.value,
      addresses.map(({ email }) => email.toLowerCase()),
      at,
    );
    const next = { ...settled, head: withLoss(settled.head, { ...before, doubt: loaded.doubt }, now()) };
    commit(store, { text: loaded.text, pages: before.pages }, next, randomId());
    const active = [...next.links.values()].filter(({ stopped }) => stopped === 'former-address').length;
    return done(active + (next.quiet?.countOfOthers(shortHash(address.value)) ?? 0));
  });
}
