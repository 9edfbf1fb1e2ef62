/** Gmail's compose window with the add-on in it: a CRM template is put in, sent through Gmail, and logged. */
import type { Page } from 'playwright-core';
import { seriousFaults } from './accessibility';
import { until } from './page';
import { comparePicture, layoutFaults } from './pictures';
import { useEmulator } from './use-emulator';

const ANA = 'ana@azulejo.example';
/** Of the small world. */
const BRUNO = 'bruno.keller@zurich.example';
const AGENT = 'agent@example.com';

let page: Page;
const gmail = () => page.locator('.inbox');
const form = (name: string) => gmail().getByRole('form', { name });
const icon = () => gmail().getByRole('button', { name: 'Threadlink: CRM templates' });
const addOn = () => gmail().getByRole('dialog', { name: 'Threadlink: CRM templates' });
const body = (name: string) => form(name).getByRole('textbox', { name: 'Message text' });
const idle = () => page.locator('.sidebar[aria-busy=false] .card').waitFor();
/** A new mail takes the focus there once it is painted; what is filled in before that may land in the wrong field. */
const toIsFocused = () =>
  until(() =>
    form('New message')
      .getByLabel('To', { exact: true })
      .evaluate((field) => field === document.activeElement),
  );
async function openAddOn(): Promise<void> {
  await icon().click();
  await addOn().locator('.card').waitFor();
}

describe('a CRM template in a mail that is being written', () => {
  const emulator = useEmulator({ world: 'demo', fresh: true });
  const { control } = emulator;
  const mailsOf = async (address: string) =>
    ((await control('GET', `mailbox?address=${encodeURIComponent(address)}`)) as { raw: string }[]).map(({ raw }) =>
      Buffer.from(raw, 'base64').toString(),
    );
  const logged = async () => ((await control('GET', `balance?user=${AGENT}`)) as { total: number; both: number }).both;

  test('S5: an answer in a synced thread: open, insert, send, and it is in the CRM', async () => {
    page = await emulator.open({ reducedMotion: 'reduce' });
    await gmail().locator('.thread-list button', { hasText: 'Spring campaign' }).click();
    await idle();
    const [before, received] = [await logged(), (await mailsOf(ANA)).length];
    await gmail().getByRole('button', { name: 'Reply', exact: true }).click();
    await body('Reply').fill('Hello! See you.');
    await body('Reply').press('Home');
    for (let step = 0; step < 7; step++) await body('Reply').press('ArrowRight');
    await openAddOn();
    await addOn().getByLabel('CRM template').selectOption({ label: 'Thanks for your time' });
    await addOn().getByLabel('For whom').fill(ANA);
    expect(await layoutFaults(addOn())).toEqual([]);
    expect(await comparePicture(addOn(), 'compose-templates')).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await seriousFaults(page)).toEqual([]);
    }
    await addOn().getByRole('button', { name: 'Insert' }).click();
    await addOn().waitFor({ state: 'detached' });
    const [start, end] = (await body('Reply').innerText()).split('thank you for your time today');
    expect(start).toMatch(/^Hello! ?\s*Hello Ana,/);
    expect(end).toContain('See you.');
    expect(await body('Reply').evaluate((element) => element === document.activeElement)).toBe(true);
    // An answer keeps its subject, or it would leave its thread.
    expect(await form('Reply').getByLabel('Subject').inputValue()).toContain('Spring campaign');
    await page.keyboard.press('Control+Enter');
    await form('Reply').waitFor({ state: 'detached' });
    await until(async () => (await mailsOf(ANA)).length === received + 1);
    const mail = (await mailsOf(ANA)).at(-1)!;
    expect(mail).toMatch(/^Subject: Re: .*Spring campaign/m);
    await page.getByRole('button', { name: 'Run sync now' }).click();
    await page.getByText('Synced.').first().waitFor();
    expect(await logged()).toBe(before + 1);
    await page.locator('.contact-list button', { hasText: 'Ana Pereira' }).click();
    const newest = page.locator('.crm-email').last().frameLocator('iframe.message-body');
    await newest.getByText('thank you for your time today').first().waitFor();
  });

  test('S5: a new mail takes the template’s subject over where that is wanted; all by keyboard', async () => {
    page = await emulator.open({ reducedMotion: 'reduce' });
    await idle();
    await gmail().getByRole('button', { name: 'Compose' }).focus();
    await page.keyboard.press('Enter');
    await toIsFocused();
    await page.keyboard.type(ANA);
    await icon().focus();
    await page.keyboard.press('Enter');
    await until(() =>
      addOn()
        .getByLabel('CRM template')
        .evaluate((field) => field === document.activeElement),
    );
    await page.keyboard.press('Escape');
    await addOn().waitFor({ state: 'detached' });
    expect(await icon().evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await until(() =>
      addOn()
        .getByLabel('CRM template')
        .evaluate((field) => field === document.activeElement),
    );
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type(ANA);
    // A line of the card is ended, not the mail sent.
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await addOn().waitFor({ state: 'detached' });
    expect(await form('New message').getByLabel('Subject').inputValue()).not.toBe('');
    expect(await body('New message').innerText()).toContain('Hello Ana,');
    await form('New message').getByRole('button', { name: 'Minimize the message' }).click();
    expect(await body('New message').isVisible()).toBe(false);
    await form('New message').getByRole('button', { name: 'Open the message again' }).click();
    const received = (await mailsOf(ANA)).length;
    await form('New message').getByRole('button', { name: 'Send', exact: true }).click();
    await until(async () => (await mailsOf(ANA)).length === received + 1);
  });
});

