/** A picture of a card. The page loads nothing from outside: such a picture is a frame with its description. */
import { Icon } from '../parts/icon';

export function Picture({ url, description, class: name = '' }: { url: string; description: string; class?: string }) {
  if (/^data:image\/(png|jpeg|gif|webp);base64,/i.test(url)) return <img class={name} src={url} alt={description} />;
  return (
    <span
      class={`${name} picture-outside`}
      title={url}
      {...(description === '' ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': description })}
    >
      <Icon name="image" />
    </span>
  );
}
