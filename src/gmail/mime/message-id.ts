/** Message-IDs: the one name of a mail that both mailboxes know, where it has a good one. */

/** Longer ones would not fit into a header line (RFC 5322 2.1.1). */
const LONGEST = 512;
/** RFC 5322 3.6.4 without its quoted forms, which nobody makes; more characters than an atom has, as real mailers use them. */
const FORM = /^<[!-;=?A-~]+@[!-;=?A-~]+>$/;

/**
 * The Message-ID with its angle brackets, as it was written, without what stands around it ("(added by …)"). Undefined
 * where it is not `<local@domain>` of printable ASCII. Never changed later: the CRM keeps it as `altId` (X5).
 */
export function normaliseMessageId(value: string): string | undefined {
  const id = /^\s*(<[^<>\s]*>)/.exec(value)?.[1];
  return id !== undefined && id.length <= LONGEST && FORM.test(id) ? id : undefined;
}

/** May it stand in a search of Gmail's without being read as more than one word? */
export function isSearchable(messageId: string): boolean {
  return /^<[\w.+=$@!#%&*/?^~-]+>$/.test(messageId);
}

/** The well-formed ids of `References` or `In-Reply-To`, in their order, each once. */
export function readReferences(value: string): string[] {
  const ids = (value.match(/<[^<>\s]*>/g) ?? []).map(normaliseMessageId);
  return [...new Set(ids.filter((id): id is string => id !== undefined))];
}

/** What a CRM record is known by (X5): the Message-ID where it is well-formed, else account and Gmail id. Never to be changed. */
export function altIdOf(message: {
  readonly messageId?: string;
  readonly accountHash: string;
  readonly gmailId: string;
}): string {
  const id = message.messageId === undefined ? undefined : normaliseMessageId(message.messageId);
  return id ?? `gm:${message.accountHash}:${message.gmailId}`;
}
