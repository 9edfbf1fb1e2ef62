/** `npm run build`: the add-on to `dist/`, ready for `npx clasp push -f`. */
import { buildAddon } from './addon.mjs';
import { install } from './install.mjs';
import { command } from './command.mjs';

await command(async () => {
  install();
  const { bytes } = await buildAddon();
  console.log(`dist/Code.js ${(bytes / 1024).toFixed(1)} KB`);
});
