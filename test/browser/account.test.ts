/** The account's own flows on the page, with the built add-on: settings, another address, activity, sign-in, disconnect. */
import type { Page } from 'playwright-core';
import { seriousFaults } from './accessibility';
import { until } from './page';
import { useEmulator } from './use-emulator';

const AGENT = 'agent@example.com';

describe('the account', () => {
  const emulator = useEmulator({ fresh: true });
  const { control } = emulator;
  let page: Page;

  const sidebar = () => page.locator('.sidebar');
  const idle = () => page.locator('.sidebar[aria-busy=false] .card').waitFor();
  const main = () => sidebar().locator('.card-footer .card-button.filled');
  async function open(connected: boolean): Promise<void> {
    if (connected) await control('POST', 'connect', { user: AGENT });
    page = await emulator.open({ reducedMotion: 'reduce' });
    await idle();
  }
  async function menu(name: string): Promise<void> {
    await page.getByRole('button', { name: 'Add-on menu' }).click();
    await page.getByRole('menuitem', { name }).click();
  }
  const says = (text: string | RegExp) => sidebar().locator('.card').getByText(text).first().waitFor();
  const press = (name: string) => sidebar().getByRole('button', { name, exact: true }).click();

  test('C6: another address of the mailbox is chosen in the settings, without disconnecting', async () => {
    await open(true);
    const { accounts } = (await control('GET', 'state')) as { accounts: { email: string; aliases?: string[] }[] };
    const alias = accounts.find(({ email }) => email === AGENT)!.aliases![0];
    await menu('Settings');
    await says(AGENT);
    expect(await seriousFaults(page)).toEqual([]);
    await press('Change address');
    await sidebar().locator('select[name=address]').selectOption(alias);
    await main().click();
    await says(alias);
    await page.getByText(/^Connected, every/).waitFor();
    await menu('Settings');
    await says(alias);
  });

  test('S7: what was synced is in the activity', async () => {
    await open(true);
    const { crm } = (await control('GET', 'state')) as { crm: { users: { id: string }[]; contacts: { id: string }[] } };
    await control('POST', 'crm/send', { user: crm.users[0].id, to: crm.contacts[0].id, subject: 'Offer', html: 'x' });
    await page.getByRole('button', { name: 'Run sync now' }).click();
    await page.getByText('Synced.').first().waitFor();
    await menu('Activity');
    await until(async () => (await sidebar().locator('.decorated-text').count()) > 0);
    expect(await sidebar().locator('.card').innerText()).toMatch(/CRM/);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('C7: disconnect asks, and then nothing is left', async () => {
    await open(true);
    await menu('Settings');
    await press('Disconnect');
    await main().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByText(/^Connected, every/).waitFor();
    await main().click();
    await page.getByText('Not connected').waitFor();
    await sidebar().locator('input[name=token]').waitFor();
    const state = (await control('GET', 'state')) as {
      triggers: unknown[];
      properties: Record<string, { count: number }>;
    };
    expect([state.triggers, state.properties[AGENT].count]).toEqual([[], 0]);
  });

  test('C2: sign in with the CRM: its page opens, and closing it goes on in the sidebar', async () => {
    await open(false);
    const coming = page.waitForEvent('popup');
    await press('Sign in instead');
    await press('Open the CRM’s sign-in');
    const consent = await coming;
    await consent.getByRole('button', { name: 'Proceed' }).click();
    await consent.getByText(/signed in/i).waitFor();
    await consent.close();
    await sidebar().locator('select[name=address]').waitFor();
    await main().click();
    await page.getByText(/^Connected, every/).waitFor();
    await menu('Settings');
    await says(/sends CRM mail through Gmail/);
  });

  test('R1: with the app connected, what the CRM sends through Gmail is sent from here', async () => {
    await control('POST', 'connect', { user: AGENT, method: 'oauth' });
    await open(false);
    const side = page.locator('.side');
    await side.getByRole('button', { name: /Ana Pereira/ }).click();
    await side.getByRole('button', { name: 'Write' }).click();
    const form = side.getByRole('form', { name: 'E-mail from the CRM' });
    await form.getByLabel('Through').selectOption('gmail');
    await form.getByRole('button', { name: 'Example text' }).click();
    await form.getByRole('button', { name: 'Send from the CRM' }).click();
    await side.locator('.chip.waiting', { hasText: 'pending' }).waitFor();
    await page.getByRole('button', { name: '+1 h' }).click();
    await side.locator('.crm-email .chip.good').waitFor();
    await side.getByRole('tab', { name: 'Outside mailboxes' }).click();
    await until(async () => (await side.locator('.messages > li').count()) === 1);
    await page.locator('.inbox').getByRole('navigation').getByRole('button', { name: 'Sent' }).click();
    await until(async () => (await page.locator('.thread-list button').count()) === 1);
  });
});
