/** CardService: the card v1 JSON that comes out, the limits, and what a callback may return (facts, platform 5). */
import { jsonResponse } from '../../../emulator/core/http';
import { runtime, USER, type Runtime } from './runtime';

type Json = Record<string, unknown>;

/** Builds one widget in a section of a card, and gives its JSON. */
function widget(expression: string): Json {
  const result = card(`CardService.newCardBuilder().addSection(CardService.newCardSection().addWidget(${expression}))`);
  return (result.sections as { widgets: Json[] }[])[0].widgets[0];
}

function card(builder: string): Json {
  return (answer(`return ${builder}.build()`).cards as Json[])[0];
}

function answer(body: string, made: Runtime = runtime()): Json {
  return made.run(`const S = CardService; ${body}`, 'card') as Json;
}

const ACTION = "S.newAction().setFunctionName('onAction')";
const SIMPLE = "S.newCardBuilder().addSection(S.newCardSection().addWidget(S.newTextParagraph().setText('x')))";

describe('widgets as google.apps.card.v1 JSON', () => {
  test.each<[string, string, Json]>([
    [
      'text',
      "S.newTextParagraph().setText('<b>a</b>').setMaxLines(2)",
      { textParagraph: { text: '<b>a</b>', maxLines: 2 } },
    ],
    [
      'decorated text with an icon, labels and a button',
      `S.newDecoratedText().setText('t').setTopLabel('a').setBottomLabel('b').setWrapText(true).setStartIcon(S.newIconImage().setIcon(S.Icon.EMAIL).setAltText('mail')).setButton(S.newTextButton().setText('Go').setOnClickAction(${ACTION}))`,
      {
        decoratedText: {
          text: 't',
          topLabel: 'a',
          bottomLabel: 'b',
          wrapText: true,
          startIcon: { knownIcon: 'EMAIL', altText: 'mail' },
          button: { text: 'Go', onClick: { action: { function: 'onAction' } } },
        },
      },
    ],
    [
      'decorated text: switch before button before icon',
      "S.newDecoratedText().setText('t').setEndIcon(S.newIconImage().setIconUrl('https://i.example/')).setButton(S.newTextButton().setText('Go')).setSwitchControl(S.newSwitch().setFieldName('on').setValue('yes').setSelected(true))",
      {
        decoratedText: {
          text: 't',
          switchControl: { name: 'on', value: 'yes', selected: true, controlType: 'SWITCH' },
        },
      },
    ],
    [
      'key value is a decorated text',
      "S.newKeyValue().setContent('c').setTopLabel('t').setMultiline(true).setIcon(S.Icon.PERSON)",
      { decoratedText: { text: 'c', topLabel: 't', wrapText: true, startIcon: { knownIcon: 'PERSON' } } },
    ],
    [
      'buttons',
      `S.newButtonSet().addButton(S.newTextButton().setText('A').setTextButtonStyle(S.TextButtonStyle.FILLED).setBackgroundColor('#ff0000').setDisabled(true).setOpenLink(S.newOpenLink().setUrl('https://x.example/').setOpenAs(S.OpenAs.FULL_SIZE).setOnClose(S.OnClose.RELOAD))).addButton(S.newImageButton().setMaterialIcon(S.newMaterialIcon().setName('sync').setFill(true)).setAltText('Sync').setOnClickAction(${ACTION}))`,
      {
        buttonList: {
          buttons: [
            {
              text: 'A',
              type: 'FILLED',
              color: { red: 1, green: 0, blue: 0, alpha: 1 },
              disabled: true,
              onClick: { openLink: { url: 'https://x.example/', openAs: 'FULL_SIZE', onClose: 'RELOAD' } },
            },
            {
              icon: { materialIcon: { name: 'sync', fill: true } },
              altText: 'Sync',
              onClick: { action: { function: 'onAction' } },
            },
          ],
        },
      },
    ],
    [
      'a button alone is a list of one',
      "S.newTextButton().setText('A').setId('go')",
      { id: 'go', buttonList: { buttons: [{ text: 'A' }] } },
    ],
    [
      'image',
      `S.newImage().setImageUrl('https://i.example/a.png').setAltText('a').setOnClickAction(${ACTION})`,
      { image: { imageUrl: 'https://i.example/a.png', altText: 'a', onClick: { action: { function: 'onAction' } } } },
    ],
    ['divider', 'S.newDivider()', { divider: {} }],
    [
      'text input',
      `S.newTextInput().setFieldName('n').setTitle('Name').setHint('h').setValue('v').setMultiline(true).setSuggestions(S.newSuggestions().addSuggestion('a').addSuggestions(['b'])).setValidation(S.newValidation().setCharacterLimit(9).setInputType(S.InputType.EMAIL)).setOnChangeAction(${ACTION})`,
      {
        textInput: {
          name: 'n',
          label: 'Name',
          hintText: 'h',
          value: 'v',
          type: 'MULTIPLE_LINE',
          initialSuggestions: { items: [{ text: 'a' }, { text: 'b' }] },
          validation: { characterLimit: 9, inputType: 'EMAIL' },
          onChangeAction: { function: 'onAction' },
        },
      },
    ],
    [
      'selection',
      "S.newSelectionInput().setType(S.SelectionInputType.DROPDOWN).setFieldName('s').setTitle('Who').addItem('A', 1, true).addItem('B', 'b', false)",
      {
        selectionInput: {
          type: 'DROPDOWN',
          name: 's',
          label: 'Who',
          items: [
            { text: 'A', value: '1', selected: true },
            { text: 'B', value: 'b', selected: false },
          ],
        },
      },
    ],
    [
      'date',
      "S.newDatePicker().setFieldName('d').setValueInMsSinceEpoch(5)",
      { dateTimePicker: { name: 'd', type: 'DATE_ONLY', valueMsEpoch: '5' } },
    ],
    [
      'time',
      "S.newTimePicker().setFieldName('t').setHours(1).setMinutes(30)",
      { dateTimePicker: { name: 't', type: 'TIME_ONLY', valueMsEpoch: '5400000' } },
    ],
    [
      'date and time',
      "S.newDateTimePicker().setFieldName('d').setTitle('When').setTimeZoneOffsetInMins(60)",
      { dateTimePicker: { name: 'd', label: 'When', type: 'DATE_AND_TIME', timezoneOffsetDate: 60 } },
    ],
    [
      'grid',
      "S.newGrid().setTitle('g').setNumColumns(2).addItem(S.newGridItem().setIdentifier('1').setTitle('a').setLayout(S.GridItemLayout.TEXT_BELOW).setImage(S.newImageComponent().setImageUrl('https://i.example/').setCropStyle(S.newImageCropStyle().setImageCropType(S.ImageCropType.CIRCLE))))",
      {
        grid: {
          title: 'g',
          columnCount: 2,
          items: [
            {
              id: '1',
              title: 'a',
              layout: 'TEXT_BELOW',
              image: { imageUri: 'https://i.example/', cropStyle: { type: 'CIRCLE' } },
            },
          ],
        },
      },
    ],
    [
      'columns',
      "S.newColumns().setWrapStyle(S.WrapStyle.WRAP).addColumn(S.newColumn().setVerticalAlignment(S.VerticalAlignment.TOP).addWidget(S.newTextButton().setText('A')))",
      {
        columns: {
          wrapStyle: 'WRAP',
          columnItems: [{ verticalAlignment: 'TOP', widgets: [{ buttonList: { buttons: [{ text: 'A' }] } }] }],
        },
      },
    ],
    [
      'chips',
      `S.newChipList().setLayout(S.ChipListLayout.WRAPPED).addChip(S.newChip().setLabel('vip').setOnClickAction(${ACTION}))`,
      { chipList: { layout: 'WRAPPED', chips: [{ label: 'vip', onClick: { action: { function: 'onAction' } } }] } },
    ],
    [
      'menu',
      `S.newTextButton().setText('…').setOverflowMenu(S.newOverflowMenu().addMenuItem(S.newOverflowMenuItem().setText('One').setOnClickAction(${ACTION})))`,
      {
        buttonList: {
          buttons: [
            {
              text: '…',
              onClick: { overflowMenu: { items: [{ text: 'One', onClick: { action: { function: 'onAction' } } }] } },
            },
          ],
        },
      },
    ],
    [
      'carousel',
      "S.newCarousel().addCarouselCard(S.newCarouselCard().addWidget(S.newTextParagraph().setText('a')))",
      { carousel: { carouselCards: [{ widgets: [{ textParagraph: { text: 'a' } }] }] } },
    ],
  ])('%s', (_, expression, json) => {
    const made = runtime();
    const built = answer(
      `return S.newCardBuilder().addSection(S.newCardSection().addWidget(${expression})).build()`,
      made,
    );
    expect((built.cards as { sections: { widgets: Json[] }[] }[])[0].sections[0].widgets[0]).toEqual(json);
    expect(made.script.faults().callsSinceArmed).toBe(0);
  });

  test('an action with all that it may have', () => {
    expect(
      widget(
        "CardService.newTextButton().setText('a').setOnClickAction(CardService.newAction().setFunctionName('f').setParameters({ do: 'x', id: '1' }).setLoadIndicator(CardService.LoadIndicator.NONE).setPersistValues(true).addRequiredWidget('n').setAllWidgetsAreRequired(false))",
      ),
    ).toEqual({
      buttonList: {
        buttons: [
          {
            text: 'a',
            onClick: {
              action: {
                function: 'f',
                parameters: [
                  { key: 'do', value: 'x' },
                  { key: 'id', value: '1' },
                ],
                loadIndicator: 'NONE',
                persistValues: true,
                requiredWidgets: ['n'],
                allWidgetsAreRequired: false,
              },
            },
          },
        ],
      },
    });
  });

  test('platform 5.2: one click handler a widget, the last one', () => {
    expect(
      widget(
        "CardService.newImage().setOpenLink(CardService.newOpenLink().setUrl('https://x.example/')).setOnClickAction(CardService.newAction().setFunctionName('f'))",
      ),
    ).toEqual({
      image: { onClick: { action: { function: 'f' } } },
    });
  });

  test('a card with header, menu, footer, collapsible section', () => {
    expect(
      card(`CardService.newCardBuilder().setName('home').setDisplayStyle(CardService.DisplayStyle.PEEK)
        .setHeader(CardService.newCardHeader().setTitle('T').setSubtitle('s').setImageUrl('https://i.example/').setImageStyle(CardService.ImageStyle.CIRCLE))
        .setPeekCardHeader(CardService.newCardHeader().setTitle('P'))
        .addCardAction(CardService.newCardAction().setText('Settings').setOnClickAction(CardService.newAction().setFunctionName('f')))
        .addSection(CardService.newCardSection().setId('one').setHeader('h').setCollapsible(true).setNumUncollapsibleWidgets(1).addWidget(CardService.newDivider()))
        .setFixedFooter(CardService.newFixedFooter().setPrimaryButton(CardService.newTextButton().setText('OK')).setSecondaryButton(CardService.newTextButton().setText('No')))`),
    ).toEqual({
      name: 'home',
      displayStyle: 'PEEK',
      header: { title: 'T', subtitle: 's', imageUrl: 'https://i.example/', imageType: 'CIRCLE' },
      peekCardHeader: { title: 'P' },
      cardActions: [{ actionLabel: 'Settings', onClick: { action: { function: 'f' } } }],
      sections: [
        { id: 'one', header: 'h', collapsible: true, uncollapsibleWidgetsCount: 1, widgets: [{ divider: {} }] },
      ],
      fixedFooter: { primaryButton: { text: 'OK', type: 'FILLED' }, secondaryButton: { text: 'No' } },
    });
  });

  test('printJson shows the card', () => {
    expect(JSON.parse(String(runtime().run(`const S = CardService; return ${SIMPLE}.build().printJson()`)))).toEqual({
      sections: [{ widgets: [{ textParagraph: { text: 'x' } }] }],
    });
  });
});

