/**
 * The `Version` header of every call, in one table: the API dates its versions by resource, and they must not be
 * switched all at once (facts, highlevel 1, 10.7).
 */
const CONVERSATIONS = '2021-04-15';
const REST = '2021-07-28';

export const VERSIONS = {
  getLocation: REST,
  customValues: REST,
  users: REST,
  contacts: REST,
  searchConversations: CONVERSATIONS,
  createConversation: CONVERSATIONS,
  listMessages: CONVERSATIONS,
  getMessage: CONVERSATIONS,
  exportMessages: CONVERSATIONS,
  /** None is documented; v2 conversations accept their own (facts, highlevel 1). */
  getEmail: CONVERSATIONS,
  logMessage: CONVERSATIONS,
  messageStatus: CONVERSATIONS,
  uploadAttachment: CONVERSATIONS,
  uploadMedia: REST,
  /** Exists in v3 only. */
  getSecureFile: 'v3',
  opportunities: REST,
  pipelines: REST,
  tasks: REST,
  notes: REST,
  appointments: REST,
  templates: REST,
} as const;

/** A row of the table. */
export type Call = keyof typeof VERSIONS;
