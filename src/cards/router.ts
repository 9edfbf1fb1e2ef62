/** From the name in a button's parameters to what it does. Unknown names lead home: parameters are not to be trusted (S9). */
import { storeAddress, usableAddresses } from '../account/address';
import { disconnect } from '../account/disconnect';
import { runFromCard } from '../account/run';
import { leaveCommand, type Command } from '../sync/commands';
import type { PassResult } from '../sync/pass';
import { countOpen } from '../sync/view';
import { activityCard } from './activity';
import { addressCard } from './address';
import { FORM } from './connect';
import {
  afterSignIn,
  bringCode,
  cancelConnection,
  checkConnection,
  finishConnection,
  showConnect,
  startSignIn,
  takePlace,
} from './connecting';
import { CHECK_HANDLERS } from './check/handlers';
import { CONTACT_HANDLERS } from './contact/handlers';
import type { Context } from './context';
import { disconnectCard, REMOVE_LABELS } from './disconnect';
import { EXPORT_HANDLERS } from './export';
import { connected, type Handlers } from './handler';
import { home, placeCard } from './places';
import { PREVIEW_HANDLERS } from './preview';
import { RECORD_HANDLERS } from './records/handlers';
import { problemReply, type Reply } from './reply';
import { SETTINGS_HANDLERS } from './settings-handlers';
import { LINK_HANDLERS } from './thread/link';
import { WRITE_HANDLERS } from './write/handlers';

const HANDLERS: Handlers = {
  'home.show': (context) => ({ card: home(context), move: 'root' }),
  'connect.show': showConnect,
  'connect.check': checkConnection,
  'connect.oauth': startSignIn,
  'connect.signed-in': afterSignIn,
  'connect.code': bringCode,
  'connect.finish': finishConnection,
  'connect.take': takePlace,
  'connect.cancel': cancelConnection,
  'activity.show': (context) =>
    connected(context, (view) => ({
      card: activityCard(context.words, view, context.format),
      move: 'push',
    })),
  'address.show': showAddress,
  'address.change': changeAddress,
  'disconnect.ask': (context) =>
    connected(context, (view) => ({ card: disconnectCard(context.words, view), move: 'push' })),
  'disconnect.do': endConnection,
  'sync.now': (context) => {
    const result = runFromCard(true);
    context.view('again');
    return { card: placeCard(context), move: 'root', notice: resultNotice(context, result), changed: true };
  },
  'thread.stop': (context) => command(context, 'stop-thread'),
  'thread.resume': (context) => command(context, 'resume-thread'),
  'message.push': pushMessage,
  'item.retry': retryOne,
  'ownsync.off': (context) =>
    connected(context, () => {
      const result = obey(context, { do: 'own-sync-off' });
      const notice = result === 'done' ? context.words.ownSyncOff : resultNotice(context, result);
      return { card: placeCard(context), move: 'update', notice, changed: true };
    }),
  'item.sent': (context) => settleOne(context, 'sent'),
  'item.again': (context) => settleOne(context, 'again'),
  'items.retry': (context) => connected(context, () => retried(context, { do: 'retry' }, context.words.retried)),
};

export function route(context: Context): Reply {
  const name = context.event.parameters.do ?? '';
  const tables = [
    HANDLERS,
    CONTACT_HANDLERS,
    RECORD_HANDLERS,
    WRITE_HANDLERS,
    SETTINGS_HANDLERS,
    CHECK_HANDLERS,
    PREVIEW_HANDLERS,
    EXPORT_HANDLERS,
    LINK_HANDLERS,
  ];
  const table = tables.find((handlers) => Object.prototype.hasOwnProperty.call(handlers, name));
  return (table?.[name] ?? HANDLERS['home.show'])(context);
}

function showAddress(context: Context): Reply {
  return connected(context, (view) => {
    const addresses = context.run(usableAddresses(view.connection.location));
    if (!addresses.ok) return problemReply(context, addresses.problem);
    return { card: addressCard(context.words, view, addresses.value.addresses), move: 'push' };
  });
}

