/** The card of a thread (S2): who the contact is, whether the thread syncs and why, and what became of each mail. */
import type { Link } from '../../sync/state';
import type { SyncView } from '../../sync/view';
import { beatLine } from '../connection';
import { contactButtons, contactWidgets, glanceRows } from '../contact/facts';
import type { Format } from '../format';
import { buttons, section, text, type Button, type Card, type Section, type Widget } from '../model';
import { partnerOf, peopleOf } from '../recent';
import { adviceFor, type Words } from '../words';
import { messageSections } from './messages';
import type { ThreadReading } from './read';

export interface ThreadShown {
  readonly view: SyncView;
  readonly link?: Link;
  readonly threadId: string;
  readonly reading: ThreadReading;
  readonly format: Format;
}

export function threadCard(words: Words, shown: ThreadShown): Card {
  const { view, link } = shown;
  return {
    name: 'thread',
    title: words.thread.title,
    subtitle: view.connection.locationName,
    sections: [
      contactSection(words, shown),
      syncSection(words, shown),
      ...(link === undefined ? [] : messageSections(words, { ...shown, link })),
      ...peopleSection(words, shown),
      placesSection(words),
    ].filter((candidate) => candidate.widgets.length > 0),
    footer: { main: { text: words.buttons.syncNow, do: 'sync.now', filled: true } },
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

function contactSection(words: Words, { view, reading, format, link, threadId }: ThreadShown): Section {
  const { contact, glance } = reading;
  const shown = { words, connection: view.connection, format };
  const more: Widget[] = [];
  if (contact.kind === 'found') {
    const { id } = contact.contact;
    const rest: Button = { text: words.buttons.more, do: 'contact.show', parameters: { contact: id } };
    if (glance !== undefined) more.push(...glanceRows(shown, id, glance));
    const reply: Button[] =
      link === undefined || link.stopped !== ''
        ? []
        : [{ text: words.buttons.reply, do: 'write.reply', parameters: { contact: id, thread: threadId } }];
    more.push(contactButtons(shown, contact.contact, ...reply, rest));
  }
  return { title: words.contact.title, widgets: contactWidgets(shown, contact, more) };
}

/** Everybody else on the thread can be looked up, too (S3). */
function peopleSection(words: Words, { view, link, reading }: ThreadShown): Section[] {
  const { contact, messages = [] } = reading;
  const { ownAddresses } = view.connection;
  const known = contact.kind === 'found' ? [contact.contact.email, ...(contact.contact.additionalEmails ?? [])] : [];
  // Where nobody is linked, the card has looked for the newest participant already.
  const looked = link === undefined ? partnerOf(messages, ownAddresses) : undefined;
  const shown = [...ownAddresses, ...known, ...(looked === undefined ? [] : [looked.email])];
  const others = peopleOf(messages, shown).slice(0, MOST_PEOPLE);
  if (others.length === 0) return [];
  const rows = others.map(({ name, email }): Widget => ({
    kind: 'row',
    icon: 'person',
    text: name,
    ...(name === email ? {} : { below: email }),
    open: { do: 'contact.show', parameters: { email, name } },
  }));
  return section(words.contact.people, rows, 2);
}

const MOST_PEOPLE = 10;

/** Where there is no homepage and no menu, as on a telephone, everything is reached from here (facts, platform 5.3). */
function placesSection({ buttons: names }: Words): Section {
  return {
    widgets: [
      buttons(
        { text: names.activity, do: 'activity.show' },
        { text: names.settings, do: 'settings.show' },
        { text: names.home, do: 'home.show' },
      ),
    ],
  };
}

function syncSection(words: Words, { view, link, reading, format }: ThreadShown): Section {
  const { thread } = words;
  if (link === undefined) {
    const messages = reading.messages ?? [];
    const draft = messages.length > 0 && messages.every(({ labelIds }) => labelIds.includes('DRAFT'));
    return {
      title: thread.why,
      widgets: [
        { kind: 'row', icon: draft ? 'draft' : 'lock', text: draft ? thread.onlyDraft : thread.notStarted },
        ...(draft || !['found', 'several'].includes(reading.contact.kind)
          ? []
          : [buttons({ text: words.buttons.linkThread, do: 'link.show' })]),
      ],
    };
  }
  const parameters = { crm: link.crm };
  const stop: Button = { text: words.buttons.stopThread, do: 'thread.stop', parameters };
  const resume: Button = { text: words.buttons.resumeThread, do: 'thread.resume', parameters };
  switch (link.stopped) {
    case '':
      return {
        widgets: [
          { kind: 'row', icon: 'sync', text: [{ bold: thread.synced }], below: beatLine(words, view, format) },
          ...troubleRows(words, view),
          ...(view.cadence >= 30 ? [text([{ quiet: thread.opening }])] : []),
          buttons({ text: words.buttons.checkThread, do: 'check.thread', parameters }, stop),
        ],
      };
    case 'user':
      return { widgets: [{ kind: 'row', icon: 'link_off', text: [{ bold: thread.stopped }] }, buttons(resume)] };
    case 'former-address':
      return {
        title: thread.why,
        widgets: [
          {
            kind: 'row',
            icon: 'link_off',
            text: view.takenOver ? thread.takenOver : thread.formerAddress(view.connection.address),
          },
        ],
      };
  }
}

/** Why the messages below may not be the latest word. */
function troubleRows(words: Words, { trouble }: SyncView): Widget[] {
  if (trouble === '') return [];
  const { what, advice } = adviceFor(words.troubles, trouble, words.problems.unexpected);
  return [{ kind: 'row', icon: 'warning', text: [{ bold: what }], below: advice }];
}
