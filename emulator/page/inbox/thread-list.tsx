/** The threads of a folder. Arrow keys go from one to the next. */
import type { Label, Message, Thread } from '../api/gmail';
import { decodeEntities } from '../cards/formatted-text';
import { parseAddresses, sameAddress, shortName } from '../mail/addresses';
import { hasAttachment, headerOf, senderOf } from '../mail/gmail-message';
import { Icon } from '../parts/icon';
import { briefMoment } from '../parts/moment';

interface ThreadListProps {
  readonly threads: readonly Thread[];
  readonly labels: readonly Label[];
  readonly me: string;
  readonly now: number;
  readonly sentFolder: boolean;
  /** Of the folder itself: it would be on every line. */
  readonly hiddenLabel: string | undefined;
  readonly onOpen: (id: string) => void;
}

export function ThreadList({ threads, labels, me, now, sentFolder, hiddenLabel, onOpen }: ThreadListProps) {
  const names = new Map(labels.filter(({ type }) => type === 'user').map((label) => [label.id, label]));
  return (
    <ul
      class="thread-list"
      aria-label="Threads"
      onKeyDown={(event) => {
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (step === 0) return;
        const rows = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
        rows[rows.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
        event.preventDefault();
      }}
    >
      {threads.map(({ id, messages = [] }) => {
        const newest = messages.at(-1);
        if (newest === undefined) return null;
        const unread = messages.some(({ labelIds }) => labelIds?.includes('UNREAD'));
        const marks = [...new Set(messages.flatMap(({ labelIds }) => labelIds ?? []))]
          .filter((label) => label !== hiddenLabel && names.get(label) !== undefined)
          .map((label) => names.get(label)!)
          .filter(({ labelListVisibility }) => labelListVisibility !== 'labelHide');
        return (
          <li key={id}>
            <button type="button" class={unread ? 'unread' : ''} onClick={() => onOpen(id)}>
              <span class="who">
                {peopleOf(messages, me, sentFolder)}
                {messages.length > 1 && <span class="count">{messages.length}</span>}
                {messages.some(({ labelIds }) => labelIds?.includes('DRAFT')) && <span class="draft-mark">Draft</span>}
              </span>
              <span class="when">
                {messages.some(({ payload }) => payload !== undefined && hasAttachment(payload)) && (
                  <Icon name="attachment" size={15} title="Has attachments" />
                )}
                {briefMoment(Number(newest.internalDate ?? 0), now)}
              </span>
              <span class="what">
                {marks.map(({ id: label, name }) => (
                  <span key={label} class="label-chip">
                    {name}
                  </span>
                ))}
                <span class="subject">{headerOf(messages[0].payload ?? {}, 'Subject') || '(no subject)'}</span>
                <span class="snippet">{decodeEntities(newest.snippet ?? '')}</span>
              </span>
              {unread && <span class="visually-hidden">unread</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** `Ada, me`: who wrote, in order; in Sent, to whom. */
function peopleOf(messages: readonly Message[], me: string, sentFolder: boolean): string {
  const people = messages.flatMap(({ payload = {} }) => {
    const sender = senderOf(payload);
    const own = sender !== undefined && sameAddress(sender.address, me);
    if (sentFolder || (own && messages.length === 1)) {
      return parseAddresses(headerOf(payload, 'To')).map((address) => `To: ${shortName(address)}`);
    }
    return [sender === undefined ? '(no sender)' : own ? 'me' : shortName(sender)];
  });
  const distinct = [...new Set(people)];
  return distinct.length <= 3 ? distinct.join(', ') : `${distinct[0]} … ${distinct.slice(-2).join(', ')}`;
}
