/** Cards as the page draws them, without the page around them: many in a moment. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Gallery } from './gallery';

/** Makes an empty page a gallery of cards; in a process of its own, as the bundler does not run inside of jest. */
export async function openGallery(page: Page): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'threadlink-gallery-'));
  try {
    const options = {
      entryPoints: [path.resolve('test', 'browser', 'gallery.ts'), path.resolve('emulator', 'page', 'style.css')],
      entryNames: '[name]',
      outdir: folder,
      bundle: true,
      format: 'iife',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'error',
    };
    const script = `import esbuild from 'esbuild'; await esbuild.build(${JSON.stringify(options)}); await esbuild.stop();`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'pipe' });
    const style = readFileSync(path.join(folder, 'style.css'), 'utf8');
    await page.setContent(
      `<!doctype html><html lang="en"><head><title>Cards</title><style>${style}</style></head></html>`,
    );
    await page.evaluate(readFileSync(path.join(folder, 'gallery.js'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function hang(page: Page, name: string, card: unknown): Promise<void> {
  await page.evaluate(
    ([title, drawn]) => (globalThis as unknown as { gallery: Gallery }).gallery.hang(title as string, drawn as never),
    [name, card],
  );
}

export async function clearGallery(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { gallery: Gallery }).gallery.clear());
}

export const drawnCard = (page: Page, name: string) => page.locator(`[data-card="${name}"]`);
