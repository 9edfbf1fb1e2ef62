/** Buttons: filled, outlined, text, with an icon, with a menu behind them. */
import { MenuButton, type MenuItem } from '../../parts/menu-button';
import { readClick, useCardHost, type CardHost } from '../actions';
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
  const click = readClick(button['onClick']);
  const label = text(button['text']);
  const colour = colourOf(button['color']);
  if (click?.kind === 'unknown') return <NotDrawn name={`onClick.${click.name}`} />;
  const name = `card-button ${colour === undefined ? kindOf(button) : 'filled'} ${label === '' ? 'icon-only' : ''}`;
  const altText = text(button['altText']) || (label === '' ? 'Button' : undefined);
  const disabled = button['disabled'] === true || click === undefined || host.busy;
  const content = (
    <>
      {isObject(button['icon']) && <CardIcon icon={button['icon']} size={18} />}
      {label}
    </>
  );
  if (click?.kind === 'menu') {
    return (
      <MenuButton
        class={name}
        label={altText}
        disabled={disabled}
        items={click.items.map((item) => menuItem(item, host))}
      >
        {content}
      </MenuButton>
    );
  }
  return (
    <button
      type="button"
      class={name}
      style={colour === undefined ? {} : { '--button-colour': colour.fill, '--button-ink': colour.ink }}
      aria-label={altText}
      disabled={disabled}
      onClick={() => {
        if (click !== undefined) host.click(click);
      }}
    >
      {content}
    </button>
  );
}

function menuItem(item: Json, host: CardHost): MenuItem {
  const click = readClick(item['onClick']);
  return {
    text: text(item['text']),
    icon: <CardIcon icon={item['startIcon']} size={18} />,
    disabled: item['disabled'] === true || click === undefined || host.busy,
    choose: () => {
      if (click !== undefined) host.click(click);
    },
  };
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
