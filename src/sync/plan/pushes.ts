/**
 * Messages of linked threads go to the CRM (T2), each once: unless they are the add-on's own, the CRM has them by itself
 * (T11), or a rule leaves them.
 */
import type { CrmEmail, Direction } from '../../crm/types';
import { isWrittenMarker } from '../../gmail/mime/write';
import { shortHash } from '../../platform/hash';
import { altIdFor } from '../push';
import { isUnnamed } from '../rename';
import type { MessageView } from '../observed';
import { isOwnSyncOn, SETTLE_MS, type Item, type Link } from '../state';
import { isMail, isOutbound, personKey } from '../threads';
import { isOnBoth, waitForCrm } from './both';
import { isDelivered, openDeliveryIn } from './evidence';
import { planReport } from './bounces';
import { askLabelled, leftOf } from './left';
import { remember } from './mirrors';
import type { Candidate, Planning } from './planning';
import { turnNow } from './turns';
import { isOwnCopy } from './own-copy';
import { receiptOf } from './own-push';
import { pairsOf, type Pairs } from './pairs';
import { findPushed, isSameLetter, readBack } from './readback';

const NO_PAIRS: Pairs = { byMessage: new Map(), byEmail: new Map() };

export function planPushes(planning: Planning): void {
  // What waits for a colleague's mailbox and is in the CRM now (T10).
  for (const id of planning.twins) {
    const item = planning.items.get(`g:${id}`);
    if (item?.reason !== 'colleague' || planning.candidates.has(id)) continue;
    planning.finish(item.key, { what: 'both', crm: item.thread, direction: 'inbound', rule: 'T10' });
  }
  if (planning.candidates.size > 0) askLabelled(planning);
  const ready: { candidate: Candidate; view: MessageView }[] = [];
  for (const [id, candidate] of planning.candidates) {
    const { crm, view } = candidate;
    const key = `g:${id}`;
    if (!planning.links.has(crm)) continue;
    if (view !== undefined) {
      ready.push({ candidate, view });
      continue;
    }
    const message = planning.got<'message'>({ kind: 'message', id, reduced: planning.isReduced(key) });
    if (message === undefined) continue;
    if (message.kind === 'got') ready.push({ candidate, view: message.value });
    else if (message.kind === 'gone') planning.finish(key, { what: 'gone', crm, direction: '', rule: 'T6' });
    else planning.tryLater(key, crm, 'unreadable');
  }
  ready.sort((a, b) => a.view.date - b.view.date);
  const claimed = new Set<string>();
  for (const { candidate, view } of ready) {
    // Its link may have got its name from the message before.
    planOne(planning, planning.candidates.get(view.id) ?? candidate, view, claimed);
  }
}

/**
 * History may be behind the mailbox: then a message that went with its whole thread comes up once more, and where runs have
 * died it waits for its turn. What only waits has its id among those of the link too.
 */
function isKnown({ state }: Planning, crm: string, { id, mail }: MessageView): boolean {
  const key = `g:${id}`;
  const isNew =
    state.items.has(key) && !state.receipts.some((receipt) => receipt.key === key && receipt.what === 'pushed');
  if (mail.messageId === undefined || isNew) return false;
  return state.links.get(crm)?.ids.includes(shortHash(mail.messageId)) === true;
}

