/**
 * A Chromium for the browser tests and the pictures: one that is on this machine, or the one inside an npm package,
 * which unpacks itself. Nothing is downloaded.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Facts, tooling 9; without a zygote, as containers often have no user namespaces. */
const ARGUMENTS = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];
const INSTALLED = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const UNPACKED = path.resolve('.cache', 'chromium');

const installed = INSTALLED.find((file) => file !== undefined && file !== '' && existsSync(file));
/** The package brings its own font; an installed browser has those of its machine. */
export const HAS_KNOWN_FONTS = installed === undefined;

export async function launchChromium(): Promise<Browser> {
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: ARGUMENTS });
  const folder = unpack();
  const executablePath = path.join(folder, 'chromium');
  const fonts = { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
  try {
    return await chromium.launch({ executablePath, args: ARGUMENTS, env: { ...environment(), ...fonts } });
  } catch (error) {
    if (!String(error).includes('error while loading shared libraries')) throw error;
    // A bare machine lacks the few libraries that Chromium takes from the system; the package has them too.
    const libraries = { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') };
    return chromium.launch({ executablePath, args: ARGUMENTS, env: { ...environment(), ...fonts, ...libraries } });
  }
}

const UNPACK = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;

/**
 * The package unpacks into the temporary folder and takes whatever is there for whole. So it gets a folder of its own,
 * which has its final name only once everything is in it; in a process of its own, because the test runner's environment
 * is a copy that Node does not look at for the temporary folder.
 */
function unpack(): string {
  if (existsSync(path.join(UNPACKED, 'chromium'))) return UNPACKED;
  rmSync(UNPACKED, { recursive: true, force: true });
  mkdirSync(path.dirname(UNPACKED), { recursive: true });
  const folder = mkdtempSync(`${UNPACKED}-`);
  // The second makes it unpack the shared libraries as well.
  const env = { ...environment(), TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  execFileSync(process.execPath, ['--input-type=module', '--eval', UNPACK], { env, stdio: 'pipe' });
  writeFileSync(path.join(folder, 'fonts.conf'), fontsOf(UNPACKED));
  try {
    renameSync(folder, UNPACKED);
  } catch {
    // Another process was faster.
    rmSync(folder, { recursive: true, force: true });
  }
  return UNPACKED;
}

/** The package's own font beside those of the machine, which may have none. */
function fontsOf(folder: string): string {
  const folders = [path.join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  const entries = folders.map((entry) => `  <dir>${entry}</dir>`).join('\n');
  const cache = path.join(folder, 'fonts-cache');
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n${entries}\n  <cachedir>${cache}</cachedir>\n</fontconfig>\n`;
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
