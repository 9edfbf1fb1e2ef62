/** What the handlers of clicks share: the way in, and the way out when something is in the way. */
import type { SyncView } from '../sync/view';
import type { Context } from './context';
import { problemReply, type Reply } from './reply';

export type Handler = (context: Context) => Reply;
export type Handlers = Readonly<Record<string, Handler>>;

export function connected(context: Context, show: (view: SyncView) => Reply): Reply {
  const view = context.view();
  return view === undefined ? problemReply(context, { code: 'not-connected' }) : show(view);
}

/** A line at the bottom, and the card stays as it is with what was typed in it. */
export function say(notice: string): Reply {
  return { notice };
}
