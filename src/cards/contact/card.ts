/** The card of a contact: who they are, and all that the CRM has on them (S2 to S4). */
import type { SyncView } from '../../sync/view';
import type { Format } from '../format';
import { section, type Card } from '../model';
import { appointmentSection } from '../records/appointments';
import { noteSection } from '../records/notes';
import { opportunitySection } from '../records/opportunities';
import type { Records } from '../records/read';
import { taskSection } from '../records/tasks';
import type { Words } from '../words';
import { contactButtons, contactWidgets, factRows } from './facts';
import type { ContactReading } from './read';

export const CONTACT_CARD = 'contact';

export function contactCard(
  words: Words,
  { connection }: Pick<SyncView, 'connection'>,
  reading: ContactReading,
  records: Records | undefined,
  format: Format,
): Card {
  const shown = { words, connection, format };
  if (reading.kind !== 'found' || records === undefined) {
    return {
      name: CONTACT_CARD,
      title: words.contact.title,
      subtitle: connection.locationName,
      sections: section(undefined, contactWidgets(shown, reading)),
    };
  }
  const { contact } = reading;
  return {
    name: CONTACT_CARD,
    title: contact.name === '' ? words.contact.title : contact.name,
    subtitle: contact.company === '' ? connection.locationName : contact.company,
    sections: [
      ...section(undefined, [...factRows(words, reading), contactButtons(shown, contact)]),
      folded(opportunitySection(words, contact, records, format), 4),
      folded(taskSection(words, contact, records, format), 4),
      folded(noteSection(words, contact, records, format), 3),
      folded(appointmentSection(words, connection.locationName, records, format), 3),
    ],
  };
}

/** The button at the end of a list stays in sight: it stands before what is folded away. */
function folded(part: Card['sections'][number], open: number): Card['sections'][number] {
  const { widgets } = part;
  const last = widgets[widgets.length - 1];
  if (widgets.length <= open || last.kind !== 'buttons') return { ...part, open };
  return { ...part, widgets: [last, ...widgets.slice(0, -1)], open };
}
