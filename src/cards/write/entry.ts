/** What is remembered of a mail that is being sent from the sidebar: its draft, the token of the one send (X3). */

export interface DraftEntry {
  readonly id: string;
  /** The draft's message, whose id changes when somebody edits it. */
  readonly message: string;
  readonly thread: string;
}

export function isDraftEntry(value: unknown): value is DraftEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, message, thread } = value as Partial<Record<keyof DraftEntry, unknown>>;
  return typeof id === 'string' && typeof message === 'string' && typeof thread === 'string';
}
