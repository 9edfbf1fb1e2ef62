/**
 * Reading both sides. The first look is one parallel round: Gmail's history and the CRM's export. What a plan then asks
 * for goes out as one more round each time, all needs side by side.
 */
import { ask, askAll, together, type Exchange, type Outcome, type Task } from '../platform/exchange';
import { shortHash } from '../platform/hash';
import { getContact } from '../crm/contacts';
import { searchByContact } from '../crm/conversations';
import { getEmail } from '../crm/emails';
import { exportEmails, getThread as getCrmThread, listEmailThreads } from '../crm/messages';
import type { CrmThread } from '../crm/types';
import { listUsers } from '../crm/users';
import { listHistory } from '../gmail/history';
import {
  findByMessageIds,
  findOwnTo,
  getAttachment,
  getHeaders,
  getMessage,
  getThread,
  getThreadHeaders,
  listMessages,
  getSnippet,
} from '../gmail/messages';
import { getProfile } from '../gmail/profile';
import { detachedReportParts, readBounce } from '../gmail/mime/bounce';
import { readMail } from '../gmail/mime/read';
import type { GmailHeaders, GmailMessage, HistoryChange } from '../gmail/types';
import { needKey, type Got, type MessageView, type Need, type ThreadView } from './observed';
import { readClaimRows } from './claim-reading';
import { readDrafts, readSent, readSentBack, sentBack } from './drafts';
import { expect, HostFailed } from './host';
import { bringLabels, type Marked } from './marking';
import type { Head } from './state';
import { viewOfHeaders } from './views';

export const HEADERS = [
  'From',
  'To',
  'Cc',
  'Subject',
  'Message-ID',
  'In-Reply-To',
  'References',
  'Auto-Submitted',
  'X-Threadlink-Email-Id',
  'X-Threadlink-Lost',
];

/** The newest page of the export, in threads; a connection begins with the same page that a pass looks at. */
export const EXPORT_ROWS = 50;
const MOST_HISTORY_PAGES = 20;

export interface FirstLook {
  readonly changes: readonly HistoryChange[];
  readonly historyId: string;
  /** Gmail's history does not reach back to the cursor: `historyId` is the new one (X8). */
  readonly expired: boolean;
  readonly rows: readonly CrmThread[];
  readonly nextCursor?: string;
  readonly crmNow: number;
  /** What the labels are after the look, where it changed them (M7). */
  readonly marked?: Marked;
}

export function* firstLook(head: Head): Task<FirstLook> {
  const [gmail, crm, marked] = yield* together<Partial<FirstLook> | Marked | undefined>([
    readHistory(head),
    readExport(head.connection.location),
    bringLabels(head),
  ]);
  return { ...(gmail as FirstLook), ...(crm as FirstLook), marked: marked as Marked | undefined };
}

/** All needs in one round (bodies that Gmail hands out as attachments take a second one). */
export function* readNeeds(needs: readonly Need[]): Task<Map<string, Got<unknown>>> {
  const answers = yield* together(needs.map((need) => readNeed(need)));
  for (const service of ['gmail', 'crm'] as const) {
    const outcomes = answers.filter((_, index) => serviceOf(needs[index]) === service);
    const unread = outcomes.flatMap((got) => (got.kind === 'unread' ? [got.failure] : []));
    if (unread.length > 1 && unread.length === outcomes.length) throw new HostFailed(service, unread[0]);
  }
  return new Map(needs.map((need, index) => [needKey(need), answers[index]]));
}

const OF_CRM: readonly Need['kind'][] = [
  ...(['email', 'crmThread', 'conversation', 'crmUsers', 'contact', 'contactConversation', 'claim'] as const),
];

function serviceOf({ kind }: Need): 'gmail' | 'crm' {
  return OF_CRM.includes(kind) ? 'crm' : 'gmail';
}

/**
 * What a read says. That something is not there is believed when it is said twice: a single 404 of a service in trouble
 * must not make a message count as deleted.
 */
export function* look<T>(service: 'gmail' | 'crm', exchange: Exchange<T>): Task<Got<T>> {
  const first = got(service, yield* ask(exchange));
  return first.kind === 'gone' ? got(service, yield* ask(exchange)) : first;
}

