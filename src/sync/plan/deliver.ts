/**
 * Pending e-mails of the CRM that Gmail sends (R1, R3, R6), and what follows each: labels, the CRM's status, and drafts
 * that are of no use any more (X3).
 */
import { markerOf } from '../../gmail/mime/write';
import type { CrmEmail } from '../../crm/types';
import type { FollowAction } from '../actions';
import { followKey, isFollowKey, partsOfFollowKey } from '../keys';
import { bareAddress, parseAddresses } from '../../gmail/mime/addresses';
import { shortHash } from '../../platform/hash';
import { subjectKey } from '../threads';
import type { Link } from '../state';
import { decideDelivery, isRepeated, sendingRoom } from './delivery';
import { parentOf, threadOf } from './mirrors';
import type { Planning } from './planning';

const MOST_REFERENCES = 20;

export function deliverOne(planning: Planning, link: Link, email: CrmEmail, rule: string): void {
  const key = `e:${email.id}`;
  const stop = planning.stopOf(link, email.dateAdded);
  if (stop === undefined) return;
  if (stop !== '') return planning.finish(key, { what: 'left', crm: link.crm, direction: 'outbound', rule: stop });
  const intent = planning.head.intents.find((open) => open.key === key);
  const again = planning.state.items.get(key)?.reason === 'send-again';
  if (intent === undefined && !again && isRepeated(email, planning.seen, planning.now)) {
    return planning.setAside(key, link.crm, 'held', 'repeated', 0);
  }
  const drafts = planning.got<'drafts'>({ kind: 'drafts' });
  const base = intent?.base ?? planning.head.history;
  const sent = planning.got<'sentSince'>({ kind: 'sentSince', base });
  const thread = threadOf(planning, link);
  if (drafts === undefined || sent === undefined || thread === undefined) return;
  if (drafts.kind !== 'got' || sent.kind !== 'got') return planning.tryLater(key, link.crm, 'gmail-busy');

  const pinned =
    intent?.draft === undefined || intent.message === undefined
      ? undefined
      : { id: intent.draft, message: intent.message };
  const decision = decideDelivery({
    marker: markerOf(email.id),
    pinned,
    attemptedAt: intent?.at,
    drafts: drafts.value,
    sent: sent.value,
    now: planning.now,
  });
  switch (decision.do) {
    case 'done':
      return adoptSent(planning, link, email, decision.sent, decision.extras, rule);
    case 'wait':
      return planning.setAside(key, link.crm, 'waiting', 'checking', decision.until);
    case 'hold':
      return planning.setAside(key, link.crm, 'held', decision.reason, 0);
    case 'create':
    case 'send':
  }
  // A second one of the same thread goes when it is known where the first one went.
  if (planning.actions.some((action) => action.kind === 'deliver' && action.crm === link.crm)) {
    return planning.setAside(key, link.crm, 'waiting', 'order', planning.now);
  }
  const planned = planning.actions.filter(({ kind }) => kind === 'deliver').length;
  const { room, until } = sendingRoom(planning.head.sends ?? [], planning.head.connection.mailbox, planning.now);
  if (planned >= room) return planning.setAside(key, link.crm, 'waiting', 'sending-cap', until);
  const parent = parentOf(planning, link, email, thread.messages);
  planning.actions.push({
    kind: 'deliver',
    key,
    crm: link.crm,
    email,
    direction: 'outbound',
    ...(decision.do === 'send' ? { draft: decision.draft } : {}),
    base,
    threadId: thread.id,
    inReplyTo: parent?.id,
    references: parent === undefined ? [] : [...parent.references.slice(-MOST_REFERENCES), parent.id],
    patient: planning.isPatient(key),
    rule,
  });
  planning.setLink({ ...link, touched: planning.now, lastEmail: email.id });
}

/** The link that a delivered e-mail begins: its real Message-ID is known once it was sent. */
export function linkOfDelivered(planning: Planning, email: CrmEmail, address: string): Link {
  const known = knownLink(planning, email, address);
  if (known !== undefined) return known;
  const people = email.to.flatMap((to) => parseAddresses(to)).map(({ email: to }) => shortHash(bareAddress(to)));
  return {
    crm: email.threadId,
    conversation: email.conversationId,
    contact: email.contactId,
    gmail: [],
    subject: subjectKey(email.subject),
    people: [...new Set(people)],
    address: shortHash(address),
    since: email.dateAdded,
    touched: planning.now,
    lastEmail: email.id,
    ids: [],
    mirrored: false,
    received: false,
    stopped: address === planning.head.connection.address ? '' : 'former-address',
    count: 0,
  };
}

/** The link of the CRM thread; one of a former address goes on with the first e-mail for the present one (C6). */
export function knownLink(planning: Planning, email: CrmEmail, address: string): Link | undefined {
  const known = planning.links.get(email.threadId);
  if (known?.stopped !== 'former-address' || address !== planning.head.connection.address) return known;
  return { ...known, stopped: '', address: shortHash(address) };
}

/** Sent already: by a run that was killed, by a late effect, or by the user's own hand. */
function adoptSent(
  planning: Planning,
  link: Link,
  email: CrmEmail,
  sent: { id: string; threadId: string },
  extras: readonly string[],
  rule: string,
): void {
  const gmail = link.gmail.includes(sent.threadId) ? link.gmail : [sent.threadId, ...link.gmail];
  planning.setLink({ ...link, gmail, touched: planning.now, lastEmail: email.id, count: link.count + 1 });
  planning.finish(`e:${email.id}`, { what: 'delivered', crm: link.crm, direction: 'outbound', rule });
  planning.delivered.push(email);
  // Where this pass has seen it in history, it does not come again.
  if (!planning.observed.changes.some(({ id }) => id === sent.id)) planning.echoes.push(sent.id);
  planning.actions.push(followOf(planning, followKey(email.id, sent.id), link.crm));
  for (const draft of extras) planning.actions.push({ kind: 'discard', draft, crm: link.crm });
}

function followOf(planning: Planning, key: string, crm: string): FollowAction {
  const { emailId, gmailId } = partsOfFollowKey(key);
  const labels = planning.head.labels;
  const labelIds = labels === undefined ? [] : [labels.own, ...(labels.shown === undefined ? [] : [labels.shown])];
  return { kind: 'follow', key, crm, emailId, gmailId, labelIds };
}

/** What could not be done after an earlier send: retried until it stands. */
export function planFollows(planning: Planning): void {
  for (const [key, { thread }] of planning.state.items) {
    if (isFollowKey(key) && !planning.isResting(key)) planning.actions.push(followOf(planning, key, thread));
  }
}

/** Drafts of e-mails that are dealt with: made late, or by a run that did not know of another one. */
export function planDiscards(planning: Planning): void {
  const asked = planning.observed.answers.has('drafts:');
  const drafts = asked ? planning.got<'drafts'>({ kind: 'drafts' }) : undefined;
  if (drafts?.kind !== 'got') return;
  for (const { id, marker } of drafts.value) {
    const known = planning.actions.some((action) => action.kind === 'discard' && action.draft === id);
    if (marker === undefined || known || !planning.isSeen(marker) || planning.items.has(`e:${marker}`)) continue;
    planning.actions.push({ kind: 'discard', draft: id, crm: '' });
  }
}
