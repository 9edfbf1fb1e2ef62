/** Something that a click sets going: one at a time, its failure told to the person. */
import { useState } from 'preact/hooks';
import { useNotify } from './toasts';

export interface Task {
  readonly busy: boolean;
  readonly run: (work: () => Promise<unknown>) => void;
}

export function useTask(): Task {
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const run = (work: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    work()
      .catch((reason: unknown) => notify(reason instanceof Error ? reason.message : String(reason), 'bad'))
      .finally(() => setBusy(false));
  };
  return { busy, run };
}
