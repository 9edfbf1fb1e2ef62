/** A section: a heading, widgets, and what is folded away until somebody asks for it. */
import { useId, useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { plainText } from './formatted-text';
import { FormattedText } from './formatted-text-view';
import { number, object, objects, text, type Json } from './read';
import { Widgets } from './widget';

export function Section({ section }: { section: Json }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const widgets = objects(section['widgets']);
  const header = text(section['header']);
  const always = section['collapsible'] === true ? (number(section['uncollapsibleWidgetsCount']) ?? 0) : widgets.length;
  const folded = widgets.slice(always);
  const control = object(section['collapseControl']);
  const words = (name: 'expandButton' | 'collapseButton') => text(object(control[name])['text']);
  const align = text(control['horizontalAlignment']).toLowerCase();
  return (
    <section class="card-section" aria-label={header === '' ? undefined : plainText(header)}>
      {header !== '' && (
        <h3>
          <FormattedText source={header} />
        </h3>
      )}
      <Widgets widgets={widgets.slice(0, always)} />
      {folded.length > 0 && (
        <>
          <div id={id} hidden={!open}>
            <Widgets widgets={folded} />
          </div>
          <button
            type="button"
            class={`fold ${align}`}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            <span class={open ? 'turned' : ''}>
              <Icon name="arrowDown" size={18} />
            </span>
            {open ? words('collapseButton') || 'Show less' : words('expandButton') || `Show ${folded.length} more`}
          </button>
        </>
      )}
    </section>
  );
}
