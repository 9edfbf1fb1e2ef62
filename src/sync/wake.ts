/**
 * Waking a resting link (X11): what is not kept of it is read from the two mailboxes. Gmail's thread shows the add-on's own
 * messages; the marker of one names a CRM e-mail, that one its CRM thread, contact and conversation. Anybody can write a
 * marker, so nothing counts that does not fit the short hash that was kept, or the connection itself.
 */
import { askAll, together, type Task } from '../platform/exchange';
import { shortHash } from '../platform/hash';
import { findByEmail, distinct, getContact } from '../crm/contacts';
import { searchByContact } from '../crm/conversations';
import { getEmail } from '../crm/emails';
import { getThread as getCrmThread, listEmailThreads } from '../crm/messages';
import type { Contact, CrmEmail, CrmThread } from '../crm/types';
import { bareAddress } from '../gmail/mime/addresses';
import { getThreadHeaders } from '../gmail/messages';
import type { GmailRef } from '../gmail/types';
import { altIdFor } from './push';
import { HEADERS, look } from './observe';
import { viewOfHeaders } from './views';
import type { Command } from './commands';
import { needKey, type Got, type MessageView, type Need, type Observed } from './observed';
import type { Quiet, Sleeper, Unmirrored } from './quiet';
import { crmKey, startOfWeek } from './quiet';
import { DAY_MS, TWIN_MS, type Head, type Link, type State } from './state';
import { stopOf } from './stops';
import { mayLeaveCopy } from './plan/own-copy';
import { isSameLetter } from './plan/readback';
import { isMail, isOutbound, personKey, subjectKey } from './threads';

/** What is known of a link before it is read. */
export interface Rest {
  readonly threads: readonly string[];
  /** Short hash of the CRM thread; undefined where nothing is left of it (a lost store). */
  readonly key?: string;
  /** The CRM thread, where the CRM has just shown it. */
  readonly row?: CrmThread;
  readonly week: number;
  readonly stopped: boolean;
  readonly address: string;
  /** Of one that has nothing in Gmail, where its subject would be read. */
  readonly subject?: string;
  /** Gmail id of a message that is known to be the add-on's, whatever it shows. */
  readonly own?: string;
}

export interface Woken {
  readonly links: readonly Link[];
  /** Gmail and CRM thread ids of links that could not be read this time. */
  readonly asleep: ReadonlySet<string>;
}

type Who = Pick<Head, 'connection' | 'labels'>;

/** The CRM thread of a link, and, where that was read, when its first e-mail that Gmail shows was added. */
interface Found extends CrmThread {
  readonly began?: number;
}

const MOST_MARKERS = 3;
const MOST_PEOPLE = 3;
/** Of a contact, where nothing but the messages tells which one it is. */
const MOST_THREADS = 5;
/** At each end of a CRM thread, where one of its e-mails must be one of the messages. */
const MOST_EMAILS = 10;
const MOST_IDS = 20;

/** The resting links of these Gmail threads and CRM threads. */
export function restsFor(
  quiet: Quiet,
  gmail: Iterable<string>,
  crm: ReadonlyMap<string, CrmThread | undefined>,
): Rest[] {
  const rests: Rest[] = [];
  const met = new Set<string>();
  if (quiet.isEmpty) return rests;
  const add = (sleepers: readonly (Sleeper | Unmirrored)[], row?: CrmThread, key = sleepers[0].crm): void => {
    const threads = sleepers.flatMap((sleeper) => ('gmail' in sleeper ? [sleeper.gmail] : []));
    if (threads.some((id) => met.has(id))) return;
    for (const id of threads) met.add(id);
    const { week, stopped, address } = sleepers[0];
    const [subject] = sleepers.flatMap((sleeper) => ('subject' in sleeper ? [sleeper.subject] : []));
    rests.push({ threads, key, row, week, stopped, address, subject });
  };
  for (const [id, row] of crm) {
    const { threads, unmirrored } = quiet.byCrm(id);
    if (threads.length + unmirrored.length > 0) add([...threads, ...unmirrored], row ?? bareRow(id));
  }
  for (const id of gmail) {
    const sleeper = quiet.byGmail(id);
    if (sleeper !== undefined) add([sleeper, ...quiet.besides(sleeper)]);
  }
  return rests;
}

