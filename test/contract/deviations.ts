/**
 * Where practice differs from the CRM's OpenAPI files, one by one: what the add-on sends all the same, and what the emulated
 * CRM answers all the same. The facts are those of `docs/emulator.md`'s sources; nothing else may differ.
 */

export interface Deviation {
  /** The `operationId`; `*` for every one. */
  readonly operation: string;
  /** The whole problem, as `openapi.ts` words it. */
  readonly problem: RegExp;
  readonly because: string;
}

/** What the add-on sends. */
export const REQUESTS: readonly Deviation[] = [
  {
    operation: 'add-an-inbound-message',
    problem: /^body\.conversationProviderId is missing$/,
    because: 'not required for type Email, says the guide to providers (facts, highlevel 5.5)',
  },
  {
    operation: 'upload-file-attachments',
    problem: /^body\.attachmentUrls is missing$/,
    because: 'a form has no empty list, and practice goes without (facts, highlevel 5.7)',
  },
  {
    operation: 'upload-file-attachments',
    problem: /^body\.fileAttachment is not known$/,
    because: "the file's own field is named in the text of the documents alone (facts, highlevel 5.7)",
  },
  {
    operation: 'upload-media-content',
    problem: /^body\.hosted is not a boolean$/,
    because: '`false` of a form is a text',
  },
  {
    operation: 'search-contacts-advanced',
    problem: /^body\.(page|pageLimit|locationId|filters|query) is not known$/,
    because: "the body's schema is empty; a page of its own describes it (facts, highlevel 4.1)",
  },
];

/** What the emulated CRM answers in the documented forms; other forms are switched on one by one (below). */
export const ANSWERS: readonly Deviation[] = [
  {
    operation: 'get-all-tasks',
    problem: /\.tasks\[\d+\]/,
    because: 'fields that the files require are left out (facts, highlevel 6)',
  },
  {
    operation: 'get-pipelines',
    problem: /\.stages\[\d+\]/,
    because: 'stages are objects, and untyped in the files (facts, highlevel 6)',
  },
];

/** Switches of the emulated CRM that bring about the documented form, where practice is known or said to have another. */
export const AS_DOCUMENTED = {
  /** Nested under `messages` in practice (facts, highlevel 5.2, #54). */
  listMessagesShape: 'flat',
  /** Wrapped in `emailMessage` in practice (facts, highlevel 5.3). */
  emailShape: 'flat',
  exportCursor: 'live',
} as const;

export function isKnown(table: readonly Deviation[], operation: string, problem: string): boolean {
  return table.some((entry) => [operation, '*'].includes(entry.operation) && entry.problem.test(problem));
}
