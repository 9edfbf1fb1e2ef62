/**
 * `npm start`: builds the add-on and the emulator, then becomes the emulator: the same process, so that signals and the
 * exit code are its own, and options after `--` reach it as they are.
 */
import { createRequire } from 'node:module';
import { buildAddon } from './addon.mjs';
import { command } from './command.mjs';
import { buildEmulator } from './emulator.mjs';
import { install } from './install.mjs';
import { emulatorBundle, root } from './paths.mjs';

await command(async () => {
  install();
  await Promise.all([buildAddon(), buildEmulator()]);
  process.chdir(root);
  createRequire(import.meta.url)(emulatorBundle);
});
