/** Everything that CardService can make, made by the emulated CardService itself and drawn on the page. */
import type { Page } from 'playwright-core';
import { runtime } from '../emulator/apps-script/runtime';
import { seriousFaults } from './accessibility';
import { until } from './page';
import { comparePicture, layoutFaults } from './pictures';
import { useEmulator } from './use-emulator';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Four cards, by what they are about. */
const SCRIPT = `
  const C = CardService;
  const act = (name) => C.newAction().setFunctionName('onAction').setParameters({ do: name });
  const button = (text, name) => C.newTextButton().setText(text).setOnClickAction(act(name));
  const symbol = (name) => C.newIconImage().setMaterialIcon(C.newMaterialIcon().setName(name));
  const card = (title) => C.newCardBuilder().setName(title).setHeader(C.newCardHeader().setTitle(title).setSubtitle('Drawn from CardService').setImageUrl('${PIXEL}').setImageAltText('Logo').setImageStyle(C.ImageStyle.CIRCLE));

  function texts() {
    return card('Texts')
      .addCardAction(C.newCardAction().setText('Menu entry').setOnClickAction(act('menu')))
      .addSection(C.newCardSection().setHeader('Paragraphs')
        .addWidget(C.newTextParagraph().setText('<b>Bold</b>, <i>italic</i>, <u>underlined</u>, <s>struck</s>, <font color="#0b6e6e">coloured</font><br>and <a href="https://app.gohighlevel.com/">a link</a>.'))
        .addWidget(C.newTextParagraph().setText('A long text that is cut after two lines. '.repeat(8)).setMaxLines(2)))
      .addSection(C.newCardSection().setHeader('Rows')
        .addWidget(C.newDecoratedText().setTopLabel('Above').setText('With an icon and a button').setBottomLabel('Below').setWrapText(true).setStartIcon(symbol('mail')).setButton(button('Show', 'show')))
        .addWidget(C.newDecoratedText().setText('To be clicked').setStartIcon(C.newIconImage().setIcon(C.Icon.PERSON)).setOnClickAction(act('row')).setEndIcon(symbol('chevron_right')))
        .addWidget(C.newDecoratedText().setText('With a switch').setSwitchControl(C.newSwitch().setFieldName('on').setValue('yes').setSelected(true)))
        .addWidget(C.newDecoratedText().setText('With a box').setSwitchControl(C.newSwitch().setFieldName('box').setValue('yes').setControlType(C.SwitchControlType.CHECK_BOX)))
        .addWidget(C.newDivider())
        .addWidget(C.newKeyValue().setTopLabel('Old').setContent('KeyValue').setIcon(C.Icon.STAR)))
      .addSection(C.newCardSection().setHeader('Folded').setCollapsible(true).setNumUncollapsibleWidgets(1)
        .setCollapseControl(C.newCollapseControl().setHorizontalAlign(C.HorizontalAlignment.CENTER).setExpandButton(C.newTextButton().setText('All of it').setOnClickAction(act('x'))).setCollapseButton(C.newTextButton().setText('Less of it').setOnClickAction(act('x'))))
        .addWidget(C.newTextParagraph().setText('Always here')).addWidget(C.newTextParagraph().setText('Folded away')))
      .setFixedFooter(C.newFixedFooter().setPrimaryButton(button('Primary', 'primary')).setSecondaryButton(button('Secondary', 'secondary')))
      .build();
  }

  function inputs() {
    const choices = (type) => C.newSelectionInput().setType(type).setTitle(String(type).toLowerCase()).setFieldName('f' + type).addItem('One', '1', true).addItem('Two', '2', false);
    return card('Inputs')
      .addSection(C.newCardSection()
        .addWidget(C.newTextInput().setFieldName('line').setTitle('Line').setHint('A hint').setValue('typed').setSuggestions(C.newSuggestions().addSuggestion('typed before')).setSuggestionsAction(act('suggest')).setValidation(C.newValidation().setInputType(C.InputType.EMAIL).setCharacterLimit(40)))
        .addWidget(C.newTextInput().setFieldName('lines').setTitle('Lines').setMultiline(true).setOnChangeAction(act('change')))
        .addWidget(C.newDatePicker().setFieldName('day').setTitle('Day').setValueInMsSinceEpoch(1772438400000))
        .addWidget(C.newTimePicker().setFieldName('time').setTitle('Time').setHours(9).setMinutes(5))
        .addWidget(C.newDateTimePicker().setFieldName('both').setTitle('Day and time').setValueInMsSinceEpoch('1772438400000').setTimeZoneOffsetInMins(60)))
      .addSection(C.newCardSection()
        .addWidget(choices(C.SelectionInputType.CHECK_BOX)).addWidget(choices(C.SelectionInputType.RADIO_BUTTON))
        .addWidget(choices(C.SelectionInputType.SWITCH)).addWidget(choices(C.SelectionInputType.DROPDOWN))
        .addWidget(C.newSelectionInput().setType(C.SelectionInputType.MULTI_SELECT).setTitle('several').setFieldName('several').setMultiSelectMaxSelectedItems(2).addMultiSelectItem('Ana', 'ana', true, '${PIXEL}', 'of Lisbon').addMultiSelectItem('Bruno', 'bruno', false, '${PIXEL}', 'of Zurich')))
      .build();
  }

  function buttons() {
    return card('Buttons and pictures')
      .addSection(C.newCardSection()
        .addWidget(C.newButtonSet().addButton(button('Filled', 'a').setTextButtonStyle(C.TextButtonStyle.FILLED)).addButton(button('Tonal', 'b').setTextButtonStyle(C.TextButtonStyle.FILLED_TONAL)).addButton(button('Outlined', 'c').setTextButtonStyle(C.TextButtonStyle.OUTLINED)).addButton(button('Plain', 'd').setTextButtonStyle(C.TextButtonStyle.BORDERLESS)).addButton(button('Coloured', 'e').setBackgroundColor('#ffd54f')).addButton(button('Off', 'f').setDisabled(true)))
        .addWidget(C.newButtonSet().addButton(C.newImageButton().setAltText('Star').setIcon(C.Icon.STAR).setOnClickAction(act('g'))).addButton(button('With icon', 'h').setMaterialIcon(C.newMaterialIcon().setName('sync'))).addButton(C.newTextButton().setText('More').setOverflowMenu(C.newOverflowMenu().addMenuItem(C.newOverflowMenuItem().setText('In the menu').setStartIcon(symbol('edit')).setOnClickAction(act('i'))))))
        .addWidget(C.newTextButton().setText('Opens a window').setOpenLink(C.newOpenLink().setUrl('https://app.gohighlevel.com/').setOpenAs(C.OpenAs.OVERLAY).setOnClose(C.OnClose.RELOAD)))
        .addWidget(C.newTextButton().setText('Writes a mail').setComposeAction(act('compose'), C.ComposedEmailType.STANDALONE_DRAFT))
        .addWidget(C.newChipList().addChip(C.newChip().setLabel('Chip').setIcon(symbol('label')).setOnClickAction(act('chip'))).addChip(C.newChip().setLabel('Off').setDisabled(true).setOnClickAction(act('off'))))
        .addWidget(C.newImage().setImageUrl('${PIXEL}').setAltText('A picture').setOnClickAction(act('image')))
        .addWidget(C.newImage().setImageUrl('https://images.example/x.png').setAltText('A picture from outside')))
      .build();
  }

  function layout() {
    const item = (id, image) => C.newGridItem().setIdentifier(id).setTitle('Item ' + id).setSubtitle('below').setTextAlignment(C.HorizontalAlignment.CENTER).setImage(C.newImageComponent().setImageUrl('${PIXEL}').setAltText('Picture ' + id).setCropStyle(C.newImageCropStyle().setImageCropType(C.ImageCropType.CIRCLE)));
    const column = (text) => C.newColumn().setHorizontalAlignment(C.HorizontalAlignment.START).setVerticalAlignment(C.VerticalAlignment.TOP).setHorizontalSizeStyle(C.HorizontalSizeStyle.FILL_AVAILABLE_SPACE).addWidget(C.newTextParagraph().setText(text)).addWidget(button('In ' + text, text));
    return card('Layout')
      .addSection(C.newCardSection().setHeader('Grid').addWidget(C.newGrid().setTitle('Two and two').setNumColumns(2).setBorderStyle(C.newBorderStyle().setType(C.BorderType.STROKE).setCornerRadius(12).setStrokeColor('#0b6e6e')).addItem(item('1')).addItem(item('2')).addItem(item('3')).setOnClickAction(act('grid'))))
      .addSection(C.newCardSection().setHeader('Columns').addWidget(C.newColumns().setWrapStyle(C.WrapStyle.WRAP).addColumn(column('left')).addColumn(column('right'))))
      .addSection(C.newCardSection().setHeader('Side by side').addWidget(C.newCarousel().addCarouselCard(C.newCarouselCard().addWidget(C.newTextParagraph().setText('First')).addFooterWidget(button('Go', 'go'))).addCarouselCard(C.newCarouselCard().addWidget(C.newTextParagraph().setText('Second')))))
      .build();
  }`;
