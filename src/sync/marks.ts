/**
 * What Gmail's labels have to show (M7): `CRM` on what is synced, `CRM/Attention` on what is parked or held. Pure. The
 * changes wait in the head and go out with the next look, as one more part of a batch that is sent anyway, so that they
 * cost no request of their own; and they are known to be true by then.
 */
import { isMessageKey } from './keys';
import type { Head, Item, Link } from './state';

/** Changes that are still to be made. Message ids; a thread's id has a `t` in front. */
export interface Marks {
  readonly shown: readonly string[];
  readonly on: readonly string[];
  readonly off: readonly string[];
  /** Threads that were stopped, or that go on (T8). */
  readonly stopped?: readonly string[];
  readonly resumed?: readonly string[];
  /** Gmail refused one of them, which is believed when it says so again. */
  readonly refused?: true;
}

/** As many as the head has room for; more are in the list of activities all the same. */
const MOST_MARKS = 20;

export const NO_MARKS: Marks = { shown: [], on: [], off: [] };

/** `pushed` are Gmail messages that this pass logged in the CRM. */
export function nextMarks(
  head: Head,
  links: ReadonlyMap<string, Link>,
  items: Iterable<Item>,
  pushed: readonly string[],
): Pick<Head, 'marks' | 'attention'> {
  const { marks: open = NO_MARKS, attention: before = [], labels } = head;
  const attention = wanting(links, items);
  const shown = labels?.shown === undefined ? [] : [...new Set([...open.shown, ...pushed])].slice(-MOST_MARKS);
  const on = [...new Set([...open.on, ...attention.filter((id) => !before.includes(id))])];
  const off = [...new Set([...open.off, ...before.filter((id) => !attention.includes(id))])];
  const { stopped = [], resumed = [] } = open;
  const marks: Omit<Marks, 'refused'> = {
    ...(stopped.length === 0 ? {} : { stopped }),
    ...(resumed.length === 0 ? {} : { resumed }),
    shown,
    on: on.filter((id) => attention.includes(id)),
    off: off.filter((id) => !attention.includes(id)).slice(-MOST_MARKS),
  };
  const nothing = Object.values(marks).every((ids: readonly string[]) => ids.length === 0);
  return { marks: nothing ? undefined : marks, attention: attention.length === 0 ? undefined : attention };
}

/** The newest of what is parked or held: the message, or the thread to which a mail of the CRM belongs. */
function wanting(links: ReadonlyMap<string, Link>, items: Iterable<Item>): string[] {
  const waiting = [...items].filter(({ key, state }) => state !== 'waiting' && isMessageKey(key));
  const ids = waiting
    .sort((a, b) => b.since - a.since)
    .flatMap(({ key, thread }) => {
      if (key.startsWith('g:')) return [key.slice(2)];
      const gmail = links.get(thread)?.gmail[0];
      return gmail === undefined ? [] : [`t${gmail}`];
    });
  return [...new Set(ids)].slice(0, MOST_MARKS);
}

/** The name that the label has to have; empty where it is switched off. */
export function labelName({ settings }: Pick<Head, 'settings'>): string {
  return settings?.label ?? SHOWN_NAME;
}

export const SHOWN_NAME = 'CRM';
