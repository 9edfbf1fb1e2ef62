/** What every card is made with: the event, the words, the user's store, and the time that this click has. */
import { userCache, type Cache } from '../platform/cache';
import { now, startDeadline } from '../platform/clock';
import type { Task } from '../platform/exchange';
import { Rounds } from '../platform/rounds';
import { userStore, type Store } from '../platform/store';
import { workingToken } from '../account/token';
import { syncView, type SyncView } from '../sync/view';
import { wiresFor } from '../sync/wires';
import { readEvent, type CardEvent } from './event';
import { formatFor, type Format } from './format';
import { wordsFor, type Words } from './words';

export interface Context {
  readonly event: CardEvent;
  readonly words: Words;
  readonly store: Store;
  readonly cache: Cache;
  readonly now: number;
  readonly format: Format;
  /** Sends the rounds of a task with this token for the CRM, or with the one of the connection. */
  readonly run: <T>(task: Task<T>, crmToken?: string) => T;
  /** As the store is, undefined where nobody is connected. Read once, and `again` after something was changed. */
  readonly view: (again?: 'again') => SyncView | undefined;
}

export function startContext(rawEvent: unknown): Context {
  const event = readEvent(rawEvent);
  const store = userStore();
  // One for the whole click: what a pass has used up is not there for the card any more.
  const deadline = startDeadline('card');
  const words = wordsFor(event.locale);
  const startedAt = now();
  let seen: { view: SyncView | undefined } | undefined;
  return {
    event,
    words,
    store,
    cache: userCache(),
    now: startedAt,
    format: formatFor(words, event, startedAt),
    run: (task, crmToken) => {
      const token = crmToken ?? workingToken(store, deadline);
      return new Rounds({ wires: wiresFor(() => token), deadline }).run(task);
    },
    view: (again) => {
      if (seen === undefined || again !== undefined) seen = { view: syncView(store) };
      return seen.view;
    },
  };
}
