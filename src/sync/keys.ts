/** The keys of items that are no message: work of the engine's own that is taken up again later. */

/** A link whose mirrors have not all followed their thread yet. */
export function moveKey(crm: string): string {
  return `m:${crm}`;
}

/** An own copy that could not be put into the trash yet. */
export function removalKey(gmailId: string): string {
  return `x:${gmailId}`;
}

/** An own copy that turned up and could not be decided on yet: there may be another one. */
export function copyKey(gmailId: string): string {
  return `c:${gmailId}`;
}

export function copyOf(key: string): string | undefined {
  return key.startsWith('c:') ? key.slice(2) : undefined;
}

/** What follows a send (labels, the CRM's status) and does not stand yet; the Gmail id is empty where nobody knows it. */
export function followKey(emailId: string, gmailId: string): string {
  return `s:${emailId}:${gmailId}`;
}

/** Drafts of the add-on may still turn up, late or because one could not be deleted: they are looked through again. */
export const SWEEP_KEY = 'd:';

/** What Gmail refuses for good: the CRM is to show it as failed, for that reason. */
export function failureKey(emailId: string, failed: Failed): string {
  return `f:${emailId}:${failed}`;
}

export type Failed = 'refused' | 'too-large';

export function isFollowKey(key: string): boolean {
  return key.startsWith('s:') || key.startsWith('f:');
}

export function partsOfFollowKey(key: string): { emailId: string; gmailId: string; failed?: Failed } {
  const end = key.lastIndexOf(':');
  const emailId = key.slice(2, end);
  const last = key.slice(end + 1);
  if (!key.startsWith('f:')) return { emailId, gmailId: last };
  return { emailId, gmailId: '', failed: last === 'too-large' ? last : 'refused' };
}

/** A thread that is to be linked by hand (T7). */
export function linkingKey(gmail: string, contact: string, earlier: boolean): string {
  return `l:${gmail}:${contact}:${earlier ? 'all' : 'new'}`;
}

export function linkingOf(key: string): { gmail: string; contact: string; earlier: boolean } | undefined {
  const [, gmail, contact, from] = /^l:([0-9a-f]{1,16}):([\w-]{1,64}):(all|new)$/.exec(key) ?? [];
  return gmail === undefined ? undefined : { gmail, contact, earlier: from === 'all' };
}

/** A link whose sides are to be compared (S8). */
export function checkKey(crm: string): string {
  return `k:${crm}`;
}

export function checkOf(key: string): string | undefined {
  return key.startsWith('k:') ? key.slice(2) : undefined;
}

/** A resting link that a message of another thread names. */
export function wakingKey(gmail: string): string {
  return `w:${gmail}`;
}

/** Is the item a message, to be shown to the user as one? */
export function isMessageKey(key: string): boolean {
  return key.startsWith('e:') || key.startsWith('g:');
}
