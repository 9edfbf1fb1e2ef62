/** The installation on a fresh clone, tried on a small project of its own that needs no network. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './built';

interface Lock {
  packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;
}

let made: string;
let clone: string;
const inClone = (...parts: string[]) => path.join(clone, ...parts);

beforeAll(() => {
  made = mkdtempSync(path.join(tmpdir(), 'threadlink-made-'));
  for (const version of ['1.0.0', '2.0.0']) makeProject(path.join(made, version), version);
}, 60_000);
afterAll(() => rmSync(made, { recursive: true, force: true }));

beforeEach(() => {
  clone = mkdtempSync(path.join(tmpdir(), 'threadlink-clone-'));
  cpSync(path.join(root, 'build'), inClone('build'), { recursive: true });
  checkOut('1.0.0');
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function checkOut(version: string): void {
  cpSync(path.join(made, version), clone, { recursive: true });
}

/** A project with one package out of a file, and its lock as npm writes it. */
function makeProject(folder: string, version: string): void {
  const letter = path.join(folder, 'letter');
  mkdirSync(letter, { recursive: true });
  writeFileSync(path.join(letter, 'package.json'), JSON.stringify({ name: 'letter', version }));
  npm(folder, ['pack', './letter', '--silent']);
  rmSync(letter, { recursive: true });
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'clone', devDependencies: { letter: `file:letter-${version}.tgz` } }),
  );
  npm(folder, ['install', '--package-lock-only', '--no-audit', '--no-fund', '--offline']);
}

function npm(folder: string, options: string[]): void {
  const { status, stderr } = spawnSync('npm', options, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function install(): { status: number | null; stdout: string; stderr: string } {
  const script = "import { install } from './build/install.mjs'; install(); process.stdout.write('started');";
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: clone, encoding: 'utf8' });
}

const installedVersion = () =>
  (JSON.parse(readFileSync(inClone('node_modules', 'letter', 'package.json'), 'utf8')) as { version: string }).version;

test('a fresh clone gets its packages, and stdout stays free', () => {
  const { stdout, stderr } = install();
  expect(stdout).toBe('started');
  expect(stderr).toContain('Installing packages');
  expect(installedVersion()).toBe('1.0.0');
}, 60_000);

test('where the packages are there nothing is installed', () => {
  install();
  writeFileSync(inClone('node_modules', 'kept'), '');
  expect(install().stderr).toBe('');
  expect(existsSync(inClone('node_modules', 'kept'))).toBe(true);
}, 60_000);

test('another lock, as after a pull, installs again', () => {
  install();
  checkOut('2.0.0');
  install();
  expect(installedVersion()).toBe('2.0.0');
}, 60_000);

test('a lock that npm made without installing does not pass for an installation', () => {
  install();
  checkOut('2.0.0');
  npm(clone, ['install', '--package-lock-only', '--no-audit', '--no-fund', '--offline']);
  install();
  expect(installedVersion()).toBe('2.0.0');
}, 60_000);

test('an install that was broken off is made again', () => {
  install();
  rmSync(inClone('node_modules', '.package-lock.json'));
  expect(install().stderr).toContain('Installing packages');
}, 60_000);

test('a lock that cannot be read is said, not guessed', () => {
  writeFileSync(inClone('package-lock.json'), '{');
  const { status, stderr } = install();
  expect(status).not.toBe(0);
  expect(stderr).toContain('package-lock.json');
}, 60_000);

test('the lock names the optional packages of every platform, without which npm ci refuses it', () => {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lock;
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(packages, place, name)),
  );
  expect(missing).toEqual([]);
});

test('every package of the project is pinned to one version', () => {
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(Object.entries(devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

/** Found as Node finds it: in the package's own folder, or in one above. */
function isLocked(packages: Lock['packages'], place: string, name: string): boolean {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`] !== undefined) return true;
    if (from === '') return false;
  }
}