function planOne(planning: Planning, candidate: Candidate, message: MessageView, claimed: Set<string>): void {
  const key = `g:${message.id}`;
  let link = planning.links.get(candidate.crm);
  if (link === undefined) return;
  const direction: Direction = isOutbound(message) ? 'outbound' : 'inbound';
  // Whoever logged the first message of a thread by hand made its CRM thread: looked for each time.
  const doubt =
    planning.doubt ||
    candidate.doubt === true ||
    planning.state.items.get(key)?.doubt === true ||
    isUnnamed(link.crm) ||
    isKnown(planning, candidate.crm, message);

  if (!isMail(message.labelIds)) return void planning.items.delete(key);
  const own = isOwn(planning, link, message);
  if (own === undefined) return;
  if (own === 'unread') return planning.tryLater(key, link.crm, 'checking');
  if (own || wasLogged(planning, message)) return void planning.items.delete(key);
  // Where the marker does not survive sending it may be what was delivered.
  if (direction === 'outbound' && message.mail.marker === undefined) {
    const open = openDeliveryIn(planning, message.threadId);
    const waits = open !== undefined && (isSoonKnown(open) || isDelivered(planning, open, message));
    if (waits === undefined) return;
    if (open !== undefined && waits) return planning.waitBehind(key, link.crm, open);
  }
  if (direction === 'inbound' && message.bounce !== undefined) {
    const reported = planReport(planning, message);
    if (reported !== false) return;
  }
  const left = leftOf(planning, link, message, candidate);
  if (left === 'open') return;
  if (left === 'unread') return planning.tryLater(key, link.crm, doubt ? 'checking' : 'unreadable');
  if (left !== undefined) return planning.finish(key, { what: 'left', crm: link.crm, direction, rule: left });
  const intent = planning.head.intents.find((open) => open.key === key);
  if (planning.twins.has(message.id)) {
    planning.setLink({ ...link, ids: withId(link, message) });
    const found =
      intent === undefined ? ({ what: 'both', rule: 'T11' } as const) : ({ what: 'pushed', rule: 'X5' } as const);
    return planning.finish(key, { ...found, crm: link.crm, direction });
  }
  if (isOwnSyncOn(planning)) return planning.setAside(key, link.crm, 'parked', 'own-sync', 0);
  if (direction === 'inbound') {
    const wait = waitForCrm(planning, link, message);
    const both = wait === 0 ? 'no' : isOnBoth(planning, link, message);
    if (both === undefined) return;
    // Which of the CRM's e-mails it is cannot be told without reading them all; one that never can be read holds up nobody.
    if (both === 'unread' && planning.isPatient(key)) return planning.tryLater(key, link.crm, 'unreadable');
    if (both === 'yes') {
      planning.setLink({ ...link, ids: withId(link, message) });
      return planning.finish(key, { what: 'both', crm: link.crm, direction, rule: 'T11' });
    }
    const rest = message.date + wait - planning.now;
    if (rest > 0) return planning.setAside(key, link.crm, 'waiting', 'own-copy', planning.now + rest);
  }
  const copied = direction === 'outbound' && intent === undefined && isOwnCopy(planning, link, message);
  if (copied === undefined) return;
  if (copied === 'unread') return planning.tryLater(key, link.crm, 'unreadable');
  if (copied) {
    planning.setLink({ ...link, ids: withId(link, message) });
    return planning.finish(key, { what: 'both', crm: link.crm, direction, rule: 'R2' });
  }
  const turn = turnNow(planning, link, message);
  if (turn === undefined) return;
  if (turn.at > planning.now) return planning.setAside(key, link.crm, 'waiting', 'colleague', turn.at);
  if (isUnnamed(link.crm)) {
    const placed = placeOf(planning, link, key);
    if (placed === undefined) return;
    link = placed;
  }
  if (intent !== undefined || doubt || turn.doubt || planning.observed.resynced) {
    const emails = readBack(planning, link, message);
    if (emails === undefined) return;
    if (emails === 'unread') return planning.tryLater(key, link.crm, 'checking');
    const pairs = emails.some(({ altId = '' }) => altId === '') ? pairsOf(planning, link) : NO_PAIRS;
    if (pairs === undefined) return;
    if (pairs === 'unread') return planning.tryLater(key, link.crm, 'checking');
    // What the CRM took in by itself of another message is not this one's record.
    const free = emails.filter(({ id }) => (pairs.byEmail.get(id)?.id ?? message.id) === message.id);
    const found = findPushed(planning, message, direction, free, claimed);
    if (found !== undefined) return recognise(planning, link, message, { found, emails });
    // Where the CRM names no message, nobody can tell by its first words alone (X7): it is read whole another time.
    const alike =
      planning.isReduced(key) &&
      free.some((email) => (email.altId ?? '') === '' && isSameLetter(email, message, direction));
    if (alike) return planning.tryLater(key, link.crm, 'checking');
    if (intent !== undefined && planning.now < intent.at + SETTLE_MS) {
      return planning.setAside(key, link.crm, 'waiting', 'checking', intent.at + SETTLE_MS);
    }
  }
  if (isForgotten(planning, message, candidate)) return planning.setAside(key, link.crm, 'parked', 'forgotten', 0);
  const { joinsBy = 'email' } = planning.head;
  planning.actions.push({
    kind: 'push',
    key,
    crm: link.crm,
    conversation: link.conversation,
    contact: link.contact,
    message,
    direction,
    altId: altIdFor(planning.head.connection, message),
    joins: joinsBy === 'email' ? link.lastEmail : isUnnamed(link.crm) ? '' : link.crm,
    joinsBy,
    onBehalf: direction === 'inbound' && !link.people.includes(personKey(message.mail.from.email)),
    patient: planning.isPatient(key),
    uploaded: planning.state.items.get(key)?.uploaded,
    rule: 'T2',
  });
  planning.setLink({ ...link, ids: withId(link, message), touched: planning.now });
}

