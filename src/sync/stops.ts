/**
 * A thread that the user stopped is marked in Gmail too (T8, X11): with a hidden label for as long as it is stopped, and when
 * it goes on with another one on what came until then. Whatever becomes of the store, what was to stay out of the CRM stays
 * out. The labels are made when the first thread is stopped.
 */
import { ask, together, type Outcome, type Task } from '../platform/exchange';
import { shortHash } from '../platform/hash';
import { listLabels, type Label } from '../gmail/labels';
import { expect } from './host';
import { threadsWith } from './labelled';
import { NO_MARKS, type Marks } from './marks';
import type { MessageView } from './observed';
import { MOST_PAUSES, type Labels, type Link, type State } from './state';

export const STOPPED_NAME = 'Threadlink/Stopped';
export const KEPT_NAME = 'Threadlink/Kept';

/** What has to be marked where `next` follows `before`, noted beside what is open already. */
export function withStopMarks(before: State, next: State): State {
  const stopped: string[] = [];
  const resumed: string[] = [];
  const isNew = next.head.labels?.stopped === undefined;
  for (const link of next.links.values()) {
    const was = before.links.get(link.crm);
    if (link.stopped === 'user') {
      const known = was?.stopped === 'user' && !isNew ? was.gmail : [];
      stopped.push(...link.gmail.filter((id) => !known.includes(id)));
    } else if (was?.stopped === 'user') resumed.push(...link.gmail);
  }
  if (stopped.length + resumed.length === 0) return next;
  const { marks = NO_MARKS } = next.head;
  const both = (open: Marks['stopped'] = [], more: readonly string[], gone: readonly string[]) => [
    ...new Set([...open, ...more].filter((id) => !gone.includes(id))),
  ];
  const marked: Marks = {
    ...marks,
    stopped: both(marks.stopped, stopped, resumed),
    resumed: both(marks.resumed, resumed, stopped),
  };
  return { ...next, head: { ...next.head, marks: marked } };
}

/** What the labels on a link's messages say of it, where nothing else is left of it. */
export function stopOf(
  { stopped, kept }: Labels,
  messages: readonly MessageView[],
): Partial<Pick<Link, 'stopped' | 'pauses'>> {
  const dates = (label: string | undefined): number[] =>
    messages.filter(({ labelIds }) => label !== undefined && labelIds.includes(label)).map(({ date }) => date);
  const [before, now] = [dates(kept), dates(stopped)];
  const pauses = [
    ...(before.length === 0 ? [] : [Math.min(...before), Math.max(...before)]),
    ...(now.length === 0 ? [] : [Math.min(...now)]),
  ];
  return { ...(now.length === 0 ? {} : { stopped: 'user' }), ...(pauses.length === 0 ? {} : { pauses }) };
}

export interface Stops {
  /** With the labels that were found by their names: a head that was put back does not know them. */
  readonly labels: Labels;
  readonly stopped: ReadonlySet<string>;
  /** Threads that were stopped before, whether they go on or not. */
  readonly kept: ReadonlySet<string>;
}

/** The Gmail threads that are stopped, as Gmail has it. */
export function* readStops(labels: Labels): Task<Stops> {
  const found = yield* withNames(labels);
  const [stopped, kept] = yield* together([threadsWith(found.stopped), threadsWith(found.kept)]);
  return { labels: found, stopped: new Set(stopped), kept: new Set(kept) };
}

function* withNames(labels: Labels): Task<Labels> {
  if (labels.stopped !== undefined && labels.kept !== undefined) return labels;
  const listed: Outcome<readonly Label[]> = yield* ask(listLabels());
  return { ...labels, ...stopLabels(expect('gmail', listed)) };
}

/** Those that are there already. */
export function stopLabels(present: readonly Label[]): Pick<Labels, 'stopped' | 'kept'> {
  const idOf = (name: string) => present.find((label) => label.name === name)?.id;
  return { stopped: idOf(STOPPED_NAME), kept: idOf(KEPT_NAME) };
}

/** Links of a state that may be older than what the user said last: stopped, or let go on. `now` is when the pass began. */
export function withStops(state: State, { labels, stopped, kept }: Stops, now: number): State {
  const head = { ...state.head, labels };
  const links = new Map(state.links);
  for (const [crm, link] of links) {
    const isIn = (threads: ReadonlySet<string>): boolean => link.gmail.some((id) => threads.has(id));
    if (link.stopped === '' && isIn(stopped)) links.set(crm, stopLink(link, state.head.passedAt));
    // A label that is gone alone proves nothing: anybody can delete it.
    else if (link.stopped === 'user' && !isIn(stopped) && isIn(kept)) links.set(crm, resumeLink(state, link, now));
  }
  return { ...state, head, links };
}

export function stopLink(link: Link, at: number): Link {
  return { ...link, stopped: 'user', pauses: nextPauses(link.pauses ?? [], at) };
}

/** A thread of a former address does not come back by hand (C6). */
export function resumeLink({ head }: Pick<State, 'head'>, link: Link, at: number): Link {
  const stopped = link.address === shortHash(head.connection.address) ? '' : 'former-address';
  return { ...link, stopped, pauses: nextPauses(link.pauses ?? [], at) };
}

/** Stops and resumes in turn; the oldest are run together where there are many. */
function nextPauses(pauses: readonly number[], at: number): number[] {
  const next = [...pauses, at];
  return next.length <= 2 * MOST_PAUSES ? next : [next[0], ...next.slice(3)];
}
