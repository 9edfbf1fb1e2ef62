/** The keys of items that are no message: work of the engine's own that is taken up again later. */

/** A link whose mirrors have not all followed their thread yet. */
export function moveKey(crm: string): string {
  return `m:${crm}`;
}

/** An own copy that could not be put into the trash yet. */
export function removalKey(gmailId: string): string {
  return `x:${gmailId}`;
}

/** What follows a send (labels, the CRM's status) and does not stand yet; the Gmail id is empty where nobody knows it. */
export function followKey(emailId: string, gmailId: string): string {
  return `s:${emailId}:${gmailId}`;
}

export function isFollowKey(key: string): boolean {
  return key.startsWith('s:');
}

export function partsOfFollowKey(key: string): { emailId: string; gmailId: string } {
  const end = key.lastIndexOf(':');
  return { emailId: key.slice(2, end), gmailId: key.slice(end + 1) };
}

/** Is the item a message, to be shown to the user as one? */
export function isMessageKey(key: string): boolean {
  return key.startsWith('e:') || key.startsWith('g:');
}
