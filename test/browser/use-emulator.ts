/** What every test file of the page begins and ends with: the emulator, a browser, and pages whose errors fail the test. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startBrowsing, type Browsing } from './page';
import { startEmulator, type RunningEmulator } from './running-emulator';

export interface UsedEmulator {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  readonly open: (options?: BrowserContextOptions, address?: string) => Promise<Page>;
  /** A control call that works. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** An outside mailbox hands in a mail as it travels. */
  readonly deliver: (from: string, to: string, raw: string) => Promise<void>;
  /** Errors of the pages, which then count no more. */
  readonly troubles: () => string[];
}

/** With `fresh` each test has an untouched world and leaves no page open; else the tests of the file go on from each other. */
export function useEmulator({
  world = 'empty',
  fresh = false,
}: { world?: 'empty' | 'demo'; fresh?: boolean } = {}): UsedEmulator {
  let emulator: RunningEmulator;
  let browsing: Browsing;
  let pages: Page[] = [];

  async function control(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${emulator.address}/emulator/${path}`, { method, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
    return answer.json();
  }

  beforeAll(async () => {
    emulator = await startEmulator(world);
    browsing = await startBrowsing();
  }, 120_000);
  afterAll(async () => {
    await browsing?.close();
    await emulator?.stop();
  });
  beforeEach(async () => {
    if (fresh) await control('POST', 'reset', { world, seed: 1 });
  });
  afterEach(async () => {
    if (fresh) {
      for (const page of pages) await page.context().close();
      pages = [];
    }
    expect(browsing?.troubles()).toEqual([]);
  });

  return {
    get address() {
      return emulator.address;
    },
    open: async (options = {}, address = emulator.address) => {
      const page = await browsing.open(address, options);
      pages.push(page);
      return page;
    },
    control,
    deliver: async (from, to, raw) => {
      const query = new URLSearchParams({ from, to }).toString();
      const answer = await fetch(`${emulator.address}/emulator/mail?${query}`, { method: 'POST', body: raw });
      expect(answer.status).toBe(200);
    },
    troubles: () => browsing.troubles(),
  };
}
