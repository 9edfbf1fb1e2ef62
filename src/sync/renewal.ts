/**
 * Renewing an OAuth connection's access token (C5). A refresh token works once, so a lost answer can cost the
 * connection: it is renewed two hours early, while the old access token still works, and one write of the head holds the
 * new pair before it is used (facts, reliability C11 to C14). Under the user lock only.
 */
import type { Deadline } from '../platform/clock';
import { now } from '../platform/clock';
import { appConfig, type AppConfig } from '../platform/config';
import { ask, type Failure, type Outcome, type Task } from '../platform/exchange';
import { log } from '../platform/log';
import { Rounds } from '../platform/rounds';
import type { Store } from '../platform/store';
import { refreshTokens, type TokenPair } from '../crm/oauth';
import { HostFailed } from './host';
import type { Connection, Head } from './state';
import { loadHead, readyForHandover, StoreRefused, writeBothHeads, type LoadedHead } from './store';
import { wiresFor } from './wires';

const EARLY_MS = 2 * 3_600_000;
/** A request that starts now must still find it good. */
const MARGIN_MS = 60_000;
const WRITE_ATTEMPTS = 3;

/** `over`: it is used up and nothing renews it. */
export type TokenState = 'good' | 'early' | 'expired' | 'over';

export function tokenState({ kind, renewal }: Connection, at: number): TokenState {
  if (kind !== 'oauth' || renewal === undefined) return 'good';
  const expired = at >= renewal.expiresAt - MARGIN_MS;
  if (renewal.refreshToken === '') return expired ? 'over' : 'good';
  if (expired) return 'expired';
  return at >= renewal.expiresAt - EARLY_MS ? 'early' : 'good';
}

/** The CRM takes the present token a little longer and no refresh token any more: the user has to sign in again. */
export function mustSignIn({ renewal }: Connection): boolean {
  return renewal !== undefined && renewal.refreshToken === '';
}

export type Verdict =
  | { readonly is: 'renewed' | 'over'; readonly connection: Connection }
  /** The pair stays, and is tried again. */
  | { readonly is: 'kept'; readonly failure: Failure };

/** What the answer of the token endpoint makes of the connection. */
export function afterRefresh(connection: Connection, outcome: Outcome<TokenPair>, at: number): Verdict {
  const over: Verdict = {
    is: 'over',
    connection: { ...connection, renewal: { expiresAt: at, renewedAt: at, ...connection.renewal, refreshToken: '' } },
  };
  if (outcome.kind !== 'done') {
    return outcome.failure.code === 'crm.grant-invalid' ? over : { is: 'kept', failure: outcome.failure };
  }
  const { accessToken, refreshToken, expiresInMs, locationId } = outcome.value;
  // Another sub-account's token must never write with this one's state (C9).
  if (locationId !== '' && locationId !== connection.location) return over;
  const renewal = { refreshToken, expiresAt: at + expiresInMs, renewedAt: at };
  return { is: 'renewed', connection: { ...connection, token: accessToken, renewal } };
}

/**
 * The head with a token that works. Throws `HostFailed` where there is none: the run then makes no request at all.
 * `rejected`: the CRM has just refused the token, whatever its time says.
 */
export function withGoodToken(store: Store, loaded: LoadedHead, deadline: Deadline, rejected = false): LoadedHead {
  const { connection } = loaded.head;
  const state = rejected && !mustSignIn(connection) ? 'expired' : rejected ? 'over' : tokenState(connection, now());
  if (state === 'good') return loaded;
  if (state === 'over') throw new HostFailed('crm', EXPIRED);
  const verdict = renew(store, loaded, deadline);
  if ('loaded' in verdict && (verdict.good || state === 'early')) return verdict.loaded;
  if (state === 'early') return loaded;
  throw new HostFailed('crm', 'failure' in verdict ? verdict.failure : EXPIRED);
}

const EXPIRED: Failure = { code: 'crm.token-expired', status: 0, detail: 'the token has expired' };
const NO_APP: Failure = { code: 'crm.client-invalid', status: 0, detail: 'no app is configured' };

function renew(
  store: Store,
  loaded: LoadedHead,
  deadline: Deadline,
): { loaded: LoadedHead; good: boolean } | { failure: Failure } {
  const app = appConfig();
  if (app === undefined) return { failure: NO_APP };
  const { connection } = loaded.head;
  const used = connection.renewal?.refreshToken ?? '';
  // The head before this one holds the same pair, which must not come back once it is used up.
  const before: Head = { ...loaded.head, doubt: loaded.doubt || undefined };
  readyForHandover(store, before);
  const rounds = new Rounds({ wires: wiresFor(() => ''), deadline });
  const verdict = afterRefresh(connection, rounds.run(refreshOnce(app, used)), now());
  log('token', { verdict: verdict.is, code: verdict.is === 'kept' ? verdict.failure.code : '' });
  if (verdict.is === 'kept') return { failure: verdict.failure };
  if (verdict.is === 'over') {
    // Another run may have renewed it after all (facts, reliability C13).
    const latest = loadHead(store);
    if (latest !== undefined && latest.head.connection.renewal?.refreshToken !== used) {
      return { loaded: latest, good: !mustSignIn(latest.head.connection) };
    }
  }
  const provider = app.providerId === '' ? undefined : app.providerId;
  const head: Head = { ...before, connection: { ...verdict.connection, provider } };
  return { loaded: keep(store, loaded, head), good: verdict.is === 'renewed' };
}

/** Once more at once where no answer came: some servers give the same pair again for a moment (facts, reliability C12). */
function* refreshOnce(app: AppConfig, refreshToken: string): Task<Outcome<TokenPair>> {
  const first = yield* ask(refreshTokens(app, refreshToken));
  return first.kind === 'unknown' ? yield* ask(refreshTokens(app, refreshToken)) : first;
}

/** The pair exists nowhere else: a store that refuses is asked again, and for less. */
function keep(store: Store, { doubt }: LoadedHead, head: Head): LoadedHead {
  for (let attempt = 1; ; attempt++) {
    // Own copies that history has not shown yet are known by their label too.
    const lean = attempt === 1 ? head : { ...head, echoes: [] };
    try {
      return { head: lean, text: writeBothHeads(store, lean), doubt };
    } catch (error) {
      if (!(error instanceof StoreRefused) || attempt === WRITE_ATTEMPTS) throw error;
      Utilities.sleep(1_000);
    }
  }
}
