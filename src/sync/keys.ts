/** The keys of items that are no message: work of the engine's own that is taken up again later. */

/** A link whose mirrors have not all followed their thread yet. */
export function moveKey(crm: string): string {
  return `m:${crm}`;
}

/** An own copy that could not be put into the trash yet. */
export function removalKey(gmailId: string): string {
  return `x:${gmailId}`;
}

/** Is the item a message, to be shown to the user as one? */
export function isMessageKey(key: string): boolean {
  return key.startsWith('e:') || key.startsWith('g:');
}
