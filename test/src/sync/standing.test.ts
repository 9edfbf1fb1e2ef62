/** S1: what the homepage may say of the last sync. */
import type { Slow } from '../../../src/sync/budget';
import { standingOf, type Standing } from '../../../src/sync/standing';
import type { Head } from '../../../src/sync/state';

const MINUTE = 60_000;
const NOW = 1_800_000_000_000;
const WELL = {
  ...{ passedAt: NOW - MINUTE, startedAt: NOW - MINUTE - 900, cadence: 60, page: 'h', intents: [] },
} as unknown as Head;

test.each<[string, object, Slow, Standing]>([
  ['well', {}, '', 'in-step'],
  ['killed after its mark', { startedAt: NOW, attempt: { key: '', times: 1 } }, '', 'cut'],
  ['out of time', { startedAt: NOW }, '', 'cut'],
  ['one message at a time, after a kill', { attempt: { key: '', times: 1 } }, '', 'behind'],
  ['a write whose outcome is open', { intents: [{ kind: 'push', key: 'g:1' }] }, '', 'behind'],
  ['history lost, the gap not taken up', { gap: { since: 1, after: '' } }, '', 'behind'],
  ['the CRM’s changes not read to their end', { page: '' }, '', 'behind'],
  ['two runs are missing', { passedAt: NOW - 136 * MINUTE, startedAt: NOW - 137 * MINUTE }, '', 'late'],
  ['one run is missing', { passedAt: NOW - 134 * MINUTE, startedAt: NOW - 135 * MINUTE }, '', 'in-step'],
  ['every five minutes, two missing', { cadence: 5, passedAt: NOW - 26 * MINUTE, startedAt: 1 }, '', 'late'],
  [
    'every five minutes, hourly to save',
    { cadence: 5, passedAt: NOW - 80 * MINUTE, startedAt: 1 },
    'day-of-crm',
    'in-step',
  ],
])('S1: %s', (_, over, slow, standing) => {
  expect(standingOf({ ...WELL, ...over }, slow, NOW)).toBe(standing);
});
