/**
 * What an input suggests: a list that it brought along, or one that the add-on is asked for at each pause in typing, a
 * whole run each time (facts, platform 5.2).
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { readAction, useCardHost, type CardAction } from '../actions';
import { isObject, object, objects, text, type Json } from '../read';

const PAUSE_MS = 350;
const SHOWN = 8;

/** The suggestions that fit what is typed. */
export function useSuggestions(widget: Json, typed: string): readonly string[] {
  const host = useCardHost();
  const brought = objects(object(widget['initialSuggestions'])['items']).map((item) => text(item['text']));
  const action = isObject(widget['autoCompleteAction']) ? readAction(widget['autoCompleteAction']) : undefined;
  const [asked, setAsked] = useState<readonly string[]>([]);
  const first = useRef(true);
  const asks = useRef<CardAction | undefined>(action);
  asks.current = action;
  useEffect(() => {
    // What stood there at first is nobody's typing.
    if (first.current) {
      first.current = false;
      return undefined;
    }
    if (asks.current === undefined || typed === '') return undefined;
    let overtaken = false;
    const pause = setTimeout(() => {
      if (asks.current === undefined) return;
      void host.suggest(asks.current).then((found) => {
        if (!overtaken) setAsked(found);
      });
    }, PAUSE_MS);
    return () => {
      overtaken = true;
      clearTimeout(pause);
    };
  }, [typed]);
  const words = typed.toLowerCase();
  const fitting = brought.filter((item) => item.toLowerCase().includes(words) && item !== typed);
  return [...new Set([...fitting, ...asked.filter((item) => item !== typed)])].slice(0, SHOWN);
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
