/** Every scenario. */
import type { Scenario } from '../scenario';
import { ACCOUNT } from './account';
import { DELIVER } from './deliver';
import { MIRROR } from './mirror';
import { PUSH } from './push';
import { RECEIVED } from './received';

export const SCENARIOS: readonly Scenario[] = [...MIRROR, ...PUSH, ...RECEIVED, ...DELIVER, ...ACCOUNT];
