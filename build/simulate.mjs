/**
 * `npm run simulate`: the proof of section X. Builds the add-on and the simulation, and runs the one in the other; see
 * docs/reliability.md for what can be asked of it. The simulation must know nothing of the add-on but its bundle.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildAddon } from './addon.mjs';
import { command } from './command.mjs';
import { install } from './install.mjs';
import { dist, inRoot, root } from './paths.mjs';

const program = inRoot('.cache', 'simulation', 'main.cjs');

await command(async () => {
  install();
  // As a step of `npm test` the bundle that was built before is the one to prove.
  const given = process.argv.slice(2).filter((argument) => argument !== '--built');
  const folder = process.argv.includes('--built') ? dist : inRoot('.cache', 'simulation', 'addon');
  if (folder !== dist) await buildAddon({ folder });
  await buildSimulation();
  const { status } = spawnSync(
    process.execPath,
    ['--enable-source-maps', program, '--bundle', path.join(folder, 'Code.js'), ...given],
    { cwd: root, stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
});

async function buildSimulation() {
  const esbuild = await import('esbuild');
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [inRoot('test', 'simulation', 'main.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'linked',
    logLevel: 'error',
    metafile: true,
    external: ['esbuild'],
    tsconfig: inRoot('test', 'tsconfig.json'),
  });
  const inside = Object.keys(metafile.inputs).filter((file) => file.startsWith('src/'));
  if (inside.length > 0) throw new Error(`the simulation judges from outside, and imports ${inside.join(', ')}`);
}
