/**
 * `npm test`: every check, cheap ones first, ended by the first that fails with its exit code. Steps that need not wait
 * for one another run two at a time; what each says is shown when it ends, so that it stays together.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { buildAddon } from './addon.mjs';
import { command } from './command.mjs';
import { buildEmulator } from './emulator.mjs';
import { install } from './install.mjs';
import { inRoot, root } from './paths.mjs';

const bin = (packageName, file) => inRoot('node_modules', packageName, file);
const tsc = (project) => [bin('typescript', 'bin/tsc'), '-p', project];
// What runs in an emulated execution is thrown away with it: to optimize it takes more than it gives.
const SCARCELY_OPTIMIZED = '--interrupt-budget=2000000';
const jest = (project) => [
  ...(project === 'whole' ? [SCARCELY_OPTIMIZED] : []),
  bin('jest', 'bin/jest.js'),
  '--selectProjects',
  project,
  '--json',
  `--outputFile=${totalsFile(project)}`,
  // The runner leaves a core to itself, which on a machine of two is half of it.
  project === 'browser' ? '--runInBand' : '--maxWorkers=100%',
];
const totalsFile = (project) => inRoot('.cache', `jest-${project}.json`);

/** Steps of one row run two at a time, the long ones first. */
const rows = [
  [
    { name: 'lint', run: [bin('eslint', 'bin/eslint.js'), '--max-warnings', '0', '.'] },
    { name: 'types of test', run: tsc('test/tsconfig.json') },
    { name: 'format', run: [bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
    { name: 'types of src', run: tsc('tsconfig.json') },
    { name: 'types of emulator', run: tsc('emulator/tsconfig.json') },
    { name: 'types of page', run: tsc('emulator/page/tsconfig.json') },
  ],
  [{ name: 'build', run: () => Promise.all([buildAddon(), buildEmulator()]) }],
  [{ name: 'unit', run: jest('unit') }],
  [{ name: 'whole', run: jest('whole') }],
  [{ name: 'simulation', run: [inRoot('build', 'simulate.mjs'), '--built', '--check'] }],
  [{ name: 'browser', run: jest('browser') }],
];

await command(async () => {
  install();
  const started = Date.now();
  const projects = ['unit', 'whole', 'browser'];
  for (const project of projects) rmSync(totalsFile(project), { force: true });
  for (const row of rows) {
    const results = await twoAtATime(row);
    const failed = results.find(({ code }) => code !== 0);
    if (failed !== undefined) {
      process.exitCode = failed.code;
      console.log(
        `\nFailed: ${results
          .filter(({ code }) => code !== 0)
          .map(({ name }) => name)
          .join(', ')}`,
      );
      break;
    }
  }
  const totals = projects.map(readTotals);
  const sum = (key) => totals.reduce((total, { [key]: count }) => total + count, 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed (${seconds(started)})`);
});

async function twoAtATime(row) {
  const left = [...row];
  const results = [];
  const lane = async () => {
    for (let step = left.shift(); step !== undefined; step = left.shift()) results.push(await runStep(step));
  };
  await Promise.all([lane(), lane()]);
  return results;
}

async function runStep({ name, run }) {
  const started = Date.now();
  const { code, output } = typeof run === 'function' ? await inProcess(run) : await inChild(run);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds(started)})`);
  if (code !== 0) process.stdout.write(output.endsWith('\n') ? output : `${output}\n`);
  return { name, code };
}

async function inProcess(run) {
  try {
    await run();
    return { code: 0, output: '' };
  } catch (error) {
    return { code: 1, output: String(error.message) };
  }
}

function inChild(run) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, run, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    // A step that was killed has no code; 1 stands for it.
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

function readTotals(project) {
  try {
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(totalsFile(project), 'utf8'));
    return { passed, failed };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
