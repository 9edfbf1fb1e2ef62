/** The card of a thread (S2): who the contact is, whether the thread syncs and why, and what became of each mail. */
import { contactLink } from '../../crm/links';
import type { Link } from '../../sync/state';
import type { SyncView } from '../../sync/view';
import { buttons, section, text, type Button, type Card, type Section, type Widget } from '../model';
import { adviceFor, type Words } from '../words';
import { messageSections } from './messages';
import type { ContactReading, ThreadReading } from './read';

export interface ThreadShown {
  readonly view: SyncView;
  readonly link?: Link;
  readonly reading: ThreadReading;
  readonly now: number;
  readonly offset: number;
}

export function threadCard(words: Words, shown: ThreadShown): Card {
  const { view, link, reading } = shown;
  return {
    name: 'thread',
    title: words.thread.title,
    subtitle: view.connection.locationName,
    sections: [
      contactSection(words, view, reading.contact),
      syncSection(words, shown),
      ...(link === undefined ? [] : messageSections(words, { ...shown, link })),
    ].filter((candidate) => candidate.widgets.length > 0),
    footer: {
      main: { text: words.buttons.syncNow, do: 'sync.now', filled: true },
      other: { text: words.buttons.home, do: 'home.show' },
    },
  };
}

/** For a message that belongs to no thread of its own yet: a draft that was never sent. */
export function draftCard(words: Words): Card {
  return {
    name: 'thread',
    title: words.thread.title,
    sections: section(words.thread.why, [{ kind: 'row', icon: 'draft', text: words.thread.onlyDraft }]),
    footer: { main: { text: words.buttons.home, do: 'home.show' } },
  };
}

function contactSection(words: Words, { connection }: SyncView, reading: ContactReading): Section {
  const { thread } = words;
  return { title: thread.contact, widgets: contactWidgets() };

  function contactWidgets(): Widget[] {
    switch (reading.kind) {
      case 'unread':
        return [text([{ quiet: thread.crmDown }])];
      case 'none':
        return [{ kind: 'row', icon: 'person', text: thread.noContact(reading.address) }];
      case 'not-assigned':
        return [{ kind: 'row', icon: 'lock', text: words.rules.C10 }];
      case 'found':
        return foundWidgets(reading);
    }
  }

  function foundWidgets({ contact, owner, count }: Extract<ContactReading, { kind: 'found' }>): Widget[] {
    const { name, email, phone, company, tags, doNotEmail } = contact;
    const facts = [company, phone, owner === '' ? '' : thread.owner(owner)].filter((fact) => fact !== '');
    return [
      { kind: 'row', icon: 'person', text: [{ bold: name === '' ? email : name }], below: email },
      ...(facts.length === 0 ? [] : [text(facts.join('\n'))]),
      ...(tags.length === 0 ? [] : [text([{ quiet: thread.tags(tags.slice(0, 12).join(', ')) }])]),
      ...(doNotEmail ? [{ kind: 'row', icon: 'block', text: thread.noDisturb } as const] : []),
      ...(count > 1 ? [text([{ quiet: thread.several(count) }])] : []),
      buttons({ text: words.buttons.openCrm, url: contactLink(connection.location, contact.id) }),
    ];
  }
}

function syncSection(words: Words, { view, link, reading }: ThreadShown): Section {
  const { thread } = words;
  if (link === undefined) {
    const messages = reading.messages ?? [];
    const draft = messages.length > 0 && messages.every(({ labelIds }) => labelIds.includes('DRAFT'));
    return {
      title: thread.why,
      widgets: [{ kind: 'row', icon: draft ? 'draft' : 'lock', text: draft ? thread.onlyDraft : thread.notStarted }],
    };
  }
  const parameters = { crm: link.crm };
  const stop: Button = { text: words.buttons.stopThread, do: 'thread.stop', parameters };
  const resume: Button = { text: words.buttons.resumeThread, do: 'thread.resume', parameters };
  switch (link.stopped) {
    case '':
      return {
        widgets: [
          { kind: 'row', icon: 'sync', text: [{ bold: thread.synced }] },
          ...troubleRows(words, view),
          buttons(stop),
        ],
      };
    case 'user':
      return { widgets: [{ kind: 'row', icon: 'link_off', text: [{ bold: thread.stopped }] }, buttons(resume)] };
    case 'former-address':
      return {
        title: thread.why,
        widgets: [{ kind: 'row', icon: 'link_off', text: thread.formerAddress(view.connection.address) }],
      };
  }
}

/** Why the messages below may not be the latest word. */
function troubleRows(words: Words, { trouble }: SyncView): Widget[] {
  if (trouble === '') return [];
  const { what, advice } = adviceFor(words.troubles, trouble, words.problems.unexpected);
  return [{ kind: 'row', icon: 'warning', text: [{ bold: what }], below: advice }];
}
