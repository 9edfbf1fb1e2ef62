/**
 * A message under which runs die (X7; facts, reliability R21): pure. Before a pass reads messages it leaves a mark, which
 * its commit takes away, so a mark that is met belongs to a run that was killed. One killed run may be anybody's doing; after
 * a second one, one message a pass is dealt with, under its own name. One whose name is met again is read by its headers and
 * first words alone, then set aside.
 */
import { shortHash } from '../platform/hash';
import type { Observed } from './observed';
import type { State } from './state';

export interface Attempt {
  /** The one message, as `g:` or `e:` and its id; empty where there were several. */
  readonly key: string;
  /** How often a run has begun with it. */
  readonly times: number;
}

export interface Care {
  /** To be written before anything is read. */
  readonly mark: Attempt;
  /** The only message to be dealt with in this pass; undefined where all are. */
  readonly only?: string;
  /** Messages that killed a run, and what is still tried with them. */
  readonly poison?: Observed['poison'];
}

/** Killed runs after which a message is looked for that kills them. */
const PATIENCE = 2;

export function careFor(met: Attempt | undefined, candidates: readonly string[]): Care {
  if (met === undefined) return { mark: { key: '', times: 1 } };
  if (met.key === '' && met.times < PATIENCE) return { mark: { key: '', times: met.times + 1 } };
  const only = candidates.includes(met.key) ? met.key : candidates[0];
  if (only === undefined) return { mark: { key: '', times: 1 } };
  if (only !== met.key) return { mark: { key: only, times: 1 }, only };
  const times = met.times + 1;
  // An e-mail of the CRM has no shorter form.
  const level = times > 2 || only.startsWith('e:') ? 'aside' : 'reduced';
  return { mark: { key: only, times }, only, poison: { key: only, level } };
}

/** One at a time for as long as others wait behind it. */
export function markAfter(care: Care, candidates: readonly string[]): Attempt | undefined {
  return care.only !== undefined && candidates.some((key) => key !== care.only)
    ? { key: '', times: PATIENCE }
    : undefined;
}

/**
 * Everything that this pass would look at, those that came last first: what was there before has not killed a run. Messages of
 * the mailbox before e-mails of the CRM, which may be the same mail (T11).
 */
export function candidatesOf(
  state: State,
  { changes, rows, now }: Pick<Observed, 'changes' | 'rows' | 'now'>,
): string[] {
  const keys = new Set<string>();
  const own = state.head.labels?.own ?? '';
  for (const { id, labelIds } of changes)
    if (!state.head.echoes.includes(id) && !labelIds.includes(own)) keys.add(`g:${id}`);
  for (const { emailIds } of rows) for (const id of emailIds) if (!state.seen.has(shortHash(id))) keys.add(`e:${id}`);
  // What waits for another one comes after it.
  const last: string[] = [];
  for (const { key, next, reason } of state.items.values()) {
    const due = next > 0 && next <= now;
    if (!due || reason === 'order') keys.delete(key);
    if (due && reason === 'order') last.push(key);
    else if (due) keys.add(key);
  }
  return [...['g:', 'e:'].flatMap((side) => [...keys].filter((key) => key.startsWith(side))), ...last];
}
