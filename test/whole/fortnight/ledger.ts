/**
 * What people did in the fortnight, written down as it happens: the one truth that both sides are held against. Nothing
 * here is read from the add-on or from what it wrote.
 */
export interface LedgerFile {
  readonly name: string;
  readonly sha: string;
}

export type Deed =
  /** Sent with the CRM's screens, by its own provider or by the add-on's. */
  | {
      readonly kind: 'crm';
      readonly how: 'individual' | 'bulk' | 'workflow' | 'api';
      readonly channel: 'default' | 'gmail';
    }
  /** The contact, or somebody they had in copy, answers. */
  | { readonly kind: 'answer'; readonly to: 'crm' | 'user' | 'both' }
  /** The user answers in Gmail. */
  | { readonly kind: 'gmail' }
  /** The contact writes a first mail to the user. */
  | { readonly kind: 'contact-first' }
  /** The user's own mail to somebody the CRM has nothing to do with. */
  | { readonly kind: 'private' };

export interface Entry {
  readonly token: string;
  /** A word in its text: of this mail alone, or of all mails of one bulk send. */
  readonly word: string;
  readonly deed: Deed;
  /** The token of the mail that began its conversation. */
  readonly conversation: string;
  /** The Google account of whose conversation it is. */
  readonly user: string;
  /** The other person. */
  readonly contact: string;
  /** Who wrote it. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  /** Words of the body, separated by single spaces. */
  readonly text: string;
  readonly files: readonly LedgerFile[];
  /** Virtual milliseconds. */
  readonly at: number;
}

/** From when to when an address of a mailbox was connected. */
export interface Span {
  readonly user: string;
  readonly address: string;
  readonly from: number;
  to: number;
}

export class Ledger {
  readonly entries: Entry[] = [];
  readonly spans: Span[] = [];

  write(entry: Entry): Entry {
    this.entries.push(entry);
    return entry;
  }

  connected(user: string, address: string, at: number): void {
    this.disconnected(user, at);
    this.spans.push({ user, address, from: at, to: Infinity });
  }

  disconnected(user: string, at: number): void {
    for (const span of this.spans) if (span.user === user && span.to === Infinity) span.to = at;
  }

  spanAt(user: string, at: number): Span | undefined {
    return this.spans.find((span) => span.user === user && span.from <= at && at < span.to);
  }

  begin(entry: Entry): Entry {
    const first = this.entries.find(({ token }) => token === entry.conversation);
    if (first === undefined) throw new Error(`no beginning of ${entry.token}`);
    return first;
  }
}
