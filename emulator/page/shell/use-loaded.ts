/** Something that is read from the emulator: kept on the screen while it is read again, so that nothing jumps. */
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Loaded<T> {
  readonly value: T | undefined;
  readonly error: string | undefined;
}

/** `key` names what is read: another key drops the old value. `version` asks for the same again. */
export function useLoaded<T>(key: string, version: number, load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T> & { key: string }>({ key, value: undefined, error: undefined });
  const latest = useRef(0);
  useEffect(() => {
    const run = ++latest.current;
    // An answer that was overtaken by a later question is not shown.
    const show = (change: Partial<Loaded<T>>) => {
      if (run !== latest.current) return;
      setLoaded((before) => ({
        value: before.key === key ? before.value : undefined,
        error: undefined,
        ...change,
        key,
      }));
    };
    load().then(
      (value) => show({ value }),
      (reason: unknown) => show({ error: reason instanceof Error ? reason.message : String(reason) }),
    );
    return () => {
      latest.current++;
    };
  }, [key, version]);
  return loaded.key === key ? loaded : { value: undefined, error: undefined };
}
