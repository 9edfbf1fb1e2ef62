/** What the CRM's settings show of a Private Integration: the token and the location that the add-on is connected with. */
import { Icon } from '../parts/icon';
import { useNotify } from '../shell/toasts';

export function PrivateIntegration({ token, locationId, open }: { token: string; locationId: string; open: boolean }) {
  return (
    <details class="private-integration" open={open}>
      <summary>Settings › Private Integrations</summary>
      <p>With these two, Threadlink is connected in its sidebar.</p>
      <dl>
        <Secret name="Private Integration token" value={token} />
        <Secret name="Location ID" value={locationId} />
      </dl>
    </details>
  );
}

function Secret({ name, value }: { name: string; value: string }) {
  const notify = useNotify();
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => notify(`${name} copied.`, 'good'),
      () => notify('The browser does not let this page copy. Mark the text and copy it by hand.', 'bad'),
    );
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
        <button type="button" class="icon-button" aria-label={`Copy the ${name}`} onClick={() => void copy()}>
          <Icon name="copy" size={16} />
        </button>
      </dd>
    </div>
  );
}
