/** What stands where there is nothing yet, with what to do about it. */
import type { ComponentChildren } from 'preact';
import { Icon } from './icon';
import type { IconName } from './icon-paths';

export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} size={32} />
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

export function Failure({ text }: { text: string }) {
  return (
    <div class="failure" role="alert">
      <Icon name="error" />
      <p>{text}</p>
    </div>
  );
}
