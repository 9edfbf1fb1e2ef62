/** An open thread: its messages, the newest unfolded, and what one does with it. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AddOn } from '../api/control';
import type { Gmail, Label } from '../api/gmail';
import { readMessage, type ReadMessage } from '../mail/gmail-message';
import type { AnswerKind } from '../mail/reply';
import { Failure } from '../parts/empty';
import { Icon } from '../parts/icon';
import type { IconName } from '../parts/icon-paths';
import { useLoaded } from '../shell/use-loaded';
import { useTask } from '../shell/use-task';
import { Composer } from './composer';
import type { Composing } from './composing';
import { MessageView } from './message-view';
import { useKeys } from './use-keys';

interface ThreadViewProps {
  readonly gmail: Gmail;
  readonly threadId: string;
  readonly labels: readonly Label[];
  readonly name: string;
  readonly addOn: AddOn;
  readonly now: number;
  readonly version: number;
  readonly onClose: () => void;
  readonly onChanged: () => void;
  readonly onLink: (url: string) => boolean;
}

export function ThreadView(props: ThreadViewProps) {
  const { gmail, threadId, labels, name, addOn, now, version, onClose, onChanged, onLink } = props;
  const { value: thread, error } = useLoaded(`${gmail.email} ${threadId}`, version, () => gmail.thread(threadId));
  const [composing, setComposing] = useState<Composing>();
  const [unfolded, setUnfolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const task = useTask();
  const messages = (thread?.messages ?? []).map(readMessage);
  const shown = messages.filter(({ labelIds }) => !labelIds.includes('DRAFT'));
  const drafts = messages.filter(({ labelIds }) => labelIds.includes('DRAFT'));
  const has = (label: string) => messages.some(({ labelIds }) => labelIds.includes(label));
  const unread = has('UNREAD');

  useEffect(() => {
    if (unread) void gmail.labelThread(threadId, [], ['UNREAD']).then(onChanged, () => undefined);
  }, [threadId, unread]);

  const leave = (work: () => Promise<unknown>) =>
    task.run(async () => {
      await work();
      onChanged();
      onClose();
    });
  const answer = (message: ReadMessage, kind: AnswerKind) => setComposing({ kind, message, now });
  const newest = shown.at(-1);
  const answerNewest = (kind: AnswerKind) => () => {
    if (newest !== undefined) answer(newest, kind);
  };
  const move = (add: readonly string[], remove: readonly string[]) => () =>
    leave(() => gmail.labelThread(threadId, add, remove));
  const archive = move([], ['INBOX']);
  const spam = move(['SPAM'], ['INBOX']);
  const trash = () => leave(() => gmail.trashThread(threadId));
  const markUnread = move(['UNREAD'], []);
  const heading = useRef<HTMLHeadingElement>(null);
  const loaded = thread !== undefined;

  // The subject is read out, and keys go on from here.
  useLayoutEffect(() => {
    if (loaded) heading.current?.focus({ preventScroll: true });
  }, [loaded]);
  useKeys({
    u: onClose,
    r: answerNewest('reply'),
    a: answerNewest('reply-all'),
    f: answerNewest('forward'),
    ...(has('TRASH') ? {} : { '#': trash }),
    ...(has('INBOX') ? { e: archive, '!': spam } : {}),
    U: markUnread,
  });
  const system = new Set(labels.filter(({ type }) => type === 'system').map(({ id }) => id));
  const marks = labels.filter(
    ({ id, labelListVisibility }) => !system.has(id) && has(id) && labelListVisibility !== 'labelHide',
  );

  return (
    <div class="thread-view">
      <div class="toolbar">
        <Tool icon="arrowBack" name="Back to the list" onClick={onClose} />
        <span class="grow" />
        {has('TRASH') ? (
          <Tool icon="undo" name="Take out of the trash" onClick={() => leave(() => gmail.untrashThread(threadId))} />
        ) : (
          <>
            {has('INBOX') && <Tool icon="archive" name="Archive" onClick={archive} />}
            {has('SPAM') ? (
              <Tool icon="undo" name="Not spam" onClick={move(['INBOX'], ['SPAM'])} />
            ) : (
              <Tool icon="spam" name="Report as spam" onClick={spam} />
            )}
            <Tool icon="trash" name="Move to the trash" onClick={trash} />
          </>
        )}
        <Tool icon="mail" name="Mark as unread" onClick={markUnread} />
      </div>
      {error !== undefined && <Failure text={error} />}
      {thread !== undefined && (
        <>
          <h3 ref={heading} class="thread-subject" tabIndex={-1}>
            {messages[0]?.subject || '(no subject)'}
            {marks.map((label) => (
              <span key={label.id} class="label-chip">
                {label.name}
              </span>
            ))}
          </h3>
          <ol class="messages">
            {shown.map((message) => (
              <MessageView
                key={message.id}
                gmail={gmail}
                message={message}
                now={now}
                open={unfolded.get(message.id) ?? message === newest}
                onToggle={(open) => setUnfolded(new Map(unfolded).set(message.id, open))}
                onAnswer={(kind) => answer(message, kind)}
              />
            ))}
          </ol>
          {drafts.map((draft) => (
            <DraftLine key={draft.id} gmail={gmail} draft={draft} onChanged={onChanged} />
          ))}
          {composing === undefined && newest !== undefined && (
            <div class="answer-bar">
              <button type="button" class="button" onClick={() => answer(newest, 'reply')}>
                <Icon name="reply" size={18} />
                Reply
              </button>
              <button type="button" class="button quiet" onClick={() => answer(newest, 'reply-all')}>
                <Icon name="replyAll" size={18} />
                Reply all
              </button>
              <button type="button" class="button quiet" onClick={() => answer(newest, 'forward')}>
                <Icon name="forward" size={18} />
                Forward
              </button>
            </div>
          )}
          {composing !== undefined && (
            <Composer
              gmail={gmail}
              name={name}
              addOn={addOn}
              composing={composing}
              onClose={() => setComposing(undefined)}
              onChanged={onChanged}
              onLink={onLink}
            />
          )}
        </>
      )}
    </div>
  );
}

function Tool({ icon, name, onClick }: { icon: IconName; name: string; onClick: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={name} title={name} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function DraftLine({ gmail, draft, onChanged }: { gmail: Gmail; draft: ReadMessage; onChanged: () => void }) {
  const task = useTask();
  const act = (work: (id: string) => Promise<void>) =>
    task.run(async () => {
      const found = (await gmail.drafts()).find(({ message }) => message.id === draft.id);
      if (found === undefined) throw new Error('The draft is no longer there.');
      await work(found.id);
      onChanged();
    });
  return (
    <div class="draft-line">
      <span class="draft-mark">Draft</span>
      <span class="grow">{draft.snippet || draft.subject}</span>
      <button type="button" class="button" disabled={task.busy} onClick={() => act((id) => gmail.sendDraft(id))}>
        Send draft
      </button>
      <button
        type="button"
        class="button quiet"
        disabled={task.busy}
        onClick={() => act((id) => gmail.discardDraft(id))}
      >
        Discard
      </button>
    </div>
  );
}
