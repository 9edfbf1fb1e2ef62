/**
 * `node build/pictures.mjs`: the pictures of the README, taken of the built page on the demo world, the same each time.
 * Scripts that this machine has no font for come out blank: run it where there are fonts for Japanese.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { buildAddon } from './addon.mjs';
import { command } from './command.mjs';
import { buildEmulator } from './emulator.mjs';
import { install } from './install.mjs';
import { emulatorBundle, inRoot, root } from './paths.mjs';

const FOLDER = inRoot('docs', 'pictures');
const SIZE = { width: 1440, height: 900 };
const LARGEST = 400_000;

/** What each picture shows: what is clicked before it is taken, and which parts of the page are on it; all by default. */
const PICTURES = [
  {
    file: 'thread.png',
    async prepare(page) {
      await page.locator('.thread-list button', { hasText: 'Spring campaign' }).click();
      await page.locator('.contact-list button', { hasText: 'Ana Pereira' }).click();
      await page.locator('.crm-email').last().scrollIntoViewIfNeeded();
    },
  },
  {
    file: 'why.png',
    parts: ['.inbox', '.sidebar'],
    height: 520,
    async prepare(page) {
      await page.locator('.thread-list button', { hasText: 'A question before we start' }).click();
      await page.locator('.thread-subject').waitFor();
    },
  },
  {
    file: 'activity.png',
    parts: ['.sidebar'],
    height: 520,
    async prepare(page) {
      await page.getByRole('button', { name: 'Add-on menu' }).click();
      await page.getByRole('menuitem', { name: 'Activity' }).click();
      await page.getByRole('button', { name: 'Back', exact: true }).waitFor();
    },
  },
  {
    file: 'trouble.png',
    parts: ['.side'],
    height: 720,
    async prepare(page) {
      await page.getByRole('tab', { name: 'Time and trouble' }).click();
      await page.getByRole('button', { name: 'Send 25 e-mails from the CRM' }).click();
      await page.locator('.counter', { hasText: 'of 50' }).waitFor();
      await page.getByRole('button', { name: 'Arm', exact: true }).click();
      await page.getByRole('list', { name: 'Armed faults' }).waitFor();
      await page.getByRole('button', { name: 'Run sync now' }).click();
      await page.getByRole('list', { name: 'Faults that came' }).waitFor();
    },
  },
];

await command(async () => {
  install();
  await Promise.all([buildAddon(), buildEmulator()]);
  mkdirSync(FOLDER, { recursive: true });
  const { launchChromium } = await loadChromium();
  const browser = await launchChromium();
  try {
    for (const picture of PICTURES) await take(browser, picture);
  } finally {
    await browser.close();
  }
});

/** Each of a fresh world: what is opened for one is read in no other. */
async function take(browser, { file, prepare, parts, height }) {
  const emulator = await startEmulator();
  try {
    const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce' });
    await page.goto(emulator.address);
    await prepare(page);
    await page.locator('.sidebar[aria-busy=false] .card').waitFor();
    // The frames of the mails find their height.
    await page.waitForTimeout(1500);
    await page.mouse.move(0, 0);
    const path = inRoot('docs', 'pictures', file);
    await page.screenshot({ path, style: '.toasts { display: none; }', ...(await clipOf(page, parts, height)) });
    await page.close();
    const { size } = statSync(path);
    if (size > LARGEST) throw new Error(`${file} has ${size} bytes, more than ${LARGEST}.`);
    console.log(`docs/pictures/${file} ${Math.round(size / 1000)} KB`);
  } finally {
    emulator.stop();
  }
}

/** The rectangle around some parts of the page, cut below. */
async function clipOf(page, parts, height) {
  if (parts === undefined) return {};
  const boxes = await Promise.all(parts.map((part) => page.locator(part).boundingBox()));
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  return { clip: { x, y, width: right - x, height } };
}

function startEmulator() {
  const child = spawn(process.execPath, [emulatorBundle], {
    cwd: root,
    env: { ...process.env, PORT: '0', THREADLINK_SEED: '1', THREADLINK_WORLD: 'demo' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const match = /Threadlink is running at (\S+)/.exec(output);
      if (match !== null) resolve({ address: match[1], stop: () => child.kill('SIGTERM') });
    });
    child.once('exit', (code) => reject(new Error(`the emulator ended with ${code}`)));
  });
}

/** The browser tests' own helper, which is TypeScript. */
async function loadChromium() {
  const esbuild = await import('esbuild');
  const outfile = inRoot('.cache', 'pictures', 'chromium.cjs');
  await esbuild.build({
    entryPoints: [inRoot('test', 'browser', 'chromium.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  process.chdir(root);
  return (await import(outfile)).default;
}
