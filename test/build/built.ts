/** The add-on, bundled into a folder of its own, so that a test needs no build before it and disturbs none. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(__dirname, '..', '..');

export interface Built {
  /** A project folder as clasp wants it: `.clasp.json` and `dist/`. */
  readonly project: string;
  readonly code: string;
  remove(): void;
}

/** Takes about a second. Throws with the bundler's own words where it fails. */
export function buildAddon(): Built {
  const project = mkdtempSync(path.join(tmpdir(), 'threadlink-build-'));
  const folder = path.join(project, 'dist');
  // A process of its own: webpack inside of jest's module registry would be another program than the one that is shipped.
  const script = `import { buildAddon } from './build/addon.mjs'; await buildAddon({ folder: ${JSON.stringify(folder)} });`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, stdio: 'pipe' });
  cpSync(path.join(root, '.clasp.json'), path.join(project, '.clasp.json'));
  return {
    project,
    code: readFileSync(path.join(folder, 'Code.js'), 'utf8'),
    remove: () => rmSync(project, { recursive: true, force: true }),
  };
}
