/**
 * `npm run simulate`: the proof of section X. Builds the add-on and the simulation, and runs the one in the other; see
 * docs/reliability.md for what can be asked of it. The simulation must know nothing of the add-on but its bundle.
 */
import { spawnSync } from 'node:child_process';
import { buildAddon } from './addon.mjs';
import { command } from './command.mjs';
import { install } from './install.mjs';
import { inRoot, root } from './paths.mjs';

const bundle = inRoot('.cache', 'simulation', 'addon');
const program = inRoot('.cache', 'simulation', 'main.cjs');

await command(async () => {
  install();
  await buildAddon({ folder: bundle });
  await buildSimulation();
  const given = process.argv.slice(2);
  const { status } = spawnSync(
    process.execPath,
    ['--enable-source-maps', program, '--bundle', inRoot('.cache', 'simulation', 'addon', 'Code.js'), ...given],
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
