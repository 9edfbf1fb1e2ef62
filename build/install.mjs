/**
 * Installs the packages of package-lock.json where they are missing or others, so that `npm start` and `npm test` work
 * on a fresh clone. Node's built-ins only: at this point nothing else need be there. Everything that is said goes to
 * stderr, because stdout belongs to the command that comes after.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { inRoot, root } from './paths.mjs';

/** npm's own record of an installation; written last, so one that was broken off has none. */
const RECORD = inRoot('node_modules', '.package-lock.json');

export function install() {
  const wanted = readJson(inRoot('package-lock.json'))?.packages;
  if (wanted === undefined) throw new Error('package-lock.json cannot be read; restore it with git checkout');
  if (isInstalled(wanted)) return;
  process.stderr.write('Installing packages (once)\n');
  npmCi();
  if (!isInstalled(wanted)) throw new Error('npm ci ended, but the packages are not those of package-lock.json');
}

function npmCi() {
  // npm tells its scripts where it is itself; that one is used again, so that npm 10 and 11 do not mix.
  const own = process.env.npm_execpath;
  const useOwn = own !== undefined && /npm-cli\.js$/.test(own);
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = useOwn
    ? spawnSync(process.execPath, [own, ...options], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', options, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (error) throw error;
  if (status !== 0) throw new Error(`npm ci ended with ${status}`);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Every package that the lock wants is there in that version; optional ones of other platforms may lack. The packages
 * themselves are asked, because npm also writes its record when it only makes a lock (`--package-lock-only`).
 */
function isInstalled(wanted) {
  if (!existsSync(RECORD)) return false;
  return Object.entries(wanted).every(([place, { version, optional, devOptional, peer }]) => {
    if (place === '') return true;
    const found = readJson(inRoot(place, 'package.json'));
    return found === undefined ? Boolean(optional || devOptional || peer) : found.version === version;
  });
}
