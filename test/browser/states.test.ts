/** The page in its states, in a world of a few mails that is the same each time: kept as pictures and compared. */
import type { Page } from 'playwright-core';
import { seriousFaults } from './accessibility';
import { until } from './page';
import { comparePicture, layoutFaults } from './pictures';
import { useEmulator } from './use-emulator';

const AGENT = 'agent@example.com';
const ANA = 'ana.pereira@lisbon.example';

describe('the page in its states', () => {
  const emulator = useEmulator();
  const { control } = emulator;
  let page: Page;

  beforeAll(async () => {
    const { crm } = (await control('GET', 'state')) as { crm: { users: { id: string }[]; contacts: { id: string }[] } };
    for (const subject of ['Offer', 'Contract'])
      await control('POST', 'crm/send', {
        user: crm.users[0].id,
        to: crm.contacts[0].id,
        subject,
        html: `<p>The ${subject}.</p>`,
      });
    const body = `From: Ana Pereira <${ANA}>\r\nTo: ${AGENT}\r\nSubject: A question\r\nMessage-ID: <q@lisbon.example>\r\n\r\nHow much is it?\r\n`;
    await emulator.deliver(ANA, AGENT, body);
    page = await emulator.open({ reducedMotion: 'reduce' });
    await page.locator('.thread-list button').waitFor();
  }, 120_000);

  const tab = (name: string) => page.getByRole('tab', { name }).click();
  const inbox = () => page.locator('.inbox');

  /** The part stands still, is whole, and looks as it did. */
  async function looksLike(part: '.inbox' | '.side', name: string): Promise<void> {
    await page.locator('.sidebar[aria-busy=false]').waitFor();
    expect(await layoutFaults(page.locator(part))).toEqual([]);
    expect(await comparePicture(page.locator(part), name)).toEqual([]);
  }

  test('the inbox, an open thread, and an answer to it', async () => {
    await looksLike('.inbox', 'inbox');
    await page.locator('.thread-list button').click();
    await inbox().frameLocator('iframe').getByText('How much is it?').waitFor();
    await until(async () => (await inbox().getByLabel('1 unread').count()) === 0);
    await looksLike('.inbox', 'thread');
    await inbox().getByRole('button', { name: 'Reply', exact: true }).click();
    await inbox().getByRole('form', { name: 'Reply' }).waitFor();
    await looksLike('.inbox', 'thread-answer');
    await page.getByRole('button', { name: 'Discard what was written' }).click();
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await inbox().getByRole('navigation').getByRole('button', { name: 'Drafts' }).click();
    await page.getByText('Nothing in Drafts.').waitFor();
    await looksLike('.inbox', 'inbox-nothing');
  });

  test('the CRM: contacts, a conversation, writing', async () => {
    await page.locator('.contact-list button').nth(2).waitFor();
    await looksLike('.side', 'crm-contacts');
    await page
      .locator('.side')
      .getByRole('button', { name: /Ana Pereira/ })
      .click();
    await until(async () => (await page.locator('.crm-email').count()) === 2);
    await page.locator('.side').frameLocator('iframe').getByText('The Contract.').waitFor();
    await looksLike('.side', 'crm-conversation');
    await page.locator('.side').getByRole('button', { name: 'Write' }).click();
    await page.getByRole('form', { name: 'E-mail from the CRM' }).waitFor();
    await looksLike('.side', 'crm-writing');
  });

  test('a mailbox outside', async () => {
    await tab('Outside mailboxes');
    await until(async () => (await page.locator('.side .messages > li').count()) === 2);
    await page.locator('.side iframe').first().contentFrame().getByText('The Contract.').waitFor();
    await looksLike('.side', 'outside');
  });

  test('time and trouble', async () => {
    await tab('Time and trouble');
    await page.locator('.counter', { hasText: '0 of 0' }).waitFor();
    await page.getByText('switches for what no document settles').waitFor();
    expect(await layoutFaults(page.locator('.side'))).toEqual([]);
    // The runs and the switches below it change with the add-on and the emulator.
    expect(await comparePicture(page.locator('.block').nth(0), 'two-sides')).toEqual([]);
    expect(await comparePicture(page.locator('.block').nth(1), 'trouble')).toEqual([]);
    expect(await comparePicture(page.locator('.block').nth(2), 'time')).toEqual([]);
  });

  test.each([
    { width: 420, height: 800 },
    { width: 820, height: 900 },
    { width: 1100, height: 700 },
  ])('in a window of $width pixels nothing sticks out, in any part', async (size) => {
    await page.setViewportSize(size);
    for (const name of ['Gmail', 'Threadlink', 'CRM', 'Outside', 'Trouble']) {
      await page.getByRole('tablist', { name: 'Parts of the page' }).getByRole('tab', { name }).click();
      const shown = page.locator('.columns-of-page > :visible');
      await shown.waitFor();
      await page.locator('.sidebar[aria-busy=false]').waitFor({ state: 'attached' });
      expect(await layoutFaults(shown)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    if (size.width === 420) expect(await seriousFaults(page)).toEqual([]);
  });

  test('what is going on is said in words, on top and in the sidebar', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const [path, button, place, says] of [
      ['sync', 'Run sync now', '.connection', 'Copying mail between Gmail and the CRM …'],
      ['clock', '+1 min', '.connection', 'A minute goes by …'],
      ['sidebar?*', 'Refresh the add-on', '.sidebar .doing', 'Opening …'],
    ]) {
      let goOn = (): void => undefined;
      const held = new Promise<void>((resolve) => (goOn = resolve));
      await page.route(`**/emulator/${path}`, async (route) => {
        await held;
        await route.continue();
      });
      // What the page does by itself may be held first, and keep the button shut until it goes on.
      const clicked = page.getByRole('button', { name: button }).click();
      await page.locator(place, { hasText: says }).waitFor();
      goOn();
      await clicked;
      await page.locator(place).filter({ hasNotText: says }).waitFor({ state: 'attached' });
      await page.unroute(`**/emulator/${path}`);
    }
  });

  test('the sidebar while it opens, and where it may not run', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const sidebar = page.locator('.sidebar');
    let goOn = () => {};
    const waits = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route('**/emulator/sidebar?*', async (route) => {
      await waits;
      await route.continue();
    });
    await page.goto(emulator.address);
    await page.locator('.loading-card').waitFor();
    expect(await comparePicture(sidebar, 'sidebar-opening')).toEqual([]);
    goOn();
    await page.locator('.sidebar[aria-busy=false] .card').waitFor();
    await page.unroute('**/emulator/sidebar?*');
    await control('PUT', 'grant', { user: AGENT, revoked: true });
    await page.getByRole('button', { name: 'Refresh the add-on' }).click();
    await page.locator('.sidebar[aria-busy=false] :is(.failed-card, .card)').first().waitFor();
    expect(await comparePicture(sidebar, 'sidebar-refused')).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    await control('PUT', 'grant', { user: AGENT });
    await page.getByRole('button', { name: 'Refresh the add-on' }).click();
    await page.locator('.sidebar[aria-busy=false] .card').waitFor();
    // A refused run is a 400 of the emulator's own call, and with the access every token has ended.
    expect(emulator.troubles().filter((trouble) => !/status of 40[01]/.test(trouble))).toEqual([]);
  });

  test('while the world changes, nothing that one looks at moves', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await inbox().getByRole('navigation').getByRole('button', { name: 'Inbox' }).click();
    await page.locator('.thread-list button').first().waitFor();
    const places = () =>
      page.evaluate(() =>
        ['.bar .clock', '.bar .primary', '.inbox', '.sidebar', '.side', '.thread-list'].map((part) => {
          const { x, y, width } = document.querySelector(part)!.getBoundingClientRect();
          return [part, x, y, width];
        }),
      );
    const before = await places();
    await page.evaluate(() => {
      const shifts: number[] = [];
      (globalThis as unknown as { shifts: number[] }).shifts = shifts;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: false });
    });
    const clock = page.locator('.clock');
    const time = await clock.innerText();
    await page.getByRole('button', { name: '+5 min' }).click();
    await until(async () => (await clock.innerText()) !== time);
    await page.locator('.sidebar[aria-busy=false]').waitFor();
    expect(await places()).toEqual(before);
    const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
    expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.02);
  });
});
