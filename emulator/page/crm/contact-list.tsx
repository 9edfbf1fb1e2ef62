/** The contacts of the sub-account, those that were written with last on top. */
import type { CrmPerson } from '../api/control';
import type { Conversation } from '../api/crm';
import { Avatar } from '../parts/avatar';
import { briefMoment } from '../parts/moment';

interface ContactListProps {
  readonly contacts: readonly CrmPerson[];
  readonly conversations: readonly Conversation[];
  readonly now: number;
  readonly onOpen: (contactId: string) => void;
}

export function ContactList({ contacts, conversations, now, onOpen }: ContactListProps) {
  const byContact = new Map(conversations.map((conversation) => [conversation.contactId, conversation]));
  const lastAt = ({ id }: CrmPerson) => byContact.get(id)?.lastAt ?? 0;
  const sorted = [...contacts].sort((a, b) => lastAt(b) - lastAt(a) || a.name.localeCompare(b.name));
  return (
    <ul class="contact-list" aria-label="Contacts">
      {sorted.map((contact) => {
        const conversation = byContact.get(contact.id);
        return (
          <li key={contact.id}>
            <button type="button" onClick={() => onOpen(contact.id)}>
              <Avatar name={contact.name || contact.email} />
              <span class="who">
                {contact.name || contact.email}
                {(conversation?.unread ?? 0) > 0 && <span class="count">{conversation!.unread}</span>}
              </span>
              <span class="when">{briefMoment(conversation?.lastAt ?? 0, now)}</span>
              <span class="snippet">{plain(conversation?.lastMessage ?? '') || contact.email}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The last message may be markup. */
function plain(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
