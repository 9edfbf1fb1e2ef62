/** The two sides of one user, read as they are stored, for the comparison of `world/two-sides`. */
import { addressIn, headerBlock, headerOf } from '../network/header-block';
import { decodeWords } from '../gmail/mime/encoded-words';
import { askGmail } from '../world/ask-gmail';
import { compareSides, type Balance, type CrmSide, type GmailSide, type OutsideSide } from '../world/two-sides';
import type { World } from '../world/world';

const MARKER = 'x-threadlink-email-id';
const ADDRESS = /[^\s<>(),;:"]+@[^\s<>(),;:"]+/g;
const MESSAGE_ID = /<[^<>\s]+>/;

export function balanceOf(world: World, user: string): Balance {
  world.checkAccount(user);
  return compareSides({
    gmail: gmailSide(world, user),
    crm: crmSide(world),
    outside: outsideSide(world),
    own: ownAddresses(world, user),
    since: connectedSince(world, user),
    contacts: new Map(world.highlevel.describe().contacts.map(({ id, email }) => [id, [email.toLowerCase()]])),
  });
}

/**
 * Neither side shows when the user connected, and what was in the CRM before is nobody's to copy: this alone is read of
 * what the add-on keeps. An add-on that does not say it is waited for with all there is. Down to the second, as fine as the CRM tells its time.
 */
function connectedSince(world: World, user: string): number | undefined {
  const properties = world.appsScript.properties(user);
  if (Object.keys(properties).length === 0) return undefined;
  const { head = '' } = properties;
  try {
    const { since } = (JSON.parse(head.slice(head.indexOf(':') + 1)) as { connection: { since: number } }).connection;
    return Math.floor(since / 1000) * 1000;
  } catch {
    return 0;
  }
}

function gmailSide(world: World, user: string): GmailSide[] {
  return world.gmail.messages(user).map(({ id, threadId, labels, at, header }) => ({
    id,
    threadId,
    labels,
    at,
    subject: header('subject'),
    from: header('from'),
    people: ['from', 'to', 'cc', 'bcc']
      .flatMap((name) => header(name).match(ADDRESS) ?? [])
      .map((address) => address.toLowerCase()),
    messageId: MESSAGE_ID.exec(header('message-id'))?.[0] ?? '',
    marker: header(MARKER),
  }));
}

function crmSide(world: World): CrmSide[] {
  return world.highlevel.emails().map((email) => ({
    id: email.id,
    threadId: email.threadId,
    contactId: email.contactId,
    direction: email.direction,
    status: email.status,
    at: email.dateAdded,
    subject: email.subject,
    from: email.from,
    sender: addressIn(email.from).toLowerCase(),
    source: email.source ?? '',
    altId: email.altId ?? '',
    messageId: email.messageId ?? '',
  }));
}

function outsideSide(world: World): OutsideSide[] {
  return world.network.describe().flatMap(({ address }) =>
    (world.network.received(address) ?? []).map(({ raw }) => {
      const block = headerBlock(raw);
      return {
        address,
        subject: decodeWords(headerOf(block, 'Subject') ?? ''),
        messageId: headerOf(block, 'Message-ID') ?? '',
        marker: headerOf(block, MARKER) ?? '',
      };
    }),
  );
}

function ownAddresses(world: World, user: string): string[] {
  const { sendAs = [] } = (askGmail(world, user, 'settings/sendAs') ?? {}) as { sendAs?: { sendAsEmail: string }[] };
  return [user, ...sendAs.map(({ sendAsEmail }) => sendAsEmail)].map((address) => address.toLowerCase());
}