describe('limits (facts, platform 5.1)', () => {
  const section = (count: number, header: string) =>
    `(() => { const s = CardService.newCardSection().setHeader('${header}'); for (let i = 0; i < ${count}; i++) s.addWidget(CardService.newTextParagraph().setText('x')); return s; })()`;
  const headers = (...sections: string[]) =>
    (
      card(`CardService.newCardBuilder()${sections.map((each) => `.addSection(${each})`).join('')}`).sections as Json[]
    ).map(({ header }) => header);

  test('platform 5.1: the section that crosses 100 widgets and all later ones are dropped without a word', () => {
    expect(headers(section(60, 'a'), section(40, 'b'))).toEqual(['a', 'b']);
    expect(headers(section(60, 'a'), section(41, 'b'), section(1, 'c'))).toEqual(['a']);
    expect(headers(section(101, 'a'))).toEqual([]);
  });

  test('widgets inside columns count', () => {
    const columns = `CardService.newCardSection().setHeader('c').addWidget(CardService.newColumns().addColumn(CardService.newColumn().addWidget(CardService.newDivider()).addWidget(CardService.newDivider())))`;
    expect(headers(section(97, 'a'), columns)).toEqual(['a', 'c']);
    expect(headers(section(98, 'a'), columns)).toEqual(['a']);
  });

  test.each([
    [
      '101 sections',
      '(() => { const c = S.newCardBuilder(); for (let i = 0; i < 101; i++) c.addSection(S.newCardSection()); return c; })()',
      'at most 100 sections',
    ],
    [
      '101 items of a selection',
      "(() => { const s = S.newSelectionInput(); for (let i = 0; i < 101; i++) s.addItem('a', 'b', false); return s; })()",
      'at most 100 items',
    ],
    [
      '3 columns',
      'S.newColumns().addColumn(S.newColumn()).addColumn(S.newColumn()).addColumn(S.newColumn())',
      'at most 2 columns',
    ],
    [
      'a footer without a primary button',
      'S.newCardBuilder().setFixedFooter(S.newFixedFooter()).build()',
      'needs a primary button',
    ],
    [
      'an input without a field name',
      'S.newCardBuilder().addSection(S.newCardSection().addWidget(S.newTextInput())).build()',
      'Missing required field: fieldName of TextInput',
    ],
    ['an id with other characters', "S.newCardSection().setId('a b')", 'Invalid argument: a b'],
    ['an id of 65 characters', "S.newDivider().setId('a'.repeat(65))", 'Invalid argument'],
    [
      'parameters that are not texts',
      'S.newAction().setParameters({ n: 5 })',
      "The parameters (Object) don't match the method signature for CardService.Action.setParameters.",
    ],
    [
      'a text where a value of an enumeration is needed',
      "S.newTextButton().setTextButtonStyle('FILLED')",
      "The parameters (String) don't match the method signature for CardService.TextButton.setTextButtonStyle.",
    ],
    [
      'a value of another enumeration',
      'S.newTextButton().setTextButtonStyle(S.OnClose.RELOAD)',
      'The parameters (CardService.OnClose)',
    ],
    ['a widget of the wrong kind', 'S.newButtonSet().addButton(S.newImage())', 'The parameters (CardService.Image)'],
    [
      'a section as a widget',
      'S.newCardSection().addWidget(S.newCardSection())',
      'The parameters (CardService.CardSection)',
    ],
    [
      'a builder where a card is needed',
      'S.newNavigation().pushCard(S.newCardBuilder())',
      'The parameters (CardService.CardBuilder)',
    ],
    ['null for a text', 'S.newTextParagraph().setText(null)', 'The parameters (null)'],
    ['a compose response without a draft', 'S.newComposeActionResponseBuilder().build()', 'gmailDraft'],
  ])('refused: %s', (_, expression, message) => {
    expect(() => answer(`${expression}; return undefined`)).toThrow(message);
  });
});

