/** What can happen on a random day, as plain data: made from a seed, played in a world, left out one by one to shrink. */
import type { Answer, Fault } from '../../emulator/core/services';
import { AGENT, COLLEAGUE, MINUTE } from './day';
import type { Chance } from './random';

interface Answering<Who extends string> {
  readonly do: Who;
  readonly pick: number;
  readonly file: boolean;
  readonly html: boolean;
}

/** Of the activity card: all that is set aside once more; both sides compared, and what is missing taken up. */
export type Button = 'items.retry' | 'check.all';

/**
 * `pick` chooses among what there is at that moment, as a share of it; where `shared`, among the threads of colleagues too. Of
 * a `copy` the other colleague has one.
 */
export type Happening =
  | { readonly do: 'crm'; readonly user: string; readonly contact: number; readonly app: boolean; readonly kind: 'individual' | 'bulk' | 'workflow' | 'api'; readonly pick: number | undefined; readonly shared?: boolean; readonly file: boolean }
  | (Answering<'contact'> & { readonly copy?: boolean })
  | Answering<'answer'>
  | { readonly do: 'stranger'; readonly user: string }
  | { readonly do: 'gmail'; readonly user: string; readonly act: 'trash' | 'spam' | 'unspam' | 'read' }
  | { readonly do: 'expire'; readonly user: string }
  | { readonly do: 'damage'; readonly user: string; readonly pick: number }
  | { readonly do: 'look'; readonly user: string }
  | { readonly do: 'revoke'; readonly user: string }
  | { readonly do: 'press'; readonly user: string; readonly button: Button }
  | { readonly do: 'pass' | 'card' | 'home'; readonly user: string; readonly fault: Fault | undefined }
  | { readonly do: 'wait'; readonly minutes: number }; // prettier-ignore

const ANSWERS: readonly Answer[] = [
  '401', '403-rate', '404', '413', '422', '429', '500', '502', '503', 'html', 'truncated', 'empty', 'timeout', 'dns', 'refused', 'slow',
]; // prettier-ignore

/** What somebody does in Gmail while the add-on runs. */
const ACTS = ['trash', 'spam', 'unspam', 'read', 'discard-draft', 'edit-draft', 'send-draft'] as const;

export function happeningsOf(chance: Chance, users: readonly string[], app: boolean): Happening[] {
  const count = 12 + chance.below(22);
  const happenings: Happening[] = [
    { do: 'crm', user: AGENT, contact: 0, app, kind: 'individual', pick: undefined, file: false },
  ];
  for (let i = 0; i < count; i++) {
    happenings.push(happening(chance, users, app));
    if (chance.happens(0.5)) happenings.push({ do: 'wait', minutes: chance.of([1, 1, 2, 5, 12, 60]) });
    if (chance.happens(0.55)) happenings.push(run(chance, users));
  }
  return happenings;
}

/**
 * Somebody edits, loses or wipes the property store of a quarter of the days, up to twice. A chance of its own, so that a day
 * is otherwise what it was.
 */
export function withDamages(chance: Chance, users: readonly string[], happenings: readonly Happening[]): Happening[] {
  const damaged = [...happenings];
  if (!chance.happens(0.25)) return damaged;
  for (let count = 1 + chance.below(2); count > 0; count--) {
    damaged.splice(1 + chance.below(damaged.length), 0, { do: 'damage', user: chance.of(users), pick: chance.next() });
  }
  return damaged;
}

/**
 * On a third of the days somebody presses the sidebar's buttons, most of them after a run that had a fault: they do at once
 * what would be done later, and nothing else.
 */
export function withPresses(chance: Chance, users: readonly string[], happenings: readonly Happening[]): Happening[] {
  const pressed = [...happenings];
  if (!chance.happens(1 / 3)) return pressed;
  for (let count = 1 + chance.below(3); count > 0; count--) {
    const faulty = pressed.flatMap((each, at) => ('fault' in each && each.fault !== undefined ? [{ each, at }] : []));
    const button = chance.of(['items.retry', 'items.retry', 'check.all'] as const);
    const after = faulty.length > 0 && chance.happens(0.8) ? chance.of(faulty) : undefined;
    const at = after === undefined ? chance.below(pressed.length) : after.at;
    const user = after !== undefined && 'user' in after.each ? after.each.user : chance.of(users);
    pressed.splice(1 + at, 0, { do: 'press', user, button });
  }
  return pressed;
}

