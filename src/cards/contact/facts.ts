/** The contact in a few lines (S2): who they are to us, what is open with them. */
import type { Appointment } from '../../crm/appointments';
import { contactLink } from '../../crm/links';
import type { Contact } from '../../crm/types';
import type { SyncView } from '../../sync/view';
import type { Format } from '../format';
import { buttons, text, type Button, type Widget } from '../model';
import type { Glance, Part } from '../records/read';
import { stageName } from '../records/opportunities';
import { comingFirst, startOf } from '../records/appointments';
import type { Words } from '../words';
import type { ContactReading } from './read';

const MOST_TAGS = 12;
/** A choice among more would be none. */
const MOST_CHOICES = 20;

export interface FactsShown {
  readonly words: Words;
  readonly connection: SyncView['connection'];
  readonly format: Format;
}

/** What stands where a contact is looked for, whatever was found. */
export function contactWidgets(shown: FactsShown, reading: ContactReading, more: readonly Widget[] = []): Widget[] {
  const { contact: says, buttons: names } = shown.words;
  switch (reading.kind) {
    case 'unread':
      return [text([{ quiet: says.unread }])];
    case 'gone':
      return [{ kind: 'row', icon: 'block', text: says.gone }];
    case 'not-assigned':
      return [{ kind: 'row', icon: 'lock', text: says.notYours }];
    case 'none':
      return [
        {
          kind: 'row',
          icon: 'person',
          text: says.none(reading.address),
          button: {
            text: names.createContact,
            do: 'contact.new',
            parameters: { email: reading.address, name: reading.name },
          },
        },
      ];
    case 'several':
      return [
        text(says.several(reading.contacts.length)),
        ...reading.contacts.slice(0, MOST_CHOICES).map((contact) => choiceRow(shown.words, contact)),
      ];
    case 'found':
      return [...factRows(shown.words, reading), ...more];
  }
}

function choiceRow({ contact: says }: Words, { id, name, email, company, phone }: Contact): Widget {
  return {
    kind: 'row',
    icon: 'person',
    text: name === '' ? says.unnamed : name,
    below: [company, phone, email].filter((fact) => fact !== '').join(' · '),
    open: { do: 'contact.show', parameters: { contact: id } },
  };
}

export function factRows(
  { contact: says }: Words,
  { contact, owner }: Extract<ContactReading, { kind: 'found' }>,
): Widget[] {
  const { name, email, phone, company, tags, doNotEmail } = contact;
  const facts = [company, phone, owner === '' ? '' : says.owner(owner)].filter((fact) => fact !== '');
  return [
    { kind: 'row', icon: 'person', text: [{ bold: name === '' ? email || says.unnamed : name }], below: email },
    ...(facts.length === 0 ? [] : [text(facts.join('\n'))]),
    ...(tags.length === 0 ? [] : [text([{ quiet: says.tags(tags.slice(0, MOST_TAGS).join(', ')) }])]),
    ...(doNotEmail ? [{ kind: 'row', icon: 'block', text: says.noDisturb } as const] : []),
  ];
}

export function contactButtons(
  { words, connection }: FactsShown,
  { id, email }: Contact,
  ...first: readonly Button[]
): Widget {
  const write: Button[] =
    email === '' ? [] : [{ text: words.buttons.write, do: 'write.new', parameters: { contact: id } }];
  return buttons(...write, ...first, { text: words.buttons.openCrm, url: contactLink(connection.location, id) });
}

/** One line each of what is open: the newest opportunity, the next task, the next appointment. */
export function glanceRows({ words, format }: FactsShown, contactId: string, glance: Glance): Widget[] {
  const { contact: says, opportunities: deals } = words;
  const open = { do: 'contact.show', parameters: { contact: contactId } };
  const running = listOf(glance.opportunities).filter(({ status }) => status === 'open');
  const task = listOf(glance.tasks)
    .filter(({ completed, dueAt }) => !completed && dueAt !== undefined)
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0];
  const meeting = listOf(glance.appointments)
    .filter((appointment) => isComing(appointment, format.now))
    .sort(comingFirst)[0];
  const rows: Widget[] = [];
  if (running.length > 0) {
    const [first] = running;
    const stage = stageName(words, listOf(glance.pipelines), first);
    rows.push({
      kind: 'row',
      icon: 'paid',
      text: first.name === '' ? deals.title : first.name,
      below: [stage, first.value > 0 ? format.amount(first.value) : '', more(words, running.length)]
        .filter((part) => part !== '')
        .join(' · '),
      open,
    });
  }
  if (task?.dueAt !== undefined) {
    rows.push({ kind: 'row', icon: 'task_alt', text: task.title, below: says.taskDue(format.day(task.dueAt)), open });
  }
  if (meeting !== undefined) {
    rows.push({
      kind: 'row',
      icon: 'event',
      text: meeting.title === '' ? words.appointments.title : meeting.title,
      below: says.meeting(startOf(meeting, format)),
      open,
    });
  }
  return rows;
}

function more({ contact: says }: Words, count: number): string {
  return count > 1 ? says.openCount(count) : '';
}

function isComing({ startsAt, startTime, status }: Appointment, now: number): boolean {
  if (['cancelled', 'noshow', 'invalid'].includes(status)) return false;
  // Without an offset the day alone is compared.
  return startsAt === undefined ? startTime.slice(0, 10) >= new Date(now).toISOString().slice(0, 10) : startsAt > now;
}

export function listOf<T>(part: Part<T>): readonly T[] {
  return typeof part === 'string' ? [] : part;
}
