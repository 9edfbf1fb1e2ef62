/** Gmail's keyboard shortcuts: single keys, and `g i` for one after the other. They rest while somebody types. */
import { useEffect, useRef } from 'preact/hooks';

export type Keys = Readonly<Record<string, () => void>>;

/** How long a first key waits for its second. */
const SEQUENCE_MS = 1200;
const TYPING = 'input, textarea, select, [contenteditable], dialog, [role=menu]';

/** The list, the open thread and the inbox around them each have keys of their own. */
const listening = new Set<{ current: Keys }>();
let before = { key: '', at: 0 };

export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (listening.size === 0) document.addEventListener('keydown', onKeyDown);
    listening.add(latest);
    return () => {
      listening.delete(latest);
      if (listening.size === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(TYPING) !== null) return;
  // In a narrow window another part of the page may be in front.
  if (document.querySelector<HTMLElement>('.inbox')?.checkVisibility() !== true) return;
  const second = before.key === 'g' && event.timeStamp - before.at < SEQUENCE_MS;
  const key = second ? `g ${event.key}` : event.key;
  before = { key: second ? '' : event.key, at: event.timeStamp };
  for (const { current } of listening) {
    if (current[key] === undefined) continue;
    event.preventDefault();
    current[key]();
    return;
  }
}
