/** A button with a menu behind it: arrow keys, Escape, and a click anywhere else as one expects of menus. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface MenuItem {
  readonly text: string;
  readonly icon?: ComponentChildren;
  readonly disabled?: boolean;
  readonly choose: () => void;
}

interface MenuButtonProps {
  readonly class: string;
  /** Where the button shows no text. */
  readonly label?: string | undefined;
  readonly disabled?: boolean;
  readonly items: readonly MenuItem[];
  readonly children: ComponentChildren;
}

export function MenuButton({ class: name, label, disabled = false, items, children }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLSpanElement>(null);
  const entries = () => [...(frame.current?.querySelectorAll<HTMLButtonElement>('[role=menuitem]:enabled') ?? [])];
  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) frame.current?.querySelector('button')?.focus();
  };

  useLayoutEffect(() => {
    if (!open) return undefined;
    entries()[0]?.focus();
    const elsewhere = (event: Event) => {
      if (frame.current?.contains(event.target as Node) !== true) close(false);
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
    };
  }, [open]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close(true);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const all = entries();
    const index = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(index + step + all.length) % all.length]?.focus();
  };

  return (
    <span ref={frame} class="menu-frame">
      <button
        type="button"
        class={name}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={disabled}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <div class="menu" role="menu" onKeyDown={onKeyDown}>
          {items.map((item, index) => (
            <button
              key={index}
              type="button"
              role="menuitem"
              disabled={item.disabled}
              onClick={() => {
                close(true);
                item.choose();
              }}
            >
              {item.icon}
              {item.text}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
