/** Saving the settings (S6): through the engine's own command, so that a pass that is running obeys from its next round on (X13). */
import { runFromCard } from '../account/run';
import { rearmTimer } from '../account/timer';
import { leaveCommand } from '../sync/commands';
import { homeDomain } from '../sync/privacy';
import { MOST_BULK, readExclusions, readLabelName, WANTED_CADENCES, type Settings } from '../sync/settings';
import type { SyncView } from '../sync/view';
import type { Context } from './context';
import { connected, say, type Handlers } from './handler';
import type { Reply } from './reply';
import { SHOWN_NAME } from '../sync/marks';
import { FILE_BOX, MAIL_BOX, SETTING, settingsCard } from './settings';
import type { Words } from './words';

export const SETTINGS_HANDLERS: Handlers = {
  'settings.show': (context) =>
    connected(context, (view) => ({ card: settingsCard(context.words, view), move: 'push' })),
  'settings.save': (context) => connected(context, (view) => save(context, view)),
};

function save(context: Context, view: SyncView): Reply {
  const { words, store } = context;
  const wanted = readForm(context, view);
  if (typeof wanted === 'string') return say(wanted);
  leaveCommand(store, { do: 'set', settings: wanted });
  const result = runFromCard(true);
  const after = context.view('again');
  if (after === undefined) return say(words.results[result]);
  const taken = after.settings.savedAt === wanted.savedAt;
  if (taken && wanted.cadence !== view.settings.cadence) {
    rearmTimer(store);
    context.view('again');
  }
  const current = context.view() ?? after;
  return {
    card: settingsCard(words, taken ? current : { ...current, settings: wanted }),
    move: 'update',
    notice: taken ? words.settings.saved : words.noted,
    changed: true,
  };
}

/** The settings of the form over those that it does not show; or what is wrong with it, in words. */
function readForm({ event, now, words }: Context, { settings, connection }: SyncView): Settings | string {
  const exclusions = readExclusions(event.form(SETTING.excluded)[0] ?? '');
  const problem = exclusionProblem(words, exclusions);
  if (exclusions.kind !== 'read') return problem;
  const bulk = (event.form(SETTING.bulk)[0] ?? String(settings.mostBulk ?? MOST_BULK)).trim();
  if (!/^\d{1,5}$/.test(bulk)) return words.settings.badBulk;
  const label = readLabelName(event.form(SETTING.label)[0] ?? '');
  if (label === undefined) return words.settings.badLabel;
  const minutes = Number(event.form(SETTING.cadence)[0]);
  const boxes = event.form(SETTING.mail);
  // A box that the card does not show keeps its value.
  const internal =
    homeDomain(connection.mailbox) === undefined ? settings.internalPrivate : boxes.includes(MAIL_BOX.internal);
  return {
    ...settings,
    savedAt: Math.max(now, settings.savedAt + 1),
    excluded: exclusions.excluded,
    internalPrivate: internal,
    withoutContact: boxes.includes(MAIL_BOX.withoutContact),
    mostBulk: Number(bulk),
    mediaStorage: event.form(SETTING.files).includes(FILE_BOX.media),
    label: label === SHOWN_NAME ? undefined : label,
    cadence: WANTED_CADENCES.find((known) => known === minutes) ?? settings.cadence,
  };
}

function exclusionProblem({ settings }: Words, read: ReturnType<typeof readExclusions>): string {
  if (read.kind === 'wrong') return settings.wrongEntry(read.entry);
  return read.kind === 'too-many' ? settings.tooMany : '';
}
