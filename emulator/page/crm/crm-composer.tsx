/** What a CRM user sends: one mail, many, by a workflow, or through the API. */
import { useState } from 'preact/hooks';
import { sendFromCrm, type CrmPerson, type CrmSend, type NewFile } from '../api/control';
import type { CrmEmail } from '../api/crm';
import { MultiSelect } from '../cards/widgets/multi-select';
import { htmlFromText } from '../mail/text';
import { Field, Select, TextArea } from '../parts/field';
import { FileInput } from '../parts/file-input';
import { Icon } from '../parts/icon';
import { useNotify } from '../shell/toasts';
import { useTask } from '../shell/use-task';
import { subjectOf } from '../mail/reply';

interface CrmComposerProps {
  /** Undefined for a bulk send from the list of contacts: all of them at first. */
  readonly contact: CrmPerson | undefined;
  readonly contacts: readonly CrmPerson[];
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

export function CrmComposer({ contact, contacts, users, me, answered, onClose, onChanged }: CrmComposerProps) {
  const mine = users.find(({ email }) => email.toLowerCase() === me.toLowerCase()) ?? users[0];
  const [user, setUser] = useState(mine?.id ?? '');
  const [kind, setKind] = useState<CrmSend['kind']>(contact === undefined ? 'bulk' : 'individual');
  const [to, setTo] = useState<readonly string[]>(contact === undefined ? contacts.map(({ id }) => id) : [contact.id]);
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

  const who =
    kind === 'bulk' && to.length !== 1
      ? `${to.length} contacts`
      : (contacts.find(({ id }) => id === to[0])?.name ?? contact?.name ?? '');
  const example = () => {
    const first = contact?.name.split(' ')[0];
    const sender = users.find(({ id }) => id === user)?.name.split(' ')[0] ?? '';
    if (subject === '') setSubject('Our offer for the spring');
    const greeting = first === undefined || kind === 'bulk' ? 'Hello,' : `Dear ${first},`;
    setBody(`${greeting}\n\nas promised, here is our offer. Shall we talk about it on Thursday?\n\n${sender}`);
  };
  const send = () =>
    task.run(async () => {
      const copies = cc.split(/[,;\s]+/).filter((address) => address !== '');
      const sent = await sendFromCrm({
        user,
        to: kind === 'bulk' ? to : (contact?.id ?? to[0]),
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
      const many = kind === 'bulk' && to.length > 1;
      notify(
        sent.status === 'pending'
          ? `Waiting for Gmail to send ${many ? 'them' : 'it'}.`
          : many
            ? `${to.length} e-mails sent by the CRM.`
            : 'Sent by the CRM.',
        'good',
      );
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
        <h3>{answered === undefined ? `E-mail to ${who}` : `Reply to ${who}`}</h3>
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
      <Select
        label="How"
        value={kind}
        onChange={(value) => setKind(value as CrmSend['kind'])}
        options={contact === undefined ? KINDS.filter(({ value }) => value === 'bulk') : KINDS}
      />
      {kind === 'bulk' && (
        <fieldset class="recipients">
          <legend>To {to.length} contacts</legend>
          <MultiSelect
            name="recipients"
            label="the contacts"
            items={contacts.map(({ id, name, email }) => ({
              value: id,
              text: name || email,
              bottomText: email,
              icon: '',
            }))}
            chosen={to}
            most={undefined}
            least={0}
            disabled={task.busy}
            choose={setTo}
          />
        </fieldset>
      )}
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
        <button type="submit" class="button primary" disabled={task.busy || to.length === 0}>
          <Icon name="send" size={18} />
          Send from the CRM
        </button>
        <button type="button" class="button quiet" onClick={example}>
          Example text
        </button>
      </div>
    </form>
  );
}
