/** The sub-account's e-mail settings, as far as they matter to the add-on. */
import { changeSettings, readSettings, type CrmPerson } from '../api/control';
import { textOf } from '../api/http';
import { Select } from '../parts/field';
import { useLoaded } from '../shell/use-loaded';
import { useTask } from '../shell/use-task';

interface SettingsProps {
  readonly location: string;
  readonly users: readonly CrmPerson[];
  readonly version: number;
  readonly onChanged: () => void;
}

const REPLY_TO = [
  { value: 'crm', text: 'to the CRM' },
  { value: 'user', text: "to the user's own address" },
  { value: 'both', text: 'to both' },
];
const CHOICES = [
  { name: 'secureAttachments', text: 'Attachments are secure: their addresses die after an hour' },
  {
    name: 'ownProviderLeavesCopy',
    text: "The CRM sends by SMTP through the user's Gmail, which leaves a copy in Sent",
  },
  { name: 'unknownSenderCreatesContact', text: 'Mail from unknown people creates contacts' },
];

export function CrmSettings({ location, users, version, onChanged }: SettingsProps) {
  const { value: settings } = useLoaded(`settings ${location}`, version, readSettings);
  const task = useTask();
  const set = (values: Readonly<Record<string, unknown>>) =>
    task.run(async () => {
      await changeSettings(values);
      onChanged();
    });
  const replyTo = typeof settings?.['replyTo'] === 'string' ? settings['replyTo'] : 'crm';
  const synced = textOf(settings?.['nativeSyncUsers'])
    .split(',')
    .filter((id) => id !== '');
  return (
    <>
      <div class="setting">
        <Select
          label="Replies to the CRM's own mail go"
          value={replyTo}
          options={REPLY_TO}
          onChange={(value) => set({ replyTo: value })}
        />
      </div>
      <details class="private-integration">
        <summary>Settings › Email</summary>
        {CHOICES.map(({ name, text }) => (
          <Choice key={name} text={text} on={settings?.[name] === true} onChange={(on) => set({ [name]: on })} />
        ))}
        {users.map(({ id, name }) => (
          <Choice
            key={id}
            text={`The CRM's own Gmail sync is on for ${name}`}
            on={synced.includes(id)}
            onChange={(on) =>
              set({ nativeSyncUsers: (on ? [...synced, id] : synced.filter((other) => other !== id)).join(',') })
            }
          />
        ))}
      </details>
    </>
  );
}

function Choice({ text, on, onChange }: { text: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="choice">
      <input type="checkbox" checked={on} onChange={() => onChange(!on)} />
      <span>{text}</span>
    </label>
  );
}
