/**
 * New outbound e-mails of the CRM: whose they are (section R), and the link that the first of them begins (T1).
 */
import { bareAddress, parseAddresses } from '../../gmail/mime/addresses';
import { shortHash } from '../../platform/hash';
import type { CrmEmail, CrmThread } from '../../crm/types';
import { mirrorMessageId } from '../mirror';
import { emailKeptBack } from '../privacy';
import { decideSender } from '../rules';
import { type Link } from '../state';
import { subjectKey } from '../threads';
import { deliverOne, linkOfDelivered } from './deliver';
import { mirrorInto } from './mirrors';
import type { Planning } from './planning';
import { takeOwnPush } from './readback';

export interface FreshEmail {
  readonly email: CrmEmail;
  readonly row?: CrmThread;
  /** It is the only new outbound e-mail of its container. */
  readonly alone: boolean;
}

export function planOutbound(planning: Planning, fresh: readonly FreshEmail[]): void {
  for (const each of fresh) if (each.email.direction === 'outbound') planOne(planning, each);
}

function planOne(planning: Planning, { email, row, alone }: FreshEmail): void {
  const key = `e:${email.id}`;
  const { connection } = planning.head;
  const from = bareAddress(email.from);
  if (email.source === 'api' || email.source === undefined) {
    if (takeOwnPush(planning, email) !== false) return;
  }
  const undecided =
    email.source === 'app' && from !== connection.address && row?.userId === connection.crmUser && alone;
  const users = undecided ? planning.got<'crmUsers'>({ kind: 'crmUsers', location: connection.location }) : undefined;
  if (undecided && users === undefined) return;
  const verdict = decideSender(email, {
    from,
    connected: connection.address,
    crmUser: connection.crmUser,
    containerUser: row?.userId,
    // Where the users cannot be read, an address that is not mine may be anybody's: leave (section R, last sentence).
    fromIsCrmUser: users?.kind === 'got' ? users.value.some((user) => user.email.toLowerCase() === from) : undecided,
    alone,
    provider: connection.kind === 'oauth' ? connection.provider : undefined,
  });
  switch (verdict.does) {
    case 'mirror': {
      const kept = emailKeptBack(planning.head, email);
      if (kept !== undefined) {
        return planning.finish(key, { what: 'left', crm: email.threadId, direction: 'outbound', rule: kept });
      }
      return mirrorInto(planning, linkFor(planning, email), email, verdict.rule);
    }
    case 'wait':
      return planning.tryLater(key, email.threadId, verdict.rule === 'R10' ? 'cannot-deliver' : 'not-sent-yet');
    case 'deliver':
      return deliverOne(planning, linkOfDelivered(planning, email), email, verdict.rule);
    case 'warn':
    case 'leave':
      return planning.finish(key, { what: 'left', crm: email.threadId, direction: 'outbound', rule: verdict.rule });
  }
}

/** The link of the e-mail's CRM thread; begun by it where there is none (T1). */
function linkFor(planning: Planning, email: CrmEmail): Link {
  const known = planning.links.get(email.threadId);
  if (known !== undefined) return known;
  const people = email.to.flatMap((to) => parseAddresses(to)).map((address) => shortHash(bareAddress(address.email)));
  const link: Link = {
    crm: email.threadId,
    conversation: email.conversationId,
    contact: email.contactId,
    gmail: [],
    subject: subjectKey(email.subject),
    people: [...new Set(people)],
    address: shortHash(planning.head.connection.address),
    since: email.dateAdded,
    touched: planning.now,
    lastEmail: email.id,
    ids: [shortHash(mirrorMessageId(email.id))],
    mirrored: true,
    received: false,
    stopped: '',
    count: 0,
  };
  planning.setLink(link);
  return link;
}
