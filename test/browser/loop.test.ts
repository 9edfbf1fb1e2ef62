/** The whole loop by hand, on the page, with the built add-on: what a user of Threadlink does on a first day. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { seriousFaults } from './accessibility';
import { until } from './page';
import { useEmulator } from './use-emulator';

describe.each([
  { replyTo: 'crm', where: 'the CRM takes replies in' },
  { replyTo: 'user', where: 'replies go to the user' },
])('the loop by hand, where $where', ({ replyTo }) => {
  const emulator = useEmulator();
  const { control } = emulator;
  let page: Page;

  beforeAll(async () => {
    page = await emulator.open();
  }, 120_000);

  const sidebar = () => page.locator('.sidebar');
  const gmail = () => page.locator('.inbox');
  const side = () => page.locator('.side');
  const idle = () => until(async () => (await sidebar().getAttribute('aria-busy')) === 'false');
  const mainButton = () => sidebar().locator('.card-footer .card-button.filled');
  async function sync(): Promise<void> {
    await page.getByRole('button', { name: 'Run sync now' }).click();
    await page.getByText('Synced.').first().waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
    await idle();
  }
  async function openFolder(name: string): Promise<void> {
    await gmail().getByRole('navigation').getByRole('button', { name }).click();
  }
  async function download(panel: Locator): Promise<string> {
    const coming = page.waitForEvent('download');
    await panel.getByRole('button', { name: /^Download proposal.txt/ }).click();
    return readFileSync(await (await coming).path(), 'utf8');
  }
  const threads = () => gmail().locator('.thread-list button');
  async function openContact(): Promise<void> {
    await side().getByRole('tab', { name: 'CRM' }).click();
    const back = side().getByRole('button', { name: 'Back to the contacts' });
    if ((await back.count()) === 0)
      await side()
        .getByRole('button', { name: /^A?\s*Ana Pereira/ })
        .click();
    await back.waitFor();
  }
  const crmEmails = () => side().locator('.crm-email');
  async function openMailbox(): Promise<void> {
    await side().getByRole('tab', { name: 'Outside mailboxes' }).click();
    await side().getByLabel('Mailbox of').selectOption({ label: 'Ana Pereira (ana.pereira@lisbon.example)' });
  }
  const outsideMails = () => side().locator('.messages > li');

  test('C2: connect with a token that is typed in', async () => {
    await page.getByText('Not connected').waitFor();
    const codes = side().locator('.private-integration code');
    // `allInnerTexts` does not wait, and on a slow machine the CRM's side is drawn after Gmail's.
    await until(async () => (await codes.count()) === 2);
    const [token, location] = await codes.allInnerTexts();
    await sidebar().locator('input[name=token]').fill('pit-wrong');
    await sidebar().locator('input[name=location]').fill(location);
    await mainButton().click();
    await idle();
    const refusal = await sidebar().locator('.card').innerText();
    expect(refusal).toMatch(/token/i);
    expect(refusal).not.toMatch(/401|null|undefined/);
    await page.getByText('Not connected').waitFor();
    await sidebar().getByRole('button', { name: 'Back', exact: true }).click();
    await sidebar().locator('input[name=token]').fill(token);
    await sidebar().locator('input[name=location]').fill(location);
    await mainButton().click();
    await sidebar().locator('select[name=address]').waitFor();
    expect(await sidebar().locator('select[name=address]').inputValue()).toBe('agent@example.com');
    await mainButton().click();
    await page.getByText(/^Connected, every/).waitFor();
    await idle();
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('R2: what a CRM user sends by hand is in Sent after a sync', async () => {
    if (replyTo !== 'crm') {
      await side().getByLabel("Replies to the CRM's own mail go").selectOption(replyTo);
      await until(async () => {
        const settings = (await control('GET', 'crm/settings')) as {
          replyTo: string;
        };
        return settings.replyTo === replyTo;
      });
    }
    await openContact();
    await side().getByRole('button', { name: 'Write' }).click();
    const form = side().getByRole('form', { name: 'E-mail from the CRM' });
    await form.getByLabel('Subject').fill('Our proposal – für Sie');
    await form.getByLabel('Message text').fill('Dear Ana,\nhere it is. <3');
    await form
      .locator('input[type=file]')
      .setInputFiles({ name: 'proposal.txt', mimeType: 'text/plain', buffer: Buffer.from('the proposal') });
    await form.getByText('proposal.txt').waitFor();
    await form.getByRole('button', { name: 'Send from the CRM' }).click();
    await until(async () => (await crmEmails().count()) === 1);
    await sync();
    await openFolder('Sent');
    await threads().filter({ hasText: 'Our proposal – für Sie' }).click();
    await until(async () => (await gmail().locator('.message').count()) === 1);
    const body = gmail().frameLocator('iframe.message-body').locator('body');
    expect(await body.innerText()).toContain('here it is. <3');
    expect(await download(gmail())).toBe('the proposal');
    expect(await download(side())).toBe('the proposal');
    await idle();
    expect(await seriousFaults(page)).toEqual([]);
  });

  test("the contact's answer is in the same Gmail thread, and in the CRM once", async () => {
    await openMailbox();
    await until(async () => (await outsideMails().count()) === 1);
    await side().getByRole('button', { name: 'Answer', exact: true }).click();
    const form = side().getByRole('form', { name: /^Mail from ana/ });
    await form.getByLabel('Message text').fill('Gladly, Alex!');
    await form.getByRole('button', { name: /^Send as Ana/ }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '+5 min' }).click();
    await until(async () => page.getByRole('button', { name: '+5 min' }).isEnabled());
    await sync();
    await openFolder('Inbox');
    await until(async () => (await threads().count()) === 1);
    await threads().first().click();
    await until(async () => (await gmail().locator('.message').count()) === 2);
    expect(await gmail().frameLocator('iframe.message-body').locator('body').innerText()).toContain('Gladly, Alex!');
    await openContact();
    await until(async () => (await crmEmails().count()) === 2);
    expect(await crmEmails().nth(1).getAttribute('class')).toContain('inbound');
  });

  test("T2: the user's answer from Gmail is in the CRM once and in the contact's mailbox once", async () => {
    await gmail().getByRole('button', { name: 'Reply', exact: true }).click();
    const form = gmail().getByRole('form', { name: 'Reply' });
    expect(await form.getByLabel('To').inputValue()).toContain('ana.pereira@lisbon.example');
    expect(await form.getByLabel('Subject').inputValue()).toContain('Our proposal – für Sie');
    await form.getByLabel('Message text').fill('See you on Monday.');
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await until(async () => (await gmail().locator('.message').count()) === 3);
    await sync();
    await sync();
    await until(async () => (await crmEmails().count()) === 3);
    expect(await crmEmails().nth(2).getAttribute('class')).toContain('outbound');
    expect(await crmEmails().nth(2).locator('.facts').innerText()).toContain('api');
    await openMailbox();
    await until(async () => (await outsideMails().count()) === 2);
    const newest = outsideMails().first();
    expect(await newest.innerText()).toContain('Our proposal');
    expect(await newest.frameLocator('iframe.message-body').locator('body').innerText()).toContain(
      'See you on Monday.',
    );
    // What was said before is folded away behind a button.
    await newest.frameLocator('iframe.message-body').getByText('Earlier messages').click();
    expect(await newest.frameLocator('iframe.message-body').locator('body').innerText()).toContain('Gladly, Alex!');
    await idle();
    expect(await seriousFaults(page)).toEqual([]);
  });
});
