/**
 * The user's property store: 500 KB in all, 9 KB a value, no transaction over several keys (facts, platform 2.1;
 * reliability 2.1). Everything that one user does stays in that user's own properties (C1).
 */
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

/** The length of a text in the property store: UTF-8 bytes, the stricter reading of "9 KB" (facts, platform 2.1). */
export function storedBytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xdc00 ? ((i += 1), 4) : 3;
  }
  return bytes;
}
