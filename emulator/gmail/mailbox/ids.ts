/**
 * Ids in Gmail's shapes. A message id is 64 bits in 16 hexadecimal digits: 44 bits of milliseconds, 20 bits that keep
 * ids of the same millisecond apart and in order.
 */
import type { GmailContext, Mailbox } from '../state';

const LOW_BOUND = 0x100000;

function format(ms: number, low: number): string {
  return ms.toString(16).padStart(11, '0') + low.toString(16).padStart(5, '0');
}

/** An id above every id given before. */
export function newMessageId({ clock, ids, state }: GmailContext): string {
  const last = state.lastId;
  if (clock.now > last.ms) {
    last.ms = clock.now;
    last.low = ids.below(LOW_BOUND >> 4);
  } else {
    last.low += 1 + ids.below(16);
    if (last.low >= LOW_BOUND) {
      last.ms++;
      last.low = 0;
    }
  }
  return format(last.ms, last.low);
}

/** The id that a message which came at that time would have. */
export function pastMessageId({ ids }: GmailContext, mailbox: Mailbox, ms: number): string {
  let id: string;
  do id = format(Math.max(0, Math.floor(ms)), ids.below(LOW_BOUND));
  while (mailbox.messages.has(id));
  return id;
}

export function isMessageId(text: string): boolean {
  return /^[0-9a-f]{1,16}$/.test(text);
}

export function newDraftId({ ids }: GmailContext): string {
  let digits = String(1 + ids.below(9));
  for (let i = 0; i < 18; i++) digits += String(ids.below(10));
  return `r-${digits}`;
}

/** A Message-ID as Gmail makes it on sending (facts, platform 3.6). */
export function newRfcMessageId({ ids }: GmailContext): string {
  return `<CA${ids.alphanumeric(48)}@mail.gmail.com>`;
}

const HUGE = 1n << 60n;

/** The next history id: increasing, not contiguous (facts, platform 3.3). */
export function nextHistoryId({ ids, switches }: GmailContext, mailbox: Mailbox): bigint {
  mailbox.historyId += BigInt(1 + ids.below(9));
  if (switches().gmailHugeHistoryIds && mailbox.historyId < HUGE) mailbox.historyId += HUGE;
  return mailbox.historyId;
}
