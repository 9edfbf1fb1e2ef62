/** One widget of a section: the field that is set tells which. */
import type { ComponentType } from 'preact';
import { unknownFields } from './known-fields';
import { NotDrawn } from './not-drawn';
import { isObject, objects, text, type Json } from './read';
import { ButtonList } from './widgets/button';
import { ChipList } from './widgets/chip-list';
import { DateTimePicker } from './widgets/date-time-picker';
import { DecoratedText } from './widgets/decorated-text';
import { Grid } from './widgets/grid';
import { Image } from './widgets/image';
import { SelectionInput } from './widgets/selection-input';
import { TextInput } from './widgets/text-input';
import { TextParagraph } from './widgets/text-paragraph';

const WIDGETS: Readonly<Record<string, ComponentType<{ widget: Json }>>> = {
  textParagraph: TextParagraph,
  decoratedText: DecoratedText,
  image: Image,
  buttonList: ButtonList,
  textInput: TextInput,
  selectionInput: SelectionInput,
  dateTimePicker: DateTimePicker,
  divider: () => <hr />,
  grid: Grid,
  columns: Columns,
  chipList: ChipList,
  carousel: Carousel,
};
/** Fields beside the one that names the widget. */
const ABOUT_THE_WIDGET = new Set(['horizontalAlignment', 'id', 'visibility', 'eventActions']);

export function Widget({ widget }: { widget: Json }) {
  const name = Object.keys(widget).find((key) => !ABOUT_THE_WIDGET.has(key));
  if (name === undefined) return <NotDrawn name="an empty widget" />;
  if (widget['visibility'] === 'HIDDEN') return null;
  const Drawn = WIDGETS[name];
  const content = widget[name];
  const align = text(widget['horizontalAlignment']).toLowerCase();
  return (
    <div class={`widget ${align}`} data-widget={name}>
      {Drawn === undefined || !isObject(content) ? <NotDrawn name={name} /> : <Drawn widget={content} />}
      {isObject(content) && unknownFields(name, content).map((field) => <NotDrawn key={field} name={field} />)}
    </div>
  );
}

export function Widgets({ widgets }: { widgets: readonly Json[] }) {
  return (
    <>
      {widgets.map((widget, index) => (
        <Widget key={index} widget={widget} />
      ))}
    </>
  );
}

/** Two at most stand beside one another (facts, platform 5.1); more go below. */
function Columns({ widget }: { widget: Json }) {
  return (
    <div class={widget['wrapStyle'] === 'NOWRAP' ? 'columns no-wrap' : 'columns'}>
      {objects(widget['columnItems']).map((column, index) => (
        <div
          key={index}
          class={`column ${column['horizontalSizeStyle'] === 'FILL_MINIMUM_SPACE' ? 'narrow' : ''} ${text(column['verticalAlignment']).toLowerCase()} ${text(column['horizontalAlignment']).toLowerCase()}`}
        >
          <Widgets widgets={objects(column['widgets'])} />
        </div>
      ))}
    </div>
  );
}

function Carousel({ widget }: { widget: Json }) {
  return (
    <div class="carousel" tabIndex={0} role="group" aria-label="Cards side by side">
      {objects(widget['carouselCards']).map((card, index) => (
        <div key={index} class="carousel-card">
          <Widgets widgets={[...objects(card['widgets']), ...objects(card['footerWidgets'])]} />
        </div>
      ))}
    </div>
  );
}
