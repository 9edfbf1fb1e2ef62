/** Cards with their header, sections, menu and footer, and the limits of facts, platform 5.1. */
import { ScriptException, ScriptObject, type Signatures } from '../realm/script-object';
import { CardAction } from './actions';
import { asWidgets } from './as-widgets';
import {
  adder,
  boolean,
  CardObject,
  choice,
  define,
  id,
  integer,
  object,
  plain,
  text,
  Widget,
  type Fields,
  type Json,
} from './builder';
import { DisplayStyle, HorizontalAlignment, ImageStyle } from './enums';
import { TextButton } from './widgets';

/** Widgets of a card in all: "the section that crosses 100 and all later sections are silently dropped". */
const MOST_WIDGETS = 100;
const MOST_SECTIONS = 100;

export const CardHeader = define('CardHeader', CardObject, {
  methods: {
    setTitle: text('title'),
    setSubtitle: text('subtitle'),
    setImageUrl: text('imageUrl'),
    setImageStyle: choice('imageType', ImageStyle),
    setImageAltText: text('imageAltText'),
  },
});

const CollapseControl = define('CollapseControl', CardObject, {
  methods: {
    setHorizontalAlign: choice('horizontalAlignment', HorizontalAlignment),
    setCollapseButton: object('collapseButton', TextButton),
    setExpandButton: object('expandButton', TextButton),
  },
});

export const CardSection = define('CardSection', CardObject, {
  methods: {
    setId: id,
    setHeader: text('header'),
    setCollapsible: boolean('collapsible'),
    setNumUncollapsibleWidgets: integer('uncollapsibleWidgetsCount'),
    setCollapseControl: object('collapseControl', CollapseControl),
    addWidget: adder('widgets', Widget),
  },
  toCard: (fields, self) => ({ ...fields, widgets: asWidgets(self.fields.widgets) }),
});

/** One primary button, which is filled, and one secondary. */
const FixedFooter = define('FixedFooter', CardObject, {
  methods: {
    setPrimaryButton: object('primaryButton', TextButton),
    setSecondaryButton: object('secondaryButton', TextButton),
  },
  toCard: (fields) => {
    if (fields.primaryButton === undefined) throw new ScriptException('A fixed footer needs a primary button.');
    return { ...fields, primaryButton: { ...(fields.primaryButton as Json), type: 'FILLED' } };
  },
});

/** A card that was built: only this can be shown. */
export class Card extends ScriptObject {
  static readonly scriptName = 'CardService.Card';
  static readonly signatures: Signatures = { printJson: [[]] };

  constructor(readonly json: Json) {
    super();
  }

  printJson(): string {
    return JSON.stringify(this.json);
  }
}

export const CardBuilder = define('CardBuilder', CardObject, {
  methods: {
    setName: text('name'),
    setHeader: object('header', CardHeader),
    setPeekCardHeader: object('peekCardHeader', CardHeader),
    setDisplayStyle: choice('displayStyle', DisplayStyle),
    setFixedFooter: object('fixedFooter', FixedFooter),
    addCardAction: adder('cardActions', CardAction),
    addSection: adder('sections', CardSection, {
      most: MOST_SECTIONS,
      message: `A card can have at most ${MOST_SECTIONS} sections.`,
    }),
    build: { parameters: [[]], run: (fields) => new Card(buildCard(fields)) },
  },
});

function buildCard(fields: Fields): Json {
  const { sections, ...card } = plain(fields);
  return { ...card, sections: withinLimit((sections ?? []) as Json[]) };
}

function withinLimit(sections: readonly Json[]): Json[] {
  let count = 0;
  const kept: Json[] = [];
  for (const section of sections) {
    count += countWidgets(section.widgets as readonly Json[]);
    if (count > MOST_WIDGETS) break;
    kept.push(section);
  }
  return kept;
}

/** Widgets inside columns count as well as the columns. */
function countWidgets(widgets: readonly Json[]): number {
  let count = 0;
  for (const widget of widgets) {
    const columns = (widget.columns as { columnItems: readonly Json[] } | undefined)?.columnItems ?? [];
    count += 1 + columns.reduce((sum, column) => sum + countWidgets(column.widgets as readonly Json[]), 0);
  }
  return count;
}

export const CARD_CLASSES = { CardBuilder, CardHeader, CardSection, CollapseControl, FixedFooter };
