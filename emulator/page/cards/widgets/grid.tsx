/** Items side by side, with a picture and up to two lines. A click on the grid tells which item it was. */
import { readClick, useCardHost } from '../actions';
import { Picture } from '../picture';
import { isObject, number, object, objects, text, type Json } from '../read';

export function Grid({ widget }: { widget: Json }) {
  const host = useCardHost();
  const click = readClick(widget['onClick']);
  const columns = Math.min(4, Math.max(1, number(widget['columnCount']) ?? 2));
  return (
    <div class="grid-widget">
      {text(widget['title']) !== '' && <p class="grid-title">{text(widget['title'])}</p>}
      <div class="grid-items" style={{ '--columns': String(columns), ...borderOf(widget['borderStyle']) }}>
        {objects(widget['items']).map((item, index) => {
          const content = <GridItem item={item} />;
          if (click === undefined)
            return (
              <div key={index} class={`grid-item ${alignOf(item)}`}>
                {content}
              </div>
            );
          return (
            <button
              key={index}
              type="button"
              class={`grid-item clickable ${alignOf(item)}`}
              disabled={host.busy}
              onClick={() => {
                // The item's own id reaches the function under this name (card schema, Grid.onClick).
                const id = { grid_item_identifier: text(item['id']) };
                host.click(
                  click.kind === 'action'
                    ? { kind: 'action', action: { ...click.action, parameters: { ...click.action.parameters, ...id } } }
                    : click,
                );
              }}
            >
              {content}
            </button>
          );
        })}
      </div>
    </div>
  );
}

function GridItem({ item }: { item: Json }) {
  const image = object(item['image']);
  const picture = isObject(item['image']) && (
    <Picture
      url={text(image['imageUri'])}
      description={text(image['altText'])}
      class={`grid-picture ${text(object(image['cropStyle'])['type']).toLowerCase().replaceAll('_', '-')}`}
    />
  );
  const above = item['layout'] === 'TEXT_ABOVE';
  return (
    <>
      {!above && picture}
      {text(item['title']) !== '' && <span class="main">{text(item['title'])}</span>}
      {text(item['subtitle']) !== '' && <span class="label">{text(item['subtitle'])}</span>}
      {above && picture}
    </>
  );
}

function alignOf(item: Json): string {
  return text(item['textAlignment']).toLowerCase();
}

/** `STROKE` with its colour and corners; the page's own border where the card says nothing. */
function borderOf(style: unknown): Record<string, string> {
  if (!isObject(style)) return {};
  const radius = number(style['cornerRadius']);
  const colour = text(style['strokeColor']);
  return {
    ...(style['type'] === 'NO_BORDER' ? { '--grid-border': 'transparent' } : {}),
    ...(/^#[0-9a-f]{6}$/i.test(colour) && style['type'] === 'STROKE' ? { '--grid-border': colour } : {}),
    ...(radius === undefined ? {} : { '--grid-corner': `${Math.min(24, Math.max(0, radius))}px` }),
  };
}
