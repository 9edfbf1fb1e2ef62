/**
 * Caches: texts by key that expire by the virtual clock; at most 1,000 items, of which the 900 farthest from expiry
 * are kept (facts, platform 2.2). "Only a suggestion": a switch makes entries go before their time.
 */
import type { Clock } from '../../core/clock';

const MOST_ITEMS = 1_000;
const KEPT_ITEMS = 900;

interface Item {
  readonly value: string;
  readonly expires: number;
}

type Cache = ReadonlyMap<string, Item>;
export type CacheStoresState = ReadonlyMap<string, Cache>;

export class CacheStores {
  private caches: CacheStoresState = new Map();

  constructor(
    private readonly clock: Clock,
    private readonly evictsEarly: () => boolean,
  ) {}

  get(name: string, key: string): string | null {
    const item = this.caches.get(name)?.get(key);
    if (item === undefined || item.expires <= this.clock.now) return null;
    return this.evictsEarly() && isForgotten(key) ? null : item.value;
  }

  put(name: string, key: string, value: string, seconds: number): void {
    const cache = new Map(this.caches.get(name));
    cache.set(key, Object.freeze({ value, expires: this.clock.now + seconds * 1000 }));
    this.replace(name, cache.size > MOST_ITEMS ? farthestFromExpiry(cache) : cache);
  }

  remove(name: string, key: string): void {
    const cache = this.caches.get(name);
    if (cache?.has(key) !== true) return;
    const copy = new Map(cache);
    copy.delete(key);
    this.replace(name, copy);
  }

  /** The state is replaced at every change and never altered, so it is its own snapshot. */
  snapshot(): CacheStoresState {
    return this.caches;
  }

  restore(state: CacheStoresState): void {
    this.caches = state;
  }

  private replace(name: string, cache: Cache): void {
    this.caches = new Map(this.caches).set(name, cache);
  }
}

function farthestFromExpiry(cache: Cache): Cache {
  return new Map([...cache].sort(([, a], [, b]) => b.expires - a.expires).slice(0, KEPT_ITEMS));
}

/** About half of all keys, always the same ones. */
function isForgotten(key: string): boolean {
  let sum = key.length;
  for (let i = 0; i < key.length; i++) sum = (sum * 31 + key.charCodeAt(i)) | 0;
  return (sum & 1) === 0;
}
