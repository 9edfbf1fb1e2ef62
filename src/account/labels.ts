/** The Gmail labels of a connection: made where they are missing, adopted by their names where they are there. */
import { askAll, type Outcome, type Task } from '../platform/exchange';
import { createLabel, deleteLabel, listLabels, type Label } from '../gmail/labels';
import { ATTENTION_NAME } from '../sync/marking';
import { SHOWN_NAME } from '../sync/marks';
import type { Labels } from '../sync/state';
import { stopLabels } from '../sync/stops';
import { gmailProblem } from './failures';
import { done, problem, type Result } from './problems';

export const OWN_NAME = 'Threadlink/Own';
const OWN = { name: OWN_NAME, hidden: true };
const ATTENTION = { name: ATTENTION_NAME, hidden: false };
/** The user's own to put on: what carries it stays out of the CRM (T8). */
const PRIVATE = { name: 'CRM/Private', hidden: false };

/** `known` are those of an earlier connection: they stay, however the user has called them since. */
export function* ensureLabels(present: readonly Label[], known?: Labels): Task<Result<Labels>> {
  const shownName = known?.shownName ?? SHOWN_NAME;
  // Switched off, it stays so.
  const wanted = [OWN, ATTENTION, PRIVATE, ...(shownName === '' ? [] : [{ name: shownName, hidden: false }])];
  let labels = present;
  const missing = wanted.filter((want) => idOf(labels, want.name, knownId(want, known)) === undefined);
  if (missing.length > 0) {
    const made: readonly Outcome<Label>[] = yield* askAll(missing.map((want) => createLabel(want)));
    labels = [...labels, ...made.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.value] : []))];
    const failed = made.flatMap((outcome) => (outcome.kind === 'done' ? [] : [outcome]))[0];
    if (failed !== undefined) {
      // Whether it was made cannot be told from the answer, but it can be seen (X6).
      const [again] = yield* askAll([listLabels()]);
      if (again.kind !== 'done') return gmailProblem(failed);
      labels = again.value;
    }
  }
  const own = idOf(labels, OWN.name, known?.own);
  const shown = shownName === '' ? undefined : idOf(labels, shownName, known?.shown);
  const attention = idOf(labels, ATTENTION.name, known?.attention);
  const kept = idOf(labels, PRIVATE.name, known?.private);
  const missed = [own, kept, attention, ...(shownName === '' ? [] : [shown])].includes(undefined);
  return missed || own === undefined
    ? problem('gmail-down')
    : done({ own, shown, attention, private: kept, shownName: known?.shownName, ...stopLabels(labels) });
}

/** Takes them off all messages; the messages stay (C7). */
export function* removeLabels({ own, shown, attention, private: forUser, stopped, kept }: Labels): Task<void> {
  yield* askAll(
    [own, shown, attention, forUser, stopped, kept].flatMap((id) => (id === undefined ? [] : [deleteLabel(id)])),
  );
}

function knownId({ name }: typeof OWN, known: Labels | undefined): string | undefined {
  if (name === OWN.name) return known?.own;
  if (name === PRIVATE.name) return known?.private;
  return name === ATTENTION.name ? known?.attention : known?.shown;
}

/** Gmail refuses a second label that differs in case alone. */
function idOf(labels: readonly Label[], name: string, known?: string): string | undefined {
  const label =
    labels.find(({ id }) => id === known) ??
    labels.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  return label?.id;
}
