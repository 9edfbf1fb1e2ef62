/** Lists of messages, newest first, and their page tokens (facts, platform 3.4). */
import { placeInOrder } from '../mailbox/mailbox';
import { labelExists } from '../mailbox/labels';
import type { Mailbox, StoredMessage } from '../state';
import { compileSearch } from '../search/match';
import { badRequest, forbidden } from '../rest/errors';
import type { Call } from '../rest/call';
import { isHeldToMetadata } from '../rest/scopes';

export interface Filter {
  readonly matches: (message: StoredMessage) => boolean;
}

/**
 * The filter of `labelIds`, `q` and `includeSpamTrash`. Labels are exact at once, `q` goes through the index.
 * @param lagMs how long a new message stays out of the list
 */
export function readFilter(call: Call, lagMs = 0): Filter {
  const { mailbox, context } = call;
  const listedUntil = context.clock.now - lagMs;
  const labels = call.query.getAll('labelIds').filter((label) => label !== '');
  for (const label of labels) if (!labelExists(mailbox, label)) throw badRequest(`Invalid label: ${label}`);
  const text = call.text('q') ?? '';
  if (text !== '' && isHeldToMetadata(call.token.scopes)) {
    throw forbidden("Metadata scope does not support 'q' parameter");
  }
  const search = text === '' ? undefined : compileSearch(context, mailbox, text);
  const all = call.flag('includeSpamTrash') || search?.wide === true;
  const hidden = ['SPAM', 'TRASH'].filter((label) => !all && !labels.includes(label));
  return {
    matches: (message) =>
      message.arrivedAt <= listedUntil &&
      labels.every((label) => message.labelIds.includes(label)) &&
      !message.labelIds.some((label) => hidden.includes(label)) &&
      (search === undefined || search.matches(message)),
  };
}

export interface Page<Item> {
  readonly items: Item[];
  readonly nextPageToken: string | undefined;
  readonly estimate: number;
}

/** What real estimates say when there is more than a page: a number that tells nothing (facts, platform 3.4). */
const MORE = 201;

/**
 * One page of messages.
 * @param pick undefined leaves the message out
 */
export function page<Item>(call: Call, pick: (message: StoredMessage) => Item | undefined): Page<Item> {
  const { mailbox } = call;
  const size = call.number('maxResults', 100, 500);
  const anchor = readToken(call.text('pageToken'));
  if (anchor === 'first') return { items: [], nextPageToken: writeToken(newest(mailbox)), estimate: 0 };
  const items: Item[] = [];
  let last: StoredMessage | undefined;
  const start = anchor === undefined ? mailbox.order.length : placeInOrder(mailbox, anchor);
  for (let i = start - 1; i >= 0; i--) {
    const message = mailbox.messages.get(mailbox.order[i]);
    const item = message === undefined ? undefined : pick(message);
    if (item === undefined) continue;
    if (items.length === size) return { items, nextPageToken: writeToken(last), estimate: Math.max(MORE, size) };
    items.push(item);
    last = message;
  }
  return { items, nextPageToken: undefined, estimate: items.length };
}

type Anchor = { readonly id: string; readonly internalDate: number };
const AFTER_ALL: Anchor = { id: 'g', internalDate: 0xffffffffffff };

function newest(mailbox: Mailbox): Anchor {
  return mailbox.order.length === 0 ? { id: '0', internalDate: 0 } : AFTER_ALL;
}

/** Tokens are numbers: the place of the last item. They are bound to no query and do not expire here. */
function writeToken(anchor: Anchor | undefined): string | undefined {
  if (anchor === undefined) return undefined;
  if (anchor === AFTER_ALL) return String((BigInt(AFTER_ALL.internalDate) << 64n) | 0xffffffffffffffffn);
  return String((BigInt(anchor.internalDate) << 64n) | BigInt(`0x${anchor.id}`));
}

/** `0` gives an empty page and a token; garbage is refused (facts, platform 3.4). */
function readToken(token: string | undefined): Anchor | 'first' | undefined {
  if (token === undefined || token === '') return undefined;
  if (token === '0') return 'first';
  if (!/^\d{1,34}$/.test(token)) throw badRequest('Invalid pageToken');
  const value = BigInt(token);
  return { internalDate: Number(value >> 64n), id: (value & 0xffffffffffffffffn).toString(16).padStart(16, '0') };
}
