/** What a random world is like: each switch for unverified behaviour of the platforms at random, clocks, lags. */
import type { World } from '../../emulator/world/world';
import type { Chance } from './random';

type Value = string | number | boolean;

/**
 * Not behaviour of a platform but settings with which other things are right than the letters say, or which a user is
 * told not to have; each is tried by tests of its own.
 */
const NOT_AT_RANDOM = new Set([
  'addOnProviderIsDefault',
  'nativeSyncUsers',
  'locationActive',
  'enabled2waySyncFilter',
  'published',
  'cardWithoutScope',
  // Nobody sees what no call of the CRM shows.
  'exportMessageTypes',
  'inboundNeedsProvider',
  'replyTo',
  'authorizationEndsOthers',
]);

/** Values worth trying beside the default, where not all others are. */
const VALUES: Readonly<Record<string, readonly Value[]>> = {
  // Where only the container's id joins a thread, each push begins one of its own.
  inboundThreadsBy: ['either'],
  clockSkewMs: [-240_000, -1_500, 1_500, 240_000],
  exportLagMs: [2_000, 90_000],
  gmailSearchLagMs: [60_000, 3_600_000],
  gmailListLagMs: [5_000],
  gmailHistoryLagMs: [3_000, 30_000],
  contactIndexLagMs: [0, 60_000],
  statusReadyAfterMs: [0, 600_000],
  refreshGraceMs: [60_000],
  deliveredAfterMs: [30_000],
  rateLimitBurst: [20],
  crmRetryAfterSeconds: [1, 30],
  gmailLargeBodyBytes: [20],
  gmailBounceDelayMs: [1_000],
  outsideReactionMs: [0],
};

export function weatherOf(chance: Chance, world: World): Record<string, Value> {
  const values: Record<string, Value> = { replyTo: chance.of(['crm', 'user', 'both']) };
  for (const { name, value, choices } of world.switches.describe()) {
    // The same chances are taken for every switch, so that a new one does not change what the others are.
    const changes = chance.happens(0.25);
    const which = chance.next();
    if (NOT_AT_RANDOM.has(name) || !changes) continue;
    const others: readonly Value[] = VALUES[name] ?? choices ?? (typeof value === 'boolean' ? [!value] : []);
    if (others.length > 0) values[name] = others[Math.floor(which * others.length)];
  }
  // Without either there is nothing left by which a logged mail is known to be that one.
  if (values['inboundAddresses'] === 'contact') delete values['altIdInEmail'];
  return values;
}

/** The sub-account's own provider leaves copies in Sent where it is the user's own Gmail, by SMTP (R2). */
export function settingsOf(weather: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return weather['ownProviderLeavesCopy'] === true ? { ...weather, ownProvider: 'smtp' } : weather;
}
