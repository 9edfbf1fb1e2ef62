/**
 * Writes a mail or an answer, and sends it through Gmail's API: an answer below its thread, a new mail in a window above the
 * list, both with the add-on's own action.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AddOn, NewFile } from '../api/control';
import type { Gmail } from '../api/gmail';
import { parseAddresses, typedAddress } from '../mail/addresses';
import { base64UrlOfBytes } from '../mail/bytes';
import { cleanFragment, textFragment } from '../mail/clean-html';
import { writeMail } from '../mail/compose';
import type { ReadMessage } from '../mail/gmail-message';
import { recipientsOf, referencesOf, subjectOf, withQuote, type AnswerKind } from '../mail/reply';
import { changesNothing, withRecipients, type DraftUpdate } from '../mail/update-draft';
import { Field } from '../parts/field';
import { FileInput } from '../parts/file-input';
import { Icon } from '../parts/icon';
import { RichTextField, type RichText } from '../parts/rich-text';
import { useNotify } from '../shell/toasts';
import { useTask } from '../shell/use-task';
import { ComposerAddOn } from './composer-add-on';

export type Composing =
  | { readonly kind: 'new'; readonly now: number }
  | { readonly kind: AnswerKind; readonly message: ReadMessage; readonly now: number };

interface ComposerProps {
  readonly gmail: Gmail;
  readonly name: string;
  readonly addOn: AddOn;
  readonly composing: Composing;
  readonly onClose: () => void;
  readonly onChanged: () => void;
  readonly onLink: (url: string) => boolean;
}

const TITLES = { new: 'New message', reply: 'Reply', 'reply-all': 'Reply to all', forward: 'Forward' };

export function Composer({ gmail, name, addOn, composing, onClose, onChanged, onLink }: ComposerProps) {
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
  const [folded, setFolded] = useState(false);
  const [files, setFiles] = useState<readonly NewFile[]>([]);
  const notify = useNotify();
  const task = useTask();
  const form = useRef<HTMLFormElement>(null);
  const body = useRef<RichText>(null);

  useEffect(() => {
    const before = document.activeElement;
    if (kind === 'reply' || kind === 'reply-all') body.current?.focus();
    else form.current?.querySelector('input')?.focus();
    form.current?.scrollIntoView({ block: 'nearest' });
    return () => {
      // Whoever has gone on to something else keeps their place.
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const update = (wanted: DraftUpdate) => {
    if (changesNothing(wanted)) notify('The add-on changed nothing.');
    if (wanted.to.length > 0) setTo(withRecipients(to, wanted.to));
    if (wanted.cc.length > 0) setCc(withRecipients(cc, wanted.cc));
    if (wanted.bcc.length > 0) setBcc(withRecipients(bcc, wanted.bcc));
    if (wanted.cc.length + wanted.bcc.length > 0) setShowCopies(true);
    if (wanted.subject !== undefined) setSubject(wanted.subject);
    const inserted = document.createDocumentFragment();
    for (const { content, kind: type } of wanted.contents) {
      const part = type === 'text' ? textFragment(content) : cleanFragment(content);
      if (type === 'fixed-html') {
        const fixed = document.createElement('div');
        fixed.contentEditable = 'false';
        fixed.append(part);
        // One can go on writing behind it.
        inserted.append(fixed, document.createElement('br'));
      } else inserted.append(part);
    }
    if (inserted.childNodes.length > 0) body.current?.insert(inserted, wanted.where);
    else body.current?.focus();
  };

  const raw = () => {
    const { html = '', text = '' } = body.current ?? {};
    const written =
      answered === undefined || kind === undefined ? { text, html } : withQuote({ text, html }, answered, kind);
    const mail = {
      from: { name, address: gmail.email },
      to: parseAddresses(to),
      cc: parseAddresses(cc),
      bcc: parseAddresses(bcc),
      subject,
      ...written,
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
      class={answered === undefined ? 'composer composer-window' : 'composer'}
      data-folded={folded}
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
        {answered === undefined && (
          <button
            type="button"
            class="icon-button"
            aria-label={folded ? 'Open the message again' : 'Minimize the message'}
            aria-expanded={!folded}
            onClick={() => setFolded(!folded)}
          >
            <span class={folded ? 'turned' : ''}>
              <Icon name="arrowDown" size={18} />
            </span>
          </button>
        )}
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
      <RichTextField label="Message text" handle={body} />
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
        <ComposerAddOn
          addOn={addOn}
          user={gmail.email}
          recipients={{ to: plainAddresses(to), cc: plainAddresses(cc), bcc: plainAddresses(bcc) }}
          onUpdate={update}
          onChanged={onChanged}
          onLink={onLink}
        />
      </div>
    </form>
  );
}

function plainAddresses(typed: string): string {
  return parseAddresses(typed)
    .map(({ address }) => address)
    .join(',');
}
