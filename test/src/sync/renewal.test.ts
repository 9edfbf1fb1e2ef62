/** C5, decided: when a token is renewed, and what the answer of the token endpoint makes of the connection. */
import type { Outcome } from '../../../src/platform/exchange';
import type { TokenPair } from '../../../src/crm/oauth';
import { afterRefresh, mustSignIn, tokenState } from '../../../src/sync/renewal';
import type { Connection } from '../../../src/sync/state';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 2, 8);

const TOKEN = { kind: 'token', token: 'pit-1', location: 'loc1' } as Connection;

function oauth(expiresIn: number, refreshToken = 'rt-1'): Connection {
  return {
    ...TOKEN,
    kind: 'oauth',
    token: 'at-1',
    renewal: { refreshToken, expiresAt: NOW + expiresIn, renewedAt: NOW - HOUR },
  };
}

test.each([
  ['a private token never', TOKEN, 'good'],
  ['a fresh one', oauth(24 * HOUR), 'good'],
  ['just before two hours', oauth(2 * HOUR + 1), 'good'],
  ['two hours before its end', oauth(2 * HOUR), 'early'],
  ['two minutes before its end', oauth(120_000), 'early'],
  ['within the last minute, which a request may take', oauth(59_000), 'expired'],
  ['long after', oauth(-48 * HOUR), 'expired'],
  ['used up, still good', oauth(HOUR, ''), 'good'],
  ['used up and expired', oauth(0, ''), 'over'],
] as const)('C5: %s: %s', (_, connection, state) => {
  expect(tokenState(connection, NOW)).toBe(state);
});

const PAIR: TokenPair = {
  accessToken: 'at-2',
  refreshToken: 'rt-2',
  expiresInMs: 86_399_000,
  scopes: [],
  userType: 'Location',
  locationId: 'loc1',
  companyId: 'com1',
  userId: 'u1',
};
const failed = (kind: 'denied' | 'later' | 'unknown' | 'refused', code: string) =>
  ({ kind, failure: { code, status: 400, detail: '' }, retryAfterMs: 0 }) as Outcome<TokenPair>;

test('C5: a new pair takes the place of the old one, whole', () => {
  const verdict = afterRefresh(oauth(HOUR), { kind: 'done', value: PAIR }, NOW);
  expect(verdict).toEqual({
    is: 'renewed',
    connection: {
      ...oauth(HOUR),
      token: 'at-2',
      renewal: { refreshToken: 'rt-2', expiresAt: NOW + 86_399_000, renewedAt: NOW },
    },
  });
});

test.each([
  ['a time-out', failed('unknown', 'http.no-answer')],
  ['a 503', failed('unknown', 'crm.unavailable')],
  ['a page instead of an answer', failed('unknown', 'http.unreadable')],
  ['too many requests', failed('later', 'crm.rate-limited')],
  ['Location is not active', failed('later', 'crm.location-inactive')],
  ['wrong credentials of the app', failed('denied', 'crm.client-invalid')],
  ['a run without time', failed('later', 'run.out-of-time')],
  ['a parameter that it does not like', failed('refused', 'crm.bad-request')],
])('C5: %s changes nothing but the next attempt', (_, outcome) => {
  expect(afterRefresh(oauth(HOUR), outcome, NOW).is).toBe('kept');
});

test('C5: invalid grant: the pair is over, and the access token is used to its end', () => {
  const verdict = afterRefresh(oauth(HOUR), failed('denied', 'crm.grant-invalid'), NOW);
  expect(verdict).toEqual({ is: 'over', connection: oauth(HOUR, '') });
  expect('connection' in verdict && mustSignIn(verdict.connection)).toBe(true);
});

test('C9: a pair of another sub-account is not taken', () => {
  const outcome = { kind: 'done', value: { ...PAIR, locationId: 'loc2' } } as const;
  const verdict = afterRefresh(oauth(HOUR), outcome, NOW);
  expect(verdict).toEqual({ is: 'over', connection: oauth(HOUR, '') });
});
