/** The first card of wherever the sidebar is open: the homepage, or the card of the open message. */
import { ask } from '../platform/exchange';
import { ownAddress } from '../platform/session';
import { isDisconnecting } from '../account/disconnect';
import { runFromCard } from '../account/run';
import { reviveTimer } from '../account/timer';
import { getHeaders } from '../gmail/messages';
import { isDamaged } from '../sync/store';
import { linkOfThread, type SyncView } from '../sync/view';
import { welcomeCard } from './connect';
import type { Context } from './context';
import { homeCard } from './home';
import { text, type Card, type Widget } from './model';
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
  const view = context.view();
  if (view === undefined) return notConnected(context);
  const foreign = foreignCard(context, view);
  if (foreign !== undefined) return foreign;
  const revived = reviveTimer(context.store, view);
  const recent = context.run(readRecent(view.links));
  return homeCard(context.words, { view: context.view() ?? view, recent, revived, now: context.now });
}

function thread(context: Context): Card {
  const { words, now, event } = context;
  const view = context.view();
  if (view === undefined) return notConnected(context);
  const foreign = foreignCard(context, view);
  if (foreign !== undefined) return foreign;
  const threadId = event.threadId ?? threadOfMessage(context);
  if (threadId === undefined) return draftCard(words);
  const synced = linkOfThread(view, threadId)?.stopped === '' && now - view.passedAt > FRESH_MS;
  if (synced) runFromCard();
  const current = synced ? (context.view() ?? view) : view;
  const link = linkOfThread(current, threadId);
  const reading = context.run(
    link === undefined ? readUnlinked(current, threadId) : readLinked(current, link, threadId),
  );
  return threadCard(words, { view: current, link, reading, now, offset: event.offset });
}

function threadOfMessage({ event, run }: Context): string | undefined {
  if (event.messageId === undefined) return undefined;
  const outcome = run(ask(getHeaders(event.messageId, ['Subject'])));
  return outcome.kind === 'done' ? outcome.value.threadId : undefined;
}

function notConnected({ store, words }: Context): Card {
  return welcomeCard(words, noticeFor());

  function noticeFor(): Widget | undefined {
    if (isDisconnecting(store)) return { kind: 'row', icon: 'schedule', text: words.welcome.disconnecting };
    if (!isDamaged(store)) return undefined;
    const { what, advice } = words.troubles['store-lost'];
    return { kind: 'row', icon: 'warning', text: [{ bold: what }], below: advice };
  }
}

/** Under another account nothing of this connection is shown but the way out of it (C9). */
function foreignCard({ words, store }: Context, { connection }: SyncView): Card | undefined {
  if (isDisconnecting(store)) {
    return { name: 'home', title: words.name, sections: [{ widgets: [text(words.welcome.disconnecting)] }] };
  }
  if (connection.mailbox === ownAddress()) return undefined;
  const card = problemCard(words, { code: 'other-account', name: connection.mailbox });
  return { ...card, footer: { main: { text: words.buttons.disconnect, do: 'disconnect.ask' } } };
}
