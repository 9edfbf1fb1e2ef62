/**
 * One message in the user's own inbox where the sync has stopped for good (G5). It carries the hidden label and a marker of
 * its incident, by which it is found again, so it is never there twice. A short outage says nothing.
 */
import { ask, askAll, type Task } from '../platform/exchange';
import { getHeaders, insertMessage, listMessages } from '../gmail/messages';
import { MARKER_HEADER, writeMail } from '../gmail/mime/write';
import { now } from '../platform/clock';
import type { Rounds } from '../platform/rounds';
import type { Store } from '../platform/store';
import { SETTLE_MS, type Head } from './state';
import { writeHead } from './store';

export interface Incident {
  readonly code: string;
  readonly since: number;
  /** When the message was first tried to be put there; 0 before that. */
  readonly tried: number;
  readonly told: boolean;
}

export interface Notice {
  readonly subject: string;
  readonly html: string;
}

/** The words for a code; undefined where there are none. */
export type NoticeFor = (code: string) => Notice | undefined;

/** What does not mend itself. */
const LASTING = [
  'crm-token',
  'crm-sign-in',
  'crm-renewal',
  'crm-scope',
  'crm-consent',
  'crm-location',
  'crm-app',
  'claim-moved',
  'store-full',
  'held',
];
/** A refusal that lasts no longer than this was an outage. */
const PATIENCE_MS = 20 * 60_000;
const NEWEST = 50;

/** The incident that stands after a pass: `trouble` is its code, `held` how many messages wait for the user. */
export function incidentAfter(head: Head, trouble: string, held: number, now: number): Incident | undefined {
  const code = LASTING.includes(trouble) ? trouble : trouble === '' && held > 0 ? 'held' : '';
  const { incident } = head;
  // Whether messages are held is not known while nothing can be read.
  if (trouble !== '' && code === '') return incident;
  if (code === '') return undefined;
  return incident?.code === code ? incident : { code, since: now, tried: 0, told: false };
}

/** Marked before it is tried, and again when it is there. */
export function tell(store: Store, rounds: Rounds, head: Head, words: NoticeFor | undefined): void {
  const { incident } = head;
  if (!isNoticeDue(incident, now())) return;
  const notice = words?.(incident.code);
  if (notice === undefined) return;
  const tried = { ...head, incident: { ...incident, tried: now() } };
  writeHead(store, tried);
  const own = head.labels?.own;
  if (own !== undefined && rounds.run(putNotice({ own, mailbox: head.connection.mailbox }, incident, notice)))
    writeHead(store, { ...tried, incident: { ...tried.incident, told: true } });
}

export function isNoticeDue(incident: Incident | undefined, now: number): incident is Incident {
  if (incident === undefined || incident.told) return false;
  if (incident.tried > 0 && now < incident.tried + SETTLE_MS) return false;
  return incident.code === 'held' || now - incident.since >= PATIENCE_MS;
}

export function markerFor({ code, since }: Incident): string {
  return `notice-${code}-${since.toString(36)}`;
}

/**
 * Puts it into the inbox, unless it is there: an earlier attempt may have come through, and a store that was put back does not
 * know of any. `own` is the hidden label.
 */
export function* putNotice(
  { own, mailbox }: { readonly own: string; readonly mailbox: string },
  incident: Incident,
  notice: Notice,
): Task<boolean> {
  const marker = markerFor(incident);
  const list = yield* ask(listMessages({ labelIds: [own], includeSpamTrash: true }));
  if (list.kind !== 'done') return false;
  const headers = yield* askAll(list.value.messages.slice(0, NEWEST).map(({ id }) => getHeaders(id, [MARKER_HEADER])));
  if (headers.some((outcome) => outcome.kind === 'done' && outcome.value.headers.some(({ value }) => value === marker)))
    return true;
  const raw = writeMail({
    from: { name: 'Threadlink', email: mailbox },
    to: [{ name: '', email: mailbox }],
    subject: notice.subject,
    date: incident.since,
    messageId: `<${marker}@notice.threadlink.invalid>`,
    marker,
    html: notice.html,
    attachments: [],
  });
  const outcome = yield* ask(insertMessage({ raw, labelIds: ['INBOX', 'UNREAD', own] }));
  return outcome.kind === 'done';
}
