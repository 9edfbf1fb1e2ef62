/** Every scenario. */
import type { Scenario } from '../scenario';
import { ACCOUNT } from './account';
import { BY_HAND } from './by-hand';
import { DELIVER } from './deliver';
import { LONG_DAY } from './long-day';
import { MIRROR } from './mirror';
import { PUSH } from './push';
import { RECEIVED } from './received';
import { SEVERAL } from './several';

export const SCENARIOS: readonly Scenario[] = [
  ...MIRROR,
  ...PUSH,
  ...RECEIVED,
  ...DELIVER,
  ...SEVERAL,
  ...ACCOUNT,
  ...BY_HAND,
  LONG_DAY,
];
