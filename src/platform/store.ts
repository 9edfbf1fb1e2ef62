/**
 * The user's property store: 500 KB in all, 9 KB a value, no transaction over several keys (facts, platform 2.1;
 * reliability 2.1). Everything that one user does stays in that user's own properties (C1).
 */
export { storedBytes } from './text';

export interface Store {
  read(key: string): string | null;
  /** Everything, in one call: it costs the time and the quota of one. */
  all(): Readonly<Record<string, string>>;
  /** Throws where the platform refuses the write (quota, size). */
  write(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
  /** Removes everything, in one call. */
  clear(): void;
}

export function userStore(): Store {
  const properties = PropertiesService.getUserProperties();
  return {
    read: (key) => properties.getProperty(key),
    all: () => properties.getProperties(),
    write: (key, value) => void properties.setProperty(key, value),
    remove: (key) => void properties.deleteProperty(key),
    keys: () => properties.getKeys(),
    clear: () => void properties.deleteAllProperties(),
  };
}
