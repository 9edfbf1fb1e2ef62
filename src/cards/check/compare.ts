/**
 * Is everything of a linked thread on both sides (S8)? The ids of both are held against each other, not what the add-on
 * remembers. Pure.
 */
import type { CrmEmail } from '../../crm/types';
import { bareAddress, sameAddress } from '../../gmail/mime/addresses';
import { normaliseSubject } from '../../gmail/mime/subject';
import { whyLeft } from '../../sync/leaving';
import type { MessageView } from '../../sync/observed';
import { altIdFor } from '../../sync/push';
import { decideSender } from '../../sync/rules';
import { TWIN_MS, type Link } from '../../sync/state';
import { isMail, isOutbound } from '../../sync/threads';
import type { SyncView } from '../../sync/view';
import { stateOf } from '../thread/state';

/** A mail that one side lacks and no rule keeps from it. */
export interface Missing {
  /** The side that lacks it. */
  readonly from: 'crm' | 'gmail';
  /** `g:` or `e:` and the id of the mail on the side that has it. */
  readonly key: string;
  readonly who: string;
  readonly subject: string;
  readonly at: number;
}

export interface Compared {
  /** Mails that are on both sides. */
  readonly both: number;
  /** Mails that a rule keeps on one side, or that wait or are set aside and are shown as such. */
  readonly apart: number;
  readonly missing: readonly Missing[];
}

/** Clocks of Gmail and of the CRM may differ by this much. */
const CLOCKS_MS = 5 * 60_000;

/** `messages` are those of all Gmail threads of the link, `emails` those of the CRM thread. */
export function compare(
  view: SyncView,
  link: Link,
  messages: readonly MessageView[],
  emails: readonly CrmEmail[],
): Compared {
  const open = new Map(emails.map((email) => [email.id, email]));
  const byId = new Map(open);
  const missing: Missing[] = [];
  let both = 0;
  let apart = 0;
  for (const message of messages.filter(({ labelIds }) => !labelIds.includes('DRAFT') && !labelIds.includes('CHAT'))) {
    const twin = twinOf(view, message, [...open.values()]);
    if (twin !== undefined) {
      open.delete(twin.id);
      both += 1;
    } else if (isMail(message.labelIds) && message.date >= link.since - CLOCKS_MS) {
      // What the add-on no longer remembers a rule may have left all the same: it must not be sent after all.
      const rule = whyLeft(rulesOf(view), link, message, messages);
      if (rule !== undefined || isApart(stateOf(message, view, link, byId).kind)) apart += 1;
      else missing.push(fromGmail(message));
    }
  }
  for (const email of open.values()) {
    if (email.dateAdded < link.since) continue;
    if (isExpected(view, link, email)) missing.push(fromCrm(email));
    else apart += 1;
  }
  return { both, apart, missing: missing.sort((a, b) => a.at - b.at) };
}

function rulesOf({ connection, ownLabel, privateLabel, settings }: SyncView): Parameters<typeof whyLeft>[0] {
  return { connection, settings, labels: { own: ownLabel, private: privateLabel === '' ? undefined : privateLabel } };
}

/** By the marker of a copy, by the id of a logged mail, or as one mail that reached both sides by itself (T11). */
function twinOf(view: SyncView, message: MessageView, emails: readonly CrmEmail[]): CrmEmail | undefined {
  const { mail, labelIds, date } = message;
  const altId = altIdFor(view.connection, message);
  const logged = emails.find((email) => email.altId === altId);
  if (logged !== undefined) return logged;
  const marked = emails.find(({ id, altId: other = '' }) => id === mail.marker && other === '');
  if (marked !== undefined) return marked;
  return emails.find(
    (email) =>
      !labelIds.includes('SENT') &&
      email.direction === 'inbound' &&
      (email.altId ?? '') === '' &&
      Math.abs(email.dateAdded - date) <= TWIN_MS &&
      sameAddress(bareAddress(email.from), mail.from.email) &&
      normaliseSubject(email.subject) === normaliseSubject(mail.subject),
  );
}

/** A copy whose e-mail is no longer in the CRM was deleted there, and is not sent back. */
function isApart(kind: ReturnType<typeof stateOf>['kind']): boolean {
  return ['copy', 'left', 'item', 'both', 'next', 'draft', 'spam', 'trash', 'before'].includes(kind);
}

/** Is a copy of it to be in Gmail? What was logged from a mailbox is there already, or in a colleague's. */
function isExpected(view: SyncView, link: Link, email: CrmEmail): boolean {
  const key = `e:${email.id}`;
  if ((email.altId ?? '') !== '') return false;
  if ([...view.held, ...view.parked, ...view.waiting].some((item) => item.key === key)) return false;
  if (view.receipts.some((receipt) => receipt.key === key && ['left', 'gone', 'both'].includes(receipt.what)))
    return false;
  if (link.stopped !== '') return false;
  if (email.direction === 'inbound') return true;
  const { does } = decideSender(email, {
    from: bareAddress(email.from),
    connected: view.connection.address,
    crmUser: view.connection.crmUser,
    fromIsCrmUser: true,
    alone: false,
    provider: view.connection.kind === 'oauth' ? view.connection.provider : undefined,
  });
  return does === 'mirror';
}

function fromGmail(message: MessageView): Missing {
  const { mail, date, id } = message;
  const who = isOutbound(message) ? '' : mail.from.name || mail.from.email;
  return { from: 'crm', key: `g:${id}`, who, subject: mail.subject, at: date };
}

function fromCrm({ id, from, subject, dateAdded, direction }: CrmEmail): Missing {
  return {
    from: 'gmail',
    key: `e:${id}`,
    who: direction === 'inbound' ? bareAddress(from) : '',
    subject,
    at: dateAdded,
  };
}
