/** `npm run simulate`: see docs/reliability.md. Started by build/simulate.mjs, and by itself as a worker. */
import { parseArgs } from 'node:util';
import { checkCuts, countCuts, explainCut } from './commands';
import { perform, type Job } from './jobs';

const { values } = parseArgs({
  options: {
    worker: { type: 'boolean', default: false },
    bundle: { type: 'string', default: 'dist/Code.js' },
    jobs: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    count: { type: 'boolean', default: false },
    cut: { type: 'string' },
    faults: { type: 'string' },
  },
});

if (values.worker) {
  process.on('message', (job: Job) => {
    try {
      process.send?.({ report: perform(job) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
} else {
  void command().then(
    (ok) => (process.exitCode = ok ? 0 : 1),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}

async function command(): Promise<boolean> {
  const options = { bundle: values.bundle, processes: Number(values.jobs), json: values.json };
  if (values.count) return countCuts(options);
  if (values.cut !== undefined) return explainCut(options, values.cut);
  const faults = values.all ? Infinity : Number(values.faults ?? SELECTION);
  return checkCuts(options, faults);
}

/** Single faults that `npm test` runs. */
const SELECTION = 10_000;
