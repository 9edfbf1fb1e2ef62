import { readClick, useCardHost } from '../actions';
import { CardIcon } from '../icon';
import { objects, text, type Json } from '../read';

export function ChipList({ widget }: { widget: Json }) {
  const host = useCardHost();
  return (
    <div class={widget['layout'] === 'HORIZONTAL_SCROLLABLE' ? 'chip-list scrolling' : 'chip-list'}>
      {objects(widget['chips']).map((chip, index) => {
        const click = readClick(chip['onClick']);
        const inner = (
          <>
            <CardIcon icon={chip['icon']} size={16} />
            {text(chip['label'])}
          </>
        );
        if (click === undefined)
          return (
            <span key={index} class="chip">
              {inner}
            </span>
          );
        const off = chip['disabled'] === true || chip['enabled'] === false || host.busy;
        return (
          <button
            key={index}
            type="button"
            class="chip clickable"
            disabled={off}
            aria-label={text(chip['altText']) || undefined}
            onClick={() => host.click(click)}
          >
            {inner}
          </button>
        );
      })}
    </div>
  );
}
