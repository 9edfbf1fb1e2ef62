/** The CRM e-mails that are to be decided in this pass: new in the export, due again, or found as a copy in Gmail. */
import type { CrmEmail, CrmThread } from '../../crm/types';
import { DAY_MS, SEEN_DAYS } from '../state';
import { forgetGone, keepAttempt } from './deliver';
import type { FreshEmail } from './outbound';
import { mayBeWritten, type Planning } from './planning';

/** The CRM answers 100 requests in ten seconds (facts, highlevel 1). */
const MOST_FRESH = 50;

export function freshEmails(planning: Planning): FreshEmail[] {
  const ids = new Map<string, CrmThread | undefined>();
  for (const row of [...planning.observed.rows].reverse()) {
    for (const id of row.emailIds) {
      if (!planning.isSeen(id) && !planning.isResting(`e:${id}`)) ids.set(id, row);
    }
  }
  for (const id of planning.wanted) ids.set(id, undefined);
  for (const [key] of planning.state.items) {
    const id = key.slice(2);
    const found = planning.copies.has(id) || planning.noticed.some(({ marker }) => marker === id);
    if (key.startsWith('e:') && !ids.has(id) && (!planning.isResting(key) || found)) ids.set(id, undefined);
  }
  // An intent of a killed run whose e-mail fell out of the export meanwhile.
  for (const { kind, key } of planning.head.intents) {
    const id = key.slice(2);
    if (kind !== 'push' && !ids.has(id) && !planning.isResting(key) && !planning.isSeen(id)) ids.set(id, undefined);
  }
  // Whether one of them is to be written is not known yet; asked together with them, it takes no round of its own.
  if (ids.size > 0) planning.claim();
  const emails = inOrder(planning, withinReach(planning, ids));
  return emails
    .sort((a, b) => a.email.dateAdded - b.email.dateAdded)
    .map(({ email, row, early = false }) => ({ email, row, early, alone: isAlone(email, emails) }));
}

/**
 * A bulk send brings hundreds at once, more than the CRM answers in one breath: some now, the others in the next pass. The
 * e-mails of one thread stay together.
 */
function withinReach(
  planning: Planning,
  ids: ReadonlyMap<string, CrmThread | undefined>,
): [string, CrmThread | undefined][] {
  const rests = (id: string): boolean => (planning.state.items.get(`e:${id}`)?.reason ?? 'next-pass') === 'next-pass';
  const ordered = [...ids].sort(([a], [b]) => Number(rests(a)) - Number(rests(b)));
  const reached: [string, CrmThread | undefined][] = [];
  for (const [id, row] of ordered) {
    const together = row !== undefined && row === reached[reached.length - 1]?.[1];
    if (reached.length < MOST_FRESH || together || !rests(id)) reached.push([id, row]);
    else
      planning.setAside(
        `e:${id}`,
        row?.id ?? planning.items.get(`e:${id}`)?.thread ?? '',
        'waiting',
        'next-pass',
        planning.now,
      );
  }
  return reached;
}

/** Behind one that could not be read this time the later ones of its thread wait: they answer it. */
function inOrder(planning: Planning, ids: readonly [string, CrmThread | undefined][]): ReturnType<typeof read> {
  const behind = new Map<string, number>();
  return ids.flatMap(([id, row]) => {
    const key = `e:${id}`;
    const thread = row?.id ?? planning.state.items.get(key)?.thread ?? '';
    const until = behind.get(thread);
    const found = read(planning, id, row);
    if (until !== undefined && found.length > 0) {
      planning.setAside(key, thread, 'waiting', 'order', until);
      keepAttempt(planning, key);
      return [];
    }
    const item = planning.items.get(key);
    const waits = found.length === 0 && item?.state === 'waiting' && item.reason === 'unreadable';
    if (waits && thread !== '') behind.set(thread, item.next);
    return found;
  });
}

function read(
  planning: Planning,
  id: string,
  row?: CrmThread,
): { email: CrmEmail; row?: CrmThread; early?: boolean }[] {
  const key = `e:${id}`;
  const thread = row?.id ?? planning.state.items.get(key)?.thread ?? '';
  if (planning.isBarred(key, thread)) return [];
  if (planning.observed.asleep?.has(thread) === true) {
    planning.tryLater(key, thread, 'unreadable');
    return [];
  }
  const answer = planning.got<'email'>({ kind: 'email', id });
  if (answer === undefined) return [];
  if (answer.kind === 'unread') {
    planning.tryLater(key, row?.id ?? '', 'unreadable');
    keepAttempt(planning, key);
  }
  if (answer.kind === 'gone') {
    forgetGone(planning, key);
    planning.finish(key, { what: 'gone', crm: row?.id ?? '', direction: '', rule: 'T6' });
  }
  if (answer.kind !== 'got') return [];
  const email = answer.value;
  if (email.locationId !== '' && email.locationId !== planning.head.connection.location) {
    planning.finish(key, { what: 'left', crm: email.threadId, direction: email.direction, rule: 'C9' });
    return [];
  }
  const early = isEarlier(planning, email) && !planning.wanted.has(id);
  if (early && !isOpen(planning, email) && !isLeftPending(planning, email)) {
    planning.items.delete(key);
    planning.see(id);
    return [];
  }
  return [{ email, row, early }];
}

/** Handed to the add-on's provider before the connection, or before the state was lost: nobody else sends it. */
function isLeftPending({ head: { connection } }: Planning, email: CrmEmail): boolean {
  const ours = connection.provider !== undefined && email.conversationProviderId === connection.provider;
  return ours && email.status === 'pending' && email.direction === 'outbound';
}

function isAlone(email: CrmEmail, emails: readonly { email: CrmEmail }[]): boolean {
  return (
    emails.filter(({ email: other }) => other.threadId === email.threadId && other.direction === 'outbound').length ===
    1
  );
}

/**
 * From before the connection, or so long before the last pass that it was dealt with then and has been forgotten since. CRM
 * times are compared with CRM times only (X12).
 */
function isEarlier(planning: Planning, email: CrmEmail): boolean {
  return isBefore(planning, email) || email.dateAdded < planning.head.crmAt - (SEEN_DAYS - 1) * DAY_MS;
}

/** From before the connection (C4): to the second, which is as fine as some of the CRM's times are. */
function isBefore({ head: { connection } }: Planning, { dateAdded }: CrmEmail): boolean {
  return dateAdded < Math.floor(connection.since / 1000) * 1000;
}

/** It was set aside, and is still to be dealt with. What only could not be read so far may be from before the connection. */
function isOpen(planning: Planning, email: CrmEmail): boolean {
  const item = planning.state.items.get(`e:${email.id}`);
  if (item === undefined) return false;
  return mayBeWritten(item) || item.attempt !== undefined || !isBefore(planning, email);
}