describe('what an add-on may do to a mail that is being written (facts, platform 5.3)', () => {
  const emulator = useEmulator();
  let update: object = {};
  const card = {
    header: { title: 'Card' },
    sections: [{ widgets: [{ buttonList: { buttons: [{ text: 'Go', onClick: { action: { function: 'onGo' } } }] } }] }],
  };

  beforeAll(async () => {
    page = await emulator.open({ reducedMotion: 'reduce' }, 'about:blank');
    await page.route('**/emulator/sidebar?*at=compose*', (route) => route.fulfill({ json: { cards: [card] } }));
    await page.route('**/emulator/sidebar/action', (route) => route.fulfill({ json: { updateDraft: update } }));
  });
  beforeEach(async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(emulator.address);
    await idle();
    await gmail().getByRole('button', { name: 'Compose' }).click();
    await toIsFocused();
  });

  async function apply(wanted: object): Promise<void> {
    update = { ...wanted };
    await openAddOn();
    await addOn().getByRole('button', { name: 'Go' }).click();
    await addOn().waitFor({ state: 'detached' });
  }
  const insert = (updateType: string, ...contents: [content: string, contentType: string][]) =>
    apply({ body: { updateType, contents: contents.map(([content, contentType]) => ({ content, contentType })) } });

  test('recipients are added to those that are there, a subject replaces one', async () => {
    await form('New message').getByLabel('To', { exact: true }).fill(BRUNO);
    await form('New message').getByLabel('Subject').fill('Before');
    await apply({
      to: [BRUNO.toUpperCase(), 'b@x.example'],
      cc: ['c@x.example'],
      bcc: ['d@x.example'],
      subject: 'After',
    });
    const value = (label: string) => form('New message').getByLabel(label, { exact: true }).inputValue();
    expect(await Promise.all(['To', 'Cc', 'Bcc', 'Subject'].map(value))).toEqual([
      `${BRUNO}, b@x.example`,
      'c@x.example',
      'd@x.example',
      'After',
    ]);
  });

  test('text and HTML at the beginning, at the end, and in the place of what is selected', async () => {
    await body('New message').fill('middle');
    await insert('INSERT_AT_START', ['<b>first</b> & ', 'TEXT']);
    await insert('INSERT_AT_END', ['<b>last</b>', 'MUTABLE_HTML'], ['<i>fixed</i>', 'IMMUTABLE_HTML']);
    expect(await body('New message').innerHTML()).toBe(
      '&lt;b&gt;first&lt;/b&gt; &amp; middle<b>last</b><div contenteditable="false"><i>fixed</i></div><br>',
    );
    await body('New message').press('Control+a');
    await insert('IN_PLACE_INSERT', ['instead', 'TEXT']);
    expect((await body('New message').innerText()).trim()).toBe('instead');
    await body('New message').evaluate((field) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ' of <b>it</b>');
      clipboardData.setData('text/html', '<b>of it</b>');
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    expect((await body('New message').innerText()).trim()).toBe('instead of <b>it</b>');
  });

  test('HTML from outside runs nothing, loads nothing and lies over nothing, and goes out with its pictures', async () => {
    await form('New message').getByLabel('To', { exact: true }).fill(BRUNO);
    await insert('IN_PLACE_INSERT', [
      '<style>* { display: none }</style><script>document.title = "broken in"</script>' +
        '<p style="position: fixed; color: rgb(200, 0, 0); background-image: url(https://evil.example/a)" onclick="x()">Text</p>' +
        '<img src="https://cdn.example/logo.png" alt="Our logo" onerror="document.title = 1"><iframe src="https://evil.example/"></iframe>' +
        '<a href="javascript:alert(1)">no</a> <a href="https://ok.example/">yes</a><form action="https://evil.example/"><input name="q">in a form</form>',
      'MUTABLE_HTML',
    ]);
    expect(await body('New message').innerHTML()).toBe(
      '<p style="color: rgb(200, 0, 0);">Text</p><img alt="Our logo" data-source="https://cdn.example/logo.png">' +
        '<a>no</a> <a href="https://ok.example/">yes</a>in a form',
    );
    expect(await page.title()).toBe('Threadlink');
    await form('New message').getByRole('button', { name: 'Send', exact: true }).click();
    await form('New message').waitFor({ state: 'detached' });
    const [{ raw }] = (await emulator.control('GET', `mailbox?address=${BRUNO}`)) as { raw: string }[];
    const html = [
      ...Buffer.from(raw, 'base64')
        .toString()
        .matchAll(/base64\r\n\r\n([\w+/=\r\n]+)/g),
    ]
      .map(([, part]) => Buffer.from(part, 'base64').toString())
      .find((part) => part.startsWith('<'));
    expect(html).toContain('<img alt="Our logo" src="https://cdn.example/logo.png">');
  });

  test('a draft of its own is opened in the window, with its file, and sent once (ComposeActionResponse)', async () => {
    const { accounts } = (await emulator.control('GET', 'state')) as { accounts: { email: string; token: string }[] };
    const headers = { authorization: `Bearer ${accounts.find(({ email }) => email === AGENT)!.token}` };
    const drafts = `${emulator.address}/gmail/v1/users/me/drafts`;
    const raw = [
      `To: Bruno <${BRUNO}>`,
      'Subject: By the add-on',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b\r\nContent-Type: text/html\r\n\r\n<p>Written <b>for you</b>.</p>',
      '--b\r\nContent-Disposition: attachment; filename=list.txt\r\nContent-Type: text/plain\r\n\r\nin it',
      '--b--',
    ].join('\r\n');
    const body64 = JSON.stringify({ message: { raw: Buffer.from(raw).toString('base64url') } });
    const json = { ...headers, 'content-type': 'application/json' };
    const made = (await (await fetch(drafts, { method: 'POST', headers: json, body: body64 })).json()) as {
      id: string;
    };
    const onClick = { composeAction: { function: 'onGo' }, composedEmailType: 'STANDALONE_DRAFT' };
    const writes = { sections: [{ widgets: [{ buttonList: { buttons: [{ text: 'Write', onClick }] } }] }] };
    await page.route('**/emulator/sidebar?*at=home*', (route) => route.fulfill({ json: { cards: [writes] } }));
    await page.route('**/emulator/sidebar/action', (route) => route.fulfill({ json: { openDraft: { id: made.id } } }));
    await page.getByRole('button', { name: 'Refresh the add-on' }).click();
    await page.locator('.sidebar').getByRole('button', { name: 'Write' }).click();
    await form('Draft').waitFor();
    expect(await form('Draft').getByLabel('To', { exact: true }).inputValue()).toBe(`Bruno <${BRUNO}>`);
    expect(await form('Draft').getByLabel('Subject').inputValue()).toBe('By the add-on');
    expect(await body('Draft').innerHTML()).toContain('<p>Written <b>for you</b>.</p>');
    const boxOf = async () => (await emulator.control('GET', `mailbox?address=${BRUNO}`)) as { raw: string }[];
    const before = (await boxOf()).length;
    await form('Draft').getByRole('button', { name: 'Send', exact: true }).click();
    await form('Draft').waitFor({ state: 'detached' });
    const box = await boxOf();
    expect(box).toHaveLength(before + 1);
    expect(Buffer.from(box.at(-1)!.raw, 'base64').toString()).toContain('list.txt');
    expect(await (await fetch(drafts, { headers })).json()).not.toHaveProperty('drafts');
    await page.unroute('**/emulator/sidebar?*at=home*');
  });

  test('looks as it did, and in a narrow window nothing is cut off', async () => {
    await form('New message').getByLabel('Subject').fill('An offer');
    await body('New message').fill('Dear Ana,');
    expect(await comparePicture(gmail(), 'compose')).toEqual([]);
    await openAddOn();
    await page.setViewportSize({ width: 420, height: 800 });
    expect(await layoutFaults(form('New message'))).toEqual([]);
    expect(await layoutFaults(addOn())).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
  });
});