function* readNeed(need: Need): Task<Got<unknown>> {
  switch (need.kind) {
    case 'email':
      return yield* look('crm', getEmail(need.id));
    case 'crmThread':
      return yield* look('crm', getCrmThread(need.id));
    case 'conversation':
      return yield* look('crm', listEmailThreads(need.id));
    case 'contact':
      return yield* look('crm', getContact(need.id));
    case 'contactConversation':
      return yield* look('crm', searchByContact(need.location, need.id));
    case 'crmUsers':
      return yield* look('crm', listUsers(need.location));
    case 'claim':
      return { kind: 'got', value: yield* readClaimRows(need.location, need.crmUser, need.text) };
    case 'headers': {
      const answer = yield* look('gmail', getHeaders(need.id, HEADERS));
      return answer.kind === 'got' ? { kind: 'got', value: viewOfHeaders(answer.value) } : answer;
    }
    case 'message': {
      if (need.reduced === true) {
        const short = yield* look('gmail', getSnippet(need.id, HEADERS));
        return short.kind === 'got' ? { kind: 'got', value: reducedView(short.value) } : short;
      }
      const answer = yield* look('gmail', getMessage(need.id));
      return answer.kind === 'got' ? yield* viewOf(answer.value) : answer;
    }
    case 'thread': {
      if (need.full) {
        const answer = yield* look('gmail', getThread(need.id));
        if (answer.kind !== 'got') return answer;
        const views = yield* together(answer.value.messages.map((message) => viewOf(message)));
        const unread = views.find((view) => view.kind !== 'got');
        if (unread !== undefined) return unread;
        const messages = views.flatMap((view) => (view.kind === 'got' ? [view.value] : []));
        return { kind: 'got', value: threadView(need.id, messages) };
      }
      const answer = yield* look('gmail', getThreadHeaders(need.id, HEADERS));
      return answer.kind === 'got'
        ? { kind: 'got', value: threadView(need.id, answer.value.messages.map(viewOfHeaders)) }
        : answer;
    }
    case 'labelled': {
      const answer = got('gmail', yield* ask(listMessages({ labelIds: [need.label], includeSpamTrash: true })));
      return answer.kind === 'got' ? { kind: 'got', value: answer.value.messages } : answer;
    }
    case 'kin':
      return got('gmail', yield* ask(findOwnTo(need.label, need.from, need.subject)));
    case 'named':
      return got('gmail', yield* ask(findByMessageIds(need.ids)));
    case 'drafts':
      return { kind: 'got', value: yield* readDrafts() };
    case 'sentSince': {
      const pages = need.base === '' ? 'expired' : yield* historyPages(need.base);
      return {
        kind: 'got',
        value: yield* pages === 'expired' ? readSentBack(need.since) : readSent(pages.changes),
      };
    }
    case 'sentMail':
      return { kind: 'got', value: (yield* sentBack(need.since, HEADERS)).map(viewOfHeaders) };
    case 'copies': {
      const pages = yield* historyPages(need.base);
      if (pages === 'expired') return { kind: 'gone' };
      return { kind: 'got', value: pages.changes.filter(({ labelIds }) => labelIds.includes(need.label)) };
    }
  }
}

function* readHistory(head: Head): Task<Partial<FirstLook>> {
  const pages = yield* historyPages(head.history, head.labels?.private);
  if (pages !== 'expired') return { ...pages, expired: false };
  // The new cursor is pinned before what came since is listed (X8; facts, reliability R8).
  const { historyId } = expect('gmail', yield* ask(getProfile()));
  return { changes: [], historyId, expired: true };
}

interface HistoryPage {
  readonly added: readonly HistoryChange[];
  readonly labelsRemoved: readonly (HistoryChange & { readonly changed: readonly string[] })[];
  readonly historyId: string;
  readonly nextPageToken?: string;
}

function isExpired(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'refused' && outcome.failure.code === 'gmail.history-expired';
}

