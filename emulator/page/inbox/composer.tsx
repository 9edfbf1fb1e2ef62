/**
 * Writes a mail or an answer, and sends it through Gmail's API: an answer below its thread, a new mail in a window above the
 * list, both with the add-on's own action.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AddOn, NewFile } from '../api/control';
import type { Gmail } from '../api/gmail';
import { parseAddresses } from '../mail/addresses';
import { base64UrlOfBytes } from '../mail/bytes';
import { cleanFragment, textFragment } from '../mail/clean-html';
import { writeMail } from '../mail/compose';
import { withQuote } from '../mail/reply';
import { changesNothing, withRecipients, type DraftUpdate } from '../mail/update-draft';
import { Field } from '../parts/field';
import { FileInput } from '../parts/file-input';
import { Icon } from '../parts/icon';
import { RichTextField, type RichText } from '../parts/rich-text';
import { useNotify } from '../shell/toasts';
import { useTask } from '../shell/use-task';
import { ComposerAddOn } from './composer-add-on';
import { startOf, type Composing } from './composing';

interface ComposerProps {
  readonly gmail: Gmail;
  readonly name: string;
  readonly addOn: AddOn;
  readonly composing: Composing;
  readonly onClose: () => void;
  readonly onChanged: () => void;
  readonly onLink: (url: string) => boolean;
}

const TITLES = { new: 'New message', draft: 'Draft', reply: 'Reply', 'reply-all': 'Reply to all', forward: 'Forward' };

export function Composer({ gmail, name, addOn, composing, onClose, onChanged, onLink }: ComposerProps) {
  const { kind } = composing;
  const answered = kind === 'new' || kind === 'draft' ? undefined : composing;
  const [start] = useState(() => startOf(composing, gmail.email));
  const [to, setTo] = useState(start.to);
  const [cc, setCc] = useState(start.cc);
  const [bcc, setBcc] = useState(start.bcc);
  const [showCopies, setShowCopies] = useState(start.cc + start.bcc !== '');
  const [subject, setSubject] = useState(start.subject);
  const [folded, setFolded] = useState(false);
  const [files, setFiles] = useState<readonly NewFile[]>(start.files);
  const notify = useNotify();
  const task = useTask();
  const form = useRef<HTMLFormElement>(null);
  const body = useRef<RichText>(null);

  useEffect(() => {
    const before = document.activeElement;
    if (start.html !== '') body.current?.insert(cleanFragment(start.html), 'start');
    if (kind === 'reply' || kind === 'reply-all' || kind === 'draft') body.current?.focus();
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
      answered === undefined ? { text, html } : withQuote({ text, html }, answered.message, answered.kind);
    const mail = {
      from: { name, address: gmail.email },
      to: parseAddresses(to),
      cc: parseAddresses(cc),
      bcc: parseAddresses(bcc),
      subject,
      ...written,
      ...start.headers,
      attachments: files,
      date: composing.now,
    };
    return base64UrlOfBytes(writeMail(mail, crypto.randomUUID().replaceAll('-', '')));
  };
  const { threadId } = start;
  const send = () => (kind === 'draft' ? gmail.sendDraft(composing.id, raw()) : gmail.send(raw(), threadId));
  const keep = () => gmail.saveDraft(raw(), threadId, kind === 'draft' ? composing.id : undefined);
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
        finish(send, 'Sent.');
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
        <button type="button" class="button quiet" disabled={task.busy} onClick={() => finish(keep, 'Draft saved.')}>
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
