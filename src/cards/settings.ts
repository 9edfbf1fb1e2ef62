/** Settings (S6): the connection, and what the user can set about the sync. */
import { SHOWN_NAME } from '../sync/marks';
import { homeDomain } from '../sync/privacy';
import { FIRST_CADENCE, MOST_BULK, WANTED_CADENCES } from '../sync/settings';
import type { SyncView } from '../sync/view';
import { addressRow, connectionRows } from './connection';
import { buttons, section, text, type Card, type Section, type Widget } from './model';
import type { Words } from './words';

/** The form's fields, and the values of its boxes. */
export const SETTING = {
  cadence: 'cadence',
  excluded: 'excluded',
  mail: 'mail',
  bulk: 'bulk',
  label: 'label',
  files: 'files',
};
export const MAIL_BOX = { internal: 'internal', withoutContact: 'withoutContact' };
export const FILE_BOX = { media: 'media' };

export function settingsCard(words: Words, view: SyncView): Card {
  const { connection } = view;
  const { settings, home } = words;
  return {
    name: 'settings',
    title: settings.title,
    subtitle: connection.locationName,
    sections: [
      ...section(home.connection, [
        addressRow(words, connection),
        buttons({ text: words.buttons.changeAddress, do: 'address.show' }),
        ...connectionRows(words, connection),
        buttons(
          { text: words.buttons.reconnect, do: 'connect.show' },
          { text: words.buttons.disconnect, do: 'disconnect.ask' },
        ),
      ]),
      cadenceSection(words, view),
      ...labelSections(words, view),
      ...privacySections(words, view),
    ],
    footer: { main: { text: words.buttons.save, do: 'settings.save', filled: true } },
  };
}

function cadenceSection({ settings, home, noTimer }: Words, view: SyncView): Section {
  const { cadence } = view;
  const wanted = view.settings.cadence ?? FIRST_CADENCE;
  const widgets: Widget[] = [
    {
      kind: 'choice',
      name: SETTING.cadence,
      title: settings.cadence,
      type: 'dropdown',
      choices: WANTED_CADENCES.map((minutes) => ({
        value: String(minutes),
        text: settings.every(minutes),
        selected: minutes === wanted,
      })),
    },
  ];
  if (cadence === 0) widgets.push(text([{ quiet: noTimer }]));
  else if (cadence > wanted) widgets.push(text([{ quiet: home.hourly }]));
  const most = String(view.settings.mostBulk ?? MOST_BULK);
  widgets.push({ kind: 'input', name: SETTING.bulk, title: settings.bulk, hint: settings.bulkHint, value: most });
  return { widgets };
}

function labelSections({ settings }: Words, { settings: { label, mediaStorage } }: SyncView): Section[] {
  return [
    ...section(settings.label, [
      {
        kind: 'input',
        name: SETTING.label,
        title: settings.labelName,
        hint: settings.labelHint,
        value: label ?? SHOWN_NAME,
        most: 60,
      },
      text([{ quiet: settings.labelWhat }]),
    ]),
    ...section(settings.files, [
      {
        kind: 'choice',
        name: SETTING.files,
        title: settings.filesWhat,
        type: 'checks',
        choices: [{ value: FILE_BOX.media, text: settings.media, selected: mediaStorage === true }],
      },
    ]),
  ];
}

function privacySections({ settings }: Words, view: SyncView): Section[] {
  const { excluded, internalPrivate, withoutContact } = view.settings;
  const domain = homeDomain(view.connection.mailbox);
  return section(settings.privacy, [
    {
      kind: 'input',
      name: SETTING.excluded,
      title: settings.excluded,
      hint: settings.excludedHint,
      value: excluded.join('\n'),
      lines: true,
      most: 1_200,
    },
    {
      kind: 'choice',
      name: SETTING.mail,
      title: settings.mail,
      type: 'checks',
      choices: [
        ...(domain === undefined
          ? []
          : [{ value: MAIL_BOX.internal, text: settings.internal(domain), selected: internalPrivate }]),
        { value: MAIL_BOX.withoutContact, text: settings.withoutContact, selected: withoutContact === true },
      ],
    },
    text([{ quiet: settings.privateLabel }]),
  ]);
}
