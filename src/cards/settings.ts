/** Settings (S6): the connection and what can be changed about it. */
import type { SyncView } from '../sync/view';
import { buttons, section, text, type Card } from './model';
import type { Words } from './words';

export function settingsCard(words: Words, view: SyncView): Card {
  const { connection, cadence } = view;
  const { settings, home } = words;
  return {
    name: 'settings',
    title: settings.title,
    subtitle: connection.locationName,
    sections: [
      ...section(home.address, [
        { kind: 'row', icon: 'mail', text: connection.address },
        buttons({ text: words.buttons.changeAddress, do: 'address.show' }),
      ]),
      ...section(settings.cadence, [
        { kind: 'row', icon: 'schedule', text: cadence === 0 ? settings.noCadence : settings.every(cadence) },
        ...(cadence === 60 ? [text([{ quiet: home.hourly }])] : []),
        ...(cadence === 0 ? [text([{ quiet: words.noTimer }])] : []),
      ]),
      ...section(settings.label, [text(settings.labelWhat)]),
      ...section(home.connection, [
        { kind: 'row', icon: 'person', above: home.user, text: connection.crmUserName },
        { kind: 'row', icon: 'business', above: home.subAccount, text: connection.locationName },
        {
          kind: 'row',
          icon: 'link',
          above: home.kind,
          text: connection.kind === 'oauth' ? home.kindOauth : home.kindToken,
        },
        buttons(
          { text: words.buttons.reconnect, do: 'connect.show' },
          { text: words.buttons.disconnect, do: 'disconnect.ask' },
        ),
      ]),
    ],
  };
}
