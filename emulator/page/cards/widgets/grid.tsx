/** Items side by side, with a picture and up to two lines. A click on the grid tells which item it was. */
import { readClick, useCardHost } from '../actions';
import { Picture } from '../picture';
import { isObject, number, objects, text, type Json } from '../read';

export function Grid({ widget }: { widget: Json }) {
  const host = useCardHost();
  const click = readClick(widget['onClick']);
  const columns = Math.min(4, Math.max(1, number(widget['columnCount']) ?? 2));
  return (
    <div class="grid-widget">
      {text(widget['title']) !== '' && <p class="grid-title">{text(widget['title'])}</p>}
      <div class="grid-items" style={{ '--columns': String(columns) }}>
        {objects(widget['items']).map((item, index) => {
          const content = <GridItem item={item} />;
          if (click === undefined)
            return (
              <div key={index} class="grid-item">
                {content}
              </div>
            );
          return (
            <button
              key={index}
              type="button"
              class="grid-item clickable"
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
  const picture = isObject(item['image']) && (
    <Picture url={text(item['image']['imageUri'])} description={text(item['image']['altText'])} class="grid-picture" />
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
