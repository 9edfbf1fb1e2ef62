/** Readings that are slow and change seldom, kept for some minutes so that a thread opens in one round (S9). */
import { ask, type Exchange, type Outcome, type Task } from '../platform/exchange';
import type { Cache } from '../platform/cache';
import { shortHash } from '../platform/hash';

const SECONDS = 600;

/** The kept answer, or the exchange's; `key` names what is read, and is the same for the same reading only. */
export function* cached<T>(cache: Cache, key: string, exchange: Exchange<T>): Task<Outcome<T>> {
  const name = `card.${shortHash(key, 8)}`;
  const kept = parsed<T>(cache.read(name), key);
  if (kept !== undefined) return { kind: 'done', value: kept };
  const outcome = yield* ask(exchange);
  if (outcome.kind === 'done') cache.write(name, JSON.stringify({ key, value: outcome.value }), SECONDS);
  return outcome;
}

function parsed<T>(text: string | null, key: string): T | undefined {
  if (text === null) return undefined;
  try {
    const kept = JSON.parse(text) as { key?: unknown; value?: T } | null;
    return kept?.key === key ? kept.value : undefined;
  } catch {
    return undefined;
  }
}
