/**
 * Property stores: texts by key, one store for the script and one for each user. Each key is the only atomic unit
 * (facts, reliability 2.1). The limits are those of facts, platform 2.1: 9 KB a value and 500 KB a store, keys counted.
 */
import { ScriptException } from '../realm/script-object';

export const STORE_BYTES = 512_000;
export const STORE_FULL = 'You have exceeded the property storage quota. Please remove some properties and try again.';

interface Store {
  entries: Map<string, string>;
  bytes: number;
  /** Shared with a snapshot: copied before it is written. */
  shared: boolean;
}

export type PropertyStoresState = ReadonlyMap<
  string,
  { readonly entries: ReadonlyMap<string, string>; readonly bytes: number }
>;

export interface ValueLimit {
  readonly most: number;
  readonly unit: string;
}

export class PropertyStores {
  private stores = new Map<string, Store>();

  constructor(private readonly limit: () => ValueLimit) {}

  read(store: string, key: string): string | null {
    return this.stores.get(store)?.entries.get(key) ?? null;
  }

  keys(store: string): string[] {
    return [...(this.stores.get(store)?.entries.keys() ?? [])];
  }

  all(store: string): Record<string, string> {
    return Object.fromEntries(this.stores.get(store)?.entries ?? []);
  }

  /** Throws what the platform throws for a value or a store that is too large. */
  write(name: string, key: string, value: string): void {
    const { most, unit } = this.limit();
    const valueBytes = Buffer.byteLength(value);
    if ((unit === 'characters' ? value.length : valueBytes) > most) {
      throw new ScriptException('Argument too large: value');
    }
    const current = this.stores.get(name);
    const before = current?.entries.get(key);
    const keyBytes = Buffer.byteLength(key);
    const bytes =
      (current?.bytes ?? 0) + keyBytes + valueBytes - (before === undefined ? 0 : keyBytes + Buffer.byteLength(before));
    if (bytes > STORE_BYTES) throw new ScriptException(STORE_FULL);
    const store = this.writable(name);
    store.entries.set(key, value);
    store.bytes = bytes;
  }

  /** All of them or, where one is refused, none. */
  writeAll(name: string, entries: readonly (readonly [string, string])[]): void {
    const before = this.stores.get(name);
    if (before !== undefined) before.shared = true;
    try {
      for (const [key, value] of entries) this.write(name, key, value);
    } catch (error) {
      if (before === undefined) this.stores.delete(name);
      else this.stores.set(name, before);
      throw error;
    }
  }

  remove(name: string, key: string): void {
    const value = this.stores.get(name)?.entries.get(key);
    if (value === undefined) return;
    const store = this.writable(name);
    store.entries.delete(key);
    store.bytes -= Buffer.byteLength(key) + Buffer.byteLength(value);
  }

  clear(name: string): void {
    this.stores.delete(name);
  }

  snapshot(): PropertyStoresState {
    for (const store of this.stores.values()) store.shared = true;
    return new Map([...this.stores].map(([name, { entries, bytes }]) => [name, { entries, bytes }]));
  }

  restore(state: PropertyStoresState): void {
    this.stores = new Map(
      [...state].map(([name, { entries, bytes }]) => [
        name,
        { entries: entries as Map<string, string>, bytes, shared: true },
      ]),
    );
  }

  private writable(name: string): Store {
    const store = this.stores.get(name);
    if (store !== undefined && !store.shared) return store;
    const copy: Store = { entries: new Map(store?.entries), bytes: store?.bytes ?? 0, shared: false };
    this.stores.set(name, copy);
    return copy;
  }
}
