/**
 * Everything that can go wrong at one call: the run dies before or after it, it is answered wrongly with or without its
 * effect, the effect comes late (within and beyond the settle time) or twice, another run comes in between, somebody
 * does something at that moment.
 */
import type { Answer, Fault, LoggedCall } from '../../emulator/core/services';
import { COLLEAGUE, FRIEND, MINUTE, type Moment } from './day';
import { CRM, tagNumber, type Letter } from './letters';

export interface Cut {
  readonly name: string;
  readonly fault: Fault;
  /** A person's doing, and what it makes of the letters. */
  readonly meddles?: boolean;
  readonly ends?: boolean;
  /** A draft of the add-on is not what it was any more: it must not be sent, and the user must be asked. */
  readonly spoils?: boolean;
  readonly writes?: (moment: Moment) => Letter[];
  /** The effect comes after the settle time, or twice: what is in the CRM twice by that cannot be taken back, only told. */
  readonly veryLate?: boolean;
  /** Outcomes that the add-on cannot know: of a write that was cut or answered wrongly, of what a person did. */
  readonly unknown?: 1;
}

const ANSWERS: readonly Answer[] = [
  '401', '403-rate', '404', '413', '422', '429', '500', '502', '503', 'html', 'truncated', 'empty', 'timeout', 'dns', 'refused', 'slow',
]; // prettier-ignore
const SOON = 2 * MINUTE;
const VERY_LATE = 25 * MINUTE;

/** One call as it was in the uncut run. */
export type Site = Pick<LoggedCall, 'service' | 'method' | 'host' | 'path'>;

export function cutsOf(site: Site, moment: Moment): readonly Cut[] {
  const kills: Cut[] = [
    { name: 'kill-before', fault: { kill: 'before' } },
    { name: 'kill-after', fault: { kill: 'after' } },
  ];
  const others = [...runsInside(moment), ...acts(moment)];
  if (site.service !== 'UrlFetchApp') return [...kills, ...refusals(site), ...others];
  const method = (site.method ?? '').toUpperCase();
  if (method === 'GET') return [...kills, ...ANSWERS.map((answer) => ({ name: answer, fault: { answer } })), ...others];
  const unknown: Cut[] = [
    ...kills,
    ...unknownKills(),
    ...ANSWERS.flatMap(writeAnswers),
    { name: 'twice', fault: { effect: 'twice' }, veryLate: true },
  ];
  return [...unknown.map((cut): Cut => ({ ...cut, unknown: 1 })), ...others];
}

function unknownKills(): Cut[] {
  return [
    { name: 'kill-late', fault: { kill: 'before', effect: 'late', lateMs: SOON } },
    { name: 'kill-very-late', fault: { kill: 'before', effect: 'late', lateMs: VERY_LATE }, veryLate: true },
  ];
}

function writeAnswers(answer: Answer): Cut[] {
  return [
    { name: `${answer}-none`, fault: { answer, effect: 'none' } },
    { name: `${answer}-done`, fault: { answer, effect: 'done' } },
    { name: `${answer}-late`, fault: { answer, effect: 'late', lateMs: SOON } },
    { name: `${answer}-very-late`, fault: { answer, effect: 'late', lateMs: VERY_LATE }, veryLate: true },
  ];
}

/** A property that is not written, or is although the platform says that it is not; a lock or a trigger likewise. */
function refusals({ service }: Site): Cut[] {
  if (!REFUSABLE.includes(service)) return [];
  return [
    { name: 'refused-none', fault: { answer: 'refused', effect: 'none' } },
    { name: 'refused-done', fault: { answer: 'refused', effect: 'done' } },
  ];
}

const REFUSABLE = ['PropertiesService', 'LockService', 'ScriptApp', 'CacheService'];

function runsInside({ user }: Moment): Cut[] {
  return [
    { name: 'timer-inside', fault: { runInside: { user, function: 'onSyncTimer' } } },
    { name: 'card-inside', fault: { runInside: { user, function: 'onSyncNow' } } },
    { name: 'colleague-inside', fault: { runInside: { user: COLLEAGUE, function: 'onSyncTimer' } } },
  ];
}

function acts(moment: Moment): Cut[] {
  const { user } = moment;
  const gmail = ['trash', 'untrash', 'spam', 'unspam', 'read', 'send-draft', 'discard-draft', 'edit-draft'];
  const spoiling = ['discard-draft', 'edit-draft'];
  return [
    ...gmail.map((act): Cut => ({ name: act, fault: { act: { gmail: act, user } }, meddles: true, spoils: spoiling.includes(act), unknown: 1 })),
    { name: 'history-expires', fault: { act: { method: 'POST', path: 'gmail/expire-history', body: { user } } } },
    { name: 'disconnect', fault: { act: { method: 'POST', path: 'disconnect', body: { user } } }, meddles: true, ends: true },
    { name: 'crm-sends', fault: { act: crmSend(moment) }, meddles: true, writes: (then) => [letterOfCrm(then)] },
    { name: 'mail-comes', fault: { act: mailComes(user) }, meddles: true, writes: (then) => [letterOfFriend(then)] },
  ]; // prettier-ignore
}

const CRM_TAG = tagNumber(1, 'm');
const FRIEND_TAG = tagNumber(2, 'm');

function crmSend({ user }: Moment): Record<string, unknown> {
  const { users, contacts } = peopleOf();
  const body = {
    user: users.find(({ email }) => email === user)?.id,
    to: contacts[2].id,
    kind: 'individual',
    channel: 'default',
    subject: 'A matter in between',
    html: `<p>${CRM_TAG} Hello.</p>`,
  };
  return { method: 'POST', path: 'crm/send', body };
}

function letterOfCrm({ user, at, gesture, settled }: Moment): Letter {
  const places = { [CRM]: 1, [peopleOf().contacts[2].email]: 1 };
  // While somebody connects, disconnects or changes the address, it comes before or after.
  if (gesture || !settled) return { tag: CRM_TAG, at: at.clock, places, maybe: [user] };
  return { tag: CRM_TAG, at: at.clock, places: { ...places, [user]: 1 } };
}

function mailComes(user: string): Record<string, unknown> {
  const body = `From: ${FRIEND}\r\nTo: ${user}\r\nSubject: Dinner\r\nMessage-ID: <in.between@elsewhere.example>\r\n\r\n${FRIEND_TAG} Tonight?\r\n`;
  return { method: 'POST', path: `mail?from=${FRIEND}&to=${encodeURIComponent(user)}`, body };
}

function letterOfFriend({ user, at }: Moment): Letter {
  return { tag: FRIEND_TAG, at: at.clock, places: { [user]: 1 } };
}

interface Person {
  readonly id: string;
  readonly email: string;
}

let people: { readonly users: readonly Person[]; readonly contacts: readonly Person[] } | undefined;

/** The people are the same in every fork of a scenario; told once by whoever records it. */
export function tellPeople(known: typeof people): void {
  people = known;
}

function peopleOf() {
  if (people === undefined) throw new Error('nobody has told who there is');
  return people;
}