/** A CRM thread of which only the id is known; it is read before it is used. */
export function bareRow(id: string): CrmThread {
  return { id, conversationId: '', contactId: '', locationId: '', emailIds: [], dateAdded: 0 };
}

/** What of this pass may be of a resting link: threads in which something came, those that are due, and those of a command. */
export function restsOf(
  state: State,
  {
    changes,
    rows,
    commands,
    stopped,
    now,
  }: Pick<Observed, 'changes' | 'rows' | 'now'> & {
    commands: readonly Command[];
    /** Gmail threads that are stopped, and that this state may not know to be. */
    stopped?: ReadonlySet<string>;
  },
): Rest[] {
  if (state.quiet === undefined) return [];
  const gmail = new Set([...changes.map(({ threadId }) => threadId), ...(stopped ?? [])]);
  const crm = new Map<string, CrmThread | undefined>();
  for (const item of state.items.values()) {
    if (item.next === 0 || item.next > now) continue;
    gmail.add(item.thread);
    crm.set(item.thread, undefined);
  }
  for (const intent of state.head.intents) if (intent.crm !== undefined) crm.set(intent.crm, undefined);
  for (const command of commands) {
    if (command.do === 'wake' || command.do === 'link') gmail.add(command.gmail);
    else if (
      command.do === 'check-thread' ||
      command.do === 'stop-thread' ||
      command.do === 'resume-thread' ||
      command.do === 'push-message'
    )
      crm.set(command.crm, undefined);
  }
  for (const row of rows) if (row.emailIds.some((id) => !state.seen.has(shortHash(id)))) crm.set(row.id, row);
  for (const link of state.links.values()) {
    crm.delete(link.crm);
    for (const id of link.gmail) gmail.delete(id);
  }
  return restsFor(state.quiet, gmail, crm);
}

/**
 * Resting links that an answer leads to (T4, T5): a reply of a new thread names a message of theirs, which the mailbox
 * shows, or it comes from a contact to whom the add-on's copies with that subject went.
 */
export function* kinOf(
  state: State,
  needs: readonly Need[],
  answers: ReadonlyMap<string, Got<unknown>>,
  now: number,
): Task<readonly Link[]> {
  const { quiet } = state;
  if (quiet === undefined) return [];
  const gmail = new Set<string>();
  const bulk: Rest[] = [];
  for (const need of needs) {
    const answer = answers.get(needKey(need));
    if (answer?.kind !== 'got' || (need.kind !== 'named' && need.kind !== 'kin')) continue;
    for (const { threadId } of answer.value as readonly GmailRef[]) gmail.add(threadId);
    if (need.kind === 'named') continue;
    const [newest] = quiet.byPerson(personKey(need.from), subjectKey(need.subject));
    if (newest === undefined) continue;
    const row = yield* byPeople(state.head, { key: newest.crm }, [need.from]);
    if (row === 'unread' || row === undefined) continue;
    bulk.push({
      threads: [],
      key: newest.crm,
      row,
      week: newest.week,
      subject: newest.subject,
      stopped: newest.stopped,
      address: newest.address,
    });
  }
  for (const link of state.links.values()) for (const id of link.gmail) gmail.delete(id);
  const rests = [...restsFor(quiet, gmail, new Map()), ...bulk];
  return rests.length === 0 ? [] : (yield* wake(state.head, rests, now)).links;
}

