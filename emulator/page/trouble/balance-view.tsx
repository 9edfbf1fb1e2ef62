/** "25 of 25, none twice": how the mailbox and the CRM stand to one another, told from the two sides alone. */
import { sendFromCrm, type CrmPerson } from '../api/control';
import { readBalance, type Balance } from '../api/trouble';
import { parseAddresses, shortName } from '../mail/addresses';
import { Failure } from '../parts/empty';
import { Icon } from '../parts/icon';
import { briefMoment } from '../parts/moment';
import { useLoaded } from '../shell/use-loaded';
import { useTask } from '../shell/use-task';
import { Block } from './block';

interface BalanceProps {
  readonly user: string;
  readonly users: readonly CrmPerson[];
  /** Contacts whose mailboxes take everything and say nothing. */
  readonly contacts: readonly CrmPerson[];
  readonly now: number;
  readonly version: number;
  readonly onChanged: () => void;
}

/** Enough for a run to be in the middle of something. */
const MANY = 25;
const SHOWN = 6;
const PLACES = { gmail: 'in Gmail', crm: 'in the CRM', outside: "in a contact's mailbox" };

export function BalanceView({ user, users, contacts, now, version, onChanged }: BalanceProps) {
  const { value: balance, error } = useLoaded(`balance ${user}`, version, () => readBalance(user));
  const task = useTask();
  const sender = users.find(({ email }) => email.toLowerCase() === user.toLowerCase()) ?? users[0];
  const sendMany = () =>
    task.run(async () => {
      const sends = Array.from({ length: MANY }, (_, index) =>
        sendFromCrm({
          user: sender.id,
          to: contacts[index % contacts.length].id,
          kind: 'individual',
          channel: 'default',
          subject: `Offer ${index + 1} of ${MANY}`,
          html: `<p>This is mail ${index + 1} of ${MANY}.</p>`,
        }),
      );
      await Promise.all(sends);
      onChanged();
    });
  return (
    <Block title="The two sides">
      {error !== undefined && <Failure text={error} />}
      {balance !== undefined && <Counter balance={balance} now={now} />}
      <button
        type="button"
        class="button"
        disabled={task.busy || sender === undefined || contacts.length === 0}
        onClick={sendMany}
      >
        <Icon name="send" size={18} />
        {task.busy ? 'Sending …' : `Send ${MANY} e-mails from the CRM`}
      </button>
    </Block>
  );
}

function Counter({ balance, now }: { balance: Balance; now: number }) {
  const { total, both, lone, twice, left } = balance;
  const whole = both === total && twice.length === 0;
  return (
    <>
      <output class="counter" data-whole={whole}>
        <span class="figures">
          {both} of {total}
        </span>
        <span class="doubles" data-bad={twice.length > 0}>
          {twice.length === 0 ? 'none twice' : `${twice.length} twice`}
        </span>
      </output>
      <p class="note">
        {total === 0
          ? 'No mail is synced yet.'
          : 'Mails of synced threads on both sides, counted in the mailbox and in the CRM, not in what the add-on remembers.'}
        {left > 0 && ` ${left} more stay on one side by a rule.`}
      </p>
      {twice.length > 0 && (
        <ul class="fact-list" aria-label="There twice">
          {twice.slice(0, SHOWN).map(({ where, subject }, index) => (
            <li key={index}>
              <b>{subject || '(no subject)'}</b> <small>{PLACES[where]}</small>
            </li>
          ))}
        </ul>
      )}
      {lone.length > 0 && (
        <ul class="fact-list" aria-label="On one side only">
          {lone.slice(0, SHOWN).map(({ side, id, subject, from, at }) => (
            <li key={`${side} ${id}`}>
              <span class="chip waiting">only {PLACES[side]}</span> <b>{subject || '(no subject)'}</b>{' '}
              <small>
                {nameIn(from)}, {briefMoment(at, now)}
              </small>
            </li>
          ))}
          {lone.length > SHOWN && <li>and {lone.length - SHOWN} more</li>}
        </ul>
      )}
    </>
  );
}

function nameIn(from: string): string {
  const [sender] = parseAddresses(from);
  return sender === undefined ? from : shortName(sender);
}
