/** Something that is a button where it has a click, and plain content where it has none. */
import type { ComponentChildren } from 'preact';
import { readClick, useCardHost } from '../actions';

interface ClickableProps {
  readonly onClick: unknown;
  readonly class: string;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
}

export function Clickable({ onClick, class: name, label, disabled = false, children }: ClickableProps) {
  const host = useCardHost();
  const click = readClick(onClick);
  if (click === undefined) return <div class={name}>{children}</div>;
  return (
    <button
      type="button"
      class={`${name} clickable`}
      aria-label={label}
      disabled={disabled || host.busy}
      onClick={() => host.click(click)}
    >
      {children}
    </button>
  );
}
