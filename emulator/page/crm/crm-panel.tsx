/** The CRM: its contacts, their conversations, and where replies to its own mail go. */
import { useState } from 'preact/hooks';
import type { WorldState } from '../api/control';
import type { Crm } from '../api/crm';
import { Failure } from '../parts/empty';
import { Icon } from '../parts/icon';
import { useLoaded } from '../shell/use-loaded';
import { PrivateIntegration } from './private-integration';
import { CrmComposer } from './crm-composer';
import { CrmSettings } from './crm-settings';
import { ContactList } from './contact-list';
import { ConversationView } from './conversation-view';

interface CrmPanelProps {
  readonly crm: Crm;
  readonly state: WorldState;
  readonly me: string;
  readonly version: number;
  readonly contactId: string | undefined;
  readonly onContact: (id: string | undefined) => void;
  readonly onChanged: () => void;
}

export function CrmPanel({ crm, state, me, version, contactId, onContact, onChanged }: CrmPanelProps) {
  const location = state.crm.locationId;
  const { value: conversations = [], error } = useLoaded(`conversations ${location}`, version, () =>
    crm.conversations(),
  );
  const [writing, setWriting] = useState(false);
  const connected = (state.properties[me]?.count ?? 0) > 0;
  const person = state.crm.contacts.find(({ id }) => id === contactId);
  if (person !== undefined) {
    return (
      <ConversationView
        key={person.id}
        crm={crm}
        person={person}
        conversationId={conversations.find((entry) => entry.contactId === person.id)?.id}
        contacts={state.crm.contacts}
        users={state.crm.users}
        me={me}
        now={state.clock}
        version={version}
        onClose={() => onContact(undefined)}
        onChanged={onChanged}
      />
    );
  }
  return (
    <>
      <CrmSettings location={location} users={state.crm.users} version={version} onChanged={onChanged} />
      <PrivateIntegration token={state.crm.token} locationId={location} open={!connected} />
      <div class="setting">
        <span class="grow">{state.crm.contacts.length} contacts</span>
        <button
          type="button"
          class="button"
          disabled={state.crm.contacts.length === 0}
          onClick={() => setWriting(true)}
        >
          <Icon name="people" size={18} />
          Bulk e-mail
        </button>
      </div>
      {writing && (
        <CrmComposer
          contact={undefined}
          contacts={state.crm.contacts}
          users={state.crm.users}
          me={me}
          answered={undefined}
          onClose={() => setWriting(false)}
          onChanged={onChanged}
        />
      )}
      {error !== undefined && <Failure text={error} />}
      <ContactList contacts={state.crm.contacts} conversations={conversations} now={state.clock} onOpen={onContact} />
    </>
  );
}
