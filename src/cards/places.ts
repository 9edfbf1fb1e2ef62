/** The first card of wherever the sidebar is open: the homepage, or the card of the open message. */
import { ask } from '../platform/exchange';
import { isPermitted } from '../platform/permission';
import { ownAddress } from '../platform/session';
import { finishDisconnect, isDisconnecting } from '../account/disconnect';
import { dropLateConsent } from '../account/consent';
import { dropLatePending } from '../account/pending';
import { appConfig } from '../platform/config';
import { runFromCard } from '../account/run';
import { isIdle, reviveTimer } from '../account/timer';
import { getHeaders } from '../gmail/messages';
import { leaveCommand } from '../sync/commands';
import { isLost } from '../account/lost';
import { linkOfThread, type SyncView } from '../sync/view';
import { welcomeCard } from './connect';
import { choosingCard, signedIn } from './choosing';
import { deskOf } from './contact/handlers';
import type { Context } from './context';
import { homeCard } from './home';
import type { Card, Widget } from './model';
import { problemCard } from './problem';
import { readRecent } from './recent';
import { draftCard, threadCard } from './thread/card';
import { readLinked, readUnlinked } from './thread/read';

/** Opening a linked thread syncs, unless a pass has just been (G2). */
const FRESH_MS = 30_000;

export function placeCard(context: Context): Card {
  const { messageId, threadId } = context.event;
  return messageId === undefined && threadId === undefined ? home(context) : thread(context);
}

export function home(context: Context): Card {
  return whereConnected(context, (view) => {
    const revived = reviveTimer(context.store, view);
    const current = revived ? (context.view('again') ?? view) : view;
    const recent = context.run(readRecent(current));
    // Whoever holds the lock is at work; where nobody does, a run that did not end was stopped.
    const running = current.standing === 'cut' && !isIdle();
    return homeCard(context.words, { view: current, recent, revived, running, format: context.format });
  });
}

function thread(context: Context): Card {
  return whereConnected(context, (before) => {
    const { words, now, event } = context;
    const threadId = event.threadId ?? threadOfMessage(context);
    if (threadId === undefined) return draftCard(words);
    if (before.isResting(threadId)) leaveCommand(context.store, { do: 'wake', gmail: threadId });
    const view = isStale(before, threadId, now) ? syncedView(context, before.isResting(threadId)) : before;
    // A pass can end a connection that was to end.
    if (view === undefined) return welcome(context);
    const link = linkOfThread(view, threadId);
    const desk = deskOf(context, view);
    const reading = context.run(
      link === undefined ? readUnlinked(desk, view, threadId) : readLinked(desk, view, link, threadId),
    );
    return threadCard(words, { view, link, threadId, reading, format: context.format });
  });
}

function isStale(view: SyncView, threadId: string, now: number): boolean {
  return view.isResting(threadId) || (linkOfThread(view, threadId)?.stopped === '' && now - view.passedAt > FRESH_MS);
}

function syncedView(context: Context, commanded: boolean): SyncView | undefined {
  runFromCard(commanded);
  return context.view('again');
}

/** Where the event names the message alone. */
function threadOfMessage({ event, run }: Context): string | undefined {
  if (event.messageId === undefined) return undefined;
  const outcome = run(ask(getHeaders(event.messageId, ['Subject'])));
  return outcome.kind === 'done' ? outcome.value.threadId : undefined;
}

function welcome({ words }: Context, notice?: Widget): Card {
  return welcomeCard(words, appConfig() !== undefined, notice);
}

/** What stands in the way of every card is said first, with the way out of it. */
function whereConnected(context: Context, show: (view: SyncView) => Card): Card {
  const { store, words, now } = context;
  if (!isPermitted()) return problemCard(words, { code: 'gmail-refused' });
  if (isDisconnecting(store)) {
    finishDisconnect();
    if (isDisconnecting(store)) {
      return welcome(context, { kind: 'row', icon: 'schedule', text: words.welcome.disconnecting });
    }
    context.view('again');
  }
  const pending = signedIn(context);
  if (pending !== undefined) return choosingCard(context, pending);
  dropLatePending(store, now);
  dropLateConsent(store, now);
  const view = context.view();
  if (view === undefined) {
    if (!isLost(store)) return welcome(context);
    const { what, advice } = words.troubles['store-lost'];
    return welcome(context, { kind: 'row', icon: 'warning', text: [{ bold: what }], below: advice });
  }
  if (view.connection.mailbox === ownAddress()) return show(view);
  // Nothing of another account's connection is shown but the way out of it (C9).
  const card = problemCard(words, { code: 'other-account', name: view.connection.mailbox });
  return { ...card, footer: { main: { text: words.buttons.disconnect, do: 'disconnect.ask' } } };
}
