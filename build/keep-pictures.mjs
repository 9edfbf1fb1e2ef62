/**
 * `npm run pictures`: takes the kept pictures of cards and of the page anew, those that differ. What has changed is then in
 * `git diff`, words and pieces as text beside each picture.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { buildAddon } from './addon.mjs';
import { command } from './command.mjs';
import { buildEmulator } from './emulator.mjs';
import { install } from './install.mjs';
import { inRoot, root } from './paths.mjs';

/** Every test that compares pictures. */
const TESTS = ['card-pictures', 'card-service', 'compose', 'states'];
const STALE = inRoot('test', 'browser', 'pictures', 'cards');

await command(async () => {
  install();
  await Promise.all([buildAddon(), buildEmulator()]);
  // A card that no state draws any more leaves no picture; without `--all` only what differs is taken.
  if (process.argv.includes('--all')) for (const file of readdirSync(STALE)) rmSync(inRoot(STALE, file));
  const files = TESTS.map((name) => `test/browser/${name}.test.ts`);
  const { status } = spawnSync(
    process.execPath,
    [inRoot('node_modules', 'jest', 'bin', 'jest.js'), '--runInBand', '--silent', ...files],
    { cwd: root, stdio: 'inherit', env: { ...process.env, UPDATE_PICTURES: '1' } },
  );
  process.exitCode = status ?? 1;
});
