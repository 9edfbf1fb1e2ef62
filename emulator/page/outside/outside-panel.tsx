/** The mailboxes of people who are on neither side: what they got, and what they answer. */
import { useEffect, useState } from 'preact/hooks';
import { readMailbox, type WorldState } from '../api/control';
import { readRawMessage, type RawMessage } from '../mail/raw-message';
import { Empty, Failure } from '../parts/empty';
import { Select } from '../parts/field';
import { Icon } from '../parts/icon';
import { useLoaded } from '../shell/use-loaded';
import { OutsideComposer, type OutsideWriting } from './outside-composer';
import { OutsideMail } from './outside-mail';

interface OutsidePanelProps {
  readonly state: WorldState;
  readonly version: number;
  readonly onChanged: () => void;
}

export function OutsidePanel({ state, version, onChanged }: OutsidePanelProps) {
  const mailboxes = state.accounts.filter(({ kind }) => kind === 'external');
  const [chosen, setChosen] = useState<string>();
  const [writing, setWriting] = useState<OutsideWriting>();
  const mailbox = mailboxes.find(({ email }) => email === chosen) ?? mailboxes[0];
  const address = mailbox?.email ?? '';
  const { value: mails, error } = useLoaded<RawMessage[]>(`outside ${address}`, version, async () => {
    if (address === '') return [];
    return Promise.all((await readMailbox(address)).map(({ raw, at }) => readRawMessage(raw, at)));
  });
  useEffect(() => setWriting(undefined), [address]);
  if (mailbox === undefined) return <Empty icon="people" title="Nobody has a mailbox outside." />;
  const newestFirst = [...(mails ?? [])].reverse();
  return (
    <>
      <div class="setting">
        <Select
          label="Mailbox of"
          value={address}
          options={mailboxes.map(({ email, name }) => ({ value: email, text: name ? `${name} (${email})` : email }))}
          onChange={setChosen}
        />
        <button type="button" class="button primary" onClick={() => setWriting({ answered: undefined, kind: 'reply' })}>
          <Icon name="edit" size={18} />
          Write
        </button>
      </div>
      {writing !== undefined && (
        <OutsideComposer
          key={`${address} ${writing.answered?.messageId ?? 'new'} ${writing.kind}`}
          mailbox={{ name: mailbox.name ?? '', address }}
          writing={writing}
          now={state.clock}
          suggestion={state.accounts.find(({ kind }) => kind === 'google')?.email ?? ''}
          onClose={() => setWriting(undefined)}
          onChanged={onChanged}
        />
      )}
      {error !== undefined && <Failure text={error} />}
      {mails?.length === 0 && <Empty icon="mail" title={`${mailbox.name ?? address} has no mail yet.`} />}
      <ol class="messages" aria-label="Mail, newest first">
        {newestFirst.map((mail, index) => (
          <OutsideMail
            key={`${address} ${newestFirst.length - index}`}
            mail={mail}
            now={state.clock}
            openAtFirst={index === 0}
            onAnswer={(kind) => setWriting({ answered: mail, kind })}
          />
        ))}
      </ol>
    </>
  );
}
