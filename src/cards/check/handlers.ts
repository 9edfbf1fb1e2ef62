/** Checking a thread, or all active ones a part at a time, and sending what is missing on its way (S8). */
import { runFromCard } from '../../account/run';
import { leaveCommand } from '../../sync/commands';
import type { Link } from '../../sync/state';
import type { SyncView } from '../../sync/view';
import type { Context } from '../context';
import { connected, say, type Handlers } from '../handler';
import { problemReply, type Reply } from '../reply';
import { checkCard } from './card';
import { checkLinks } from './read';

/** As many threads as fit into the time of a click. */
const AT_ONCE = 8;

export const CHECK_HANDLERS: Handlers = {
  'check.thread': (context) =>
    connected(context, (view) => {
      const link = view.links.find(({ crm }) => crm === context.event.parameters.crm);
      return link === undefined ? problemReply(context, { code: 'thread-unknown' }) : show(context, view, [link], 1);
    }),
  'check.all': (context) =>
    connected(context, (view) => {
      const active = view.links.filter(({ stopped }) => stopped === '');
      const from = Math.max(0, Math.floor(Number(context.event.parameters.from ?? 0)) || 0);
      const links = active.slice(from, from + AT_ONCE);
      if (links.length === 0) return say(context.words.check.nothing);
      const next = from + AT_ONCE < active.length ? from + AT_ONCE : undefined;
      return show(context, view, links, active.length, next);
    }),
  'check.repair': (context) => connected(context, (view) => repair(context, view)),
};

function show(context: Context, view: SyncView, links: readonly Link[], of: number, next?: number): Reply {
  const checked = context.run(checkLinks(view, links));
  return { card: checkCard(context.words, { checked, of, next }, context.format), move: 'push' };
}

function repair(context: Context, view: SyncView): Reply {
  const { store, words, event } = context;
  const wanted = (event.parameters.of ?? '').split(' ').slice(0, AT_ONCE);
  const links = view.links.filter(({ crm }) => wanted.includes(crm));
  const behind = context.run(checkLinks(view, links)).filter(({ missing }) => missing.length > 0);
  // The engine compares both sides again: it reads them whole, and knows by then what happened since.
  for (const { link } of behind) leaveCommand(store, { do: 'check-thread', crm: link.crm });
  if (behind.length > 0) runFromCard(true);
  const after = context.view('again') ?? view;
  const again = context.run(
    checkLinks(
      after,
      after.links.filter(({ crm }) => wanted.includes(crm)),
    ),
  );
  const card = checkCard(words, { checked: again, of: again.length }, context.format);
  return {
    card,
    move: 'update',
    notice: words.check.repaired(behind.reduce((sum, { missing }) => sum + missing.length, 0)),
    changed: true,
  };
}