describe('what a callback may return (facts, platform 5.2)', () => {
  test('a card, several cards, nothing', () => {
    expect(answer(`return ${SIMPLE}.build()`)).toMatchObject({ cards: [{ sections: [{}] }] });
    expect(answer(`return [${SIMPLE}.setName('a').build(), ${SIMPLE}.setName('b').build()]`)).toMatchObject({
      cards: [{ name: 'a' }, { name: 'b' }],
    });
    expect(answer('return')).toEqual({});
    expect(answer('return null')).toEqual({});
  });

  test('a draft that is there, to be opened; without one it cannot be built', () => {
    const scopes = ['script.external_request', 'gmail.modify'].map((name) => `https://www.googleapis.com/auth/${name}`);
    const { run, wire } = runtime('', {
      manifest: { timeZone: 'Etc/UTC', oauthScopes: scopes },
      answer: ({ path }) =>
        path.includes('/drafts/r1?')
          ? jsonResponse(200, { id: 'r1', message: { id: 'm1', threadId: 't1' } })
          : jsonResponse(404, {}),
    });
    const build = (id: string) =>
      run(
        `return CardService.newComposeActionResponseBuilder().setGmailDraft(GmailApp.getDraft('${id}')).build()`,
        'card',
      );
    expect(build('r1')).toEqual({ openDraft: { id: 'r1', threadId: 't1' } });
    expect(wire[0].headers['authorization']).toBe(`Bearer token of ${USER} with 2 scopes`);
    expect(() => build('r2')).toThrow('Invalid argument: r2');
  });

  test('navigation in order, notification, link, changed state', () => {
    expect(
      answer(`return S.newActionResponseBuilder()
        .setNavigation(S.newNavigation().popToRoot().popCard().popToNamedCard('home').updateCard(${SIMPLE}.setName('u').build()).pushCard(${SIMPLE}.setName('p').build()))
        .setNotification(S.newNotification().setText('Saved')).setOpenLink(S.newOpenLink().setUrl('https://x.example/')).setStateChanged(true).build()`),
    ).toMatchObject({
      navigation: [
        { popToRoot: true },
        { pop: true },
        { popTo: 'home' },
        { update: { name: 'u' } },
        { push: { name: 'p' } },
      ],
      notification: { text: 'Saved' },
      openLink: { url: 'https://x.example/' },
      stateChanged: true,
    });
  });

  test('universal actions, suggestions, changes of a draft', () => {
    expect(
      answer(`return S.newUniversalActionResponseBuilder().displayAddOnCards([${SIMPLE}.build()]).build()`),
    ).toMatchObject({ cards: [{}] });
    expect(
      answer(
        "return S.newSuggestionsResponseBuilder().setSuggestions(S.newSuggestions().addSuggestions(['a', 'b'])).build()",
      ),
    ).toEqual({ suggestions: ['a', 'b'] });
    expect(
      answer(`return S.newUpdateDraftActionResponseBuilder().setUpdateDraftSubjectAction(S.newUpdateDraftSubjectAction().addUpdateSubject('s'))
        .setUpdateDraftToRecipientsAction(S.newUpdateDraftToRecipientsAction().addUpdateToRecipients(['a@b.example']))
        .setUpdateDraftBodyAction(S.newUpdateDraftBodyAction().addUpdateContent('<p>x</p>', S.ContentType.MUTABLE_HTML).setUpdateType(S.UpdateDraftBodyType.IN_PLACE_INSERT)).build()`),
    ).toEqual({
      updateDraft: {
        subject: 's',
        to: ['a@b.example'],
        body: { contents: [{ content: '<p>x</p>', contentType: 'MUTABLE_HTML' }], updateType: 'IN_PLACE_INSERT' },
      },
    });
  });

  test.each([
    ['S.newCardBuilder()'],
    ['S.newActionResponseBuilder()'],
    ['"text"'],
    ['({ renderActions: {} })'],
    ['[]'],
    [`[${SIMPLE}]`],
  ])('platform 5.2: %s is refused: build() was forgotten, or it is nothing that can be shown', (expression) => {
    expect(() => answer(`return ${expression}`)).toThrow(
      'Also make sure to call build on any builder before returning it.',
    );
  });

  test('platform 5.1: openLinkUrlPrefixes must cover every link of the answer', () => {
    const link = (url: string, prefixes: string[]) =>
      answer(
        `return S.newCardBuilder().addSection(S.newCardSection().addWidget(S.newTextButton().setText('a').setOpenLink(S.newOpenLink().setUrl('${url}')))).build()`,
        runtime('', { manifest: { timeZone: 'Etc/UTC', addOns: { common: { openLinkUrlPrefixes: prefixes } } } }),
      );
    expect(() => link('https://x.example/a', ['https://y.example/'])).toThrow(
      'URL (https://x.example/a) does not match any of the prefixes whitelisted for use in the add-on.',
    );
    for (const prefix of ['https://x.example/', 'https://*.example/', '*'])
      expect(() => link('https://x.example/a', [prefix])).not.toThrow();
  });

  test('platform 5.5: an authorization exception asks the user to connect; only a card can', () => {
    const { execute } = runtime(
      "function ask() { CardService.newAuthorizationException().setAuthorizationUrl('https://a.example/').setResourceDisplayName('CRM').setCustomUiCallback('ui').throwException(); }",
    );
    expect(execute('ask', 'card')).toMatchObject({
      ok: true,
      result: {
        authorization: { authorizationUrl: 'https://a.example/', resourceDisplayName: 'CRM', customUiCallback: 'ui' },
      },
    });
    expect(execute('ask')).toMatchObject({
      ok: false,
      error: expect.stringContaining('Authorization is required') as unknown,
    });
  });

  test('the event of a card that nobody described is a homepage (facts, platform 5.4)', () => {
    const { script } = runtime(
      'function show(e) { PropertiesService.getUserProperties().setProperty("e", JSON.stringify(e)); }',
      {
        profile: () => ({ name: 'A', timeZone: 'Europe/Berlin', locale: 'de' }),
      },
    );
    script.execute({ user: USER, function: 'show', context: 'card' });
    expect(JSON.parse(script.properties(USER).e)).toEqual({
      commonEventObject: {
        platform: 'WEB',
        hostApp: 'GMAIL',
        parameters: {},
        formInputs: {},
        userLocale: 'de',
        timeZone: { id: 'Europe/Berlin', offset: 3_600_000 },
      },
    });
  });
});