/**
 * Weeks and months: a run of everybody's timer each hour, one in ten with a fault, and some three things a day between. Once a
 * day people look into the sidebar, and do what it says.
 */
export function hourlyFor(days: number, chance: Chance, users: readonly string[], app: boolean): Happening[] {
  const happenings: Happening[] = [];
  for (let hour = 0; hour < days * 24; hour++) {
    happenings.push({ do: 'wait', minutes: 60 });
    if (chance.happens(1 / 8)) happenings.push(happening(chance, users, app));
    for (const user of users)
      happenings.push({ do: 'pass', user, fault: chance.happens(0.1) ? fault(chance, user) : undefined });
    if (hour % 24 === 23) happenings.push(...users.map((user): Happening => ({ do: 'look', user })));
  }
  return happenings;
}

function happening(chance: Chance, users: readonly string[], app: boolean): Happening {
  const user = chance.of(users);
  return chance.weighted<() => Happening>([
    [5, () => ({ do: 'crm', user, contact: chance.below(3), app: app && user === AGENT && chance.happens(0.6), kind: chance.weighted([[8, 'individual'], [1, 'bulk'], [1, 'workflow'], [1, 'api']] as const), pick: chance.happens(0.4) ? chance.next() : undefined, shared: chance.happens(0.3), file: chance.happens(0.15) })],
    [6, () => ({ do: 'contact', pick: chance.next(), file: chance.happens(0.15), html: chance.happens(0.4), copy: chance.happens(0.15) })],
    [4, () => ({ do: 'answer', pick: chance.next(), file: chance.happens(0.1), html: chance.happens(0.4) })],
    [1, () => ({ do: 'stranger', user })],
    [0.7, () => ({ do: 'gmail', user, act: chance.of(['trash', 'spam', 'unspam', 'read'] as const) })],
    [0.4, () => ({ do: 'expire', user })],
    [0.3, () => ({ do: 'revoke', user })],
    [0.6, () => ({ do: 'look', user })],
    [1, () => ({ do: 'wait', minutes: chance.of([30, 300, 1300]) })],
  ])(); // prettier-ignore
}

function run(chance: Chance, users: readonly string[]): Happening {
  const user = chance.of(users);
  const what = chance.weighted([
    [8, 'pass'],
    [2, 'card'],
    [0.5, 'home'],
  ] as const);
  return { do: what, user, fault: chance.happens(0.4) ? fault(chance, user) : undefined };
}

function fault(chance: Chance, user: string): Fault {
  const nth = 1 + chance.below(chance.of([10, 30, 60]));
  const lateMs = chance.of([20_000, 2 * MINUTE, 8 * MINUTE]);
  return chance.weighted<() => Fault>([
    [4, () => ({ nth, kill: chance.of(['before', 'after'] as const) })],
    [1, () => ({ nth, kill: 'before', effect: 'late', lateMs })],
    [6, () => ({ nth, answer: chance.of(ANSWERS), ...effect(chance, lateMs) })],
    [2, () => ({ nth, runInside: { user: chance.happens(0.7) ? user : COLLEAGUE, function: chance.of(['onSyncTimer', 'onSyncNow']) } })],
    [1.5, () => ({ nth, act: { gmail: chance.of(ACTS), user } })],
    [1, () => ({ service: 'UrlFetchApp', host: chance.of(['gmail.googleapis.com', 'services.leadconnectorhq.com']), answer: chance.of(ANSWERS), times: chance.of([2, 5, 30]) })],
    [1, () => ({ service: 'PropertiesService', answer: 'refused', effect: chance.of(['none', 'done'] as const), times: chance.of([1, 3]), method: 'setProperty' })],
  ])(); // prettier-ignore
}

function effect(chance: Chance, lateMs: number): Partial<Fault> {
  return chance.of<Partial<Fault>>([{}, { effect: 'none' }, { effect: 'done' }, { effect: 'late', lateMs }]);
}
