/**
 * The add-on with one small bug in it: its sources are bundled anew with one text replaced, which must be there exactly
 * once. Bundled plainly, without the shipped bundle's minifying, as nothing but the bug is of interest.
 */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import type { Mutant } from './mutants';

/** Gives the code. Throws where the text is not there exactly once. */
export async function bundleWith(mutant: Pick<Mutant, 'file' | 'text' | 'bug'> | undefined): Promise<string> {
  const esbuild = await import('esbuild');
  const root = process.cwd();
  const place = mutant === undefined ? undefined : path.join(root, 'src', mutant.file);
  let planted = mutant === undefined;
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [path.join(root, 'src', 'index.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2019',
    logLevel: 'silent',
    // The sources assign what the platform calls to `global`.
    banner: { js: 'var global = globalThis;' },
    plugins: [
      {
        name: 'planted-bug',
        setup: (build) => {
          build.onLoad({ filter: /\.ts$/ }, (args) => {
            if (mutant === undefined || args.path !== place) return undefined;
            planted = true;
            return { contents: plant(readFileSync(args.path, 'utf8'), mutant), loader: 'ts' };
          });
        },
      },
    ],
  });
  if (!planted) throw new Error(`${mutant?.file ?? ''} is not part of the add-on`);
  return outputFiles[0].text;
}

export function plant(source: string, { text, bug, file }: Pick<Mutant, 'file' | 'text' | 'bug'>): string {
  const parts = source.split(text);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times, and not once: ${text}`);
  return parts.join(bug);
}
