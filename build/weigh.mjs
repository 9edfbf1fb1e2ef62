/**
 * `node build/weigh.mjs`: what weighs in the bundle, by folder and by file. esbuild alone puts it together here, a little
 * heavier than the bundler does, since it keeps account of which byte came from where.
 */
import { build } from 'esbuild';
import path from 'node:path';
import { command } from './command.mjs';
import { inRoot, root } from './paths.mjs';

const MOST_FILES = 25;

await command(async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [inRoot('src', 'index.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: process.argv[2] ?? 'es2019',
    write: false,
    metafile: true,
    outfile: 'Code.js',
    legalComments: 'none',
  });
  const [{ bytes, inputs }] = Object.values(metafile.outputs);
  const files = Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput]);
  const folders = new Map();
  for (const [file, weight] of files) {
    const folder = file.includes('node_modules') ? 'packages' : path.dirname(file);
    folders.set(folder, (folders.get(folder) ?? 0) + weight);
  }
  console.log(`${bytes} bytes\n\n${table([...folders])}\n\n${table(files, MOST_FILES)}`);
});

function table(rows, most = rows.length) {
  return rows
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, weight]) => `${String(weight).padStart(7)}  ${name}`)
    .join('\n');
}
