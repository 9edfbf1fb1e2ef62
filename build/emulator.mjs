/** Bundles the emulator for Node (`.cache/emulator/main.cjs`) and its page for browsers (`.cache/page/`). */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { emulatorBundle, inRoot, pageFolder, root } from './paths.mjs';

const common = { absWorkingDir: root, bundle: true, sourcemap: 'inline', logLevel: 'error', legalComments: 'none' };

/** esbuild's service is left running: the add-on's bundler uses the same one, at times at the same moment. */
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
      entryPoints: [inRoot('emulator', 'page', 'main.tsx'), inRoot('emulator', 'page', 'style.css')],
      outdir: pageFolder,
      platform: 'browser',
      target: 'es2022',
      format: 'esm',
      minify: true,
      tsconfig: inRoot('emulator', 'page', 'tsconfig.json'),
    }),
  ]);
  copyFileSync(inRoot('emulator', 'page', 'index.html'), path.join(pageFolder, 'index.html'));
}
