/** Widgets that ask for something (facts, platform 5.1, 5.2). Each needs a field name. */
import { ANYTHING, BOOLEAN, INTEGER, listOf, NUMBER, STRING, TEXT } from '../realm/parameters';
import { ScriptException } from '../realm/script-object';
import { Action } from './actions';
import {
  boolean,
  CardObject,
  choice,
  define,
  id,
  integer,
  listIn,
  object,
  requireName,
  text,
  Widget,
  type Json,
  type Method,
} from './builder';
import { InputType, SelectionInputType, SwitchControlType, Visibility } from './enums';

const MOST_ITEMS = 100;

const INPUT: Readonly<Record<string, Method>> = {
  setId: id,
  setVisibility: choice('visibility', Visibility),
  setFieldName: text('name'),
  setOnChangeAction: object('onChangeAction', Action),
};

function input(kind: string, name: string, shape: (fields: Json) => Json) {
  return ({ id: widgetId, visibility, ...fields }: Json): Json => {
    requireName(fields, name);
    return {
      ...(widgetId === undefined ? {} : { id: widgetId }),
      ...(visibility === undefined ? {} : { visibility }),
      [kind]: shape(fields),
    };
  };
}

export const Suggestions = define('Suggestions', CardObject, {
  methods: {
    addSuggestion: {
      parameters: [[TEXT]],
      run: (fields, suggestion: string) => void listIn(fields, 'items').push({ text: suggestion }),
    },
    addSuggestions: {
      parameters: [[listOf(TEXT)]],
      run: (fields, suggestions: readonly string[]) =>
        void listIn(fields, 'items').push(...suggestions.map((suggestion) => ({ text: suggestion }))),
    },
  },
});

export const Validation = define('Validation', CardObject, {
  methods: { setCharacterLimit: integer('characterLimit'), setInputType: choice('inputType', InputType) },
});

export const TextInput = define('TextInput', Widget, {
  methods: {
    ...INPUT,
    setTitle: text('label'),
    setHint: text('hintText'),
    setValue: text('value'),
    setMultiline: boolean('multiline'),
    setSuggestions: object('initialSuggestions', Suggestions),
    setSuggestionsAction: object('autoCompleteAction', Action),
    setValidation: object('validation', Validation),
  },
  toCard: input('textInput', 'TextInput', ({ multiline, ...fields }) => ({
    ...fields,
    type: multiline === true ? 'MULTIPLE_LINE' : 'SINGLE_LINE',
  })),
});

/** At most 100 items (facts, platform 5.1). */
function addItem(fields: Record<string, unknown>, item: Json): void {
  const items = listIn(fields, 'items');
  if (items.length >= MOST_ITEMS) throw new ScriptException(`A selection input can have at most ${MOST_ITEMS} items.`);
  items.push(item);
}

export const SelectionInput = define('SelectionInput', Widget, {
  methods: {
    ...INPUT,
    setTitle: text('label'),
    setType: choice('type', SelectionInputType),
    addItem: {
      parameters: [[ANYTHING, ANYTHING, BOOLEAN]],
      run: (fields, label: unknown, value: unknown, selected: boolean) =>
        addItem(fields, { text: String(label), value: String(value), selected }),
    },
    addMultiSelectItem: {
      parameters: [[TEXT, TEXT, BOOLEAN, TEXT, TEXT]],
      run: (fields, label: string, value: string, selected: boolean, startIconUri: string, bottomText: string) =>
        addItem(fields, { text: label, value, selected, startIconUri, bottomText }),
    },
    setExternalDataSource: object('externalDataSource', Action),
    setMultiSelectMaxSelectedItems: integer('multiSelectMaxSelectedItems'),
    setMultiSelectMinQueryLength: integer('multiSelectMinQueryLength'),
  },
  toCard: input('selectionInput', 'SelectionInput', (fields) => ({ type: 'CHECK_BOX', items: [], ...fields })),
});

/** Only at the end of a decorated text. */
export const Switch = define('Switch', CardObject, {
  methods: {
    ...INPUT,
    setValue: text('value'),
    setSelected: boolean('selected'),
    setControlType: choice('controlType', SwitchControlType),
  },
  toCard: (fields) => {
    requireName(fields, 'Switch');
    return { selected: false, controlType: 'SWITCH', ...fields };
  },
});

const TIME: Readonly<Record<string, Method>> = {
  ...INPUT,
  setTitle: text('label'),
  setValueInMsSinceEpoch: {
    parameters: [[NUMBER], [STRING]],
    run: (fields, value: number | string) => void (fields.valueMsEpoch = String(value)),
  },
};

export const DatePicker = define('DatePicker', Widget, {
  methods: TIME,
  toCard: input('dateTimePicker', 'DatePicker', (fields) => ({ ...fields, type: 'DATE_ONLY' })),
});

export const DateTimePicker = define('DateTimePicker', Widget, {
  methods: { ...TIME, setTimeZoneOffsetInMins: integer('timezoneOffsetDate') },
  toCard: input('dateTimePicker', 'DateTimePicker', (fields) => ({ ...fields, type: 'DATE_AND_TIME' })),
});

function clockPart(name: string, most: number): Method {
  return {
    parameters: [[INTEGER]],
    run: (fields, value: number) => {
      if (value < 0 || value > most) throw new ScriptException(`Invalid argument: ${value}`);
      fields[name] = value;
    },
  };
}

export const TimePicker = define('TimePicker', Widget, {
  methods: {
    ...INPUT,
    setTitle: text('label'),
    setHours: clockPart('hours', 23),
    setMinutes: clockPart('minutes', 59),
  },
  toCard: input('dateTimePicker', 'TimePicker', ({ hours, minutes, ...fields }) => ({
    ...fields,
    type: 'TIME_ONLY',
    ...(hours === undefined && minutes === undefined
      ? {}
      : { valueMsEpoch: String((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000) }),
  })),
});

export const INPUT_CLASSES = {
  DatePicker,
  DateTimePicker,
  SelectionInput,
  Suggestions,
  Switch,
  TextInput,
  TimePicker,
  Validation,
};
