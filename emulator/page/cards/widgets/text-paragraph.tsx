import { useState } from 'preact/hooks';
import { FormattedText } from '../formatted-text-view';
import { number, text, type Json } from '../read';

/** `maxLines` cuts the text until somebody wants to see the rest. */
export function TextParagraph({ widget }: { widget: Json }) {
  const lines = number(widget['maxLines']);
  const [open, setOpen] = useState(false);
  const cut = lines !== undefined && lines > 0 && !open;
  return (
    <div class="text-paragraph">
      <div class={cut ? 'cut' : ''} style={cut ? { '-webkit-line-clamp': String(lines) } : {}}>
        <FormattedText source={text(widget['text'])} />
      </div>
      {lines !== undefined && lines > 0 && text(widget['text']).length > lines * 50 && (
        <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Show less' : 'Show more'}
        </button>
      )}
    </div>
  );
}
