/** Disconnect, asked twice (C7): what stops, what stays, and what was still waiting. */
import type { SyncView } from '../sync/view';
import { itemWhat, reasonOf } from './activity';
import { buttons, section, text, type Card, type Widget } from './model';
import type { Words } from './words';

export const REMOVE_LABELS = 'removeLabels';
const MOST_NAMED = 10;
const GOOGLE_ACCESS = 'https://myaccount.google.com/permissions';

export function disconnectCard(words: Words, view: SyncView): Card {
  const { disconnect } = words;
  const open = [...view.held, ...view.parked, ...view.waiting];
  const named: Widget[] = open.slice(0, MOST_NAMED).map((item) => ({
    kind: 'row',
    icon: 'schedule',
    text: itemWhat(words, item),
    below: reasonOf(words, item).what,
  }));
  return {
    name: 'disconnect',
    title: disconnect.title,
    subtitle: view.connection.locationName,
    sections: [
      ...section(undefined, [
        text(disconnect.what(view.connection.locationName)),
        text(disconnect.waiting(open.length)),
        ...named,
        ...(open.length > MOST_NAMED ? [text(disconnect.andMore(open.length - MOST_NAMED))] : []),
      ]),
      ...section(undefined, [
        {
          kind: 'choice',
          name: REMOVE_LABELS,
          title: disconnect.labels,
          type: 'checks',
          choices: [{ value: 'yes', text: disconnect.removeLabels, selected: false }],
        },
      ]),
      ...section(disconnect.after, [
        text(view.connection.kind === 'oauth' ? disconnect.app : disconnect.token),
        text(disconnect.google),
        buttons({ text: words.buttons.googleAccess, url: GOOGLE_ACCESS }),
      ]),
    ],
    footer: {
      main: { text: words.buttons.disconnectNow, do: 'disconnect.do', filled: true },
      other: { text: words.buttons.keep, do: 'settings.show' },
    },
  };
}