const CARDS = ['texts', 'inputs', 'buttons', 'layout'] as const;

describe('what CardService makes', () => {
  const emulator = useEmulator();
  let page: Page;
  let shown: unknown;
  let posted: { readonly parameters: Readonly<Record<string, string>> }[] = [];

  beforeAll(async () => {
    page = await emulator.open({ reducedMotion: 'reduce' }, 'about:blank');
    await page.route('**/emulator/sidebar?*', (route) => route.fulfill({ json: shown }));
    await page.route('**/emulator/sidebar/action', (route) => {
      posted.push(route.request().postDataJSON() as (typeof posted)[number]);
      return route.fulfill({ json: {} });
    });
  }, 120_000);

  async function draw(name: (typeof CARDS)[number]): Promise<void> {
    posted = [];
    const made = runtime(SCRIPT).execute(name, 'card');
    expect(made.error).toBeUndefined();
    shown = made.result;
    await page.goto(emulator.address);
    await page.locator('.sidebar[aria-busy=false] .card').waitFor();
  }

  test.each(CARDS)('%s: all of it is drawn, in its place, for everybody', async (name) => {
    await draw(name);
    expect(await page.locator('.not-drawn').allInnerTexts()).toEqual([]);
    expect(await layoutFaults(page.locator('.sidebar'))).toEqual([]);
    expect(await comparePicture(page.locator('.sidebar .card'), `card-${name}`)).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFaults(page)).toEqual([]);
    }
  });

  test('buttons do what they say: by keyboard, in a menu, in a grid', async () => {
    await draw('buttons');
    await page.getByRole('button', { name: 'More', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('Enter');
    await until(() => posted.length === 1);
    await page.getByRole('button', { name: 'Writes a mail' }).click();
    await until(() => posted.length === 2);
    expect(posted.map(({ parameters }) => parameters)).toEqual([{ do: 'i' }, { do: 'compose' }]);
    await page.getByRole('button', { name: 'Opens a window' }).click();
    await page.getByText('In Gmail this opens https://app.gohighlevel.com/ in a window above.').waitFor();
    await draw('layout');
    await page.getByRole('button', { name: /Item 2/ }).click();
    await until(() => posted.length === 1);
    expect(posted[0].parameters).toEqual({ do: 'grid', grid_item_identifier: '2' });
  });

  test('a section says in its own words how to unfold it', async () => {
    await draw('texts');
    await page.getByRole('button', { name: 'All of it' }).click();
    await page.getByText('Folded away').waitFor();
    await page.getByRole('button', { name: 'Less of it' }).click();
    await page.getByText('Folded away').waitFor({ state: 'hidden' });
  });
});
