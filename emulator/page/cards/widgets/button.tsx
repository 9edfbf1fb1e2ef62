/** Buttons: filled, outlined, text, with an icon, with a menu behind them. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { readClick, useCardHost } from '../actions';
import { CardIcon } from '../icon';
import { isObject, number, objects, text, type Json } from '../read';
import { NotDrawn } from '../not-drawn';

export function ButtonList({ widget }: { widget: Json }) {
  return (
    <div class="button-list">
      {objects(widget['buttons']).map((button, index) => (
        <CardButton key={index} button={button} />
      ))}
    </div>
  );
}

export function CardButton({ button }: { button: Json }) {
  const host = useCardHost();
  const [open, setOpen] = useState(false);
  const click = readClick(button['onClick']);
  const label = text(button['text']);
  const colour = colourOf(button['color']);
  const kind = colour === undefined ? kindOf(button) : 'filled coloured';
  if (click?.kind === 'unknown') return <NotDrawn name={`onClick.${click.name}`} />;
  return (
    <span class="card-button-frame">
      <button
        type="button"
        class={`card-button ${kind} ${label === '' ? 'icon-only' : ''}`}
        style={colour === undefined ? {} : { '--button-colour': colour.fill, '--button-ink': colour.ink }}
        aria-label={text(button['altText']) || (label === '' ? 'Button' : undefined)}
        aria-haspopup={click?.kind === 'menu' ? 'menu' : undefined}
        aria-expanded={click?.kind === 'menu' ? open : undefined}
        disabled={button['disabled'] === true || click === undefined || host.busy}
        onClick={() => {
          if (click?.kind === 'menu') setOpen(!open);
          else if (click !== undefined) host.click(click);
        }}
      >
        {isObject(button['icon']) && <CardIcon icon={button['icon']} size={18} />}
        {label}
      </button>
      {open && click?.kind === 'menu' && <OverflowMenu items={click.items} close={() => setOpen(false)} />}
    </span>
  );
}

function OverflowMenu({ items, close }: { items: readonly Json[]; close: () => void }) {
  const host = useCardHost();
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    menu.current?.querySelector('button')?.focus();
  }, []);
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      {items.map((item, index) => {
        const click = readClick(item['onClick']);
        return (
          <button
            key={index}
            type="button"
            role="menuitem"
            disabled={item['disabled'] === true || click === undefined || host.busy}
            onClick={() => {
              close();
              if (click !== undefined) host.click(click);
            }}
          >
            <CardIcon icon={item['startIcon']} size={18} />
            {text(item['text'])}
          </button>
        );
      })}
    </div>
  );
}

/** A colour fills the button, whatever its type (card schema, Button.color). */
function kindOf(button: Json): string {
  switch (button['type']) {
    case 'FILLED':
      return 'filled';
    case 'FILLED_TONAL':
      return 'tonal';
    case 'OUTLINED':
      return 'outlined';
    default:
      return 'plain';
  }
}

/** Parts from 0 to 1. The ink is whichever of black and white can be read on it. */
function colourOf(value: unknown): { fill: string; ink: string } | undefined {
  if (!isObject(value)) return undefined;
  const [red, green, blue] = ['red', 'green', 'blue'].map((name) => Math.min(1, Math.max(0, number(value[name]) ?? 0)));
  const light = 0.2126 * red ** 2.2 + 0.7152 * green ** 2.2 + 0.0722 * blue ** 2.2;
  const parts = [red, green, blue].map((part) => Math.round(part * 255));
  return { fill: `rgb(${parts.join(' ')})`, ink: light > 0.18 ? '#000' : '#fff' };
}
