/** The add-on's name, the way back, and its menu: what the manifest calls universal actions. */
import type { AddOn } from '../api/control';
import { Icon } from '../parts/icon';
import { MenuButton } from '../parts/menu-button';

interface HeadProps {
  readonly addOn: AddOn;
  readonly canGoBack: boolean;
  readonly busy: boolean;
  /** What the add-on is doing, in words; empty where it waits for a click. */
  readonly doing: string;
  readonly onBack: () => void;
  readonly onRefresh: () => void;
  readonly onMenu: (functionName: string) => void;
}

export function SidebarHead({ addOn, canGoBack, busy, doing, onBack, onRefresh, onMenu }: HeadProps) {
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
      <h2 id="sidebar-title">{addOn.name}</h2>
      <span class="grow doing" role="status">
        {doing}
      </span>
      <button type="button" class="icon-button" aria-label="Refresh the add-on" disabled={busy} onClick={onRefresh}>
        <Icon name="refresh" size={18} />
      </button>
      <MenuButton
        class="icon-button"
        label="Add-on menu"
        items={addOn.menu.map((item) => ({ text: item.label, disabled: busy, choose: () => onMenu(item.function) }))}
      >
        <Icon name="more" size={18} />
      </MenuButton>
    </header>
  );
}
