/**
 * Creating a record of the CRM from a form, exactly once (S4, X6): what is like it is counted before, the click's id is
 * taken, the request goes out once, and where its outcome is not known the record is looked for and never made again
 * without being asked.
 */
import { ask, askAll, type Exchange, type Failure, type Outcome, type Task } from '../platform/exchange';
import { shortHash } from '../platform/hash';
import type { Context } from './context';
import { claim, conclude, findEntry, isOnceId } from './once';

export interface Making<T> {
  /** The id of the form that was sent. */
  readonly id: string | undefined;
  /** The id of an earlier click with an unknown end, which this one is asked to repeat. */
  readonly after?: string;
  /** Everything that tells this record from others. */
  readonly like: string;
  readonly likeOf: (record: T) => string;
  /** Read side by side; a record that is in two of them counts once. */
  readonly list: readonly Exchange<readonly T[]>[];
  readonly create: Exchange<T>;
  /** One that is like it is enough: another is not made. */
  readonly single?: true;
  readonly idOf: (record: T) => string;
}

export type Made<T> =
  | { readonly kind: 'made'; readonly record?: T; readonly earlier: boolean }
  /** Whether it was made cannot be told yet. */
  | { readonly kind: 'doubt' }
  /** It was made sure that nothing was done. */
  | { readonly kind: 'not-made'; readonly failure?: Failure };

export function makeOnce<T>(context: Context, making: Making<T>): Made<T> {
  const { store, run, now } = context;
  const { id, after, create } = making;
  if (!isOnceId(id)) return { kind: 'not-made' };
  const print = shortHash(making.like, 8);
  const listed = run(listOf(making));
  // Without knowing what is there nothing could be found again.
  if (listed === undefined) {
    const known = findEntry(store, id);
    if (known === undefined) return { kind: 'not-made' };
    return known.state === 'done' ? { kind: 'made', earlier: true } : { kind: 'doubt' };
  }
  const alike = listed.filter((record) => shortHash(making.likeOf(record), 8) === print);

  const former = isOnceId(after) ? findEntry(store, after) : undefined;
  if (former !== undefined && former.print === print && alike.length > former.before) {
    conclude(store, former.id, { state: 'done' });
    return { kind: 'made', record: alike[alike.length - 1], earlier: true };
  }
  if (making.single === true && alike.length > 0) return { kind: 'made', record: alike[0], earlier: true };
  const known = claim(store, { id, at: now, state: 'begun', print, before: alike.length });
  if (known === 'busy') return { kind: 'not-made' };
  if (known !== undefined) {
    if (known.state === 'begun' && alike.length <= known.before) return { kind: 'doubt' };
    if (known.state === 'begun') conclude(store, id, { state: 'done' });
    return { kind: 'made', record: alike[alike.length - 1], earlier: true };
  }

  const outcome: Outcome<T> = run(ask(create));
  switch (outcome.kind) {
    case 'done':
      conclude(store, id, { state: 'done' });
      return { kind: 'made', record: outcome.value, earlier: false };
    case 'unknown': {
      const found = (run(listOf(making)) ?? []).filter((record) => shortHash(making.likeOf(record), 8) === print);
      if (found.length <= alike.length) return { kind: 'doubt' };
      conclude(store, id, { state: 'done' });
      return { kind: 'made', record: found[found.length - 1], earlier: false };
    }
    default:
      conclude(store, id, undefined);
      return { kind: 'not-made', failure: outcome.failure };
  }
}

function* listOf<T>({ list, idOf }: Making<T>): Task<readonly T[] | undefined> {
  const outcomes = yield* askAll(list);
  const records = new Map<string, T>();
  for (const outcome of outcomes) {
    if (outcome.kind !== 'done') return undefined;
    for (const record of outcome.value) records.set(idOf(record), record);
  }
  return [...records.values()];
}
