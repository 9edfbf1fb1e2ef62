/** Time and trouble on the page: what is armed comes, what a run cost is told, and both sides are whole again. */
import type { Page } from 'playwright-core';
import { seriousFaults } from './accessibility';
import { until } from './page';
import { useEmulator } from './use-emulator';

const AGENT = 'agent@example.com';

describe('time and trouble', () => {
  const emulator = useEmulator({ fresh: true });
  const { control } = emulator;
  let page: Page;

  beforeEach(async () => {
    await control('POST', 'connect', { user: AGENT });
    page = await emulator.open();
    await page.getByRole('tab', { name: 'Time and trouble' }).click();
    await page.locator('.counter').waitFor();
  });

  const panel = () => page.locator('.trouble');
  const block = (name: string) => panel().getByRole('region', { name });
  const counts = (text: string) => page.locator('.counter', { hasText: text }).waitFor();
  const sync = () => page.getByRole('button', { name: 'Run sync now' }).click();

  test('X1: 25 e-mails, a run that is killed in the middle, and again 25 of 25, none twice', async () => {
    await counts('0 of 0');
    await panel().getByRole('button', { name: 'Send 25 e-mails from the CRM' }).click();
    await counts('0 of 25');
    await block('Trouble').getByRole('button', { name: 'Arm', exact: true }).click();
    await block('Trouble').getByRole('list', { name: 'Armed faults' }).waitFor();
    await sync();
    await page.getByText('A run of the add-on was ended in the middle.').waitFor();
    await counts('10 of 25');
    await block('Trouble').getByRole('list', { name: 'Faults that came' }).getByText('kill after').waitFor();
    await block('Two sides').getByRole('list', { name: 'On one side only' }).getByText('and 9 more').waitFor();
    await block('Time').getByRole('button', { name: '+1 hour' }).click();
    await counts('25 of 25');
    expect(await page.locator('.counter').innerText()).toMatch(/none twice/);
    expect(await page.locator('.counter').getAttribute('data-whole')).toBe('true');
    const killed = block('Runs').locator('details', { hasText: 'killed' });
    await killed.locator('summary').click();
    await killed.locator('.call.bad').first().waitFor();
    expect(await killed.locator('.call').first().innerText()).toMatch(/^(Gmail|CRM)\s/);
  });

  test('troubles are armed beside one another, and disarmed together', async () => {
    const armed = () => block('Trouble').locator('.chip.waiting').count();
    for (const [index, label] of ['The CRM asks to slow down', 'The store refuses a write'].entries()) {
      await block('Trouble').getByLabel('What', { exact: true }).selectOption({ label });
      await block('Trouble').getByRole('button', { name: 'Arm', exact: true }).click();
      await until(async () => (await armed()) === index + 1);
    }
    expect((await control('GET', 'faults')) as object).toMatchObject({
      armed: [{ answer: '429' }, { answer: 'refused' }],
    });
    await block('Trouble').getByRole('button', { name: 'Disarm all' }).click();
    await until(async () => (await armed()) === 0);
  });

  test('X: an hour without the CRM, and what the sidebar says of it', async () => {
    await block('Trouble').getByLabel('What', { exact: true }).selectOption({ label: 'The CRM is down for an hour' });
    await block('Trouble').getByRole('button', { name: 'Arm', exact: true }).click();
    await block('Trouble').getByText('60 min left').waitFor();
    await panel().getByRole('button', { name: 'Send 25 e-mails from the CRM' }).click();
    await counts('0 of 25');
    await sync();
    await page.locator('.toast').first().waitFor();
    await counts('0 of 25');
    for (const step of ['+1 hour', '+1 hour']) {
      await block('Time').getByRole('button', { name: step }).click();
      await until(() => block('Time').getByRole('button', { name: step }).isEnabled());
    }
    await counts('25 of 25');
  });

  test('due runs are listed with their time, and one click goes there', async () => {
    const due = block('Time').getByRole('list', { name: 'Due runs' }).locator('li');
    await due.first().waitFor();
    expect(await due.first().innerText()).toMatch(/agent@example.com, in \d+ min/);
    const before = ((await control('GET', 'executions')) as unknown[]).length;
    await due.first().getByRole('button', { name: 'Go there' }).click();
    await until(async () => ((await control('GET', 'executions')) as unknown[]).length > before);
    const week = ((await control('GET', 'state')) as { clock: number }).clock;
    const runs = async () =>
      ((await control('GET', 'executions')) as { context: string }[]).filter(({ context }) => context === 'trigger')
        .length;
    const ran = await runs();
    await block('Time').getByLabel('Google starts no timer meanwhile').check();
    await block('Time').getByRole('button', { name: '+1 week' }).click();
    await until(async () => ((await control('GET', 'state')) as { clock: number }).clock >= week + 7 * 86_400_000);
    expect(await runs()).toBe(ran);
  });

  test('what is stored is shown with its size and without its tokens', async () => {
    const store = block('Store');
    await store
      .locator('summary', { hasText: /^head\b/ })
      .first()
      .click();
    await store.locator('pre:visible').first().waitFor();
    expect(await store.locator('.note').innerText()).toMatch(/\d+ of the user's properties, [\d.]+ KB of 500 KB/);
    const { crm } = (await control('GET', 'state')) as { crm: { token: string } };
    expect(await store.innerHTML()).not.toContain(crm.token);
  });

  test('a switch is found, turned, and turned back', async () => {
    const switches = block('How the platforms behave');
    await switches.getByLabel('Find').fill('secureAttachments');
    await switches.getByRole('switch', { name: 'secureAttachments' }).click();
    await switches.getByText('1 not at what is likeliest').waitFor();
    const value = async () => ((await control('GET', 'crm/settings')) as Record<string, unknown>)['secureAttachments'];
    expect(await value()).toBe(false);
    await switches.getByRole('button', { name: 'All as likeliest' }).click();
    await switches.getByText('all at what is likeliest').waitFor();
    expect(await value()).toBe(true);
  });

  test('C8: access that was taken back is said in the sidebar, and comes back', async () => {
    await block('Trouble').getByText('What people and Google can do').click();
    await block('Trouble').getByRole('button', { name: "Take back Google's access" }).click();
    await page.getByText("The add-on's access was taken back.").waitFor();
    await page.getByRole('button', { name: 'Refresh the add-on' }).click();
    await page.locator('.sidebar .failure, .sidebar .card').first().waitFor();
    await block('Trouble').getByRole('button', { name: 'Allow it again' }).click();
    await page.getByText('The add-on has its access again.').waitFor();
    await page.getByRole('button', { name: 'Refresh the add-on' }).click();
    await page.locator('.sidebar[aria-busy=false] .card').waitFor();
    // A refused run is a 400 of the emulator's own call.
    expect(emulator.troubles().every((trouble) => trouble.includes('status of 400'))).toBe(true);
  });

  test('has no serious fault for assistive tools, light and dark', async () => {
    await page.locator('.run summary').first().click();
    await page.getByLabel('Find').fill('quota');
    await page.locator('.switches li').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await seriousFaults(page)).toEqual([]);
    }
  });
});
