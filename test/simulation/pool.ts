/** Worker processes that take jobs until there are none left. */
import { fork } from 'node:child_process';
import type { Job, Report, ReportOf } from './jobs';

const FLAGS = ['--max-semi-space-size=32'];

/** Reports come as they are done; the order of the result is that of the jobs. */
export async function runAll<J extends Job>(
  jobs: readonly J[],
  processes: number,
  /** What fails is told at once, as the whole may take hours. */
  tell: (report: ReportOf<J>) => void = () => undefined,
): Promise<ReportOf<J>[]> {
  const reports: Report[] = new Array<Report>(jobs.length);
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(processes, jobs.length) }, () =>
      work(
        () => {
          if (next === jobs.length) return undefined;
          const index = next++;
          return { index, job: jobs[index] };
        },
        (index, report) => {
          reports[index] = report;
          tell(report as ReportOf<J>);
        },
      ),
    ),
  );
  return reports as ReportOf<J>[];
}

interface Task {
  readonly index: number;
  readonly job: Job;
}

function work(take: () => Task | undefined, give: (index: number, report: Report) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1], ['--worker'], { execArgv: [...process.execArgv, ...FLAGS] });
    let current: Task | undefined;
    const goOn = (): void => {
      current = take();
      if (current === undefined) child.disconnect();
      else child.send(current.job);
    };
    child.on('message', (message: { readonly report?: Report; readonly error?: string }) => {
      if (current === undefined) return;
      if (message.error !== undefined) {
        child.kill();
        return reject(new Error(`${JSON.stringify(current.job)}: ${message.error}`));
      }
      if (message.report !== undefined) give(current.index, message.report);
      goOn();
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0 && current === undefined) resolve();
      else reject(new Error(`a worker ended with ${String(code)}`));
    });
    goOn();
  });
}