/** Reads them side by side. */
export function* wake(who: Who, rests: readonly Rest[], now: number): Task<Woken> {
  const found = yield* together(rests.map((rest) => revive(who, rest, now)));
  const asleep = new Set<string>();
  found.forEach((link, index) => {
    if (link !== 'unread') return;
    const { threads, row } = rests[index];
    for (const id of threads) asleep.add(id);
    if (row !== undefined) asleep.add(row.id);
  });
  return { links: found.filter((link): link is Link => typeof link === 'object'), asleep };
}

/** The state with these links awake, and nothing of them at rest any more. */
export function withWoken(state: State, woken: readonly Link[]): State {
  if (woken.length === 0) return state;
  const links = new Map(state.links);
  for (const link of woken) {
    const known = links.get(link.crm);
    links.set(link.crm, known === undefined ? link : merged(known, link));
  }
  if (state.quiet === undefined) return { ...state, links };
  const gmail = new Set(woken.flatMap((link) => link.gmail));
  const unmirrored = woken.flatMap(({ crm, people }) =>
    people.map((person) => ({ crm: crmKey(crm), person, subject: '', week: 0, stopped: false, address: '' })),
  );
  return { ...state, links, quiet: state.quiet.without(gmail, state.quiet.hasUnmirrored ? unmirrored : []) };
}

/** One of its Gmail threads was found after another. */
function merged(known: Link, link: Link): Link {
  const pauses = known.pauses ?? link.pauses;
  return {
    ...known,
    gmail: [...new Set([...known.gmail, ...link.gmail])],
    since: Math.min(known.since, link.since),
    ...(link.stopped === 'user' ? { stopped: link.stopped } : {}),
    ...(pauses === undefined ? {} : { pauses }),
  };
}

/** Undefined where nothing shows which CRM thread it is of, or that it is of none. */
export function* revive(who: Who, rest: Rest, now: number): Task<Link | 'unread' | undefined> {
  const read = yield* together(rest.threads.map((id) => look('gmail', getThreadHeaders(id, HEADERS))));
  if (read.some(({ kind }) => kind === 'unread')) return 'unread';
  const threads = read.flatMap((answer, index) =>
    answer.kind === 'got'
      ? [
          {
            id: rest.threads[index],
            messages: answer.value.messages.map(viewOfHeaders).filter((view) => isMail(view.labelIds)),
          },
        ]
      : [],
  );
  const all = threads.flatMap(({ messages }) => messages).sort((a, b) => a.date - b.date);
  const found = yield* crmThreadOf(who, rest, all);
  if (found === 'unread' || found === undefined) return found;
  const contact = yield* look('crm', getContact(found.contactId));
  // Other threads of the same short hash may have come along: only those with a marker of this CRM thread, or none at all.
  const mine = threads.filter(
    ({ messages }) => rest.key === undefined || threads.length === 1 || belongs(messages, found.emailIds),
  );
  return linkOf(who, rest, found, mine, contact.kind === 'got' ? contact.value : undefined, now);
}

function markersOf(messages: readonly MessageView[]): string[] {
  const markers = messages.flatMap(({ mail }) => (mail.marker === undefined ? [] : [mail.marker]));
  return [...new Set(markers)];
}

function belongs(messages: readonly MessageView[], emailIds: readonly string[]): boolean {
  const markers = markersOf(messages);
  return markers.length === 0 || markers.some((marker) => emailIds.includes(marker));
}

function* crmThreadOf(who: Who, rest: Rest, messages: readonly MessageView[]): Task<Found | 'unread' | undefined> {
  const markers = markersOf(messages).slice(0, MOST_MARKERS);
  if (rest.row !== undefined) {
    const row =
      rest.row.emailIds.length > 0
        ? { kind: 'got' as const, value: rest.row }
        : yield* look('crm', getCrmThread(rest.row.id));
    if (row.kind !== 'got') return row.kind === 'unread' ? 'unread' : undefined;
    if (markers.some((marker) => row.value.emailIds.includes(marker))) return row.value;
    return yield* confirmed(who, row.value, messages, true);
  }
  for (const marker of markers) {
    const email = yield* look('crm', getEmail(marker));
    if (email.kind === 'unread') return 'unread';
    if (email.kind !== 'got' || !isOf(rest, email.value.threadId) || !isHere(who, email.value)) continue;
    const thread = yield* look('crm', getCrmThread(email.value.threadId));
    if (thread.kind === 'unread') return 'unread';
    if (thread.kind === 'got')
      return { ...thread.value, ...idsOf(thread.value, email.value), began: email.value.dateAdded };
  }
  if (rest.key === undefined && !messages.some((message) => isUnmarkedOwn(who, message))) return undefined;
  const written = messages.flatMap(({ mail }) => [mail.from, ...mail.to]).map(({ email }) => email);
  return yield* byPeople(who, rest, written, messages);
}