function changeAddress(context: Context): Reply {
  const { event, store, words } = context;
  return connected(context, (view) => {
    const chosen = event.form(FORM.address)[0] ?? '';
    const addresses = context.run(usableAddresses(view.connection.location));
    if (!addresses.ok) return problemReply(context, addresses.problem);
    const changed = storeAddress(store, addresses.value, chosen);
    if (!changed.ok) return problemReply(context, changed.problem);
    // What was written for the former address up to now is still its own.
    runFromCard();
    context.view('again');
    return { card: placeCard(context), move: 'root', notice: words.address.changed(chosen), changed: true };
  });
}

function endConnection(context: Context): Reply {
  const { event, store, words } = context;
  return connected(context, () => {
    const result = disconnect(store, event.form(REMOVE_LABELS).includes('yes'));
    context.view('again');
    const notice = result === 'done' ? words.disconnect.done : words.disconnect.soon;
    return { card: placeCard(context), move: 'root', notice, changed: true };
  });
}

function command(context: Context, what: 'stop-thread' | 'resume-thread'): Reply {
  const { event, words } = context;
  return connected(context, (view) => {
    const link = view.links.find(({ crm }) => crm === event.parameters.crm);
    if (link === undefined) return problemReply(context, { code: 'thread-unknown' });
    const result = obey(context, { do: what, crm: link.crm });
    const notice = result === 'done' ? (what === 'stop-thread' ? words.stopped : words.resumed) : words.noted;
    return { card: placeCard(context), move: 'update', notice, changed: true };
  });
}

/** One message that a rule left (T2): the engine looks again whether it is of that thread. */
function pushMessage(context: Context): Reply {
  const { event, words } = context;
  return connected(context, (view) => {
    const link = view.links.find(({ crm }) => crm === event.parameters.crm);
    if (link === undefined) return problemReply(context, { code: 'thread-unknown' });
    const result = obey(context, { do: 'push-message', crm: link.crm, key: event.parameters.key ?? '' });
    const notice = result === 'done' ? words.logged : resultNotice(context, result);
    return { card: placeCard(context), move: 'update', notice, changed: true };
  });
}

function retryOne(context: Context): Reply {
  return connected(context, (view) => {
    const key = context.event.parameters.key ?? '';
    if (!view.parked.some((item) => item.key === key)) return problemReply(context, { code: 'item-unknown' });
    return retried(context, { do: 'retry', key }, context.words.retried);
  });
}

/** Two clicks in a row are one answer: after the first one the message is held no more. */
function settleOne(context: Context, answer: 'sent' | 'again'): Reply {
  return connected(context, (view) => {
    const key = context.event.parameters.key ?? '';
    if (!view.held.some((item) => item.key === key)) return problemReply(context, { code: 'item-unknown' });
    const { saidSent, sentAgain } = context.words;
    return retried(context, { do: 'settle', key, answer }, answer === 'sent' ? saidSent : sentAgain);
  });
}

function retried(context: Context, left: Command, done: string): Reply {
  const result = obey(context, left);
  return connected(context, (view) => ({
    card: activityCard(context.words, view, context.format),
    move: 'update',
    notice: result === 'done' ? done : resultNotice(context, result),
    changed: true,
  }));
}

/** A card never writes the engine's state: it leaves a command, and lets a pass take it up at once (X13). */
function obey({ store, view }: Context, left: Command): PassResult {
  leaveCommand(store, left);
  const result = runFromCard(true);
  view('again');
  return result;
}

function resultNotice({ words, view }: Context, result: PassResult): string {
  const seen = view();
  const open = seen !== undefined && (seen.trouble !== '' || seen.standing !== 'in-step' || countOpen(seen) > 0);
  return result === 'done' && open ? words.notAll : words.results[result];
}
