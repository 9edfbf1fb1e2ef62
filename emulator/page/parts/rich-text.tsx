/** The text of a mail that is being written, with what it looks like. What is pasted comes in as plain text. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { outgoingHtml, textFragment } from '../mail/clean-html';

export interface RichText {
  readonly html: string;
  readonly text: string;
  focus(): void;
  /** Puts something in, and the cursor behind it. `cursor` is where somebody wrote last, or the beginning. */
  insert(what: DocumentFragment, where: 'cursor' | 'start' | 'end'): void;
}

interface RichTextProps {
  readonly label: string;
  readonly handle: RefObject<RichText | null>;
}

export function RichTextField({ label, handle }: RichTextProps) {
  const field = useRef<HTMLDivElement>(null);
  const cursor = useRef<Range>(undefined);

  useEffect(() => {
    const element = field.current!;
    const remember = () => {
      const selection = document.getSelection();
      if (selection === null || selection.rangeCount === 0) return;
      const range = selection.getRangeAt(0);
      const [starts, ends] = [element.contains(range.startContainer), element.contains(range.endContainer)];
      if (!starts && !ends) return;
      // Selecting all goes beyond an end that cannot be edited.
      const known = range.cloneRange();
      if (!starts) known.setStart(element, 0);
      if (!ends) known.setEnd(element, element.childNodes.length);
      cursor.current = known;
    };
    document.addEventListener('selectionchange', remember);
    handle.current = {
      get html() {
        return outgoingHtml(element);
      },
      get text() {
        return element.innerText.replace(/\u00a0/g, ' ').trimEnd();
      },
      focus: () => element.focus(),
      insert: (what, where) => {
        const range = placeIn(element, where === 'cursor' ? cursor.current : undefined, where);
        const last = what.lastChild;
        range.deleteContents();
        range.insertNode(what);
        element.focus();
        if (last === null) return;
        range.setStartAfter(last);
        range.collapse(true);
        const selection = document.getSelection();
        selection?.removeAllRanges();
        selection?.addRange(range);
        cursor.current = range.cloneRange();
        (last instanceof Element ? last : last.parentElement)?.scrollIntoView({ block: 'nearest' });
      },
    };
    return () => {
      document.removeEventListener('selectionchange', remember);
      handle.current = null;
    };
  }, []);

  return (
    <div
      ref={field}
      class="rich-text"
      role="textbox"
      aria-multiline="true"
      aria-label={label}
      contentEditable
      tabIndex={0}
      data-placeholder={label}
      onPaste={(event) => {
        event.preventDefault();
        handle.current?.insert(textFragment(event.clipboardData?.getData('text/plain') ?? ''), 'cursor');
      }}
    />
  );
}

function placeIn(element: HTMLElement, known: Range | undefined, where: 'cursor' | 'start' | 'end'): Range {
  if (known !== undefined && element.contains(known.commonAncestorContainer)) return known;
  const range = document.createRange();
  range.selectNodeContents(element);
  range.collapse(where !== 'end');
  return range;
}