function isOf({ key }: Rest, crm: string): boolean {
  return key === undefined || crmKey(crm) === key;
}

function isHere({ connection }: Who, { locationId }: CrmEmail): boolean {
  return locationId === '' || locationId === connection.location;
}

/** A thread row may come without these. */
function idsOf(thread: CrmThread, email: CrmEmail): Pick<CrmThread, 'conversationId' | 'contactId'> {
  return {
    conversationId: thread.conversationId || email.conversationId,
    contactId: thread.contactId || email.contactId,
  };
}

/**
 * No marker says so (its messages were deleted, it was linked by hand, or Gmail's own copies stand there): one of its e-mails
 * must be this mailbox's, and where nothing else is known of it, one of these messages.
 */
function* confirmed(
  { connection }: Who,
  row: CrmThread,
  messages: readonly MessageView[],
  isKnown: boolean,
): Task<CrmThread | 'unread' | undefined> {
  const most = isKnown ? 2 : MOST_EMAILS;
  const ids = [...new Set([...row.emailIds.slice(0, most), ...row.emailIds.slice(-most)])];
  const emails = yield* together(ids.map((id) => look('crm', getEmail(id))));
  if (emails.some(({ kind }) => kind === 'unread')) return 'unread';
  const known = new Set(messages.map((message) => altIdFor(connection, message)));
  const mine = emails.some(
    (email) =>
      email.kind === 'got' &&
      (known.has(email.value.altId ?? '') ||
        (email.value.direction === 'outbound' &&
          connection.ownAddresses.includes(bareAddress(email.value.from)) &&
          (isKnown || messages.some((message) => isCopyOf(email.value, message))))),
  );
  return mine ? row : undefined;
}

function isCopyOf(email: CrmEmail, message: MessageView): boolean {
  const apart = mayLeaveCopy(email) ? TWIN_MS : DAY_MS;
  return isSameLetter(email, message, 'outbound') && Math.abs(message.date - email.dateAdded) <= apart;
}

/** By those who write in it: their contacts' newest threads, one of which must fit the hash, or have one of the messages. */
export function* byPeople(
  who: Who,
  { key }: Pick<Rest, 'key'>,
  written: readonly string[],
  messages: readonly MessageView[] = [],
): Task<CrmThread | 'unread' | undefined> {
  const { connection } = who;
  const people = written
    .map((email) => bareAddress(email))
    .filter((email) => email !== '' && !connection.ownAddresses.includes(email));
  for (const email of [...new Set(people)].slice(0, MOST_PEOPLE)) {
    const outcomes = yield* askAll(findByEmail(connection.location, email));
    if (outcomes.every(({ kind }) => kind === 'unknown')) return 'unread';
    const contacts = distinct(outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [...outcome.value] : [])));
    for (const { id } of contacts.slice(0, MOST_PEOPLE)) {
      const conversations = yield* look('crm', searchByContact(connection.location, id));
      if (conversations.kind === 'unread') return 'unread';
      for (const conversation of conversations.kind === 'got' ? conversations.value : []) {
        const threads = yield* look('crm', listEmailThreads(conversation.id));
        if (threads.kind === 'unread') return 'unread';
        const shown = threads.kind === 'got' ? threads.value : [];
        const found =
          key === undefined
            ? yield* firstConfirmed(who, nearest(shown, messages), messages)
            : shown.find((thread) => crmKey(thread.id) === key);
        if (found === 'unread') return 'unread';
        if (found !== undefined)
          return {
            ...found,
            contactId: found.contactId || id,
            conversationId: found.conversationId || conversation.id,
          };
      }
    }
  }
  return undefined;
}

