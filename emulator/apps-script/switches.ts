/** Behaviour of Apps Script that no document settles, and the kind of account; see `docs/emulator.md`. */
import type { SwitchTable, SwitchValues } from '../core/switches';

export const APPS_SCRIPT_SWITCHES = {
  accountKind: {
    value: 'consumer',
    choices: ['consumer', 'workspace'],
    about: 'Which daily quotas hold: of a consumer account or of Google Workspace (facts, platform 2).',
  },
  dailyQuotas: {
    value: true,
    about: 'Whether the daily quotas of UrlFetch, properties and trigger runtime are enforced (facts, platform 2).',
  },
  subHourlyTriggers: {
    value: 'editor',
    choices: ['editor', 'never', 'trigger', 'always'],
    about:
      'Where a recurring trigger of less than an hour may be made: by a run from the script editor only, nowhere, by runs of triggers too, or also by cards (facts, platform 1.2 and experiment 1).',
  },
  clockTriggersPerUser: {
    value: 0,
    about:
      'How many clock triggers an add-on may have for a user before creating throws "too many time-based triggers"; 0 leaves only the 20 of a script (facts, platform 1.3).',
  },
  propertyValueBytes: {
    value: 9216,
    about:
      'The largest property value in bytes: 9,216 as documented, about 8,066 as measured once (facts, reliability 2.1).',
  },
  propertyValueUnit: {
    value: 'bytes',
    choices: ['bytes', 'characters'],
    about: 'What the limit of a property value counts (facts, platform 2.1 and experiment 10).',
  },
  setPropertiesAtomic: {
    value: false,
    about: 'Whether setProperties writes all keys or none when it is cut (facts, reliability P7).',
  },
  cacheEvictsEarly: {
    value: false,
    about:
      'Whether the cache forgets about half of its entries at once: expiry is "only a suggestion" (facts, platform 2.2).',
  },
  published: {
    value: false,
    about:
      'Whether this is a published add-on: its trigger runs without a needed authorization until the call that needs it; otherwise it does not run at all (facts, platform 1.5).',
  },
  cardWithoutScope: {
    value: 'runs',
    choices: ['runs', 'asks'],
    about:
      'A card whose user left a scope unticked: it runs and the call that needs the scope throws, or the platform asks first (facts, platform 1.5).',
  },
  fetchAllOrder: {
    value: 'given',
    choices: ['given', 'reversed'],
    about:
      'The order in which the requests of one fetchAll take effect; execution order is free (facts, platform 2.4, 3.8).',
  },
  crmRetryAfterSeconds: {
    value: 0,
    about: 'The Retry-After header of a 429 made by a fault; 0 leaves it out (facts, highlevel 1: undocumented).',
  },
} as const satisfies SwitchTable;

export type AppsScriptSwitches = SwitchValues<typeof APPS_SCRIPT_SWITCHES>;
