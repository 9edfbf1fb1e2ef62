/** The card renderer on the real page, with cards that the test hands it in place of the add-on's. */
import type { Page } from 'playwright-core';
import { seriousFaults } from './accessibility';
import { startBrowsing, until, type Browsing } from './page';
import { startEmulator, type RunningEmulator } from './running-emulator';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const action = (name: string, more: object = {}) => ({
  action: { function: 'onAction', parameters: [{ key: 'do', value: name }], ...more },
});
const one = (...widgets: object[]) => ({ name: 'card', header: { title: 'Card' }, sections: [{ widgets }] });

/** What the page posted to the add-on. */
interface Posted {
  readonly function: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly formInputs: Readonly<Record<string, unknown>>;
  readonly at: string;
  readonly user: string;
}

describe('the card renderer (facts, platform 5)', () => {
  let emulator: RunningEmulator;
  let browsing: Browsing;
  let posted: Posted[];

  beforeAll(async () => {
    emulator = await startEmulator('empty');
    browsing = await startBrowsing();
  }, 120_000);
  afterAll(async () => {
    await browsing?.close();
    await emulator?.stop();
  });
  beforeEach(() => {
    posted = [];
  });
  afterEach(() => expect(browsing?.troubles()).toEqual([]));

  /** The page with these cards in its sidebar; every click is answered with `answer`. */
  async function show(cards: readonly object[], answer: object = {}): Promise<Page> {
    const page = await browsing.open('about:blank');
    await page.route('**/emulator/sidebar?*', (route) => route.fulfill({ json: { cards } }));
    await page.route('**/emulator/sidebar/action', (route) => {
      posted.push(route.request().postDataJSON() as Posted);
      return route.fulfill({ json: answer });
    });
    await page.goto(emulator.address);
    await page.locator('.sidebar .card').waitFor();
    return page;
  }
  const sidebar = (page: Page) => page.locator('.sidebar');

  test('text with its formatting, and nothing more than that', async () => {
    const page = await show([
      one({
        textParagraph: {
          text: '<b>bold</b> <font color="#ff0000">red</font> <img src=x onerror="document.title=1"> &lt;i&gt;<br><a href="javascript:alert(1)">no</a>',
        },
      }),
    ]);
    const text = page.locator('.text-paragraph');
    expect(await text.innerText()).toBe('bold red <img src=x onerror="document.title=1"> <i>\nno');
    expect(await text.locator('b').innerText()).toBe('bold');
    expect(await text.locator('img, a').count()).toBe(0);
    expect(await text.getByText('red').evaluate((element) => getComputedStyle(element).color)).toBe('rgb(255, 0, 0)');
  });

  test('what it does not know is drawn as a box that says so', async () => {
    const page = await show([
      {
        ...one({ holographic: {} }, { buttonList: { buttons: [{ text: 'x', onClick: { teleport: {} } }] } }),
        mystery: 1,
      },
    ]);
    expect((await page.locator('.not-drawn').allInnerTexts()).sort()).toEqual([
      'not drawn: holographic',
      'not drawn: mystery',
      'not drawn: onClick.teleport',
    ]);
  });

  test('a section folds, and shows what stays open', async () => {
    const widgets = ['one', 'two', 'three'].map((text) => ({ textParagraph: { text } }));
    const page = await show([
      { sections: [{ header: 'Fold', collapsible: true, uncollapsibleWidgetsCount: 1, widgets }] },
    ]);
    const shown = () => page.locator('.text-paragraph:visible').allInnerTexts();
    expect(await shown()).toEqual(['one']);
    await page.getByRole('button', { name: 'Show 2 more' }).click();
    expect(await shown()).toEqual(['one', 'two', 'three']);
  });

  test('a click sends its function, its parameters and the whole form, as Gmail does', async () => {
    const page = await show(
      [
        one(
          { textInput: { name: 'line', label: 'Line', value: 'before' } },
          { textInput: { name: 'lines', label: 'Lines', type: 'MULTIPLE_LINE' } },
          {
            selectionInput: {
              name: 'drop',
              label: 'Drop',
              type: 'DROPDOWN',
              items: [
                { text: 'A', value: 'a' },
                { text: 'B', value: 'b' },
              ],
            },
          },
          {
            selectionInput: {
              name: 'radio',
              label: 'Radio',
              type: 'RADIO_BUTTON',
              items: [
                { text: 'C', value: 'c' },
                { text: 'D', value: 'd', selected: true },
              ],
            },
          },
          {
            selectionInput: {
              name: 'boxes',
              label: 'Boxes',
              type: 'CHECK_BOX',
              items: [
                { text: 'E', value: 'e', selected: true },
                { text: 'F', value: 'f' },
              ],
            },
          },
          { decoratedText: { text: 'Switch it', switchControl: { name: 'switch', value: 'on' } } },
          { dateTimePicker: { name: 'day', label: 'Day', type: 'DATE_ONLY' } },
          { dateTimePicker: { name: 'time', label: 'Time', type: 'TIME_ONLY' } },
          {
            buttonList: {
              buttons: [
                {
                  text: 'Send',
                  onClick: action('save', {
                    parameters: [
                      { key: 'do', value: 'save' },
                      { key: 'n', value: '1' },
                    ],
                  }),
                },
              ],
            },
          },
        ),
      ],
      { notification: { text: 'Saved it' } },
    );
    const bar = sidebar(page);
    await bar.getByLabel('Line', { exact: true }).fill('typed');
    await bar.getByLabel('Lines').fill('a\nb');
    await bar.getByLabel('Drop').selectOption('b');
    await bar.getByLabel('C', { exact: true }).check();
    await bar.getByLabel('F', { exact: true }).check();
    await bar.getByRole('switch', { name: 'Switch it' }).check();
    await bar.getByLabel('Day').fill('2026-03-02');
    await bar.getByLabel('Time').fill('09:30');
    await bar.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Saved it').waitFor();
    expect(posted).toEqual([
      {
        user: 'agent@example.com',
        at: 'home',
        function: 'onAction',
        parameters: { do: 'save', n: '1' },
        formInputs: {
          line: 'typed',
          lines: 'a\nb',
          drop: ['b'],
          radio: ['c'],
          boxes: ['e', 'f'],
          switch: ['on'],
          day: Date.UTC(2026, 2, 2),
          time: { hours: 9, minutes: 30 },
        },
      },
    ]);
    // Typed values are dropped after a click that does not keep them (facts, platform 5.2).
    expect(await bar.getByLabel('Line', { exact: true }).inputValue()).toBe('before');
  });

  test('what was typed stays where the action keeps it', async () => {
    const card = one(
      { textInput: { name: 'line', label: 'Line' } },
      { buttonList: { buttons: [{ text: 'Go', onClick: action('go', { persistValues: true }) }] } },
    );
    const page = await show([card], { navigation: [{ update: card }], notification: { text: 'Came back' } });
    await sidebar(page).getByLabel('Line').fill('typed');
    await page.getByRole('button', { name: 'Go' }).click();
    await page.getByText('Came back').waitFor();
    expect(await sidebar(page).getByLabel('Line').inputValue()).toBe('typed');
  });

  test('a click without its required inputs says what is missing and sends nothing', async () => {
    const page = await show([
      one(
        { textInput: { name: 'token', label: 'Token' } },
        { buttonList: { buttons: [{ text: 'Go', onClick: action('go', { requiredWidgets: ['token'] }) }] } },
      ),
    ]);
    await page.getByRole('button', { name: 'Go' }).click();
    await page.getByText('This is needed.').waitFor();
    expect(await sidebar(page).getByLabel('Token').getAttribute('aria-invalid')).toBe('true');
    expect(posted).toEqual([]);
  });

  test('a change is told when the field is left', async () => {
    const page = await show([
      one({ textInput: { name: 'search', label: 'Search', onChangeAction: action('find').action } }),
    ]);
    await sidebar(page).getByLabel('Search').fill('ana');
    expect(posted).toEqual([]);
    await sidebar(page).getByLabel('Search').blur();
    await until(() => posted.length > 0);
    expect(posted.map(({ parameters, formInputs }) => [parameters['do'], formInputs['search']])).toEqual([
      ['find', 'ana'],
    ]);
  });

  test('cards are pushed, left with the arrow, and replaced', async () => {
    const second = { header: { title: 'Second' }, sections: [{ widgets: [{ textParagraph: { text: 'deeper' } }] }] };
    const page = await show([one({ buttonList: { buttons: [{ text: 'Deeper', onClick: action('deeper') }] } })], {
      navigation: [{ push: second }],
    });
    const heading = page.locator('.card-header h2');
    await page.getByRole('button', { name: 'Deeper' }).click();
    await page.getByText('deeper', { exact: true }).waitFor();
    expect(await heading.innerText()).toBe('Second');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    expect(await heading.innerText()).toBe('Card');
    expect(await page.getByRole('button', { name: 'Back', exact: true }).count()).toBe(0);
  });

  test('a link leads nowhere from here, and says where it would', async () => {
    const page = await show([
      one({
        buttonList: { buttons: [{ text: 'Open', onClick: { openLink: { url: 'https://app.gohighlevel.com/x' } } }] },
      }),
    ]);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('In Gmail this opens https://app.gohighlevel.com/x').waitFor();
    expect(page.context().pages()).toHaveLength(1);
  });

  test("the CRM's consent page opens in a tab, and its closing loads the card again (facts, platform 5.2)", async () => {
    const url = 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation?client_id=x';
    const link = { text: 'Go', onClick: { openLink: { url, onClose: 'RELOAD' } } };
    const page = await show([one({ buttonList: { buttons: [link] } })]);
    let loads = 0;
    page.on('request', (request) => {
      if (request.url().includes('/emulator/sidebar?')) loads++;
    });
    const coming = page.waitForEvent('popup');
    await sidebar(page).getByRole('button', { name: 'Go' }).click();
    const tab = await coming;
    await until(
      () => tab.url() === `${emulator.address}/marketplace.gohighlevel.com/v2/oauth/chooselocation?client_id=x`,
    );
    expect(loads).toBe(0);
    await tab.close();
    await until(() => loads === 1);
  });

  test('an error of the add-on is shown in words, and the page goes on', async () => {
    const page = await show([one({ buttonList: { buttons: [{ text: 'Break', onClick: action('break') }] } })]);
    await page.route('**/emulator/sidebar/action', (route) =>
      route.fulfill({ status: 400, json: { error: 'TypeError: no' } }),
    );
    await page.getByRole('button', { name: 'Break' }).click();
    await page.getByText('The add-on answered with an error: TypeError: no').waitFor();
    expect(await page.getByRole('button', { name: 'Break' }).isEnabled()).toBe(true);
    expect(browsing.troubles()).toEqual([
      'Failed to load resource: the server responded with a status of 400 (Bad Request)',
    ]);
  });

  describe.each(['light', 'dark'] as const)('every widget, %s', (colorScheme) => {
    test('is drawn, can be used by keyboard, and has no serious fault for assistive tools', async () => {
      const page = await show([
        {
          header: { title: 'All', subtitle: 'of them', imageUrl: PIXEL, imageAltText: 'Logo', imageType: 'CIRCLE' },
          cardActions: [{ actionLabel: 'Menu entry', onClick: action('menu') }],
          fixedFooter: {
            primaryButton: { text: 'Primary', onClick: action('primary') },
            secondaryButton: { text: 'Secondary', onClick: action('secondary') },
          },
          sections: [
            {
              header: 'Section',
              widgets: [
                {
                  decoratedText: {
                    startIcon: { knownIcon: 'EMAIL', altText: 'Mail' },
                    topLabel: 'top',
                    text: 'text',
                    bottomLabel: 'bottom',
                    button: { text: 'Do', onClick: action('do') },
                  },
                },
                {
                  decoratedText: {
                    startIcon: { materialIcon: { name: 'sync' } },
                    text: 'clickable',
                    onClick: action('row'),
                    endIcon: { materialIcon: { name: 'chevron_right' } },
                  },
                },
                { decoratedText: { startIcon: { materialIcon: { name: 'never_heard_of' } }, text: 'letter' } },
                { image: { imageUrl: 'https://images.example/x.png', altText: 'Outside' } },
                { image: { imageUrl: PIXEL, altText: 'Inside' } },
                { divider: {} },
                {
                  buttonList: {
                    buttons: [
                      { text: 'Filled', type: 'FILLED', onClick: action('a') },
                      { text: 'Coloured', color: { red: 1, green: 0.9, blue: 0.2 }, onClick: action('b') },
                      { icon: { knownIcon: 'STAR' }, altText: 'Star', onClick: action('c') },
                      {
                        text: 'More',
                        onClick: { overflowMenu: { items: [{ text: 'Hidden', onClick: action('d') }] } },
                      },
                    ],
                  },
                },
                { chipList: { chips: [{ label: 'Chip', onClick: action('chip') }, { label: 'Plain chip' }] } },
                {
                  grid: {
                    title: 'Grid',
                    columnCount: 2,
                    onClick: action('grid'),
                    items: [
                      { id: 'g1', title: 'Item', subtitle: 'sub', image: { imageUri: PIXEL, altText: 'Item' } },
                      { id: 'g2', title: 'Other' },
                    ],
                  },
                },
                {
                  columns: {
                    columnItems: [
                      { widgets: [{ textParagraph: { text: 'left' } }] },
                      { widgets: [{ textParagraph: { text: 'right' } }] },
                    ],
                  },
                },
                { carousel: { carouselCards: [{ widgets: [{ textParagraph: { text: 'slide' } }] }] } },
                {
                  selectionInput: { name: 's', label: 'Switches', type: 'SWITCH', items: [{ text: 'S', value: 's' }] },
                },
                {
                  selectionInput: {
                    name: 'm',
                    label: 'Several',
                    type: 'MULTI_SELECT',
                    items: [
                      { text: 'M', value: 'm', selected: true },
                      { text: 'N', value: 'n' },
                    ],
                  },
                },
                {
                  dateTimePicker: { name: 'both', label: 'When', type: 'DATE_AND_TIME', valueMsEpoch: '1772438400000' },
                },
                {
                  textInput: {
                    name: 't',
                    label: 'Text',
                    hintText: 'hint',
                    initialSuggestions: { items: [{ text: 'suggested' }] },
                  },
                },
              ],
            },
          ],
        },
      ]);
      await page.emulateMedia({ colorScheme });
      expect(await page.locator('.not-drawn').allInnerTexts()).toEqual([]);
      expect(await page.locator('.widget').count()).toBeGreaterThanOrEqual(15);
      await page.getByRole('button', { name: 'More', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.locator('[role=menuitem]:focus').waitFor();
      await page.keyboard.press('Enter');
      await until(() => posted.length === 1);
      await page.getByRole('button', { name: /^Item/ }).click();
      await until(() => posted.length === 2);
      expect(posted.map(({ parameters }) => parameters)).toEqual([
        { do: 'd' },
        { do: 'grid', grid_item_identifier: 'g1' },
      ]);
      expect(await seriousFaults(page)).toEqual([]);
    });
  });
});
