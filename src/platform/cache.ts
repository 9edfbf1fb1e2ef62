/**
 * The user's cache: what is slow to read and good for some minutes. Never the only copy of anything, and never a secret
 * (facts, platform 2.2). A cache that fails is an empty one.
 */
export interface Cache {
  read(key: string): string | null;
  write(key: string, value: string, seconds: number): void;
}

/** A value may have 100 KB; in characters, so that text of any script stays below it. */
const LONGEST = 30_000;

export function userCache(): Cache {
  return {
    read: (key) => quietly(() => CacheService.getUserCache().get(key)) ?? null,
    write: (key, value, seconds) => {
      if (value.length > LONGEST) return;
      quietly(() => {
        CacheService.getUserCache().put(key, value, seconds);
      });
    },
  };
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
