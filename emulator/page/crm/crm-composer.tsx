/** What a CRM user sends: one mail, many, by a workflow, or through the API. */
import { useState } from 'preact/hooks';
import { sendFromCrm, type CrmPerson, type CrmSend, type NewFile } from '../api/control';
import type { Contact, CrmEmail } from '../api/crm';
import { htmlFromText } from '../mail/text';
import { Field, Select, TextArea } from '../parts/field';
import { FileInput } from '../parts/file-input';
import { Icon } from '../parts/icon';
import { useNotify } from '../shell/toasts';
import { useTask } from '../shell/use-task';
import { subjectOf } from '../mail/reply';

interface CrmComposerProps {
  readonly contact: Pick<Contact, 'id' | 'name' | 'email'>;
  readonly users: readonly CrmPerson[];
  /** The user in front of the page is the first choice. */
  readonly me: string;
  readonly answered: CrmEmail | undefined;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

const KINDS: readonly { value: CrmSend['kind']; text: string }[] = [
  { value: 'individual', text: 'By hand, to one' },
  { value: 'bulk', text: 'Bulk action' },
  { value: 'workflow', text: 'Workflow' },
  { value: 'api', text: 'API of the CRM' },
];
const CHANNELS: readonly { value: CrmSend['channel']; text: string }[] = [
  { value: 'default', text: "The sub-account's own" },
  { value: 'gmail', text: "Gmail, by Threadlink's provider" },
];

export function CrmComposer({ contact, users, me, answered, onClose, onChanged }: CrmComposerProps) {
  const mine = users.find(({ email }) => email.toLowerCase() === me.toLowerCase()) ?? users[0];
  const [user, setUser] = useState(mine?.id ?? '');
  const [kind, setKind] = useState<CrmSend['kind']>('individual');
  const [channel, setChannel] = useState<CrmSend['channel']>('default');
  const [from, setFrom] = useState('');
  const [cc, setCc] = useState('');
  const [subject, setSubject] = useState(answered === undefined ? '' : subjectOf(answered.subject, 'reply'));
  const [body, setBody] = useState('');
  const [asHtml, setAsHtml] = useState(false);
  const [more, setMore] = useState(false);
  const [files, setFiles] = useState<readonly NewFile[]>([]);
  const notify = useNotify();
  const task = useTask();

  const send = () =>
    task.run(async () => {
      const copies = cc.split(/[,;\s]+/).filter((address) => address !== '');
      const sent = await sendFromCrm({
        user,
        to: contact.id,
        kind,
        channel,
        subject,
        html: asHtml ? body : htmlFromText(body),
        ...(from.trim() === '' ? {} : { from: from.trim() }),
        ...(copies.length === 0 ? {} : { cc: copies }),
        ...(files.length === 0 ? {} : { attachments: files }),
        ...(answered === undefined
          ? {}
          : {
              replyTo: {
                emailMessageId: answered.id,
                threadId: answered.threadId,
                conversationId: answered.conversationId,
              },
            }),
      });
      notify(sent.status === 'pending' ? 'Waiting for Gmail to send it.' : 'Sent by the CRM.', 'good');
      onChanged();
      onClose();
    });

  return (
    <form
      class="composer"
      aria-label="E-mail from the CRM"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-head">
        <h3>
          {answered === undefined
            ? `E-mail to ${contact.name || contact.email}`
            : `Reply to ${contact.name || contact.email}`}
        </h3>
        <button type="button" class="icon-button" aria-label="Discard what was written" onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <Select
        label="Sent by"
        value={user}
        onChange={setUser}
        options={users.map(({ id, name, email }) => ({ value: id, text: `${name} (${email})` }))}
      />
      <Select label="How" value={kind} onChange={(value) => setKind(value as CrmSend['kind'])} options={KINDS} />
      <Select
        label="Through"
        value={channel}
        onChange={(value) => setChannel(value as CrmSend['channel'])}
        options={CHANNELS}
      />
      {more ? (
        <>
          <Field label="From" value={from} onInput={setFrom} placeholder="the user's own address" />
          <Field label="Cc" value={cc} onInput={setCc} />
          <label class="choice">
            <input type="checkbox" checked={asHtml} onChange={() => setAsHtml(!asHtml)} />
            <span>The text is HTML</span>
          </label>
        </>
      ) : (
        <button type="button" class="link" onClick={() => setMore(true)}>
          From, Cc, HTML
        </button>
      )}
      <Field label="Subject" value={subject} onInput={setSubject} />
      <TextArea label="Message text" value={body} onInput={setBody} />
      <FileInput files={files} onChange={setFiles} />
      <div class="composer-foot">
        <button type="submit" class="button primary" disabled={task.busy}>
          <Icon name="send" size={18} />
          Send from the CRM
        </button>
      </div>
    </form>
  );
}
