/** Writes a mail or an answer, and sends it through Gmail's API. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { NewFile } from '../api/control';
import type { Gmail } from '../api/gmail';
import { parseAddresses, typedAddress } from '../mail/addresses';
import { base64UrlOfBytes } from '../mail/bytes';
import { writeMail } from '../mail/compose';
import type { ReadMessage } from '../mail/gmail-message';
import { recipientsOf, referencesOf, subjectOf, withQuote, type AnswerKind } from '../mail/reply';
import { htmlFromText } from '../mail/text';
import { Field, TextArea } from '../parts/field';
import { FileInput } from '../parts/file-input';
import { Icon } from '../parts/icon';
import { useNotify } from '../shell/toasts';
import { useTask } from '../shell/use-task';

export type Composing =
  | { readonly kind: 'new'; readonly now: number }
  | { readonly kind: AnswerKind; readonly message: ReadMessage; readonly now: number };

interface ComposerProps {
  readonly gmail: Gmail;
  readonly name: string;
  readonly composing: Composing;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

const TITLES = { new: 'New message', reply: 'Reply', 'reply-all': 'Reply to all', forward: 'Forward' };

export function Composer({ gmail, name, composing, onClose, onChanged }: ComposerProps) {
  const answered = composing.kind === 'new' ? undefined : composing.message;
  const kind = composing.kind === 'new' ? undefined : composing.kind;
  const start =
    answered === undefined || kind === undefined ? { to: [], cc: [] } : recipientsOf(answered, kind, gmail.email);
  const [to, setTo] = useState(start.to.map(typedAddress).join(', '));
  const [cc, setCc] = useState(start.cc.map(typedAddress).join(', '));
  const [bcc, setBcc] = useState('');
  const [showCopies, setShowCopies] = useState(start.cc.length > 0);
  const [subject, setSubject] = useState(
    answered === undefined || kind === undefined ? '' : subjectOf(answered.subject, kind),
  );
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly NewFile[]>([]);
  const notify = useNotify();
  const task = useTask();
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>(kind === 'reply' || kind === 'reply-all' ? 'textarea' : 'input')?.focus();
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const raw = () => {
    const body =
      answered === undefined || kind === undefined
        ? { text, html: htmlFromText(text) }
        : withQuote(text, answered, kind);
    const mail = {
      from: { name, address: gmail.email },
      to: parseAddresses(to),
      cc: parseAddresses(cc),
      bcc: parseAddresses(bcc),
      subject,
      ...body,
      ...(answered === undefined || kind === undefined ? {} : referencesOf(answered, kind)),
      attachments: files,
      date: composing.now,
    };
    return base64UrlOfBytes(writeMail(mail, crypto.randomUUID().replaceAll('-', '')));
  };
  const threadId = kind === 'reply' || kind === 'reply-all' ? answered?.threadId : undefined;
  const finish = (work: () => Promise<unknown>, said: string) =>
    task.run(async () => {
      await work();
      notify(said, 'good');
      onChanged();
      onClose();
    });

  return (
    <form
      ref={form}
      class="composer"
      aria-label={TITLES[composing.kind]}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        finish(() => gmail.send(raw(), threadId), 'Sent.');
      }}
    >
      <div class="composer-head">
        <h3>{TITLES[composing.kind]}</h3>
        <button type="button" class="icon-button" aria-label="Discard what was written" onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <Field label="To" value={to} onInput={setTo} required />
      {showCopies ? (
        <>
          <Field label="Cc" value={cc} onInput={setCc} />
          <Field label="Bcc" value={bcc} onInput={setBcc} />
        </>
      ) : (
        <button type="button" class="link" onClick={() => setShowCopies(true)}>
          Cc and Bcc
        </button>
      )}
      <Field label="Subject" value={subject} onInput={setSubject} />
      <TextArea label="Message text" value={text} onInput={setText} rows={7} />
      <FileInput files={files} onChange={setFiles} />
      <div class="composer-foot">
        <button type="submit" class="button primary" disabled={task.busy}>
          <Icon name="send" size={18} />
          Send
        </button>
        <button
          type="button"
          class="button quiet"
          disabled={task.busy}
          onClick={() => finish(() => gmail.saveDraft(raw(), threadId), 'Draft saved.')}
        >
          Save draft
        </button>
      </div>
    </form>
  );
}
