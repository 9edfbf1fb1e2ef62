/** Writes as a person outside: the raw mail goes to the network as their own server would send it. */
import { useState } from 'preact/hooks';
import { sendRawMail, type NewFile } from '../api/control';
import { parseAddresses, typedAddress, type MailAddress } from '../mail/addresses';
import { writeMail } from '../mail/compose';
import type { RawMessage } from '../mail/raw-message';
import { recipientsOf, referencesOf, subjectOf, withQuote, type AnswerKind } from '../mail/reply';
import { htmlFromText } from '../mail/text';
import { Field, TextArea } from '../parts/field';
import { FileInput } from '../parts/file-input';
import { Icon } from '../parts/icon';
import { useNotify } from '../shell/toasts';
import { useTask } from '../shell/use-task';

export interface OutsideWriting {
  readonly answered: RawMessage | undefined;
  readonly kind: AnswerKind;
}

interface OutsideComposerProps {
  readonly mailbox: MailAddress;
  readonly writing: OutsideWriting;
  readonly now: number;
  /** To whom a new mail goes unless somebody types another address. */
  readonly suggestion: string;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

export function OutsideComposer({ mailbox, writing, now, suggestion, onClose, onChanged }: OutsideComposerProps) {
  const { answered, kind } = writing;
  const start = answered === undefined ? undefined : recipientsOf(answered, kind, mailbox.address);
  const [to, setTo] = useState(start === undefined ? suggestion : start.to.map(typedAddress).join(', '));
  const [cc, setCc] = useState(start?.cc.map(typedAddress).join(', ') ?? '');
  const [subject, setSubject] = useState(answered === undefined ? '' : subjectOf(answered.subject, kind));
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly NewFile[]>([]);
  const notify = useNotify();
  const task = useTask();

  const example = () => {
    if (subject === '') setSubject('A question');
    setText(`Hello,\n\nthank you, that sounds good. Thursday at ten?\n\n${mailbox.name?.split(' ')[0] ?? ''}`.trim());
  };
  const send = () =>
    task.run(async () => {
      const [recipients, copies] = [parseAddresses(to), parseAddresses(cc)];
      const unique = crypto.randomUUID();
      const body = answered === undefined ? { text } : withQuote({ text, html: htmlFromText(text) }, answered, kind);
      const raw = writeMail(
        {
          from: mailbox,
          to: recipients,
          cc: copies,
          subject,
          ...body,
          ...(answered === undefined ? {} : referencesOf(answered, kind)),
          attachments: files,
          messageId: `<${unique}@${mailbox.address.split('@')[1]}>`,
          date: now,
        },
        unique.replaceAll('-', ''),
      );
      const envelope = [...recipients, ...copies].map(({ address }) => address);
      if (envelope.length === 0) throw new Error('The mail needs a recipient.');
      const { refused } = await sendRawMail(mailbox.address, envelope, raw);
      for (const { to: address, reason } of refused) notify(`${address} was refused: ${reason}`, 'bad');
      if (refused.length < envelope.length) notify('Sent.', 'good');
      onChanged();
      onClose();
    });

  return (
    <form
      class="composer"
      aria-label={`Mail from ${mailbox.address}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-head">
        <h3>
          {answered === undefined ? 'New mail' : 'Answer'} from {mailbox.name || mailbox.address}
        </h3>
        <button type="button" class="icon-button" aria-label="Discard what was written" onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <Field label="To" value={to} onInput={setTo} required />
      {cc !== '' && <Field label="Cc" value={cc} onInput={setCc} />}
      <Field label="Subject" value={subject} onInput={setSubject} />
      <TextArea label="Message text" value={text} onInput={setText} />
      <FileInput files={files} onChange={setFiles} />
      <div class="composer-foot">
        <button type="submit" class="button primary" disabled={task.busy}>
          <Icon name="send" size={18} />
          Send as {mailbox.name || 'the contact'}
        </button>
        <button type="button" class="button quiet" onClick={example}>
          Example text
        </button>
      </div>
    </form>
  );
}
