/** Widgets that hold others: grids, columns, chips, carousels (facts, platform 5.1, 5.2). */
import { CLICKS } from './actions';
import { adder, boolean, CardObject, choice, define, integer, object, text, Widget } from './builder';
import {
  ChipListLayout,
  GridItemLayout,
  HorizontalAlignment,
  HorizontalSizeStyle,
  VerticalAlignment,
  WrapStyle,
} from './enums';
import { BorderStyle, IconImage, ImageComponent } from './icons';
import { asWidgets } from './as-widgets';
import { widget, WIDGET } from './widgets';

const GridItem = define('GridItem', CardObject, {
  methods: {
    setIdentifier: text('id'),
    setTitle: text('title'),
    setSubtitle: text('subtitle'),
    setImage: object('image', ImageComponent),
    setLayout: choice('layout', GridItemLayout),
    setTextAlignment: choice('textAlignment', HorizontalAlignment),
  },
});

const Grid = define('Grid', Widget, {
  methods: {
    ...WIDGET,
    ...CLICKS,
    setTitle: text('title'),
    addItem: adder('items', GridItem),
    setBorderStyle: object('borderStyle', BorderStyle),
    setNumColumns: integer('columnCount'),
  },
  toCard: widget('grid', (fields) => ({ items: [], ...fields })),
});

const Column = define('Column', CardObject, {
  methods: {
    addWidget: adder('widgets', Widget),
    setHorizontalAlignment: choice('horizontalAlignment', HorizontalAlignment),
    setHorizontalSizeStyle: choice('horizontalSizeStyle', HorizontalSizeStyle),
    setVerticalAlignment: choice('verticalAlignment', VerticalAlignment),
  },
  toCard: (fields, self) => ({ ...fields, widgets: asWidgets(self.fields.widgets) }),
});

/** Two at most (facts, platform 5.1). */
const Columns = define('Columns', Widget, {
  methods: {
    ...WIDGET,
    addColumn: adder('columnItems', Column, { most: 2, message: 'A Columns widget can have at most 2 columns.' }),
    setWrapStyle: choice('wrapStyle', WrapStyle),
  },
  toCard: widget('columns', (fields) => ({ columnItems: [], ...fields })),
});

const Chip = define('Chip', CardObject, {
  methods: {
    ...CLICKS,
    setLabel: text('label'),
    setIcon: object('icon', IconImage),
    setDisabled: boolean('disabled'),
    setAltText: text('altText'),
  },
});

const ChipList = define('ChipList', Widget, {
  methods: { ...WIDGET, addChip: adder('chips', Chip), setLayout: choice('layout', ChipListLayout) },
  toCard: widget('chipList', (fields) => ({ chips: [], ...fields })),
});

const CarouselCard = define('CarouselCard', CardObject, {
  methods: { addWidget: adder('widgets', Widget), addFooterWidget: adder('footerWidgets', Widget) },
  toCard: (_, self) => ({
    widgets: asWidgets(self.fields.widgets),
    ...(self.fields.footerWidgets === undefined ? {} : { footerWidgets: asWidgets(self.fields.footerWidgets) }),
  }),
});

const Carousel = define('Carousel', Widget, {
  methods: { ...WIDGET, addCarouselCard: adder('carouselCards', CarouselCard) },
  toCard: widget('carousel', (fields) => ({ carouselCards: [], ...fields })),
});

export const LAYOUT_CLASSES = { Carousel, CarouselCard, Chip, ChipList, Column, Columns, Grid, GridItem };
