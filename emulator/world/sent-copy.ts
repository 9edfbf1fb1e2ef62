/** A mail that a program sent through the user's Gmail by SMTP: Gmail keeps a copy in Sent (facts, highlevel 8; spec R2). */
import type { Gmail } from '../gmail/gmail';

/** Nothing happens for an address that is no Google account's. */
export function leaveInSent(gmail: Gmail, address: string, raw: Buffer): void {
  if (!gmail.accepts(address)) return;
  gmail.handle({
    method: 'POST',
    host: 'gmail.googleapis.com',
    path: '/gmail/v1/users/me/messages',
    headers: {
      authorization: `Bearer ${gmail.token(address, ['https://mail.google.com/'])}`,
      'content-type': 'application/json',
      'x-threadlink-outside': '1',
    },
    body: Buffer.from(JSON.stringify({ raw: raw.toString('base64url'), labelIds: ['SENT'] })),
  });
}