/** What was refused or is held may stay so, and what the day's limit stops waits for tomorrow: nothing waits behind that (X7). */
function isSoonKnown({ state = 'waiting', reason }: Partial<Item>): boolean {
  return state === 'waiting' && reason !== 'sending-cap';
}

/** The mailbox is read again further back than to the last good pass, and what was logged before that shows its label (M7, X8). */
function wasLogged({ observed, head, state }: Planning, { id, date, labelIds }: MessageView): boolean {
  const { resyncedSince = 0 } = observed;
  const shown = head.labels?.shown;
  const key = `g:${id}`;
  const open = state.items.has(key) || head.intents.some((intent) => intent.key === key);
  return !open && date < resyncedSince && shown !== undefined && labelIds.includes(shown);
}

/** Whether it was to stay private is lost: the user says. */
function isForgotten({ head, state }: Planning, { id, date }: MessageView, { asked }: Candidate): boolean {
  if (head.forgotten === undefined || date > head.forgotten) return false;
  return asked !== true && state.items.get(`g:${id}`)?.asked !== true;
}

/**
 * The first message of a link by hand makes its CRM thread, and only one may: while it is not known what became of an
 * earlier one, the others wait. Undefined where this one does, or while the contact's conversation is being read.
 */
function placeOf(planning: Planning, link: Link, key: string): Link | undefined {
  const { location } = planning.head.connection;
  const open = planning.head.intents.filter(
    (intent) => intent.crm === link.crm && !planning.resolved.has(intent.key) && planning.now < intent.at + SETTLE_MS,
  );
  if (open.length > 0 && !open.some((intent) => intent.key === key)) {
    const until = Math.max(...open.map(({ at }) => at)) + SETTLE_MS;
    planning.setAside(key, link.crm, 'waiting', 'order', until);
    return undefined;
  }
  if (link.conversation !== '') return link;
  const found = planning.got<'contactConversation'>({ kind: 'contactConversation', id: link.contact, location });
  if (found === undefined) return undefined;
  if (found.kind === 'unread') {
    planning.tryLater(key, link.crm, 'unreadable');
    return undefined;
  }
  const [conversation] = found.kind === 'got' ? found.value : [];
  const placed = { ...link, conversation: conversation?.id ?? '' };
  planning.setLink(placed);
  return placed;
}

function withId(link: Link, message: MessageView): readonly string[] {
  return message.mail.messageId === undefined ? link.ids : remember(link.ids, message.mail.messageId);
}

/** Reading shows that the CRM has it. */
function recognise(
  planning: Planning,
  first: Link,
  message: MessageView,
  { found: email, emails }: { readonly found: CrmEmail; readonly emails: readonly CrmEmail[] },
): void {
  const link = isUnnamed(first.crm) ? planning.nameLink(first, email) : first;
  const counted = planning.isSeen(email.id);
  planning.see(email.id);
  // Where it waits for its turn (X7) it is no mail of its own any more.
  planning.items.delete(`e:${email.id}`);
  planning.setLink({
    ...link,
    ids: withId(link, message),
    // It may have been logged long ago.
    lastEmail: emails.every(({ dateAdded }) => dateAdded <= email.dateAdded) ? email.id : link.lastEmail,
    count: counted ? link.count : link.count + 1,
    touched: planning.now,
  });
  planning.finish(`g:${message.id}`, receiptOf(email));
}

/**
 * Did the add-on write it? The hidden label says so. Without it (a delivered mail, a label taken off) the marker header
 * does, but anybody can write that header, so its e-mail must be one of this link.
 */
function isOwn(planning: Planning, link: Link, message: MessageView): boolean | 'unread' | undefined {
  if (message.labelIds.includes(planning.head.labels?.own ?? '')) return true;
  const marker = message.mail.marker;
  // The user's own words, sent from the sidebar: they go to the CRM like any other mail of theirs (R11).
  if (marker === undefined || isWrittenMarker(marker)) return false;
  const email = planning.got<'email'>({ kind: 'email', id: marker });
  if (email === undefined) return undefined;
  if (email.kind === 'unread') return 'unread';
  return email.kind === 'got' && email.value.threadId === link.crm && (email.value.altId ?? '') === '';
}
