/** The add-on's name, the way back, and its menu: what the manifest calls universal actions. */
import { useState } from 'preact/hooks';
import { Icon } from '../parts/icon';

interface HeadProps {
  readonly canGoBack: boolean;
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onRefresh: () => void;
  readonly onMenu: (functionName: string) => void;
}

const MENU = [
  { name: 'Sync now', function: 'onSyncNow' },
  { name: 'Settings', function: 'onSettings' },
  { name: 'Activity', function: 'onActivity' },
];

export function SidebarHead({ canGoBack, busy, onBack, onRefresh, onMenu }: HeadProps) {
  const [open, setOpen] = useState(false);
  return (
    <header class="panel-head">
      {canGoBack ? (
        <button type="button" class="icon-button" aria-label="Back" onClick={onBack}>
          <Icon name="arrowBack" />
        </button>
      ) : (
        <span class="mark" aria-hidden="true">
          <Icon name="sync" size={18} />
        </span>
      )}
      <h2 id="sidebar-title">Threadlink</h2>
      <span class="grow" />
      <button type="button" class="icon-button" aria-label="Open the add-on afresh" disabled={busy} onClick={onRefresh}>
        <Icon name="refresh" size={18} />
      </button>
      <span class="menu-frame">
        <button
          type="button"
          class="icon-button"
          aria-label="Add-on menu"
          aria-haspopup="menu"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="more" size={18} />
        </button>
        {open && (
          <div
            class="menu"
            role="menu"
            onKeyDown={(event) => {
              if (event.key === 'Escape') setOpen(false);
            }}
          >
            {MENU.map((item) => (
              <button
                key={item.function}
                type="button"
                role="menuitem"
                disabled={busy}
                onClick={() => {
                  setOpen(false);
                  onMenu(item.function);
                }}
              >
                {item.name}
              </button>
            ))}
          </div>
        )}
      </span>
    </header>
  );
}
