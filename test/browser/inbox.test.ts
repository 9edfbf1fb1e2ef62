/** Gmail on the page: what is read, written and moved, and that no mail can do anything to the page. */
import type { Locator, Page } from 'playwright-core';
import { seriousFaults } from './accessibility';
import { until } from './page';
import { useEmulator } from './use-emulator';

const ANA = 'ana.pereira@lisbon.example';
const AGENT = 'agent@example.com';
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const HOSTILE = [
  `From: =?UTF-8?Q?Ana_=3Cb=3E?= <${ANA}>`,
  `To: ${AGENT}`,
  'Subject: <img src=x onerror=alert(1)> hostile',
  'Message-ID: <hostile@lisbon.example>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<script>parent.document.title = "broken in"</script><img src=x onerror="parent.document.title = \'broken in\'">',
  '<iframe src="https://evil.example/frame"></iframe><link rel=stylesheet href="https://evil.example/a.css">',
  '<style>body { background: url(https://evil.example/b.png) } @import "https://evil.example/c.css";</style>',
  '<form action="https://evil.example/"><input name=q><button>Go</button></form>',
  '<img id=tracker src="https://evil.example/pixel.gif" alt="[a picture]"><img id=inline src="cid:pic" alt="inline">',
  '<a href="https://evil.example/click" target="_top">A link</a><p>The text itself.</p>',
  '--b',
  'Content-Type: image/png; name=p.png',
  'Content-ID: <pic>',
  'Content-Transfer-Encoding: base64',
  '',
  PIXEL,
  '--b--',
  '',
].join('\r\n');

