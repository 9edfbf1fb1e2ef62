/** `PropertiesService` (facts, platform 2.1). Every key that is read or written is one call. */
import type { Run } from '../execution/run';
import { TEXT, OBJECT, BOOLEAN } from '../realm/parameters';
import { ScriptObject, type Signatures } from '../realm/script-object';
import { STORE_FULL } from '../state/property-stores';

export const SCRIPT_STORE = 'script';
export const userStore = (user: string): string => `user ${user}`;

const READ_REFUSED = "We're sorry, a server error occurred while reading from storage. Error code INTERNAL.";

export class PropertiesService extends ScriptObject {
  static readonly scriptName = 'PropertiesService';
  static readonly signatures: Signatures = {
    getScriptProperties: [[]],
    getUserProperties: [[]],
    getDocumentProperties: [[]],
  };

  private readonly script: Properties;
  private readonly user: Properties;

  constructor(run: Run) {
    super();
    this.script = new Properties(run, SCRIPT_STORE);
    this.user = new Properties(run, userStore(run.user));
  }

  getScriptProperties(): Properties {
    return this.script;
  }

  getUserProperties(): Properties {
    return this.user;
  }

  /** There is no document in Gmail (facts, platform 2.1). */
  getDocumentProperties(): null {
    return null;
  }
}

export class Properties extends ScriptObject {
  static readonly scriptName = 'PropertiesService.Properties';
  static readonly signatures: Signatures = {
    getProperty: [[TEXT]],
    getProperties: [[]],
    getKeys: [[]],
    setProperty: [[TEXT, TEXT]],
    setProperties: [[OBJECT], [OBJECT, BOOLEAN]],
    deleteProperty: [[TEXT]],
    deleteAllProperties: [[]],
  };

  constructor(
    private readonly run: Run,
    private readonly store: string,
  ) {
    super();
  }

  getProperty(key: string): string | null {
    return this.read('getProperty', key, () => this.stores.read(this.store, key));
  }

  /** Every key that is read is a call that may meet a fault; the time of one call, and one of the day's quota, is for all. */
  getProperties(): Record<string, string> {
    const keys = this.stores.keys(this.store);
    if (keys.length === 0) return this.read('getProperties', undefined, () => ({}));
    const found: Record<string, string> = {};
    keys.forEach((key, index) => {
      const value = this.read('getProperties', key, () => this.stores.read(this.store, key), index === 0);
      if (value !== null) found[key] = value;
    });
    return found;
  }

  getKeys(): string[] {
    return this.read('getKeys', undefined, () => this.stores.keys(this.store));
  }

  setProperty(key: string, value: string): this {
    this.write('setProperty', key, () => this.stores.write(this.store, key, value));
    return this;
  }

  /** Whether a cut leaves some keys written and others not is open (facts, reliability P7): a switch. */
  setProperties(values: Readonly<Record<string, unknown>>, deleteOthers = false): this {
    const entries = Object.entries(values).map(([key, value]) => [key, String(value)] as const);
    if (deleteOthers) this.deleteAllProperties();
    const atomic = this.run.platform.switches().setPropertiesAtomic;
    entries.forEach(([key, value], index) => {
      const effect = atomic ? () => undefined : () => this.stores.write(this.store, key, value);
      this.write('setProperties', key, effect, index === 0);
    });
    if (atomic) this.stores.writeAll(this.store, entries);
    return this;
  }

  deleteProperty(key: string): this {
    this.write('deleteProperty', key, () => this.stores.remove(this.store, key));
    return this;
  }

  deleteAllProperties(): this {
    this.write('deleteAllProperties', undefined, () => this.stores.clear(this.store));
    return this;
  }

  private get stores() {
    return this.run.platform.properties;
  }

  private read<T>(method: string, key: string | undefined, effect: () => T, first = true): T {
    return this.call(
      method,
      key,
      first ? this.run.platform.latency.propertyRead : 0,
      READ_REFUSED,
      this.spending(first, effect),
    );
  }

  private write(method: string, key: string | undefined, effect: () => void, first = true): void {
    this.call(
      method,
      key,
      first ? this.run.platform.latency.propertyWrite : 0,
      STORE_FULL,
      this.spending(first, effect),
    );
  }

  private call<T>(method: string, path: string | undefined, takes: number, refusal: string, effect: () => T): T {
    const { run } = this;
    return run.call(
      { service: 'PropertiesService', method, ...(path === undefined ? {} : { path }), takes, refusal },
      effect,
    );
  }

  private spending<T>(first: boolean, effect: () => T): () => T {
    const { platform, user } = this.run;
    return () => {
      if (first) platform.usage.spend(user, 'properties', 1);
      return effect();
    };
  }
}
