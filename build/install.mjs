/**
 * Installs the packages of package-lock.json where they are missing or others, so that `npm start` and `npm test` work
 * on a fresh clone. Node's built-ins only: at this point nothing else need be there. Everything that is said goes to
 * stderr, because stdout belongs to the command that comes after.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inRoot, root } from './paths.mjs';

/** npm's own record of what it installed; written last, so an install that was broken off has none or an old one. */
const RECORD = inRoot('node_modules', '.package-lock.json');

export function install() {
  const wanted = readLock(inRoot('package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json cannot be read; restore it with git checkout');
  if (isInstalled(wanted, readLock(RECORD))) return;
  process.stderr.write('Installing packages (once)\n');
  npmCi();
  if (!isInstalled(wanted, readLock(RECORD)))
    throw new Error('npm ci ended, but the packages are not those of package-lock.json');
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

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Every package that the lock wants is there in that version; optional ones of other platforms may lack. */
function isInstalled(wanted, found) {
  if (found === undefined) return false;
  return Object.entries(wanted).every(([place, { version, optional, devOptional, peer }]) => {
    if (place === '') return true;
    const there = found[place];
    if (there === undefined) return Boolean(optional || devOptional || peer);
    return there.version === version;
  });
}