/** Added messages, and those that left spam, trash or the label `kept` (T6, T8), over all pages. */
export function* historyPages(
  start: string,
  kept?: string,
): Task<{ changes: HistoryChange[]; historyId: string } | 'expired'> {
  const changes = new Map<string, HistoryChange>();
  const withheld = ['SPAM', 'TRASH', ...(kept === undefined ? [] : [kept])];
  let token: string | undefined;
  for (let count = 0; count < MOST_HISTORY_PAGES; count++) {
    let outcome: Outcome<HistoryPage> = yield* ask(listHistory(start, token));
    // Said twice, as with everything that is not there: it costs one request, and a new reading of the mailbox many.
    if (isExpired(outcome)) outcome = yield* ask(listHistory(start, token));
    if (isExpired(outcome)) return 'expired';
    const page = expect('gmail', outcome);
    for (const change of page.added) changes.set(change.id, change);
    for (const change of page.labelsRemoved) {
      if (!change.changed.some((label) => withheld.includes(label))) continue;
      const { id, threadId, labelIds } = change;
      changes.set(id, {
        id,
        threadId,
        labelIds: labelIds.filter((label) => !change.changed.includes(label)),
        restored: !changes.has(id),
        unlabelled: kept !== undefined && change.changed.includes(kept),
      });
    }
    token = page.nextPageToken;
    if (token === undefined) return { changes: [...changes.values()], historyId: page.historyId };
  }
  throw new HostFailed('gmail', { code: 'gmail.history-endless', status: 0, detail: 'history has no end' });
}

function* readExport(location: string): Task<Partial<FirstLook>> {
  const page = expect('crm', yield* ask(exportEmails({ locationId: location, limit: EXPORT_ROWS })));
  return { rows: page.threads, nextCursor: page.nextCursor, crmNow: page.now };
}

/** A mail can hold hundreds of bodies, and each costs as much as a message: of more than these, the rest goes as files. */
const MOST_BODIES = 10;

/** A full message; the bodies that Gmail hands out as attachments because of their size are read too. */
function* viewOf(message: GmailMessage): Task<Got<MessageView>> {
  const mail = readMail(message);
  const view = {
    id: message.id,
    threadId: message.threadId,
    labelIds: message.labelIds,
    date: message.internalDate,
    headersOnly: false,
  };
  const bodyIds = mail.detachedBodies.slice(0, MOST_BODIES).map(({ attachmentId }) => attachmentId);
  const asked = [...bodyIds, ...(mail.automatic ? detachedReportParts(message).slice(0, MOST_BODIES) : [])];
  const outcomes = yield* askAll(asked.map((id) => getAttachment(message.id, id)));
  const bodies: Record<string, string> = {};
  for (const [index, outcome] of outcomes.entries()) {
    const body = got('gmail', outcome);
    if (body.kind === 'got') bodies[asked[index]] = body.value;
    // That a part of what is there is not there is no reason to take the message for an empty one: it waits.
    else if (outcome.kind !== 'done') return { kind: 'unread', failure: outcome.failure };
  }
  const bounce = mail.automatic ? readBounce(message, bodies) : undefined;
  return { kind: 'got', value: { ...view, mail: asked.length === 0 ? mail : readMail(message, bodies), bounce } };
}

/** A message of which no more than the beginning could be read (X7). */
function reducedView(headers: GmailHeaders & { readonly snippet: string }): MessageView {
  const view = viewOfHeaders(headers);
  const text = `${headers.snippet} …\n\n(The rest of this message could not be read here. It is in Gmail.)`;
  return { ...view, mail: { ...view.mail, text } };
}

function threadView(id: string, messages: readonly MessageView[]): ThreadView {
  return { id, messages: [...messages].sort((a, b) => a.date - b.date) };
}

function got<T>(service: 'gmail' | 'crm', outcome: Outcome<T>): Got<T> {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'got', value: outcome.value };
    case 'refused':
      return outcome.failure.code.endsWith('.not-found')
        ? { kind: 'gone' }
        : { kind: 'unread', failure: outcome.failure };
    case 'denied':
      throw new HostFailed(service, outcome.failure);
    case 'later':
      // Too fast, or out of time: it is the run's trouble, not this message's.
      throw new HostFailed(service, outcome.failure);
    case 'unknown':
      return { kind: 'unread', failure: outcome.failure };
  }
}

/** What the newest rows of the CRM look like: the same again means that nothing came. */
export function pageDigest(rows: readonly CrmThread[]): string {
  return shortHash(rows.map(({ id, emailIds }) => `${id}:${emailIds.join(',')}`).join(';'), 8);
}
