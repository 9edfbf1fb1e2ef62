/** A mail as the add-on thinks of it, whichever side it came from. */

export interface Address {
  /** Without quotes and encoded words; may be empty. */
  readonly name: string;
  /** The bare address as it was written; compare with `sameAddress`. May be empty or malformed in a broken mail. */
  readonly email: string;
}

/** What is read out of a Gmail message. Every field has a defined value for any input. */
export interface Mail {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo: readonly Address[];
  /** Decoded, without line breaks. */
  readonly subject: string;
  /** With its angle brackets; undefined where it is missing or not well-formed. */
  readonly messageId?: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** Not `no`: an automatic mail (RFC 3834), a bounce or a list's. */
  readonly automatic: boolean;
  /** The value of `X-Threadlink-Email-Id`, where the add-on wrote the message. */
  readonly marker?: string;
  /** Of a message that the add-on wrote: the files that did not go into it, as the header says it. */
  readonly lost?: string;
  /** HTML body, if there is one; `cid:` sources are still in it. */
  readonly html?: string;
  /** Text body, if there is one. */
  readonly text?: string;
  readonly attachments: readonly MailAttachment[];
  /** Bodies that are missing here because Gmail hands them out as attachments: read these, then call `readMail` with them. */
  readonly detachedBodies: readonly {
    readonly attachmentId: string;
    readonly mimeType: string;
    readonly size: number;
  }[];
}

export interface MailAttachment {
  /** A file name that is safe to show and to send; made up where there was none. */
  readonly name: string;
  readonly type: string;
  /** Bytes, decoded. */
  readonly size: number;
  /** Valid for this read only (facts, platform 3.5). Undefined where the bytes came with the message. */
  readonly attachmentId?: string;
  /** Base64url, where the bytes came with the message. */
  readonly data?: string;
  /** Without angle brackets. */
  readonly contentId?: string;
  /** Shown inside the HTML through `cid:`. */
  readonly inline: boolean;
}

/** What the writer makes a message of. Everything in it may be hostile: the writer keeps each value inside its place (M5). */
export interface OutgoingMail {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc?: readonly Address[];
  readonly bcc?: readonly Address[];
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  /** With angle brackets. */
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** The CRM e-mail id for `X-Threadlink-Email-Id`. */
  readonly marker: string;
  /** What of its files is not in it, for a header of its own (M4). */
  readonly lost?: string;
  readonly html: string;
  readonly text?: string;
  readonly attachments?: readonly OutgoingAttachment[];
}

export interface OutgoingAttachment {
  readonly name: string;
  readonly type: string;
  /** Standard base64 without line breaks. */
  readonly base64: string;
  /** Makes it an inline part. */
  readonly contentId?: string;
}
