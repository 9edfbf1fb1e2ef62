/** The emulator's page: Gmail, the add-on's sidebar, the CRM and the mailboxes of the people outside, side by side. */
import { render } from 'preact';
import { App } from './shell/app';
import { Toasts } from './shell/toasts';

const root = document.getElementById('root');
if (root !== null) {
  render(
    <Toasts>
      <App />
    </Toasts>,
    root,
  );
}
