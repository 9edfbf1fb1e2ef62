/**
 * What an input suggests: a list that it brought along, or one that the add-on is asked for at each pause in typing, a
 * whole run each time (facts, platform 5.2).
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { readAction, useCardHost } from '../actions';
import { isObject, object, objects, text, type Json } from '../read';

const PAUSE_MS = 350;
const SHOWN = 8;

interface Suggesting {
  /** The suggestions that fit what stands there. */
  readonly found: readonly string[];
  /** Somebody typed: the add-on is asked when they pause. What is chosen or comes with a card asks nothing. */
  readonly typed: (value: string) => void;
}

export function useSuggestions(widget: Json, value: string): Suggesting {
  const host = useCardHost();
  const brought = objects(object(widget['initialSuggestions'])['items']).map((item) => text(item['text']));
  const action = isObject(widget['autoCompleteAction']) ? readAction(widget['autoCompleteAction']) : undefined;
  const [asked, setAsked] = useState<readonly string[]>([]);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Answers to what was typed before are dropped. */
  const question = useRef(0);
  const latest = useRef({ host, action });
  latest.current = { host, action };
  useEffect(() => () => clearTimeout(pause.current), []);

  const typed = (given: string) => {
    clearTimeout(pause.current);
    const mine = ++question.current;
    if (action === undefined || given === '') return;
    pause.current = setTimeout(() => {
      const now = latest.current;
      if (now.action === undefined) return;
      void now.host.suggest(now.action).then((found) => {
        if (mine === question.current) setAsked(found);
      });
    }, PAUSE_MS);
  };
  const words = value.toLowerCase();
  const fitting = brought.filter((item) => item.toLowerCase().includes(words) && item !== value);
  return { found: [...new Set([...fitting, ...asked.filter((item) => item !== value)])].slice(0, SHOWN), typed };
}

interface ListProps {
  readonly id: string;
  readonly items: readonly string[];
  readonly active: number;
  readonly onChoose: (item: string) => void;
}

export function SuggestionList({ id, items, active, onChoose }: ListProps) {
  return (
    <ul id={id} class="suggestions" role="listbox" aria-label="Suggestions">
      {items.map((item, index) => (
        <li
          key={item}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          // The field keeps the focus, so that leaving it is no change yet.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(item);
          }}
        >
          {item}
        </li>
      ))}
    </ul>
  );
}
