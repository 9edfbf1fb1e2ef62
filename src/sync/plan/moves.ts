/**
 * One conversation in one Gmail thread. The first mirror of a CRM thread makes a Gmail thread of its own; when the
 * contact's answer then starts another one (T5: it names a Message-ID that only the CRM knows), the mirrors follow it:
 * inserted again beside the answer, then taken out of the thread that nobody wrote in.
 */
import { SETTLE_MS, type Link } from '../state';
import { isMail } from '../threads';
import type { MessageView } from '../observed';
import { moveKey } from '../keys';
import { mirrorMessageId } from '../mirror';
import type { Planning } from './planning';

export function planMoves(planning: Planning): void {
  for (const link of [...planning.links.values()]) {
    const key = moveKey(link.crm);
    const due = planning.items.has(key) && !planning.isResting(key);
    if (due) planning.items.delete(key);
    if (link.gmail.length > 1 && (due || joinedNow(planning, link))) moveInto(planning, link);
  }
}

function joinedNow(planning: Planning, link: Link): boolean {
  return planning.receipts.some(({ what, crm }) => what === 'joined' && crm === link.crm);
}

function moveInto(planning: Planning, link: Link): void {
  const [home, ...others] = link.gmail;
  const target = planning.thread(home, false);
  if (target?.kind !== 'got')
    return planning.setAside(moveKey(link.crm), link.crm, 'waiting', 'checking', planning.now + SETTLE_MS);
  const going = planning.actions.flatMap((action) => (action.kind === 'remove' ? [action.id] : []));
  // Where a copy stands already: beside this answer, beside another one, or where Gmail has put it instead.
  const there = [...target.value.messages];
  const leaving: [string, readonly MessageView[]][] = [];
  for (const id of others) {
    const thread = planning.thread(id, false);
    if (thread?.kind === 'unread') planning.tryLater(moveKey(link.crm), link.crm, 'checking');
    if (thread?.kind !== 'got') continue;
    const standing = thread.value.messages.filter((view) => isMail(view.labelIds) && !going.includes(view.id));
    if (standing.every((view) => isOwnCopy(planning, view))) leaving.push([id, standing]);
    else there.push(...standing);
  }
  for (const [id, standing] of leaving) {
    for (const view of standing) moveOne(planning, link, home, view, there);
    there.push(...standing);
    if (standing.length > 0) continue;
    const now = planning.links.get(link.crm) ?? link;
    planning.setLink({ ...now, gmail: now.gmail.filter((other) => other !== id) });
  }
}

function moveOne(planning: Planning, link: Link, home: string, view: MessageView, there: readonly MessageView[]): void {
  const emailId = view.mail.marker ?? '';
  const known = there.filter(({ mail }) => mail.marker === emailId);
  if (known.some(({ labelIds }) => isMail(labelIds)))
    return void planning.actions.push({ kind: 'remove', id: view.id, crm: link.crm });
  // Thrown away in its new place: nothing is put there again, and the other copy is not thrown after it.
  if (known.length > 0) return;
  const open = planning.head.intents.find(({ key }) => key === `e:${emailId}`);
  if (open !== undefined && planning.now < open.at + SETTLE_MS)
    return planning.setAside(moveKey(link.crm), link.crm, 'waiting', 'checking', open.at + SETTLE_MS);
  const email = planning.got<'email'>({ kind: 'email', id: emailId });
  if (email?.kind === 'unread') planning.tryLater(moveKey(link.crm), link.crm, 'checking');
  if (email?.kind !== 'got') return;
  planning.actions.push({
    kind: 'mirror',
    key: `e:${emailId}`,
    crm: link.crm,
    email: email.value,
    direction: email.value.direction,
    threadId: home,
    labelIds: view.labelIds.filter((label) => label !== 'TRASH'),
    inReplyTo: view.mail.inReplyTo[0],
    references: view.mail.references,
    patient: planning.isPatient(`e:${emailId}`),
    rule: 'T5',
    replaces: { id: view.id, threadId: view.threadId },
  });
}

/** A copy by its Message-ID, too: what Gmail delivered is the user's own mail and stays where it is. */
function isOwnCopy(planning: Planning, { mail, labelIds }: MessageView): boolean {
  const { marker, messageId } = mail;
  if (marker === undefined || !labelIds.includes(planning.head.labels?.own ?? '')) return false;
  return messageId === mirrorMessageId(marker);
}
