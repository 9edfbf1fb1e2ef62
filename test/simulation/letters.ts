/**
 * What people wrote, and where each of it must be found in the end: once here, once there, nowhere else. Every letter
 * carries a word of its own in its text, by which it is found on either side without asking the add-on.
 */
export interface Letter {
  /** The word in its text. */
  readonly tag: string;
  readonly at: number;
  /** How often it must be there: a Google account's address, `crm`, or an outside address; elsewhere never. */
  readonly places: Readonly<Record<string, number>>;
  /** Places where it may also be once: it came at a moment when either was right. */
  readonly maybe?: readonly string[];
  /** Its CRM thread, where it belongs to one that is synced. */
  readonly thread?: string;
  /** Gmail sends it for the CRM, so it is one of the add-on's own sends. */
  readonly pending?: true;
}

export const CRM = 'crm';

const TAG = /\bzq[a-z0-9]{5}\b/;

export function tagOf(text: string): string | undefined {
  return TAG.exec(text)?.[0];
}

export function tagNumber(count: number, prefix = 'a'): string {
  return `zq${prefix}${count.toString(36).padStart(4, '0')}`;
}
