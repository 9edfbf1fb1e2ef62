/** Update e-mail (C6): another of the mailbox's own addresses. */
import type { SendAs } from '../gmail/types';
import type { SyncView } from '../sync/view';
import { FORM } from './connect';
import { section, text, type Card } from './model';
import type { Words } from './words';

export function addressCard(words: Words, view: SyncView, addresses: readonly SendAs[]): Card {
  const { address, choose } = words;
  const current = view.connection.address;
  const going = view.links.filter(({ stopped }) => stopped === '').length;
  if (addresses.length < 2) {
    return {
      name: 'address',
      title: address.title,
      subtitle: current,
      sections: section(undefined, [text(address.only)]),
    };
  }
  return {
    name: 'address',
    title: address.title,
    subtitle: current,
    sections: section(undefined, [
      text(address.what),
      text(address.former(going)),
      {
        kind: 'choice',
        name: FORM.address,
        title: address.choose,
        type: 'dropdown',
        choices: addresses.map(({ email, primary }) => ({
          value: email,
          text: primary ? choose.primary(email) : email,
          selected: email.toLowerCase() === current,
        })),
      },
    ]),
    footer: {
      main: { text: words.buttons.useAddress, do: 'address.change', filled: true, required: [FORM.address] },
      other: { text: words.buttons.cancel, do: 'settings.show' },
    },
  };
}
