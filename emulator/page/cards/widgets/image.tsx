import { Picture } from '../picture';
import { text, type Json } from '../read';
import { Clickable } from './clickable';

export function Image({ widget }: { widget: Json }) {
  return (
    <Clickable onClick={widget['onClick']} class="image-widget">
      <Picture url={text(widget['imageUrl'])} description={text(widget['altText'])} />
    </Clickable>
  );
}
