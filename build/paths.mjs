/** Where things are, from the repository's root, so that every script can be started from any folder. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const inRoot = (...parts) => path.join(root, ...parts);

/** The add-on, as it is pushed to Apps Script. */
export const dist = inRoot('dist');
/** The emulator and its page, built. */
export const emulatorBundle = inRoot('.cache', 'emulator', 'main.cjs');
export const pageFolder = inRoot('.cache', 'page');
