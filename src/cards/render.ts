/** Builds what Gmail shows out of a card's values, within the platform's limits (facts, platform 5.1). */
import { markup, plain } from './escape';
import type { ActionButton, Button, Card, Choice, Section, Widget } from './model';

type BuiltWidget = GoogleAppsScript.Card_Service.Widget;
type BuiltButton = GoogleAppsScript.Card_Service.TextButton;

/** "The section that crosses 100 and all later sections are silently dropped." */
const MOST_WIDGETS = 100;
/** Of a selection. */
const MOST_CHOICES = 100;

export function renderCard(card: Card): GoogleAppsScript.Card_Service.Card {
  const header = CardService.newCardHeader().setTitle(plain(card.title));
  if (card.subtitle !== undefined && card.subtitle !== '') header.setSubtitle(plain(card.subtitle));
  const builder = CardService.newCardBuilder().setName(card.name).setHeader(header);
  for (const section of withinLimit(card.sections)) builder.addSection(buildSection(section));
  if (card.footer !== undefined) {
    const footer = CardService.newFixedFooter().setPrimaryButton(buildButton(card.footer.main));
    if (card.footer.other !== undefined) footer.setSecondaryButton(buildButton(card.footer.other));
    builder.setFixedFooter(footer);
  }
  return builder.build();
}

/** What is too much is left out at the end, row by row and not by whole sections. */
function withinLimit(sections: readonly Section[]): Section[] {
  let left = MOST_WIDGETS;
  return sections.flatMap((section) => {
    const widgets = section.widgets.slice(0, left);
    left -= widgets.length;
    return widgets.length === 0 ? [] : [{ ...section, widgets }];
  });
}

function buildSection({ title, widgets, open }: Section): GoogleAppsScript.Card_Service.CardSection {
  const section = CardService.newCardSection();
  if (title !== undefined) section.setHeader(plain(title));
  for (const widget of widgets) section.addWidget(buildWidget(widget));
  if (open !== undefined && open < widgets.length) section.setCollapsible(true).setNumUncollapsibleWidgets(open);
  return section;
}

function buildWidget(widget: Widget): BuiltWidget {
  switch (widget.kind) {
    case 'text':
      return CardService.newTextParagraph().setText(markup(widget.text));
    case 'row':
      return buildRow(widget);
    case 'buttons': {
      const set = CardService.newButtonSet();
      for (const button of widget.buttons) set.addButton(buildButton(button));
      return set;
    }
    case 'input': {
      const input = CardService.newTextInput().setFieldName(widget.name).setTitle(plain(widget.title));
      if (widget.hint !== undefined) input.setHint(plain(widget.hint));
      if (widget.value !== undefined) input.setValue(widget.value);
      if (widget.lines === true) input.setMultiline(true);
      if (widget.most !== undefined) input.setValidation(CardService.newValidation().setCharacterLimit(widget.most));
      return input;
    }
    case 'date': {
      const picker = CardService.newDatePicker().setFieldName(widget.name).setTitle(plain(widget.title));
      if (widget.value !== undefined) picker.setValueInMsSinceEpoch(widget.value);
      return picker;
    }
    case 'choice':
      return buildChoice(widget);
    case 'divider':
      return CardService.newDivider();
  }
}

function buildRow(row: Extract<Widget, { kind: 'row' }>): BuiltWidget {
  const built = CardService.newDecoratedText().setText(markup(row.text)).setWrapText(true);
  if (row.icon !== undefined) {
    built.setStartIcon(CardService.newIconImage().setMaterialIcon(CardService.newMaterialIcon().setName(row.icon)));
  }
  if (row.above !== undefined) built.setTopLabel(plain(row.above));
  if (row.below !== undefined) built.setBottomLabel(plain(row.below));
  if (row.button !== undefined) built.setButton(buildButton(row.button));
  if (row.url !== undefined) built.setOpenLink(CardService.newOpenLink().setUrl(row.url));
  else if (row.open !== undefined) built.setOnClickAction(buildAction(row.open));
  return built;
}

function buildButton(button: Button): BuiltButton {
  const built = CardService.newTextButton().setText(plain(button.text));
  if ('url' in button) {
    const link = CardService.newOpenLink().setUrl(button.url);
    return built.setOpenLink(button.reload === true ? link.setOnClose(CardService.OnClose.RELOAD) : link);
  }
  if (button.filled === true) built.setTextButtonStyle(CardService.TextButtonStyle.FILLED);
  return built.setOnClickAction(buildAction(button));
}

/** Parameters travel to the client and back: no secret in them, and nothing in them is believed (S9). */
function buildAction({
  do: name,
  parameters,
  required = [],
}: Pick<ActionButton, 'do' | 'parameters' | 'required'>): GoogleAppsScript.Card_Service.Action {
  // The compose window takes nothing but a change of the draft back (facts, platform 5.2).
  const started = CardService.newAction();
  const action = (
    name === 'template.insert' ? started.setFunctionName('onInsertTemplate') : started.setFunctionName('onAction')
  )
    .setParameters({ ...parameters, do: name })
    .setLoadIndicator(CardService.LoadIndicator.SPINNER);
  for (const field of required) action.addRequiredWidget(field);
  return action;
}

function buildChoice({ name, title, type, choices, change }: Extract<Widget, { kind: 'choice' }>): BuiltWidget {
  const input = CardService.newSelectionInput().setFieldName(name).setTitle(plain(title)).setType(typeOf(type));
  // What was typed into the other fields of the card stays.
  if (change !== undefined) input.setOnChangeAction(buildAction(change).setPersistValues(true));
  for (const { text, value, selected } of offered(choices)) input.addItem(plain(text), value, selected);
  return input;
}

/** What is selected is always offered. */
function offered(choices: readonly Choice[]): readonly Choice[] {
  if (choices.length <= MOST_CHOICES) return choices;
  const selected = choices.filter((choice) => choice.selected);
  return [...selected, ...choices.filter((choice) => !choice.selected)].slice(0, MOST_CHOICES);
}

function typeOf(type: 'dropdown' | 'radio' | 'checks'): GoogleAppsScript.Card_Service.SelectionInputType {
  const { DROPDOWN, RADIO_BUTTON, CHECK_BOX } = CardService.SelectionInputType;
  return { dropdown: DROPDOWN, radio: RADIO_BUTTON, checks: CHECK_BOX }[type];
}
