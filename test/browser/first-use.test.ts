/**
 * A first use, as somebody does it who has read nothing: from nothing connected to a contact's answer on both sides. Every
 * click and every value that is typed is counted, so that it cannot become more.
 */
import type { Locator, Page } from 'playwright-core';
import { until } from './page';
import { useEmulator } from './use-emulator';

const MOST_CLICKS = 12;
const MOST_TYPED = 2;

describe('a first use', () => {
  const emulator = useEmulator();
  const { control } = emulator;
  let page: Page;
  let clicks: string[] = [];
  let typed: string[] = [];

  beforeAll(async () => {
    page = await emulator.open();
  }, 120_000);
  beforeEach(() => {
    clicks = [];
    typed = [];
  });

  async function click(what: Locator): Promise<void> {
    await what.waitFor();
    clicks.push((await what.innerText()).replace(/\s+/g, ' ').trim());
    await what.click();
  }
  async function type(where: Locator, value: string): Promise<void> {
    typed.push(value);
    await where.fill(value);
  }

  test(`takes ${MOST_CLICKS} clicks and ${MOST_TYPED} typed values at most`, async () => {
    const sidebar = page.locator('.sidebar');
    const side = page.locator('.side');
    const main = sidebar.locator('.card-footer .card-button.filled');
    const codes = side.locator('.private-integration code');
    await until(async () => (await codes.count()) === 2);
    const [token, location] = await codes.allInnerTexts();

    await type(sidebar.locator('input[name=token]'), token);
    await type(sidebar.locator('input[name=location]'), location);
    await click(main);
    await sidebar.locator('select[name=address]').waitFor();
    await click(main);
    await page.getByText(/^Connected, every/).waitFor();

    await click(side.getByRole('button', { name: /Ana Pereira/ }));
    await click(side.getByRole('button', { name: 'Write' }));
    await click(side.getByRole('button', { name: 'Example text' }));
    await click(side.getByRole('button', { name: 'Send from the CRM' }));
    await side.locator('.crm-email').waitFor();
    await click(page.getByRole('button', { name: 'Run sync now' }));
    await page.getByText('Synced.').first().waitFor();

    await click(side.getByRole('tab', { name: 'Outside mailboxes' }));
    await click(side.getByRole('button', { name: 'Answer', exact: true }));
    await click(side.getByRole('button', { name: 'Example text' }));
    await click(side.getByRole('button', { name: /^Send as Ana/ }));
    await click(page.getByRole('button', { name: '+1 h' }));

    const thread = page.locator('.thread-list button');
    await until(async () => (await thread.count()) === 1);
    expect(await thread.innerText()).toMatch(/me, Ana Pereira\s*2/);
    const balance = (await control('GET', 'balance?user=agent@example.com')) as object;
    expect(balance).toMatchObject({ total: 2, both: 2, lone: [], twice: [] });
    expect(clicks.length).toBeLessThanOrEqual(MOST_CLICKS);
    expect(typed.length).toBeLessThanOrEqual(MOST_TYPED);
    expect(emulator.troubles()).toEqual([]);
  });
});
