/** What the mail network and the services that are on it know of each other. */
export interface Envelope {
  /** The envelope sender (MAIL FROM); empty for a delivery report. */
  readonly from: string;
  /** The envelope recipients, bare addresses. */
  readonly to: readonly string[];
  /** The message as it travels: headers and body, CRLF or whatever bytes were handed in. */
  readonly raw: Buffer;
}

export interface Delivered {
  readonly account: string;
  /** Given by Google accounts: the new message's Gmail id and thread id. */
  readonly id?: string;
  readonly threadId?: string;
}

export interface Refused {
  readonly to: string;
  readonly reason: string;
}

export interface Delivery {
  readonly delivered: Delivered[];
  readonly refused: Refused[];
}

/** A service that has mailboxes (Gmail; the CRM's reply addresses; the outside mailboxes). */
export interface MailHost {
  /** Is this bare address one of its mailboxes? Compared in lower case. */
  accepts(address: string): boolean;
  /** Takes one mail for one of its mailboxes. Throws a `Refusal` (or the reason as a string) where it will not. */
  receive(to: string, envelope: Envelope): Delivered;
}

/** A host's no to a mail, with its SMTP reply and enhanced status code: `550 5.1.1 no such user`. */
export class Refusal extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'Refusal';
  }
}

/**
 * Hands a mail to every recipient's host at once. Whoever sends makes the report of a refusal itself, as Gmail and the
 * CRM do; what a host takes first and bounces later comes back as a mail to the envelope sender (RFC 3464).
 */
export type SendMail = (envelope: Envelope) => Delivery;
