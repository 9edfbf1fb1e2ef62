/** Bundles the emulator for Node (`.cache/emulator/main.cjs`) and its page for browsers (`.cache/page/`). */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { emulatorBundle, inRoot, pageFolder, root } from './paths.mjs';

const common = { absWorkingDir: root, bundle: true, sourcemap: 'inline', logLevel: 'error', legalComments: 'none' };

export async function buildEmulator() {
  const esbuild = await import('esbuild');
  rmSync(pageFolder, { recursive: true, force: true });
  mkdirSync(pageFolder, { recursive: true });
  await Promise.all([
    esbuild.build({
      ...common,
      entryPoints: [inRoot('emulator', 'main.ts')],
      outfile: emulatorBundle,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      tsconfig: inRoot('emulator', 'tsconfig.json'),
    }),
    esbuild.build({
      ...common,
      entryPoints: [inRoot('emulator', 'page', 'main.tsx')],
      outfile: path.join(pageFolder, 'main.js'),
      platform: 'browser',
      target: 'es2022',
      format: 'esm',
      minify: true,
      tsconfig: inRoot('emulator', 'page', 'tsconfig.json'),
    }),
  ]);
  for (const file of ['index.html', 'style.css']) {
    copyFileSync(inRoot('emulator', 'page', file), path.join(pageFolder, file));
  }
  await esbuild.stop();
}
