/** Reads both sides of a link for a card (S8): what `compareThread` compares. */
import { ask, askAll, together, type Outcome, type Task } from '../platform/exchange';
import { getEmail } from '../crm/emails';
import { getThread as getCrmThread } from '../crm/messages';
import type { CrmEmail, CrmThread } from '../crm/types';
import type { BothSides } from './compare';
import { readNeeds } from './observe';
import { needKey, type Got, type Need, type ThreadView } from './observed';
import { MOST_CHECKED } from './plan/checks';
import { isUnnamed } from './rename';
import type { Link } from './state';

/** Two rounds. Undefined where one of the sides could not be read. */
export function* readBothSides(link: Link): Task<BothSides | undefined> {
  const needs = link.gmail.map((id): Need => ({ kind: 'thread', id, full: true }));
  const [read, row] = (yield* together<unknown>([readNeeds(needs), readRow(link)])) as [
    ReadonlyMap<string, Got<ThreadView>>,
    Outcome<CrmThread> | undefined,
  ];
  const threads = needs.map((need) => read.get(needKey(need)));
  if (threads.some((thread) => thread?.kind === 'unread')) return undefined;
  if (row !== undefined && row.kind !== 'done') return undefined;
  const ids = row?.value.emailIds ?? [];
  const outcomes: readonly Outcome<CrmEmail>[] = yield* askAll(ids.slice(-MOST_CHECKED).map((id) => getEmail(id)));
  const emails = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.value] : []));
  if (emails.length < outcomes.length) return undefined;
  const messages = threads.flatMap((thread) => (thread?.kind === 'got' ? thread.value.messages : []));
  return { messages, emails, whole: ids.length <= MOST_CHECKED };
}

/** A link by hand may have no CRM thread yet. */
function* readRow({ crm }: Link): Task<Outcome<CrmThread> | undefined> {
  return isUnnamed(crm) ? undefined : yield* ask(getCrmThread(crm));
}
