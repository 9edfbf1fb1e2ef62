/**
 * New outbound e-mails of the CRM: whose they are (section R), and the link that the first of them begins (T1).
 */
import { bareAddress } from '../../gmail/mime/addresses';
import { shortHash } from '../../platform/hash';
import type { CrmEmail, CrmThread } from '../../crm/types';
import { isOfFormer, startOf, type Claim } from '../claims';
import { mirrorMessageId } from '../mirror';
import { addressAt } from '../parts';
import { emailKeptBack } from '../privacy';
import { decideSender } from '../rules';
import { DAY_MS, type Link } from '../state';
import { deferMirror, isDeferred } from './bulk';
import { deliverOne, recogniseSent } from './deliver';
import { knownLink, linkOf } from './links';
import { mirrorInto } from './mirrors';
import { mayLeaveCopy, mirrorUnlessThere } from './own-copy';
import type { Planning } from './planning';
import { takeOwnPush } from './own-push';

/** For a mailbox that was connected before and syncs once an hour. */
const PATIENCE_MS = 3_600_000;
const OFFERED_MS = 3 * DAY_MS;

export interface FreshEmail {
  readonly email: CrmEmail;
  readonly row?: CrmThread;
  /** From before the connection. */
  readonly early: boolean;
  /** It is the only new outbound e-mail of its container. */
  readonly alone: boolean;
}

export function planOutbound(planning: Planning, fresh: readonly FreshEmail[]): void {
  for (const each of fresh) if (each.email.direction === 'outbound') planOne(planning, each);
}

function planOne(planning: Planning, { email, row, early, alone }: FreshEmail): void {
  const key = `e:${email.id}`;
  const { connection } = planning.head;
  const from = bareAddress(email.from);
  // Whatever source the CRM gives to what is logged (facts, highlevel 10 V1).
  if (takeOwnPush(planning, email) !== false) return;
  const part = planning.partAt(email.dateAdded);
  if (part === undefined) return;
  const claim = planning.claim()?.now;
  const ofFormer = claim !== undefined && isOfFormer(claim, connection.location, from, email.dateAdded);
  const connected = ofFormer ? from : addressAt(connection, email.dateAdded, from);
  const undecided = email.source === 'app' && from !== connected && row?.userId === connection.crmUser && alone;
  const users = undecided ? planning.got<'crmUsers'>({ kind: 'crmUsers', location: connection.location }) : undefined;
  if (undecided && users === undefined) return;
  const verdict = decideSender(email, {
    from,
    connected,
    crmUser: connection.crmUser,
    containerUser: row?.userId,
    // Where the users cannot be read, an address that is not mine may be anybody's: leave (section R, last sentence).
    fromIsCrmUser: users?.kind === 'got' ? users.value.some((user) => user.email.toLowerCase() === from) : undecided,
    alone,
    provider: connection.kind === 'oauth' ? connection.provider : undefined,
  });
  // Pending from before a store that was lost: nobody but this mailbox has that address, and the user is asked.
  const asks = verdict.does === 'deliver' && early && from === connection.address;
  const settled = verdict.does === 'known' && !early;
  const mine = !asks && (verdict.does === 'mirror' || verdict.does === 'deliver' || settled);
  // Of the app's own mails the status tells that the other mailbox has sent it.
  if (mine && !settled && part === 'former' && claim !== undefined) return leaveToFormer(planning, email, claim);
  if (mine && part !== 'mine') return leave(planning, email, 'C6');
  const mayLink = mine ? mayBeLinked(planning, email) : true;
  if (mayLink === undefined) return;
  if (!mayLink) return leave(planning, email, 'C10');
  switch (verdict.does) {
    case 'mirror': {
      const kept = emailKeptBack(planning.head, email);
      if (kept !== undefined) {
        return planning.finish(key, { what: 'left', crm: email.threadId, direction: 'outbound', rule: kept });
      }
      const deferred = verdict.rule === 'R3' && isDeferred(planning, email);
      const link = linkFor(planning, email, connected);
      if (deferred) return deferMirror(planning, link, email);
      if (mayLeaveCopy(email)) return mirrorUnlessThere(planning, link, email, verdict.rule);
      return mirrorInto(planning, link, email, verdict.rule);
    }
    case 'wait':
      return planning.tryLater(key, email.threadId, verdict.rule === 'R10' ? 'cannot-deliver' : 'not-sent-yet');
    case 'deliver': {
      const link = linkOf(planning, email, connected);
      // What a colleague sent before in its CRM thread may be answered too (T5).
      const mirrored = link.mirrored || (row !== undefined && row.emailIds.length > 1);
      return deliverOne(planning, { ...link, mirrored }, email, verdict.rule, early);
    }
    case 'known':
      return recogniseSent(planning, linkOf(planning, email, connected), email, verdict.rule);
    case 'warn':
      if (verdict.rule === 'R7') noticeOwnSync(planning, email);
      return leave(planning, email, verdict.rule);
    case 'leave':
      return leave(planning, email, verdict.rule);
  }
}

function leave(planning: Planning, { id, threadId }: CrmEmail, rule: string): void {
  // The contact may answer it, and name a Message-ID that this mailbox does not know (T5).
  const link = planning.links.get(threadId);
  if (link !== undefined) planning.setLink({ ...link, mirrored: true });
  planning.finish(`e:${id}`, { what: 'left', crm: threadId, direction: 'outbound', rule });
}

/**
 * The mailbox that was connected before finishes its part. What it has had an hour for is offered to the user, who may
 * know that it is gone; nobody answers: it is left (C6).
 */
function leaveToFormer(planning: Planning, email: CrmEmail, { text, former }: Claim): void {
  const key = `e:${email.id}`;
  const item = planning.state.items.get(key);
  const offered = item?.reason === 'former-mailbox';
  if (former === '' || (offered && item.state === 'parked')) return leave(planning, email, 'C6');
  if (offered) {
    return planning.setAside(key, email.threadId, 'parked', 'former-mailbox', planning.now + OFFERED_MS);
  }
  const ended = planning.now + Math.max(0, startOf(text) - planning.observed.crmNow);
  planning.setAside(key, email.threadId, 'waiting', 'former-mailbox', ended + PATIENCE_MS);
}

/** A user who may see only assigned contacts links only those, whatever the token could see (C10). */
function mayBeLinked(planning: Planning, email: CrmEmail): boolean | undefined {
  const { assignedOnly, crmUser } = planning.head.connection;
  if (assignedOnly !== true || planning.links.has(email.threadId)) return true;
  const contact = planning.got<'contact'>({ kind: 'contact', id: email.contactId });
  if (contact?.kind === 'unread') planning.tryLater(`e:${email.id}`, email.threadId, 'unreadable');
  if (contact === undefined || contact.kind === 'unread') return undefined;
  return contact.kind === 'got' && contact.value.assignedTo === crmUser;
}

/** The CRM's own sync has sent a mail of the connected user: it logs what comes and goes, too (R7). */
function noticeOwnSync(planning: Planning, { dateAdded }: CrmEmail): void {
  const { seenAt = 0, offAt = 0 } = planning.ownSync ?? {};
  planning.ownSync = { seenAt: Math.max(seenAt, dateAdded), offAt };
}

/** The link of the e-mail's CRM thread; begun by it where there is none (T1). */
function linkFor(planning: Planning, email: CrmEmail, address: string): Link {
  const known = knownLink(planning, email, address);
  if (known !== undefined) return known;
  const begun = linkOf(planning, email, address);
  const link: Link = { ...begun, ids: [shortHash(mirrorMessageId(email.id))], mirrored: true };
  planning.setLink(link);
  return link;
}
