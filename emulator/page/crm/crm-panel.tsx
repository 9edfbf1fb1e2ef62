/** The CRM: its contacts, their conversations, and where replies to its own mail go. */
import { changeSettings, readSettings, type WorldState } from '../api/control';
import type { Crm } from '../api/crm';
import { Failure } from '../parts/empty';
import { Select } from '../parts/field';
import { useLoaded } from '../shell/use-loaded';
import { useTask } from '../shell/use-task';
import { PrivateIntegration } from './private-integration';
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

const REPLY_TO = [
  { value: 'crm', text: 'to the CRM' },
  { value: 'user', text: "to the user's own address" },
  { value: 'both', text: 'to both' },
];

export function CrmPanel({ crm, state, me, version, contactId, onContact, onChanged }: CrmPanelProps) {
  const location = state.crm.locationId;
  const { value: conversations = [], error } = useLoaded(`conversations ${location}`, version, () =>
    crm.conversations(),
  );
  const { value: settings } = useLoaded(`settings ${location}`, version, readSettings);
  const task = useTask();
  const connected = (state.properties[me]?.count ?? 0) > 0;
  const person = state.crm.contacts.find(({ id }) => id === contactId);
  const replyTo = typeof settings?.['replyTo'] === 'string' ? settings['replyTo'] : 'crm';
  if (person !== undefined) {
    return (
      <ConversationView
        key={person.id}
        crm={crm}
        person={person}
        conversationId={conversations.find((entry) => entry.contactId === person.id)?.id}
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
      <div class="setting">
        <Select
          label="Replies to the CRM's own mail go"
          value={replyTo}
          options={REPLY_TO}
          onChange={(value) =>
            task.run(async () => {
              await changeSettings({ replyTo: value });
              onChanged();
            })
          }
        />
      </div>
      <PrivateIntegration token={state.crm.token} locationId={location} open={!connected} />
      {error !== undefined && <Failure text={error} />}
      <ContactList contacts={state.crm.contacts} conversations={conversations} now={state.clock} onOpen={onContact} />
    </>
  );
}
