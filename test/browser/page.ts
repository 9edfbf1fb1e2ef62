/** One browser and pages in it for a test file; a page may not reach anything outside this machine. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from './chromium';

export interface Browsing {
  /** A page in a context of its own, which says what went wrong in it. */
  readonly open: (address: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Errors of all pages since the last time it was asked. */
  readonly troubles: () => string[];
  readonly close: () => Promise<void>;
}

/** For one thing to happen on the page. */
const ANSWER_MS = 30_000;

// A step on the page is many round trips, on machines that do other things too.
jest.setTimeout(150_000);

export async function startBrowsing(): Promise<Browsing> {
  const browser: Browser = await launchChromium();
  let troubles: string[] = [];
  return {
    open: async (address, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      context.setDefaultTimeout(ANSWER_MS);
      await context.route(
        (url) => url.hostname !== '127.0.0.1',
        (route) => {
          troubles.push(`asked for ${route.request().url()}`);
          return route.abort();
        },
      );
      const page = await context.newPage();
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') troubles.push(message.text());
      });
      await page.goto(address);
      return page;
    },
    troubles: () => {
      const seen = troubles;
      troubles = [];
      return seen;
    },
    close: () => browser.close(),
  };
}

/** Waits for something that happens outside the page. */
export async function until(fits: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + ANSWER_MS;
  while (!(await fits())) {
    if (Date.now() > deadline) throw new Error(`in vain: ${fits.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
