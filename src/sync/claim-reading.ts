/** Reading the claim before a run writes (C6). */
import { ask, type Outcome, type Task } from '../platform/exchange';
import { createCustomValue, listCustomValues, updateCustomValue, type CustomValue } from '../crm/custom-values';
import { claimName, claimRow, standingOf } from './claims';
import { expect, HostFailed } from './host';

/** The custom values of the location; `forbidden` where the permission was taken back, which must not stop the sync. */
export type ClaimRows = readonly CustomValue[] | 'forbidden';

/** Where the own claim was deleted or put back by hand, it is written again and read once more. */
export function* readClaimRows(location: string, crmUser: string, text: string): Task<ClaimRows> {
  const rows = yield* readRows(location);
  if (rows === 'forbidden' || standingOf(text, crmUser, rows).is !== 'undone') return rows;
  const row = claimRow(rows, crmUser);
  yield* ask(
    row === undefined
      ? createCustomValue(location, claimName(crmUser), text)
      : updateCustomValue(location, { ...row, value: text }),
  );
  const again = yield* readRows(location);
  if (again !== 'forbidden' && standingOf(text, crmUser, again).is === 'undone') {
    throw new HostFailed('crm', { code: 'crm.claim-undone', status: 0, detail: 'the claim does not stand' });
  }
  return again;
}

function* readRows(location: string): Task<ClaimRows> {
  const outcome: Outcome<readonly CustomValue[]> = yield* ask(listCustomValues(location));
  return outcome.kind === 'denied' && outcome.failure.code === 'crm.scope-missing'
    ? 'forbidden'
    : expect('crm', outcome);
}
