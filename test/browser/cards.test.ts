/** The card renderer on the real page, with cards that the test hands it in place of the add-on's. */
import type { Page } from 'playwright-core';
import { until } from './page';
import { useEmulator } from './use-emulator';

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
  const emulator = useEmulator();
  let posted: Posted[];
  let shown: Page | undefined;

  beforeEach(() => {
    posted = [];
  });

  /** The page with these cards in its sidebar; every click is answered with `answer`. */
  async function show(cards: readonly object[], answer: object = {}): Promise<Page> {
    await shown?.context().close();
    const page = await emulator.open({}, 'about:blank');
    shown = page;
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
    expect(emulator.troubles()).toEqual([
      'Failed to load resource: the server responded with a status of 400 (Bad Request)',
    ]);
  });

  test('a field that nobody draws is named beside what is drawn', async () => {
    const page = await show([one({ decoratedText: { text: 'known', hologram: true } }, { textInput: { name: 'n' } })]);
    await page.locator('.not-drawn').waitFor();
    expect(await page.locator('.not-drawn').allInnerTexts()).toEqual(['not drawn: decoratedText.hologram']);
  });

  test('several cards at once are a list of their headers (facts, platform 5.2)', async () => {
    const named = (title: string, subtitle: string) => ({
      ...one({ textParagraph: { text: `in ${title}` } }),
      header: { title, subtitle },
    });
    const page = await show([named('First', 'one'), named('Second', 'two')]);
    await sidebar(page).getByRole('button', { name: 'Second two' }).click();
    await sidebar(page).getByText('in Second').waitFor();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await sidebar(page).getByRole('button', { name: 'First one' }).waitFor();
  });

  test('an input suggests what it brought along, and what the add-on answers at a pause', async () => {
    const input = {
      name: 'who',
      label: 'Who',
      initialSuggestions: { items: [{ text: 'Ana Pereira' }, { text: 'Bruno Keller' }] },
      autoCompleteAction: action('suggest').action,
    };
    const page = await show([one({ textInput: input })], { suggestions: ['Anastasia'] });
    const field = sidebar(page).getByRole('combobox', { name: 'Who' });
    await field.fill('Ana');
    await sidebar(page).getByRole('option', { name: 'Anastasia' }).waitFor();
    expect(await sidebar(page).getByRole('option').allInnerTexts()).toEqual(['Ana Pereira', 'Anastasia']);
    expect(posted.map(({ parameters, formInputs }) => [parameters['do'], formInputs['who']])).toEqual([
      ['suggest', 'Ana'],
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('Anastasia');
    // What was chosen is no typing: nobody is asked again.
    await page.waitForTimeout(600);
    expect(posted).toHaveLength(1);
  });

  test('of many several are found, ticked and dropped, up to the limit of the card', async () => {
    const items = ['Red', 'Green', 'Blue', 'Black', 'White', 'Pink', 'Grey', 'Gold'].map((text) => ({
      text,
      value: text.toLowerCase(),
    }));
    const colours = { name: 'c', label: 'Colours', type: 'MULTI_SELECT', multiSelectMaxSelectedItems: 2, items };
    const page = await show([
      one({ selectionInput: colours }, { buttonList: { buttons: [{ text: 'Go', onClick: action('go') }] } }),
    ]);
    const bar = sidebar(page);
    await bar.getByLabel('Find in Colours').fill('gr');
    await bar.getByText('Blue').waitFor({ state: 'detached' });
    await bar.getByLabel('Green', { exact: true }).check();
    await bar.getByLabel('Grey', { exact: true }).check();
    await bar.getByText('No more than 2.').waitFor();
    await bar.getByRole('button', { name: 'Remove Green' }).click();
    // What was below moves up.
    await bar.getByText('No more than 2.').waitFor({ state: 'detached' });
    await bar.getByRole('button', { name: 'Go' }).click();
    await until(() => posted.length === 1);
    expect(posted[0].formInputs).toEqual({ c: ['grey'] });
  });

  test('an asked-for authorization is a card with the way to it (facts, platform 5.5)', async () => {
    const url = 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation?client_id=y';
    const page = await show([one({ buttonList: { buttons: [{ text: 'Go', onClick: action('go') }] } })], {
      authorization: { authorizationUrl: url, resourceDisplayName: 'HighLevel <CRM>' },
    });
    await sidebar(page).getByRole('button', { name: 'Go' }).click();
    await sidebar(page).getByText('HighLevel <CRM> has to be allowed').waitFor();
    const coming = page.waitForEvent('popup');
    await sidebar(page).getByRole('button', { name: 'Allow access' }).click();
    await (await coming).close();
  });

  test('a card that cannot be opened says so, and can be tried again', async () => {
    const page = await show([one({ textParagraph: { text: 'here' } })]);
    let works = false;
    await page.route('**/emulator/sidebar?*', (route) =>
      works
        ? route.fulfill({ json: { cards: [one({ textParagraph: { text: 'back again' } })] } })
        : route.fulfill({ status: 400, json: { error: 'TypeError: no' } }),
    );
    await page.reload();
    await page.getByText('The add-on answered with an error: TypeError: no').waitFor();
    works = true;
    await sidebar(page).getByRole('button', { name: 'Try again' }).click();
    await sidebar(page).getByText('back again').waitFor();
    emulator.troubles();
  });
});
