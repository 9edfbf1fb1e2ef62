/** Whatever makes time pass or the add-on run: its failed runs are told, and the page looks again. */
import type { Execution } from '../api/control';
import { useNotify } from './toasts';
import { useTask, type Task } from './use-task';

type Executions = readonly Execution[];

export interface Passing {
  readonly busy: boolean;
  /** `then` with the executions, when all is done. */
  readonly pass: (work: () => Promise<{ executions: Executions }>, then?: (executions: Executions) => void) => void;
  readonly run: Task['run'];
}

export function usePass(onTimePassed: () => void): Passing {
  const task = useTask();
  const notify = useNotify();
  return {
    busy: task.busy,
    run: task.run,
    pass: (work, then) =>
      task.run(async () => {
        const { executions } = await work();
        for (const { ok, error, killed } of executions) {
          if (killed === true) notify('A run of the add-on was ended in the middle.', 'bad');
          else if (!ok) notify(`A run of the add-on failed: ${error ?? 'no reason given'}`, 'bad');
        }
        onTimePassed();
        then?.(executions);
      }),
  };
}
