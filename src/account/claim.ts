/** Laying the claim to a CRM user when a mailbox is connected, and releasing it (C6). */
import { ask, type Outcome, type Task } from '../platform/exchange';
import { ownAddress } from '../platform/session';
import {
  createCustomValue,
  readCustomValues,
  updateCustomValue,
  type CustomValue,
  type CustomValuesNow,
} from '../crm/custom-values';
import {
  claimAfter,
  claimKept,
  claimName,
  claimText,
  decideTaken,
  decideTaking,
  mailboxHash,
  releaseOf,
  standingOf,
  type Claim,
  type Claimant,
} from '../sync/claims';
import { crmProblem } from './failures';
import { done, problem, type Result } from './problems';

const MOST_ATTEMPTS = 3;

export function claimant(location: string, crmUser: string, installation: string): Claimant {
  return { crmUser, installation, mailbox: mailboxHash(location, ownAddress()) };
}

/**
 * Undefined where the permission is missing: then the connection works without. `own` is what this account has already,
 * `allowed` the number of the claim whose place the user said to take, `since` where its own begins, of which it knows no more.
 */
export function* layClaim(
  location: string,
  me: Claimant,
  read: Outcome<CustomValuesNow>,
  own: Claim | undefined,
  allowed: number | undefined,
  since: number | undefined,
): Task<Result<Claim | undefined>> {
  let there = read;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (there.kind !== 'done') return isForbidden(there) ? done(undefined) : crmProblem(there);
    const { values, now } = there.value;
    const before = own === undefined ? undefined : claimAfter(own, standingOf(own.text, me.crmUser, values));
    const taking = decideTaking(me, before, values, now, allowed, since);
    if (taking.do === 'keep') return done(before);
    if (taking.do === 'ask') return problem('claim-live', { claim: taking.number });
    const text = claimText(taking.claim);
    const { row } = taking;
    const wrote: Outcome<CustomValue> = yield* ask(
      row === undefined
        ? createCustomValue(location, claimName(me.crmUser), text)
        : updateCustomValue(location, { ...row, value: text }),
    );
    // Whatever the answer was, reading back shows what came of it (X6).
    if (wrote.kind === 'denied' && isForbidden(wrote)) return done(undefined);
    const back: Outcome<CustomValuesNow> = yield* ask(readCustomValues(location));
    if (back.kind !== 'done') return crmProblem(back);
    const taken = decideTaken(taking, me.crmUser, back.value.values, back.value.now);
    if (taken.is === 'mine') return done(claimKept(before, taking.claim, taking.former, taken.from));
    there = back;
  }
  return problem('crm-down');
}

/** Empties it and keeps its number. Whether that was done is nobody's business any more. */
export function* releaseClaim(location: string, crmUser: string, own: Claim): Task<void> {
  const read: Outcome<CustomValuesNow> = yield* ask(readCustomValues(location));
  const release = read.kind === 'done' ? releaseOf(own, crmUser, read.value.values) : undefined;
  if (release !== undefined) yield* ask(updateCustomValue(location, { ...release.row, value: release.text }));
}

function isForbidden(outcome: Exclude<Outcome<unknown>, { kind: 'done' }>): boolean {
  return outcome.failure.code === 'crm.scope-missing';
}
