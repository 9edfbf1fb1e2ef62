/**
 * Bundles `src/index.ts` to `dist/Code.js` and puts the manifest beside it: what clasp pushes, and what the emulator runs.
 * Apps Script finds functions by name alone, so `index.ts` assigns its entry points to `global` and gas-webpack-plugin
 * declares each at top level; its own option for ES exports makes bundles that throw at load (facts, tooling 4).
 */
import { copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { dist, inRoot, root } from './paths.mjs';

/** The platform lacks private and static class fields, which came after this year (facts, platform 2.5). */
const TARGET = 'es2019';

/** Gives the size of the bundle; throws what the bundler had to say, warnings too. */
export async function buildAddon({ folder = dist } = {}) {
  const require = createRequire(import.meta.url);
  const webpack = require('webpack');
  const GasPlugin = require('gas-webpack-plugin');
  const { EsbuildPlugin } = require('esbuild-loader');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const compiler = webpack({
    mode: 'production',
    context: root,
    entry: inRoot('src', 'index.ts'),
    // Nothing of the browser's or of Node's world may be assumed.
    target: TARGET,
    devtool: false,
    // One file: there is nothing that could load another.
    output: {
      path: folder,
      filename: 'Code.js',
      chunkFormat: false,
      chunkLoading: false,
      environment: { globalThis: true },
    },
    resolve: { extensions: ['.ts', '.js'] },
    module: { rules: [{ test: /\.[jt]s$/, loader: 'esbuild-loader', options: { target: TARGET } }] },
    optimization: {
      // Names go too: the platform loads every byte at every run, and the log has codes to tell where something failed.
      minimizer: [new EsbuildPlugin({ target: TARGET, minify: true, legalComments: 'none' })],
    },
    performance: { hints: false },
    plugins: [new GasPlugin({ comment: false, include: ['src/index.ts'] })],
  });
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) =>
      compiler.close((closing) => ((error ?? closing) ? reject(error ?? closing) : resolve(result))),
    );
  });
  if (stats.hasErrors() || stats.hasWarnings())
    throw new Error(stats.toString({ preset: 'errors-warnings', colors: false }));
  copyFileSync(inRoot('appsscript.json'), path.join(folder, 'appsscript.json'));
  return { bytes: statSync(path.join(folder, 'Code.js')).size };
}
