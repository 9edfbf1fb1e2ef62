/**
 * Two weeks of three people's work, told by chance from a seed: individual, bulk, workflow and other apps' mail from the
 * CRM, answers to wherever the CRM asks for them, mail that is nobody's business, and the changes of a connection.
 */
import { AGENT } from '../stage';
import type { Life, Conversation } from './life';
import { AGENT_ALIAS, COLLEAGUE, JUNIOR, USERS } from './town';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAYS = 14;
const REPLY_TO = ['crm', 'user', 'both'] as const;

export function tellTheFortnight(life: Life): void {
  const contacts = life.world.highlevel.describe().contacts;
  const conversations: Conversation[] = [];
  const start = life.now;
  for (let day = 0; day < DAYS; day++) {
    life.world.switches.set({ replyTo: REPLY_TO[day % 3] });
    changesOf(day, life);
    const workday = day % 7 < 5;
    for (let step = 0; step < (workday ? 24 : 4); step++) {
      something(life, life.chance.oneOf(USERS), contacts, conversations);
      life.world.advance((3 + life.chance.below(34)) * MINUTE, true);
    }
    const nextMorning = start + (day + 1) * 24 * HOUR;
    life.world.advance(Math.max(4 * HOUR, nextMorning - life.now), true);
  }
  // Until nothing waits any more.
  life.world.advance(2 * 24 * HOUR, true);
}

function changesOf(day: number, life: Life): void {
  if (day === 0) {
    life.connects(AGENT, 'token');
    life.connects(COLLEAGUE, 'oauth');
  }
  if (day === 3) life.connects(JUNIOR, 'token');
  if (day === 7) life.changesAddress(AGENT, AGENT_ALIAS);
  if (day === 10) life.leaves(JUNIOR);
}

type Contacts = readonly { id: string; email: string }[];

function something(life: Life, user: string, contacts: Contacts, conversations: Conversation[]): void {
  const { chance } = life;
  const own = conversations.filter(({ begin }) => begin.user === user);
  const files = chance.happens(0.3);
  const dice = chance.next();
  const contact = chance.oneOf(contacts);
  // Of what is under way the newer ones are talked about more.
  const current = own.length === 0 ? undefined : chance.oneOf(chance.happens(0.7) ? own.slice(-6) : own);
  if (dice < 0.16 || current === undefined) {
    // Who is connected by the app may have their Gmail send.
    const oauth = user === COLLEAGUE && life.ledger.spanAt(user, life.now) !== undefined;
    const channel = oauth && chance.happens(0.6) ? 'gmail' : 'default';
    conversations.push(...life.sendsFromCrm(user, [contact], { kind: 'crm', how: 'individual', channel }, { files }));
  } else if (dice < 0.5) {
    const assistant = chance.happens(0.25);
    life.answers(current, { files, assistant, copy: chance.happens(0.3) });
  } else if (dice < 0.68) life.answersInGmail(current, { files });
  else if (dice < 0.78) continueFromCrm(life, user, current, contacts, files);
  else if (dice < 0.83) sendInBulk(life, user, contacts, conversations);
  else if (dice < 0.88) {
    conversations.push(...life.sendsFromCrm(user, [contact], { kind: 'crm', how: 'workflow', channel: 'default' }));
  } else if (dice < 0.92) {
    conversations.push(...life.sendsFromCrm(user, [contact], { kind: 'crm', how: 'api', channel: 'default' }));
  } else if (dice < 0.97) life.contactWritesFirst(user, contact.email);
  else life.writesToAFriend(user);
}

/** In a conversation that the user began by hand, for the address that is still theirs. */
function continueFromCrm(life: Life, user: string, within: Conversation, contacts: Contacts, files: boolean): void {
  const { deed, from, contact: email } = within.begin;
  const contact = contacts.find((candidate) => candidate.email === email);
  if (contact === undefined || deed.kind !== 'crm' || deed.how !== 'individual') return;
  const begun = life.ledger.spanAt(user, within.begin.at)?.address;
  const now = life.ledger.spanAt(user, life.now)?.address;
  if (begun !== now || begun !== from) return;
  life.sendsFromCrm(user, [contact], { kind: 'crm', how: 'individual', channel: deed.channel }, { within, files });
}

function sendInBulk(life: Life, user: string, contacts: Contacts, conversations: Conversation[]): void {
  const several = [...contacts].sort(() => life.chance.next() - 0.5).slice(0, 3);
  // In the user's own name, or in the agency's.
  const from = life.chance.happens(0.6) ? undefined : 'office@agency.example';
  const deed = { kind: 'crm', how: 'bulk', channel: 'default' } as const;
  conversations.push(...life.sendsFromCrm(user, several, deed, from === undefined ? {} : { from }));
}