/** A contact may have any number of them, and reading one costs requests: those that began when one of the messages came. */
function nearest(threads: readonly CrmThread[], messages: readonly MessageView[]): CrmThread[] {
  const apart = ({ dateAdded }: CrmThread): number =>
    Math.min(...messages.map(({ date }) => Math.abs(date - dateAdded)));
  return [...threads].sort((a, b) => apart(a) - apart(b)).slice(0, MOST_THREADS);
}

function* firstConfirmed(
  who: Who,
  threads: readonly CrmThread[],
  messages: readonly MessageView[],
): Task<CrmThread | 'unread' | undefined> {
  for (const thread of threads) {
    const found = yield* confirmed(who, thread, messages, false);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Gmail's own copy of what the CRM sent (R2), or what was sent where the marker does not survive it. */
function isUnmarkedOwn({ labels }: Who, { mail, labelIds }: MessageView): boolean {
  return mail.marker === undefined && labelIds.includes(labels?.own ?? '');
}

function linkOf(
  who: Who,
  rest: Rest,
  row: Found,
  threads: readonly { id: string; messages: readonly MessageView[] }[],
  contact: Contact | undefined,
  now: number,
): Link {
  const { connection, labels } = who;
  const messages = threads.flatMap((thread) => thread.messages).sort((a, b) => a.date - b.date);
  const own = messages.filter(
    (message) =>
      message.id === rest.own || isUnmarkedOwn(who, message) || row.emailIds.includes(message.mail.marker ?? ''),
  );
  const written = own.flatMap((view) => (isOutbound(view) ? view.mail.to : [view.mail.from]));
  const addresses = [...written.map(({ email }) => email), contact?.email ?? '', ...(contact?.additionalEmails ?? [])];
  const mine =
    rest.address === '' ? personKey(own.find(isOutbound)?.mail.from.email ?? connection.address) : rest.address;
  const ids = messages.flatMap(({ mail }) => (mail.messageId === undefined ? [] : [shortHash(mail.messageId)]));
  const newest = (views: readonly MessageView[]): number => Math.max(0, ...views.map(({ date }) => date));
  return {
    crm: row.id,
    conversation: row.conversationId,
    contact: row.contactId,
    gmail: [...threads].sort((a, b) => newest(b.messages) - newest(a.messages)).map(({ id }) => id),
    subject: messages.length > 0 ? subjectKey(messages[0].mail.subject) : (rest.subject ?? ''),
    people: [...new Set(addresses.filter((email) => email !== '').map(personKey))],
    address: mine,
    // What Gmail sent has its date from then, and may have been answered elsewhere before.
    since: Math.max(Math.min(own[0]?.date ?? 0, row.began ?? Infinity), startOfWeek(rest.week)),
    // One that nobody asked for is as quiet as it was.
    touched: rest.key === undefined ? newest(messages) : now,
    lastEmail: own[own.length - 1]?.mail.marker ?? row.emailIds[row.emailIds.length - 1] ?? '',
    ids: [...new Set(ids)].slice(-MOST_IDS),
    mirrored: own.some(isOutbound) || rest.threads.length === 0,
    received: own.some((view) => !isOutbound(view)),
    // One of a large bulk send: what began it is mirrored before what woke it.
    ...(rest.threads.length === 0 && row.emailIds.length > 0 ? { deferred: row.emailIds[0] } : {}),
    stopped: rest.stopped ? 'user' : mine === shortHash(connection.address) ? '' : 'former-address',
    ...stopOf(labels ?? { own: '' }, messages),
    count: messages.length,
  };
}
