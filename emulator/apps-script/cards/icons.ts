/** Icons and images inside other widgets. */
import { boolean, CardObject, choice, define, integer, number, object, string, text } from './builder';
import { BorderType, Icon, ImageCropType } from './enums';

export const MaterialIcon = define('MaterialIcon', CardObject, {
  methods: {
    setName: text('name'),
    setFill: boolean('fill'),
    setWeight: integer('weight'),
    setGrade: integer('grade'),
  },
});

export const IconImage = define('IconImage', CardObject, {
  methods: {
    setIcon: choice('knownIcon', Icon),
    setIconUrl: text('iconUrl'),
    setMaterialIcon: object('materialIcon', MaterialIcon),
    setAltText: text('altText'),
    setImageCropType: choice('imageType', ImageCropType),
  },
});

export const BorderStyle = define('BorderStyle', CardObject, {
  methods: {
    setType: choice('type', BorderType),
    setCornerRadius: integer('cornerRadius'),
    setStrokeColor: string('strokeColor'),
  },
});

export const ImageCropStyle = define('ImageCropStyle', CardObject, {
  methods: { setImageCropType: choice('type', ImageCropType), setAspectRatio: number('aspectRatio') },
});

export const ImageComponent = define('ImageComponent', CardObject, {
  methods: {
    setImageUrl: text('imageUri'),
    setAltText: text('altText'),
    setBorderStyle: object('borderStyle', BorderStyle),
    setCropStyle: object('cropStyle', ImageCropStyle),
  },
});

export const ICON_CLASSES = { BorderStyle, IconImage, ImageComponent, ImageCropStyle, MaterialIcon };
