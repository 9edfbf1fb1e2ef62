/** One contact: who they are, all e-mail with them, and writing to them. */
import { useState } from 'preact/hooks';
import type { CrmPerson } from '../api/control';
import type { Crm, CrmEmail } from '../api/crm';
import { Avatar } from '../parts/avatar';
import { Empty, Failure } from '../parts/empty';
import { Icon } from '../parts/icon';
import { useLoaded } from '../shell/use-loaded';
import { CrmComposer } from './crm-composer';
import { EmailView } from './email-view';

interface ConversationViewProps {
  readonly crm: Crm;
  readonly person: CrmPerson;
  /** Undefined while nothing was ever written. */
  readonly conversationId: string | undefined;
  readonly contacts: readonly CrmPerson[];
  readonly users: readonly CrmPerson[];
  readonly me: string;
  readonly now: number;
  readonly version: number;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

type Writing = { readonly answered: CrmEmail | undefined };

export function ConversationView(props: ConversationViewProps) {
  const { crm, person, conversationId, contacts, users, me, now, version, onClose, onChanged } = props;
  const [writing, setWriting] = useState<Writing>();
  const { value: contact } = useLoaded(`contact ${person.id}`, version, () => crm.contact(person.id));
  const { value: emails, error } = useLoaded(`emails ${conversationId ?? `none ${person.id}`}`, version, () =>
    conversationId === undefined ? Promise.resolve([]) : crm.emails(conversationId),
  );
  const names = new Map([person, ...users].map(({ name, email }) => [email.toLowerCase(), name || email]));
  const details = [contact?.company, contact?.email || person.email, contact?.phone].filter(Boolean).join(' · ');
  return (
    <div class="conversation">
      <div class="toolbar">
        <button type="button" class="icon-button" aria-label="Back to the contacts" onClick={onClose}>
          <Icon name="arrowBack" />
        </button>
        <Avatar name={person.name || person.email} />
        <div class="grow contact-head">
          <h3>{contact?.name || person.name || person.email}</h3>
          <p>{details}</p>
        </div>
        <button type="button" class="button primary" onClick={() => setWriting({ answered: undefined })}>
          <Icon name="edit" size={18} />
          Write
        </button>
      </div>
      {writing !== undefined && (
        <CrmComposer
          key={writing.answered?.id ?? 'new'}
          contact={person}
          contacts={contacts}
          users={users}
          me={me}
          answered={writing.answered}
          onClose={() => setWriting(undefined)}
          onChanged={onChanged}
        />
      )}
      {error !== undefined && <Failure text={error} />}
      {emails?.length === 0 && <Empty icon="chat" title="No e-mail with this contact yet." />}
      <ol class="messages" aria-label="E-mails, oldest first">
        {(emails ?? []).map((email, index) => (
          <EmailView
            crm={crm}
            key={email.id}
            email={email}
            names={names}
            now={now}
            openAtFirst={index === emails!.length - 1}
            onReply={() => setWriting({ answered: email })}
            onChanged={onChanged}
          />
        ))}
      </ol>
    </div>
  );
}
