/** Brings Gmail's labels to what the head wants (M7): idempotent, and of no weight: what fails is tried again with the next look. */
import { ask, askAll, type Outcome, type Task } from '../platform/exchange';
import { createLabel, listLabels, renameLabel, type Label } from '../gmail/labels';
import { modifyMessages, modifyThread } from '../gmail/messages';
import { labelName, NO_MARKS, SHOWN_NAME, type Marks } from './marks';
import { KEPT_NAME, STOPPED_NAME } from './stops';
import type { Head, Labels } from './state';

export type Marked = Pick<Head, 'labels' | 'marks'>;

export const ATTENTION_NAME = 'CRM/Attention';

/** Undefined where there is nothing to do. */
export function* bringLabels(head: Head): Task<Marked | undefined> {
  const { labels, marks = NO_MARKS } = head;
  if (labels === undefined) return undefined;
  const { stopped = [], resumed = [] } = marks;
  const stops = stopped.length + resumed.length > 0;
  const named =
    labelName(head) === (labels.shownName ?? SHOWN_NAME) &&
    (marks.on.length === 0 || labels.attention !== undefined) &&
    (!stops || (labels.stopped !== undefined && labels.kept !== undefined));
  if (named && head.marks === undefined) return undefined;
  const renamed = named ? labels : yield* withNames(labels, labelName(head), marks.on.length > 0);
  const present = stops && !named ? yield* withStopLabels(renamed) : renamed;
  return { labels: present, marks: yield* apply(present, marks) };
}

function* withStopLabels(labels: Labels): Task<Labels> {
  const stopped = labels.stopped ?? (yield* labelOf(STOPPED_NAME, true));
  return { ...labels, stopped, kept: labels.kept ?? (yield* labelOf(KEPT_NAME, true)) };
}

function* apply(labels: Labels, marks: Marks): Task<Marks | undefined> {
  const { stopped, kept } = labels;
  const stops = (marks.stopped?.length ?? 0) + (marks.resumed?.length ?? 0) > 0;
  // They stay noted until there is something to mark them with.
  if (stops && (stopped === undefined || kept === undefined)) return marks;
  const changes = [
    ...(marks.stopped ?? []).map((id) => modifyThread(id, [stopped ?? ''], [])),
    ...(marks.resumed ?? []).map((id) => modifyThread(id, [kept ?? ''], [stopped ?? ''])),
    ...(labels.shown === undefined ? [] : changesOf(marks.shown, [labels.shown], [])),
    ...(labels.attention === undefined ? [] : changesOf(marks.on, [labels.attention], [])),
    ...(labels.attention === undefined ? [] : changesOf(marks.off, [], [labels.attention])),
  ];
  const outcomes: readonly Outcome<unknown>[] = yield* askAll<unknown>(changes);
  if (outcomes.every(({ kind }) => kind === 'done')) return undefined;
  if (!outcomes.every(({ kind }) => kind === 'done' || kind === 'refused')) return marks;
  // What Gmail refuses is not there any more. A label that was deleted by hand is made again with the next connection.
  return marks.refused === true ? undefined : { ...marks, refused: true };
}

function changesOf(ids: readonly string[], add: readonly string[], remove: readonly string[]) {
  const messages = ids.filter((id) => !id.startsWith('t'));
  return [
    ...(messages.length === 0 ? [] : [modifyMessages(messages, add, remove)]),
    ...ids.filter((id) => id.startsWith('t')).map((id) => modifyThread(id.slice(1), add, remove)),
  ];
}

/** The labels by the names that are wanted: renamed, adopted or made. Where that fails, they are as before. */
function* withNames(labels: Labels, name: string, attention: boolean): Task<Labels> {
  let result = labels;
  if (name === '') result = { ...result, shown: undefined, shownName: '' };
  else if (name !== (labels.shownName ?? SHOWN_NAME)) {
    const renamed = labels.shown === undefined ? undefined : yield* ask(renameLabel(labels.shown, name));
    const id = renamed?.kind === 'done' ? renamed.value.id : yield* labelOf(name);
    if (id !== undefined) result = { ...result, shown: id, shownName: name };
  }
  if (attention && labels.attention === undefined) result = { ...result, attention: yield* labelOf(ATTENTION_NAME) };
  return result;
}

/** The id of the label of that name, which is made where it is missing. */
function* labelOf(name: string, hidden = false): Task<string | undefined> {
  const listed: Outcome<readonly Label[]> = yield* ask(listLabels());
  if (listed.kind !== 'done') return undefined;
  const found = listed.value.find((label) => label.name.toLowerCase() === name.toLowerCase() && !label.system);
  if (found !== undefined) return found.id;
  const made: Outcome<Label> = yield* ask(createLabel({ name, hidden }));
  return made.kind === 'done' ? made.value.id : undefined;
}
