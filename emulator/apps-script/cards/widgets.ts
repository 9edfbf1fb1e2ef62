/** Widgets that show something: texts, images, buttons (facts, platform 5.2). */
import { BUTTON_CLICKS, CLICKS } from './actions';
import {
  adder,
  boolean,
  Button,
  choice,
  define,
  id,
  integer,
  object,
  string,
  text,
  Widget,
  type Json,
  type Method,
} from './builder';
import { Icon, ImageButtonStyle, ImageCropType, TextButtonStyle, Visibility } from './enums';
import { IconImage, MaterialIcon } from './icons';
import { Switch } from './inputs';

/** Every widget may have an id and may be hidden. */
export const WIDGET: Readonly<Record<string, Method>> = { setId: id, setVisibility: choice('visibility', Visibility) };

/** The JSON of a widget: its kind with its fields, id and visibility beside it. */
export function widget(kind: string, shape: (fields: Json) => Json = (fields) => fields) {
  return ({ id: name, visibility, ...fields }: Json): Json => ({
    ...(name === undefined ? {} : { id: name }),
    ...(visibility === undefined ? {} : { visibility }),
    [kind]: shape(fields),
  });
}

export const TextParagraph = define('TextParagraph', Widget, {
  methods: { ...WIDGET, setText: text('text'), setMaxLines: integer('maxLines') },
  toCard: widget('textParagraph'),
});

export const Image = define('Image', Widget, {
  methods: { ...WIDGET, ...CLICKS, setImageUrl: text('imageUrl'), setAltText: text('altText') },
  toCard: widget('image'),
});

export const Divider = define('Divider', Widget, { methods: WIDGET, toCard: widget('divider') });

/** A button's own fields; alone in a section it is a list of one. */
export function buttonOf(fields: Json): Json {
  const { id: _id, visibility: _visibility, iconUrl, knownIcon, materialIcon, ...button } = fields;
  const icon =
    iconUrl !== undefined
      ? { iconUrl }
      : materialIcon !== undefined
        ? { materialIcon }
        : knownIcon !== undefined
          ? { knownIcon }
          : undefined;
  return icon === undefined ? button : { icon, ...button };
}

const BUTTON: Readonly<Record<string, Method>> = {
  ...WIDGET,
  ...BUTTON_CLICKS,
  setAltText: text('altText'),
  setDisabled: boolean('disabled'),
  setIcon: choice('knownIcon', Icon),
  setIconUrl: text('iconUrl'),
  setMaterialIcon: object('materialIcon', MaterialIcon),
};

export const TextButton = define('TextButton', Button, {
  methods: {
    ...BUTTON,
    setText: text('text'),
    setTextButtonStyle: choice('type', TextButtonStyle),
    setBackgroundColor: {
      parameters: string('color').parameters,
      run: (fields, color: string) => void (fields.color = colorOf(color)),
    },
  },
  toCard: buttonOf,
});

export const ImageButton = define('ImageButton', Button, {
  methods: { ...BUTTON, setImageButtonStyle: choice('type', ImageButtonStyle) },
  toCard: buttonOf,
});

/** `#rrggbb` as the card's parts from 0 to 1. */
function colorOf(hex: string): Json {
  const value = /^#?([0-9a-f]{6})$/i.exec(hex)?.[1];
  if (value === undefined) return { red: 0, green: 0, blue: 0, alpha: 1 };
  const part = (from: number) => parseInt(value.slice(from, from + 2), 16) / 255;
  return { red: part(0), green: part(2), blue: part(4), alpha: 1 };
}

export const ButtonSet = define('ButtonSet', Widget, {
  methods: { ...WIDGET, addButton: adder('buttons', Button) },
  toCard: widget('buttonList', (fields) => ({ buttons: [], ...fields })),
});

/** At its end one button, or one switch, or one icon (facts, platform 5.2). */
export const DecoratedText = define('DecoratedText', Widget, {
  methods: {
    ...WIDGET,
    ...CLICKS,
    setText: text('text'),
    setTopLabel: text('topLabel'),
    setBottomLabel: text('bottomLabel'),
    setWrapText: boolean('wrapText'),
    setIcon: choice('knownIcon', Icon),
    setIconUrl: text('iconUrl'),
    setIconAltText: text('iconAltText'),
    setIconImageCropType: choice('iconImageType', ImageCropType),
    setStartIcon: object('startIcon', IconImage),
    setEndIcon: object('endIcon', IconImage),
    setButton: object('button', Button),
    setSwitchControl: object('switchControl', Switch),
  },
  toCard: widget('decoratedText', ({ knownIcon, iconUrl, iconAltText, iconImageType, ...fields }) => {
    const { button, switchControl, endIcon, ...rest } = fields;
    const end =
      switchControl !== undefined
        ? { switchControl }
        : button !== undefined
          ? { button }
          : endIcon !== undefined
            ? { endIcon }
            : {};
    const icon = {
      ...(knownIcon === undefined ? {} : { knownIcon }),
      ...(iconUrl === undefined ? {} : { iconUrl }),
      ...(iconAltText === undefined ? {} : { altText: iconAltText }),
      ...(iconImageType === undefined ? {} : { imageType: iconImageType }),
    };
    const hasIcon = fields.startIcon === undefined && (knownIcon !== undefined || iconUrl !== undefined);
    return { ...(hasIcon ? { startIcon: icon } : {}), ...rest, ...end };
  }),
});

/** Deprecated; its card is a decorated text. */
export const KeyValue = define('KeyValue', Widget, {
  methods: {
    ...CLICKS,
    setContent: text('text'),
    setTopLabel: text('topLabel'),
    setBottomLabel: text('bottomLabel'),
    setMultiline: boolean('wrapText'),
    setIcon: choice('knownIcon', Icon),
    setIconUrl: text('iconUrl'),
    setIconAltText: text('iconAltText'),
    setButton: object('button', Button),
    setSwitch: object('switchControl', Switch),
  },
  toCard: (_, self) => {
    const same = new DecoratedText();
    Object.assign(same.fields, self.fields);
    return same.toCard();
  },
});

export const WIDGET_CLASSES = {
  ButtonSet,
  DecoratedText,
  Divider,
  Image,
  ImageButton,
  KeyValue,
  TextButton,
  TextParagraph,
};
