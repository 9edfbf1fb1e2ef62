/** `npm run simulate`: see docs/reliability.md. Started by build/simulate.mjs, and by itself as a worker. */
import { parseArgs } from 'node:util';
import { checkCuts, checkDays, checkKept, checkMutants, checkPairs, countCuts, explainCut, keepDay } from './commands';
import { CANARY, QUICK } from './mutants/mutants';
import { perform, type Job } from './jobs';

const { values } = parseArgs({
  options: {
    worker: { type: 'boolean', default: false },
    bundle: { type: 'string', default: 'dist/Code.js' },
    jobs: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    count: { type: 'boolean', default: false },
    cut: { type: 'string' },
    faults: { type: 'string' },
    offset: { type: 'string', default: '0' },
    pairs: { type: 'string' },
    share: { type: 'string', default: '1' },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string' },
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    days: { type: 'string' },
    keep: { type: 'string' },
    kept: { type: 'boolean', default: false },
  },
});

/** What `npm test` asks, and what `npm run simulate` asks without options; beside these faults every kill. */
const CHECK = { faults: 6_000, days: 500 };

if (values.worker) {
  process.on('message', (job: Job) => {
    perform(job).then(
      (report) => process.send?.({ report }),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
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
  const options = {
    bundle: values.bundle,
    processes: Number(values.jobs),
    json: values.json,
    offset: Number(values.offset),
  };
  if (values.count) return countCuts(options);
  if (values.pairs !== undefined) {
    return checkPairs(options, values.pairs === 'any' ? 'any' : 'kills', Number(values.share));
  }
  if (values.mutant !== undefined) return checkMutants(options, [values.mutant]);
  if (values.mutants) return checkMutants(options, values.all ? undefined : QUICK);
  if (values.kept) return checkKept(options);
  if (values.keep !== undefined) return keepDay(options, Number(values.from), values.keep);
  if (values.seeds !== undefined) {
    const days = values.days === undefined ? undefined : Number(values.days);
    return checkDays(options, Number(values.from), Number(values.seeds), days);
  }
  if (values.cut !== undefined) return explainCut(options, values.cut);
  if (values.all) return checkCuts(options, Infinity);
  if (values.faults !== undefined) return checkCuts(options, Number(values.faults));
  const results = [
    checkKept(options),
    await checkCuts({ ...options, kills: true }, CHECK.faults),
    await checkDays(options, 1, CHECK.days),
    await checkMutants(options, values.check ? [CANARY] : QUICK),
  ];
  return results.every((ok) => ok);
}
