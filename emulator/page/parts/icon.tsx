/** One of the page's line icons. Without a title it is decoration, and a screen reader passes over it. */
import { ICON_PATHS, type IconName } from './icon-paths';

export function Icon({ name, title, size = 20 }: { name: IconName; title?: string; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...(title === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': title })}
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
