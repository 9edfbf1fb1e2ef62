/** What Gmail's own screens tell the add-on about its user, where no document settles it or users differ. */
import type { SwitchTable } from '../core/switches';

export const PERSON_SWITCHES = {
  eventMessageId: {
    value: 'hex',
    choices: ['hex', 'msg-f'],
    about: 'The form of a message id in an event: as in the API, or `msg-f:` with decimals (facts, platform 5.4).',
  },
  userLocale: {
    value: 'en',
    about: "The user's language in events, as a BCP 47 tag; empty: left out (facts, platform 5.4).",
  },
  userTimeZone: {
    value: 'Etc/UTC',
    about: "The user's time zone in events, an IANA name (facts, platform 5.4).",
  },
} satisfies SwitchTable;
