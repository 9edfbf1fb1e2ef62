/** The CRM and the mailboxes outside on the page. */
import type { Locator, Page } from 'playwright-core';
import { until } from './page';
import { useEmulator } from './use-emulator';

const ANA = 'ana.pereira@lisbon.example';

describe('the CRM on the page', () => {
  const emulator = useEmulator({ fresh: true });
  const { control } = emulator;
  let page: Page;

  beforeEach(async () => {
    page = await emulator.open();
    await page.locator('.sidebar .card').waitFor();
    await side()
      .getByRole('button', { name: /Ana Pereira/ })
      .click();
  });

  const side = () => page.locator('.side');
  const emails = () => side().locator('.crm-email');
  const hasEmails = (count: number) => until(async () => (await emails().count()) === count);
  const chipsOf = (email: Locator) => email.locator('.facts .chip').allInnerTexts();
  async function send(
    fields: Readonly<Record<string, string>>,
    choices: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const form = side().getByRole('form', { name: 'E-mail from the CRM' });
    if ((await form.count()) === 0) await side().getByRole('button', { name: 'Write' }).click();
    const more = form.getByRole('button', { name: 'From, Cc, HTML' });
    if ((await more.count()) > 0) await more.click();
    for (const [label, value] of Object.entries(fields)) await form.getByLabel(label, { exact: true }).fill(value);
    for (const [label, value] of Object.entries(choices))
      await form.getByLabel(label, { exact: true }).selectOption(value);
    await form.getByRole('button', { name: 'Send from the CRM' }).click();
  }

  test('every way of sending shows its source, its provider and how it is doing', async () => {
    for (const [index, [how, source]] of Object.entries({
      individual: 'app',
      bulk: 'bulk_actions',
      workflow: 'workflow',
      api: 'api',
    }).entries()) {
      await send({ Subject: how, 'Message text': `by ${how}` }, { How: how });
      await hasEmails(index + 1);
      expect(await chipsOf(emails().nth(index))).toEqual(['delivered', source, 'mailgun']);
    }
    await page.getByRole('tab', { name: 'Outside mailboxes' }).click();
    await until(async () => (await side().locator('.messages > li').count()) === 4);
  });

  test('a bulk e-mail goes to those who are ticked, each in a conversation of their own', async () => {
    await side().getByRole('button', { name: 'Back to the contacts' }).click();
    await side().getByRole('button', { name: 'Bulk e-mail' }).click();
    const form = side().getByRole('form', { name: 'E-mail from the CRM' });
    await form.getByText('To 3 contacts', { exact: true }).waitFor();
    await form.getByRole('button', { name: 'Remove Bruno Keller' }).click();
    await form.getByText('To 2 contacts', { exact: true }).waitFor();
    await form.getByRole('button', { name: 'Example text' }).click();
    await form.getByRole('button', { name: 'Send from the CRM' }).click();
    await page.getByText('2 e-mails sent by the CRM.').waitFor();
    const received = async (address: string) =>
      ((await control('GET', `mailbox?address=${address}`)) as unknown[]).length;
    expect([await received(ANA), await received('bruno.keller@zurich.example')]).toEqual([1, 0]);
    await side()
      .getByRole('button', { name: /Ana Pereira/ })
      .click();
    await hasEmails(1);
    await emails().first().getByText('bulk_actions').waitFor();
  });

  test('what became of a mail can be played, and is seen', async () => {
    await send({ Subject: 'Offer', 'Message text': 'x' });
    await hasEmails(1);
    for (const [choice, status] of [
      ['The contact opened it', 'opened'],
      ['It failed', 'failed'],
    ]) {
      await emails().first().getByRole('button', { name: 'What became of it' }).click();
      await page.getByRole('menuitem', { name: choice }).click();
      await emails().first().locator('.chip', { hasText: status }).waitFor();
    }
    await emails().first().getByText('no such user').waitFor();
  });

  test("the sub-account's e-mail settings are what the emulated CRM goes by", async () => {
    await side().getByRole('button', { name: 'Back to the contacts' }).click();
    await side().getByLabel("Replies to the CRM's own mail go").selectOption('both');
    await side().getByText('Settings › Email').click();
    await side()
      .getByLabel(/^Attachments are secure/)
      .click();
    await side()
      .getByLabel(/own Gmail sync is on for Alex/)
      .click();
    const settings = async () => (await control('GET', 'crm/settings')) as Record<string, unknown>;
    const { crm } = (await control('GET', 'state')) as {
      crm: { users: { id: string }[] };
    };
    await until(async () => (await settings())['nativeSyncUsers'] === crm.users[0].id);
    expect(await settings()).toMatchObject({ replyTo: 'both', secureAttachments: false });
  });

  test('a mailbox outside can be away, refuse, and send back', async () => {
    await page.getByRole('tab', { name: 'Outside mailboxes' }).click();
    await side().getByLabel('Their server').selectOption('refuses');
    const behaviour = async () => {
      const { accounts } = (await control('GET', 'state')) as {
        accounts: { email: string; behaviour?: { delivery: string; autoReply: string } }[];
      };
      return accounts.find(({ email }) => email === ANA)?.behaviour;
    };
    await until(async () => (await behaviour())?.delivery === 'refuses');
    await side().getByLabel('Their server').selectOption('away');
    await until(async () => (await behaviour())?.autoReply !== '');
    expect(await behaviour()).toMatchObject({ delivery: 'takes' });
  });

  test('from, copies and HTML are as they were typed', async () => {
    const form = side().getByRole('form', { name: 'E-mail from the CRM' });
    await side().getByRole('button', { name: 'Write' }).click();
    await form.getByRole('button', { name: 'From, Cc, HTML' }).click();
    await form.getByLabel('The text is HTML').check();
    await send({
      Subject: 'Rich',
      'Message text': '<h1>Big</h1>',
      From: 'Team <team@agency.example>',
      Cc: 'bruno.keller@zurich.example',
    });
    await hasEmails(1);
    expect(await emails().first().locator('.address-line').innerText()).toBe(
      `Team <team@agency.example> → ${ANA}, cc bruno.keller@zurich.example`,
    );
    expect(await emails().first().frameLocator('iframe').locator('h1').innerText()).toBe('Big');
  });

  test('an answer in the CRM goes into the thread of the mail that it answers', async () => {
    await send({ Subject: 'Offer', 'Message text': 'first' });
    await hasEmails(1);
    await side().getByRole('button', { name: 'Reply in the CRM' }).click();
    const form = side().getByRole('form', { name: 'E-mail from the CRM' });
    expect(await form.getByLabel('Subject').inputValue()).toBe('Re: Offer');
    await send({ 'Message text': 'second' });
    await hasEmails(2);
    const box = (await control('GET', `mailbox?address=${ANA}`)) as {
      raw: string;
    }[];
    const [first, second] = box.map(({ raw }) => Buffer.from(raw, 'base64').toString());
    const id = /^Message-ID: (<[^>]+>)/im.exec(first)?.[1];
    expect(second).toContain(`In-Reply-To: ${id}`);
  });

  test('what the network refuses is failed, with its reason', async () => {
    await control('PUT', 'mailbox', { address: ANA, delivery: 'refuses', reason: '550 5.1.1 no such user' });
    await send({ Subject: 'In vain', 'Message text': 'x' });
    await hasEmails(1);
    await emails().first().locator('.chip.bad', { hasText: 'failed' }).waitFor();
    expect(await emails().first().locator('.error-text').innerText()).toContain('no such user');
  });

  test('sending through Gmail needs the connected app, and says so', async () => {
    await send({ Subject: 'x', 'Message text': 'x' }, { Through: 'gmail' });
    await page
      .locator('.toast.bad')
      .getByText(/nobody has connected the add-on's app/)
      .waitFor();
    expect(await emails().count()).toBe(0);
    expect(emulator.troubles().every((trouble) => trouble.includes('status of 400'))).toBe(true);
  });

  test('answers of the CRM are read in each of their shapes (facts, highlevel 5.2, 5.3)', async () => {
    await control('PUT', 'crm/settings', {
      listMessagesShape: 'flat',
      emailShape: 'flat',
      metaShape: 'email.email',
      omitSource: true,
    });
    await send({ Subject: 'Shapes', 'Message text': 'the body' });
    await hasEmails(1);
    expect(await chipsOf(emails().first())).toEqual(['delivered', 'mailgun']);
    expect(await emails().first().frameLocator('iframe').locator('body').innerText()).toContain('the body');
  });

  test('a person outside writes a new mail to the user, and to nobody in vain', async () => {
    await page.getByRole('tab', { name: 'Outside mailboxes' }).click();
    await side().getByRole('button', { name: 'Write' }).click();
    const form = side().getByRole('form', { name: `Mail from ${ANA}` });
    expect(await form.getByLabel('To', { exact: true }).inputValue()).toBe('agent@example.com');
    await form.getByLabel('To', { exact: true }).fill('agent@example.com, nobody@nowhere.example');
    await form.getByLabel('Subject').fill('Καλημέρα');
    await form.getByLabel('Message text').fill('From outside');
    await form.getByRole('button', { name: 'Send as Ana Pereira' }).click();
    await page.locator('.toast.bad').getByText('nobody@nowhere.example was refused').waitFor();
    const row = page.locator('.thread-list button');
    await row.waitFor();
    expect(await row.innerText()).toMatch(/Ana Pereira[\s\S]*Καλημέρα[\s\S]*From outside/);
  });
});
