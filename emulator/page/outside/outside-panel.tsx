/** The mailboxes of people who are on neither side: what they got, and what they answer. */
import { useEffect, useState } from 'preact/hooks';
import { readMailbox, setMailbox, type Account, type WorldState } from '../api/control';
import { readRawMessage, type RawMessage } from '../mail/raw-message';
import { Empty, Failure } from '../parts/empty';
import { Select } from '../parts/field';
import { Icon } from '../parts/icon';
import { useLoaded } from '../shell/use-loaded';
import { useTask } from '../shell/use-task';
import { OutsideComposer, type OutsideWriting } from './outside-composer';
import { OutsideMail } from './outside-mail';

interface OutsidePanelProps {
  readonly state: WorldState;
  readonly version: number;
  readonly onChanged: () => void;
}

const BEHAVIOURS = [
  { value: 'takes', text: 'takes everything' },
  { value: 'away', text: 'takes it, and answers “I am away”' },
  { value: 'refuses', text: 'refuses every mail' },
  { value: 'bounces', text: 'takes it, and sends it back later' },
];

function behaviourOf({ behaviour }: Account): string {
  if (behaviour === undefined) return 'takes';
  return behaviour.delivery === 'takes' && behaviour.autoReply !== '' ? 'away' : behaviour.delivery;
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
  const task = useTask();
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
      <div class="setting">
        <Select
          label="Their server"
          value={behaviourOf(mailbox)}
          options={BEHAVIOURS}
          onChange={(value) =>
            task.run(async () => {
              await setMailbox(address, value);
              onChanged();
            })
          }
        />
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
