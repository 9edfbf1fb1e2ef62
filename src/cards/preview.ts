/** What would sync now (S8): a pass that is only thought. */
import { startDeadline } from '../platform/clock';
import { Rounds } from '../platform/rounds';
import { HostFailed } from '../sync/host';
import { preview, type Foreseen } from '../sync/preview';
import { loadHead } from '../sync/store';
import { wiresFor } from '../sync/wires';
import { reasonOf } from './activity';
import type { Context } from './context';
import { connected, type Handlers } from './handler';
import { section, text, type Card, type IconName, type Widget } from './model';
import { problemReply } from './reply';
import type { Words } from './words';

const MOST = 40;

export const PREVIEW_HANDLERS: Handlers = {
  'preview.show': (context) =>
    connected(context, () => {
      try {
        const foreseen = look(context);
        return foreseen === undefined
          ? problemReply(context, { code: 'not-connected' })
          : { card: previewCard(context.words, foreseen), move: 'push' };
      } catch (error) {
        if (!(error instanceof HostFailed)) throw error;
        return problemReply(context, { code: error.service === 'crm' ? 'crm-down' : 'gmail-down' });
      }
    }),
};

function look({ store, now }: Context): readonly Foreseen[] | undefined {
  const rounds = new Rounds({
    wires: wiresFor(() => loadHead(store)?.head.connection.token ?? ''),
    deadline: startDeadline('card'),
    // Whatever a plan asks for is read; should anything else ever be asked for, it is not done.
    mayWrite: () => ({ code: 'run.preview', status: 0, detail: 'nothing is written' }),
  });
  return preview(store, rounds, now);
}

export function previewCard(words: Words, foreseen: readonly Foreseen[]): Card {
  const { preview: says, activity } = words;
  const rows = foreseen.slice(0, MOST).map((one) => row(words, one));
  return {
    name: 'preview',
    title: says.title,
    sections: section(undefined, [
      text([{ quiet: says.what }]),
      ...(rows.length === 0 ? [{ kind: 'row', icon: 'check_circle', text: says.nothing } as const] : rows),
      ...(foreseen.length > MOST ? [text([{ quiet: activity.more(foreseen.length - MOST) }])] : []),
    ]),
    footer: { main: { text: words.buttons.syncNow, do: 'sync.now', filled: true } },
  };
}

const ICONS: Readonly<Record<Foreseen['fate'], IconName>> = {
  mirrored: 'inbox',
  delivered: 'outbox',
  pushed: 'sync',
  left: 'block',
  waiting: 'schedule',
};

function row(words: Words, { fate, subject, partner, rule, reason, key }: Foreseen): Widget {
  const { preview: says, activity, rules, problems, thread } = words;
  const from = key.startsWith('e:') ? activity.fromCrm : activity.fromGmail;
  switch (fate) {
    case 'left':
      return {
        kind: 'row',
        icon: ICONS.left,
        above: from,
        text: thread.left(rules[rule] ?? problems.unexpected.what),
      };
    case 'waiting':
      return {
        kind: 'row',
        icon: ICONS.waiting,
        above: from,
        text: thread.waiting(reasonOf(words, { reason: reason === '' ? 'next-pass' : reason }).what, ''),
      };
    default:
      return {
        kind: 'row',
        icon: ICONS[fate],
        above: says[fate],
        text: subject === '' ? words.check.unnamed : subject,
        ...(partner === '' ? {} : { below: partner }),
      };
  }
}
