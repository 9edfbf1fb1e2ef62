/** The threads of a folder. Arrow keys, j and k go from one to the next. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Label, Message, Thread } from '../api/gmail';
import { decodeEntities } from '../cards/formatted-text';
import { parseAddresses, sameAddress, shortName } from '../mail/addresses';
import { hasAttachment, headerOf, senderOf } from '../mail/gmail-message';
import { Icon } from '../parts/icon';
import { briefMoment } from '../parts/moment';
import { useKeys } from './use-keys';

interface ThreadListProps {
  readonly threads: readonly Thread[];
  readonly labels: readonly Label[];
  readonly me: string;
  readonly now: number;
  readonly sentFolder: boolean;
  /** Of the folder itself: it would be on every line. */
  readonly hiddenLabel: string | undefined;
  readonly lastOpen: string | undefined;
  readonly onOpen: (id: string) => void;
}

export function ThreadList(props: ThreadListProps) {
  const { threads, labels, me, now, sentFolder, hiddenLabel, lastOpen, onOpen } = props;
  const list = useRef<HTMLUListElement>(null);
  const step = (by: 1 | -1) => {
    const rows = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const index = rows.indexOf(document.activeElement as HTMLButtonElement);
    rows[index < 0 ? 0 : index + by]?.focus();
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    o: () => {
      const id = list.current?.querySelector<HTMLElement>('button:focus')?.dataset['thread'];
      if (id !== undefined) onOpen(id);
    },
  });
  useLayoutEffect(() => {
    // Whoever went on to something else meanwhile keeps their place.
    if (lastOpen === undefined || document.activeElement !== document.body) return;
    list.current?.querySelector<HTMLElement>(`button[data-thread="${lastOpen}"]`)?.focus();
  }, []);
  const names = new Map(labels.filter(({ type }) => type === 'user').map((label) => [label.id, label]));
  return (
    <ul
      ref={list}
      class="thread-list"
      aria-label="Threads"
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        step(event.key === 'ArrowDown' ? 1 : -1);
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
            <button type="button" class={unread ? 'unread' : ''} data-thread={id} onClick={() => onOpen(id)}>
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
