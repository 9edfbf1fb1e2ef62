/** What the next pass would do, with nothing written on either side or in the store (S8). */
import type { Rounds } from '../platform/rounds';
import type { Store } from '../platform/store';
import { parseAddresses } from '../gmail/mime/addresses';
import type { Action } from './actions';
import { applyCommands, commandKeys, DISCONNECT, readCommands } from './commands';
import { readRows, withSightings } from './export';
import { isMessageKey } from './keys';
import type { Observed } from './observed';
import { firstLook, readNeeds } from './observe';
import { plan, type Plan } from './plan/plan';
import { dayOf, type Reason, type State } from './state';
import { loadHead, loadState } from './store';
import { kinOf, restsOf, wake, withWoken } from './wake';

export interface Foreseen {
  readonly fate: 'mirrored' | 'delivered' | 'pushed' | 'left' | 'waiting';
  readonly key: string;
  /** Of a mail that would move; empty otherwise. */
  readonly subject: string;
  readonly partner: string;
  /** Why it would be left. */
  readonly rule: string;
  /** Why it would wait. */
  readonly reason: Reason | '';
}

/** Throws `HostFailed` where a side cannot be read. Undefined where nobody is connected. */
export function preview(store: Store, rounds: Rounds, now: number): readonly Foreseen[] | undefined {
  const loaded = loadHead(store);
  if (loaded === undefined) return undefined;
  const { head } = loaded;
  const first = rounds.run(firstLook(head));
  const keysLeft = commandKeys(store).filter((key) => key !== DISCONNECT);
  const commands = readCommands(store, keysLeft);
  const stored = loadState(store, head);
  const sighted = withSightings(stored.state, first.rows, dayOf(now));
  const { rows } = rounds.run(readRows(sighted, first, false));
  // What a history that is gone may hold is for the passes to find, piece by piece.
  const changes = first.expired ? [] : first.changes;
  const woken = rounds.run(wake(head, restsOf(sighted, { changes, rows, commands, now }), now));
  const state = applyCommands(withWoken(sighted, woken.links), commands, now);
  const made = answered(rounds, state, loaded.doubt || stored.lost > 0 || stored.outdated, {
    now,
    crmNow: first.crmNow,
    changes,
    historyId: first.historyId,
    resynced: false,
    rows,
    asleep: woken.asleep,
    page: '',
    answers: new Map(),
  });
  const moved = made.actions.flatMap(foresee);
  const keys = new Set(moved.map(({ key }) => key));
  const known = new Set(state.receipts);
  const left = made.next.receipts
    .filter((receipt) => !known.has(receipt) && receipt.what === 'left' && isMessageKey(receipt.key))
    .map(({ key, rule }): Foreseen => ({ fate: 'left', key, subject: '', partner: '', rule, reason: '' }));
  const waiting = [...made.next.items.values()]
    .filter(({ key }) => isMessageKey(key) && !keys.has(key))
    .map(({ key, reason }): Foreseen => ({ fate: 'waiting', key, subject: '', partner: '', rule: '', reason }));
  return [...moved, ...left, ...waiting];
}

/** As a pass asks: until the plan has no more questions. */
function answered(rounds: Rounds, state: State, doubt: boolean, observed: Observed): Plan {
  const answers = new Map(observed.answers);
  let known = state;
  let made = plan(known, { ...observed, answers }, doubt);
  for (let question = 0; question < MOST_QUESTIONS && made.needs.length > 0; question++) {
    const read = rounds.run(readNeeds(made.needs));
    for (const [key, answer] of read) answers.set(key, answer);
    known = withWoken(known, rounds.run(kinOf(known, made.needs, read, observed.now)));
    made = plan(known, { ...observed, answers }, doubt);
  }
  return made;
}

const MOST_QUESTIONS = 12;

function foresee(action: Action): Foreseen[] {
  const mail = (fate: Foreseen['fate'], key: string, subject: string, partner: string): Foreseen[] => [
    { fate, key, subject, partner, rule: '', reason: '' },
  ];
  switch (action.kind) {
    case 'mirror':
    case 'deliver': {
      const { email, direction } = action;
      const people = direction === 'inbound' ? [email.from] : email.to;
      const [first] = people.flatMap((written) => parseAddresses(written));
      const fate = action.kind === 'mirror' ? 'mirrored' : 'delivered';
      return mail(fate, action.key, email.subject, first?.name || first?.email || '');
    }
    case 'push': {
      const { mail: read } = action.message;
      const person = action.direction === 'inbound' ? read.from : read.to[0];
      return mail('pushed', action.key, read.subject, person?.name || person?.email || '');
    }
    default:
      return [];
  }
}
