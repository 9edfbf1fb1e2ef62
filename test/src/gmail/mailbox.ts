/** A mailbox of the emulated Gmail, asked through the client's own exchanges. */
import { Clock } from '../../../emulator/core/clock';
import { Ids } from '../../../emulator/core/ids';
import type { Delivery, Envelope } from '../../../emulator/core/network';
import { defaultsOf } from '../../../emulator/core/switches';
import { Gmail } from '../../../emulator/gmail/gmail';
import { GMAIL_SWITCHES, type GmailSwitches } from '../../../emulator/gmail/switches';
import { composeBatch, parseBatch } from '../../../src/gmail/batch';
import { getAttachment, getMessage } from '../../../src/gmail/messages';
import { readMail } from '../../../src/gmail/mime/read';
import type { Mail } from '../../../src/gmail/mime/types';
import { gmailOutcome } from '../../../src/gmail/outcome';
import type { GmailMessage } from '../../../src/gmail/types';
import type { Exchange, Outcome } from '../../../src/platform/exchange';
import type { Answer, HttpCall } from '../../../src/platform/http';

export const OWNER = 'ann@example.test';
const START = Date.UTC(2026, 1, 3, 10);

export interface TestMailbox {
  readonly gmail: Gmail;
  readonly clock: Clock;
  /** Mails that left for other hosts. */
  readonly sent: readonly Envelope[];
  ask<T>(exchange: Exchange<T>): Outcome<T>;
  /** The value of an exchange that has to succeed. */
  get<T>(exchange: Exchange<T>): T;
  /** Several in one batch. */
  askAll(exchanges: readonly Exchange<unknown>[]): Outcome<unknown>[];
  /** Puts a mail there as it came in, and reads it as `format=full` gives it. */
  place(raw: string | Buffer): GmailMessage;
  /** The same, read as a mail, with detached bodies fetched. */
  read(raw: string | Buffer): Mail;
}

export function openMailbox(
  switches: Partial<GmailSwitches> = {},
  refuse: (address: string) => boolean = () => false,
): TestMailbox {
  const clock = new Clock(START);
  const sent: Envelope[] = [];
  const values = { ...defaultsOf(GMAIL_SWITCHES), gmailEnforceQuota: false, ...switches };
  const send = (envelope: Envelope): Delivery => {
    sent.push(envelope);
    const refused = envelope.to.filter(refuse);
    return {
      delivered: envelope.to.filter((to) => !refuse(to)).map((account) => ({ account })),
      refused: refused.map((to) => ({
        to,
        reason: '550 5.1.1 The email account that you tried to reach does not exist.',
      })),
    };
  };
  const gmail = new Gmail({ clock, ids: new Ids(7), switches: () => values, send });
  gmail.addAccount({ email: OWNER, name: 'Ann' });
  const token = gmail.token(OWNER, ['https://www.googleapis.com/auth/gmail.modify']);

  const fetch = (call: HttpCall): Answer => {
    const url = new URL(call.url);
    const response = gmail.handle({
      method: call.method.toUpperCase(),
      host: url.host,
      path: url.pathname + url.search,
      headers: {
        authorization: `Bearer ${token}`,
        ...(call.contentType === undefined ? {} : { 'content-type': call.contentType }),
      },
      body: Buffer.from((call.payload as string | undefined) ?? ''),
    });
    return { status: response.status, headers: response.headers, text: () => response.body.toString('utf8') };
  };
  const ask = <T>(exchange: Exchange<T>): Outcome<T> => gmailOutcome(exchange, fetch(exchange.call));
  const get = <T>(exchange: Exchange<T>): T => {
    const outcome = ask(exchange);
    if (outcome.kind !== 'done') throw new Error(`${outcome.kind} ${outcome.failure.code}: ${outcome.failure.detail}`);
    return outcome.value;
  };
  const askAll = (exchanges: readonly Exchange<unknown>[]): Outcome<unknown>[] => {
    const answers = parseBatch(fetch(composeBatch(exchanges)), exchanges.length);
    return exchanges.map((exchange, index) =>
      gmailOutcome(exchange, answers[index] ?? { status: 0, reason: 'missing' }),
    );
  };
  const place = (raw: string | Buffer): GmailMessage => {
    const bytes = typeof raw === 'string' ? Buffer.from(raw.replace(/\r?\n/g, '\r\n')) : raw;
    return get(getMessage(gmail.plant(OWNER, bytes, ['INBOX'], clock.now).id));
  };
  const read = (raw: string | Buffer): Mail => {
    const message = place(raw);
    const mail = readMail(message);
    if (mail.detachedBodies.length === 0) return mail;
    const bodies = Object.fromEntries(
      mail.detachedBodies.map(({ attachmentId }) => [attachmentId, get(getAttachment(message.id, attachmentId))]),
    );
    return readMail(message, bodies);
  };
  return { gmail, clock, sent, ask, get, askAll, place, read };
}
