/** The world's state, read again whenever the emulator says that something changed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { readState, type WorldState } from '../api/control';

export interface WorldView {
  readonly state: WorldState | undefined;
  /** Counts the changes: whatever depends on the world is read again when it grows. */
  readonly version: number;
  /** The emulator tells of changes by itself. */
  readonly live: boolean;
  readonly error: string | undefined;
  /** Reads again at once, without waiting to be told. */
  readonly refresh: () => void;
}

/** Changes often come in bursts: a pass of the add-on is many. */
const BURST_MS = 150;
/** Until the stream of changes has come back. */
const WITHOUT_STREAM_MS = 5000;

export function useWorld(): WorldView {
  const [state, setState] = useState<WorldState>();
  const [version, setVersion] = useState(0);
  const [live, setLive] = useState(false);
  const [error, setError] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const read = useCallback(() => {
    readState().then(
      (next) => {
        setState(next);
        setVersion((count) => count + 1);
        setError(undefined);
      },
      (reason: unknown) => setError(reason instanceof Error ? reason.message : String(reason)),
    );
  }, []);
  const refresh = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(read, 0);
  }, [read]);

  useEffect(() => {
    read();
    const stream = new EventSource('/emulator/events');
    const changed = () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(read, BURST_MS);
    };
    stream.onopen = () => setLive(true);
    stream.onerror = () => setLive(false);
    stream.onmessage = changed;
    stream.addEventListener('tick', changed);
    return () => {
      clearTimeout(timer.current);
      stream.close();
    };
  }, [read]);

  useEffect(() => {
    if (live) return undefined;
    const polling = setInterval(read, WITHOUT_STREAM_MS);
    return () => clearInterval(polling);
  }, [live, read]);

  return { state, version, live, error, refresh };
}