describe('Gmail on the page', () => {
  const emulator = useEmulator({ fresh: true });
  const { control } = emulator;
  let page: Page;

  beforeEach(async () => {
    page = await emulator.open();
    await page.locator('.sidebar .card').waitFor();
  });

  const gmail = () => page.locator('.inbox');
  const folder = (name: string) => gmail().getByRole('navigation').getByRole('button', { name });
  const threads = () => gmail().locator('.thread-list button');
  const hasThreads = (count: number) => until(async () => (await threads().count()) === count);
  const bodyOf = (panel: Locator) => panel.frameLocator('iframe.message-body').locator('body');
  const deliver = (raw: string) => emulator.deliver(ANA, AGENT, raw);
  const plain = (subject: string, text: string) =>
    deliver(
      `From: Ana <${ANA}>\r\nTo: ${AGENT}\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replace(/\W/g, '')}@lisbon.example>\r\n\r\n${text}\r\n`,
    );
  async function write(form: Locator, fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await form.getByLabel(label, { exact: true }).fill(value);
  }

  test('mail that comes in appears by itself', async () => {
    await page.getByText('Nothing in Inbox.').waitFor();
    await plain('Hello there', 'first line');
    await hasThreads(1);
    expect(await threads().first().innerText()).toMatch(/Ana[\s\S]*Hello there[\s\S]*first line/);
    expect(await threads().first().getAttribute('class')).toBe('unread');
  });

  test('no mail runs anything, loads anything, or leads away', async () => {
    await deliver(HOSTILE);
    await threads().first().click();
    const body = bodyOf(gmail());
    await body.getByText('The text itself.').waitFor();
    expect(await page.locator('.thread-subject').innerText()).toContain('<img src=x onerror=alert(1)> hostile');
    expect(await body.locator('script, iframe, link, form, base, meta, #tracker').count()).toBe(0);
    expect(await body.innerText()).toContain('[a picture]');
    // Asked from the page: a script of the test would be kept from running inside the frame, too.
    await until(() =>
      page.evaluate(() => {
        const frame = document.querySelector<HTMLIFrameElement>('iframe.message-body');
        return frame?.contentDocument?.querySelector<HTMLImageElement>('#inline')?.naturalWidth === 1;
      }),
    );
    await body.getByText('A link').click();
    await page.getByText('Links in mails are not followed here').waitFor();
    expect(page.context().pages()).toHaveLength(1);
    expect(await page.title()).toBe('Threadlink');
    expect(page.url()).toBe(`${emulator.address}/`);
    // The policy says on the console what it kept out; nothing was even asked of another host.
    const troubles = emulator.troubles();
    expect(troubles.filter((trouble) => !trouble.includes('Content Security Policy'))).toEqual([]);
    expect(troubles.filter((trouble) => trouble.startsWith('asked for'))).toEqual([]);
  });

  test('a new mail with copies and a file arrives, and is in Sent', async () => {
    await gmail().getByRole('button', { name: 'Compose' }).click();
    const form = gmail().getByRole('form', { name: 'New message' });
    await form.getByRole('button', { name: 'Cc and Bcc' }).click();
    await write(form, {
      To: `Ana Pereira <${ANA}>`,
      Cc: 'bruno.keller@zurich.example',
      Bcc: 'chloe.martin@lyon.example',
      Subject: 'Grüße',
      'Message text': 'Line one\nLine two',
    });
    await form
      .locator('input[type=file]')
      .setInputFiles({ name: 'Größe.txt', mimeType: 'text/plain', buffer: Buffer.from('in it') });
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    for (const address of [ANA, 'bruno.keller@zurich.example', 'chloe.martin@lyon.example']) {
      const box = (await control('GET', `mailbox?address=${address}`)) as {
        raw: string;
      }[];
      expect(box).toHaveLength(1);
      expect(Buffer.from(box[0].raw, 'base64').toString()).not.toMatch(/^bcc:/im);
    }
    await folder('Sent').click();
    await hasThreads(1);
    expect(await threads().first().innerText()).toMatch(/To: Ana Pereira[\s\S]*Grüße/);
    await page.getByRole('tab', { name: 'Outside mailboxes' }).click();
    await page
      .locator('.side')
      .getByRole('button', { name: /^Download Größe.txt/ })
      .waitFor();
    expect(await bodyOf(page.locator('.side')).innerText()).toBe('Line one\nLine two');
  });

  test('a mail without a recipient is refused in words', async () => {
    await gmail().getByRole('button', { name: 'Compose' }).click();
    const form = gmail().getByRole('form', { name: 'New message' });
    await write(form, { To: 'nobody at all', Subject: 'x' });
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await page
      .locator('.toast.bad')
      .getByText(/[Rr]ecipient/)
      .waitFor();
    expect(await form.getByLabel('Subject').inputValue()).toBe('x');
    expect(emulator.troubles().every((trouble) => trouble.includes('status of 400'))).toBe(true);
  });

  test('an answer to all reaches all, in the same thread, quoting what it answers', async () => {
    await deliver(
      `From: Ana <${ANA}>\r\nTo: ${AGENT}, colleague@example.com\r\nCc: bruno.keller@zurich.example\r\nSubject: Lunch\r\nMessage-ID: <lunch@lisbon.example>\r\n\r\nAt noon?\r\n`,
    );
    await threads().first().click();
    await gmail().getByRole('button', { name: 'Reply all' }).click();
    const form = gmail().getByRole('form', { name: 'Reply to all' });
    expect(await form.getByLabel('To', { exact: true }).inputValue()).toBe(`Ana <${ANA}>`);
    expect(await form.getByLabel('Cc', { exact: true }).inputValue()).toBe(
      'colleague@example.com, bruno.keller@zurich.example',
    );
    await form.getByLabel('Message text').fill('Yes!');
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await until(async () => (await gmail().locator('.message').count()) === 2);
    const [mail] = (await control('GET', `mailbox?address=${ANA}`)) as {
      raw: string;
    }[];
    const raw = Buffer.from(mail.raw, 'base64').toString();
    expect(raw).toMatch(/^In-Reply-To: <lunch@lisbon.example>\r$/m);
    expect(raw).toMatch(/^Subject: Re: Lunch\r$/m);
    // The colleague has it in their own Gmail.
    await page.getByLabel('Account', { exact: true }).selectOption('colleague@example.com');
    await hasThreads(1);
    expect(await threads().first().innerText()).toContain('Lunch');
  });

  test('drafts are kept, sent and thrown away', async () => {
    for (const subject of ['To be sent', 'To be dropped']) {
      await gmail().getByRole('button', { name: 'Compose' }).click();
      const form = gmail().getByRole('form', { name: 'New message' });
      await write(form, { To: ANA, Subject: subject, 'Message text': 'draft text' });
      await form.getByRole('button', { name: 'Save draft' }).click();
      await form.waitFor({ state: 'detached' });
    }
    await folder('Drafts').click();
    await hasThreads(2);
    await threads().filter({ hasText: 'To be sent' }).click();
    await gmail().getByRole('button', { name: 'Send draft' }).click();
    await until(async () => (await gmail().locator('.message').count()) === 1);
    await folder('Drafts').click();
    await hasThreads(1);
    await threads().first().click();
    await gmail().getByRole('button', { name: 'Discard' }).click();
    await folder('Drafts').click();
    await page.getByText('Nothing in Drafts.').waitFor();
    const box = (await control('GET', `mailbox?address=${ANA}`)) as unknown[];
    expect(box).toHaveLength(1);
    // The page asks for a thread that is gone while it leaves it.
    emulator.troubles();
  });

  test('threads are archived, thrown away, taken out again, marked as spam and found', async () => {
    await plain('Alpha', 'one');
    await plain('Beta', 'two');
    await hasThreads(2);
    const act = async (subject: string, name: string) => {
      await threads().filter({ hasText: subject }).click();
      await gmail().getByRole('button', { name, exact: true }).click();
      await gmail().locator('.thread-view').waitFor({ state: 'detached' });
    };
    await act('Alpha', 'Move to the trash');
    await hasThreads(1);
    await folder('Trash').click();
    await hasThreads(1);
    await act('Alpha', 'Take out of the trash');
    await page.getByText('Nothing in Trash.').waitFor();
    await folder('Inbox').click();
    await act('Beta', 'Report as spam');
    await folder('Spam').click();
    await hasThreads(1);
    await act('Beta', 'Not spam');
    await folder('Inbox').click();
    await until(async () => (await threads().filter({ hasText: 'Beta' }).count()) === 1);
    await act('Beta', 'Archive');
    await until(async () => (await threads().filter({ hasText: 'Beta' }).count()) === 0);
    await folder('All mail').click();
    await hasThreads(2);
    await act('Alpha', 'Mark as unread');
    await until(async () => (await threads().filter({ hasText: 'Alpha' }).getAttribute('class')) === 'unread');
    await gmail().getByLabel('Search mail').fill('subject:beta');
    await page.keyboard.press('Enter');
    await hasThreads(1);
    expect(await threads().first().innerText()).toContain('Beta');
  });

  test("Gmail's keys: there, back and on, answering, filing, searching, and a list of them all", async () => {
    for (const subject of ['Gamma', 'Beta', 'Alpha']) await plain(subject, 'text');
    await hasThreads(3);
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    const subject = (text: string) => page.locator('.thread-subject', { hasText: text }).waitFor();
    const [first, second] = await threads().allInnerTexts();
    const nameOf = (line: string) => /Alpha|Beta|Gamma/.exec(line)![0];
    await page.keyboard.press('j');
    expect(await focused()).toContain(nameOf(first));
    await page.keyboard.press('j');
    expect(await focused()).toContain(nameOf(second));
    await page.keyboard.press('k');
    await page.keyboard.press('o');
    await subject(nameOf(first));
    expect(await focused()).toContain(nameOf(first));
    await page.keyboard.press('j');
    await subject(nameOf(second));
    await page.keyboard.press('u');
    await threads().first().waitFor();
    expect(await focused()).toContain(nameOf(second));
    await page.keyboard.press('Enter');
    await subject(nameOf(second));
    await page.keyboard.press('r');
    const answer = gmail().getByRole('form', { name: 'Reply' });
    await answer.getByLabel('Message text').fill('jkeu#');
    await page.keyboard.press('Control+Enter');
    await answer.waitFor({ state: 'detached' });
    await until(async () => (await gmail().locator('.message').count()) === 2);
    await page.keyboard.press('e');
    await gmail().locator('.thread-view').waitFor({ state: 'detached' });
    await hasThreads(2);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await hasThreads(1);
    await page.keyboard.press('c');
    await gmail().getByRole('form', { name: 'New message' }).getByLabel('To', { exact: true }).waitFor();
    await gmail().getByRole('button', { name: 'Discard what was written' }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('subject:gamma');
    await page.keyboard.press('Enter');
    await hasThreads(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  });

  test('it goes by keyboard', async () => {
    await plain('Alpha', 'one');
    await plain('Beta', 'two');
    await hasThreads(2);
    await threads().first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Alpha');
    await page.keyboard.press('Enter');
    await gmail().locator('.thread-subject').waitFor();
    await page.getByRole('tab', { name: 'CRM' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('Mailbox of').waitFor();
    await page.getByRole('button', { name: 'Reset' }).press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('An empty world');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Reset');
  });
});

describe('the demo world on the page', () => {
  const emulator = useEmulator({ world: 'demo' });

  test.each(['light', 'dark'] as const)('has no serious fault for assistive tools, %s', async (colorScheme) => {
    const page = await emulator.open({ colorScheme, reducedMotion: 'reduce' });
    const settled = () => page.locator('.sidebar[aria-busy=false] .card').waitFor();
    await settled();
    expect(await seriousFaults(page)).toEqual([]);
    await page.locator('.thread-list button').nth(1).click();
    await page.locator('.contact-list button').nth(1).click();
    await page.locator('.crm-email').first().waitFor();
    await settled();
    expect(await page.locator('.not-drawn').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    await page.locator('.side').getByRole('button', { name: 'Write' }).click();
    await page.locator('.inbox').getByRole('button', { name: 'Reply', exact: true }).click();
    expect(await seriousFaults(page)).toEqual([]);
    await page.context().close();
  });

  test('on a narrow window the parts are behind tabs', async () => {
    const page = await emulator.open({ viewport: { width: 420, height: 800 } });
    await page.locator('.thread-list button').first().waitFor();
    expect(await page.locator('.sidebar').isVisible()).toBe(false);
    await page.getByRole('tab', { name: 'Threadlink' }).click();
    await page.locator('.sidebar .card').waitFor();
    await page.getByRole('tab', { name: 'Outside' }).click();
    await page.getByLabel('Mailbox of').waitFor();
    expect(await page.locator('.inbox').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
    await page.context().close();
  });

  test('a synced thread in the sidebar opens in the inbox, and its contact in the CRM', async () => {
    const page = await emulator.open();
    await page.locator('.sidebar .decorated-text button', { hasText: 'Spring campaign' }).click();
    await page.locator('.thread-subject', { hasText: 'Spring campaign' }).waitFor();
    await page.locator('.sidebar').getByRole('button', { name: 'Open in the CRM' }).click();
    await page.locator('.contact-head', { hasText: 'Ana Pereira' }).waitFor();
    await page.context().close();
  });
});
