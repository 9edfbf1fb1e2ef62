/**
 * Which fields of each widget this renderer draws or may leave out without anybody missing something. Whatever else a
 * card sets is shown as not drawn: a card that looks whole here must be whole in Gmail.
 */
import { isObject, type Json } from './read';

const INPUT = ['name', 'label', 'onChangeAction', 'type'];

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  textParagraph: ['text', 'maxLines'],
  decoratedText: [
    ...['icon', 'startIcon', 'startIconVerticalAlignment', 'topLabel', 'topLabelText', 'text'],
    ...['bottomLabel', 'bottomLabelText', 'wrapText', 'onClick', 'button', 'switchControl', 'endIcon'],
  ],
  image: ['imageUrl', 'altText', 'onClick'],
  buttonList: ['buttons'],
  textInput: [
    ...INPUT,
    ...['hintText', 'value', 'validation', 'placeholderText', 'initialSuggestions', 'autoCompleteAction'],
  ],
  // An outside source of items is named where the list is drawn.
  selectionInput: [
    ...INPUT,
    ...['items', 'hintText', 'multiSelectMaxSelectedItems', 'multiSelectMinQueryLength', 'externalDataSource'],
  ],
  dateTimePicker: [...INPUT, 'valueMsEpoch', 'timezoneOffsetDate'],
  divider: [],
  grid: ['title', 'items', 'borderStyle', 'columnCount', 'onClick'],
  columns: ['columnItems', 'wrapStyle'],
  chipList: ['chips', 'layout'],
  carousel: ['carouselCards'],
};

/** `decoratedText.hologram` for each field that nobody draws. */
export function unknownFields(name: string, widget: Json): string[] {
  const known = FIELDS[name];
  if (known === undefined || !isObject(widget)) return [];
  return Object.keys(widget)
    .filter((field) => !known.includes(field))
    .map((field) => `${name}.${field}`);
}
