/**
 * What about HighLevel no document settles, and the settings of the emulated sub-account. The world merges this table
 * with those of the other services; `PUT /emulator/crm/settings` sets the values.
 */
import type { SwitchTable, SwitchValues } from '../core/switches';

export const HIGHLEVEL_SWITCHES = {
  /* ------------------------------------------------------------------------- settings of the sub-account */
  replyTo: {
    value: 'crm',
    choices: ['crm', 'user', 'both'],
    about:
      "Reply-To of mails of the sub-account's own provider: the CRM's reply address, the user's address, or both (facts, highlevel 10 V9).",
  },
  ownProvider: {
    value: 'mailgun',
    choices: ['mailgun', 'smtp', 'LeadConnector'],
    about: "Name of the sub-account's own provider in `provider` (facts, highlevel 5.3).",
  },
  addOnProviderIsDefault: {
    value: false,
    about:
      "The add-on's provider is the sub-account's default: every send of the default channel stays pending on it (facts, highlevel 7, flow A).",
  },
  nativeSyncUsers: {
    value: '',
    about: 'Ids of the CRM users whose own Gmail sync is on, separated by commas (facts, highlevel 8).',
  },
  bulkAsCampaign: {
    value: false,
    about: 'Bulk sends are e-mail campaigns: source `campaign`, TYPE_CAMPAIGN_EMAIL (facts, highlevel 7).',
  },
  allowDuplicateContact: {
    value: false,
    about: 'The setting Allow Duplicate Contact of the sub-account (facts, highlevel 4.1).',
  },
  locationActive: {
    value: true,
    about: 'Off: the token endpoint answers `Location is not active` (facts, highlevel 2.2).',
  },
  ownProviderLeavesCopy: {
    value: false,
    about: "The own provider sends through the user's Gmail by SMTP, which leaves a copy in Sent (spec R2).",
  },
  unknownSenderCreatesContact: {
    value: false,
    about: 'A mail to the CRM from an unknown person makes a contact; otherwise it is dropped.',
  },
  secureAttachments: {
    value: true,
    about:
      'Attachments are secure files: public for one hour, then only through GET /files/d/{slug} (facts, highlevel 0.11).',
  },
  deliveredAfterMs: {
    value: 0,
    about: 'Time from sent to delivered for mails of the own provider, milliseconds; 0: at once.',
  },

  /* --------------------------------------------------------------------------------------- time and limits */
  clockSkewMs: { value: 0, about: "How far the CRM's clock is ahead of the world's, milliseconds." },
  timePrecision: { value: 'ms', choices: ['ms', 's'], about: 'Times are cut to whole seconds, so that they tie.' },
  rateLimitBurst: { value: 100, about: 'Requests in 10 seconds a client and location (facts, highlevel 1).' },
  rateLimitDaily: { value: 200000, about: 'Requests a day a client and location (facts, highlevel 1).' },
  rateLimitRetryAfter: { value: false, about: '429 carries Retry-After (undocumented).' },
  contactIndexLagMs: {
    value: 3000,
    about: 'Lag of POST /contacts/search behind writes over the API, "a few seconds" (facts, highlevel 4.1).',
  },
  exportLagMs: { value: 0, about: 'Lag of the message export behind writes, undocumented (facts, highlevel 5.4).' },
  statusReadyAfterMs: {
    value: 7000,
    about: 'A status update of a pending mail answers 403 for so long after the send (facts, highlevel 5.8, #4).',
  },
  appTokenChars: {
    value: 800,
    about: 'About how long access and refresh tokens of the app are; practice gives web tokens, nothing is documented.',
  },
  refreshGraceMs: {
    value: 0,
    about: 'For so long a used refresh token gives the same pair again (facts, reliability C12).',
  },

  /* ----------------------------------------------------------------------------------- shapes of answers */
  listMessagesShape: {
    value: 'nested',
    choices: ['nested', 'flat'],
    about: 'Answer of GET /conversations/{id}/messages (facts, highlevel 5.2, #54).',
  },
  emailShape: {
    value: 'wrapped',
    choices: ['wrapped', 'flat'],
    about: 'Answer of GET /conversations/messages/email/{id} (facts, highlevel 5.3).',
  },
  metaShape: {
    value: 'email',
    choices: ['email', 'email.email'],
    about: 'Where messageIds are inside meta (facts, highlevel 5.2).',
  },
  messageIdsOrder: {
    value: 'oldest-first',
    choices: ['oldest-first', 'newest-first'],
    about: 'Order of messageIds in a container; none is promised (facts, highlevel 10 R6).',
  },
  v3ErrorForm: {
    value: 'plain',
    choices: ['plain', 'object'],
    about:
      'Errors of v3 calls: like the others, or {error: {code, message, details, resolution}} (facts, highlevel 1).',
  },
  exportDateUpdated: { value: true, about: 'Rows carry dateUpdated (facts, highlevel 5.2: practice only).' },
  altIdInEmail: { value: true, about: 'Get e-mail gives altId back (facts, highlevel 10 V2).' },
  altIdInMessages: { value: true, about: 'Message rows carry the altId of their latest mail (facts, highlevel 5.2).' },
  omitSource: { value: false, about: '`source` is missing everywhere; it is optional (facts, highlevel 7).' },
  omitUserId: { value: false, about: '`userId` is missing on containers; it is optional (facts, highlevel 7).' },
  containerUserId: {
    value: 'last',
    choices: ['last', 'first'],
    about: 'Whose userId a container shows: of its first or its last mail (facts, highlevel 10 V5).',
  },
  fromForm: {
    value: 'name',
    choices: ['name', 'bare', 'upper'],
    about: 'From of mails: `Name <addr>`, the bare address, or the address in upper case.',
  },
  inboundHttpStatus: { value: 201, choices: [200, 201], about: 'Success status of /inbound (facts, highlevel 5.5).' },
  sendHttpStatus: { value: 201, choices: [200, 201], about: 'Success status of a send (facts, highlevel 10.1).' },
  upsertHttpStatus: {
    value: 200,
    choices: [200, 201],
    about: 'Success status of contact upsert (facts, highlevel 3).',
  },
  oauthErrorForm: {
    value: 'message',
    choices: ['message', 'error_description'],
    about: 'Error bodies of the token endpoint: the API form or the form of RFC 6749 (facts, highlevel 2.2).',
  },

  /* ------------------------------------------------------------------------------------------- behaviour */
  inboundNeedsProvider: {
    value: false,
    about: 'Logging an e-mail without conversationProviderId is refused (facts, highlevel 5.5: the schema says so).',
  },
  inboundBadTokenIs500: { value: false, about: 'A bad token on /inbound is a 500 (facts, highlevel 1, #6).' },
  inboundThreadsBy: {
    value: 'email',
    choices: ['email', 'thread', 'either'],
    about: 'Which id emailMessageId of /inbound is: of an e-mail or of a container (facts, highlevel 10 V2).',
  },
  inboundDateHonoured: {
    value: true,
    about: '`date` of a logged mail becomes its dateAdded (facts, highlevel 10 V2).',
  },
  inboundAddresses: {
    value: 'given',
    choices: ['given', 'contact'],
    about: "emailFrom and emailTo are taken as given, or overridden by the contact's (facts, highlevel 10 V3).",
  },
  loggedSource: {
    value: 'api',
    choices: ['api', 'app', 'none'],
    about: '`source` of a logged mail (facts, highlevel 10 V1).',
  },
  loggedStatus: { value: 'delivered', choices: ['delivered', 'sent'], about: '`status` of a logged outbound mail.' },
  refuseDuplicateAltId: {
    value: false,
    about: 'A second log with the same altId is refused (facts, reliability 0.6 and P6).',
  },
  statusBumpsUpdatedAt: {
    value: false,
    about: "A status change of a mail moves its container's updatedAt (facts, highlevel 10 V4).",
  },
  updatedAtOfBackdated: {
    value: 'now',
    choices: ['now', 'date'],
    about: "A logged mail with a date sets its container's updatedAt to now or to that date.",
  },
  exportCursor: {
    value: 'live',
    choices: ['live', 'snapshot'],
    about: 'Later pages of an export see changes since its first page, or do not.',
  },
  exportDateFilter: {
    value: 'created',
    choices: ['created', 'updated'],
    about: 'What startDate and endDate of the export filter (facts, highlevel 10 V4).',
  },
  exportMaxLimit: { value: 500, choices: [500, 1000], about: 'Largest limit of the export (facts, highlevel 10.5).' },
  exportMessageTypes: {
    value: 'all',
    choices: ['all', 'TYPE_EMAIL'],
    about: 'Whether channel=Email of the export holds campaign and custom-provider mails too (facts, highlevel 10 V4).',
  },
  customProviderMessageType: {
    value: 'TYPE_CUSTOM_PROVIDER_EMAIL',
    choices: ['TYPE_CUSTOM_PROVIDER_EMAIL', 'TYPE_EMAIL'],
    about: "messageType of mails of the add-on's extra provider (facts, highlevel 7, flow A).",
  },
  bulkUserId: {
    value: true,
    about: 'Containers of bulk mails carry the userId of who sent them (facts, highlevel 7).',
  },
  workflowUserId: { value: false, about: 'Containers of workflow mails carry a userId (facts, highlevel 7).' },
  usersSearch: {
    value: 'allowed',
    choices: ['allowed', 'E-102'],
    about: 'GET /users/search with a sub-account token (facts, highlevel 2.6).',
  },
  enabled2waySyncFilter: {
    value: 'works',
    choices: ['works', 'ignored', 'refused'],
    about: 'The filter enabled2waySync of GET /users/search (facts, highlevel 0.10).',
  },
  additionalEmailsMatch: {
    value: false,
    about: 'additionalEmails match in duplicate search and `email eq` (facts, highlevel 10 V8).',
  },
  oauthStateReturned: {
    value: true,
    about: 'The consent page gives `state` back (facts, highlevel 2.1: undocumented).',
  },
  authorizationEndsOthers: {
    value: false,
    about: "Another user's authorization of the location ends earlier token pairs (facts, highlevel 10 V6).",
  },
  acceptRequired: {
    value: false,
    about: 'Without `Accept: application/json` calls answer 404 with an empty body (facts, highlevel 1: some calls).',
  },
  refuseEmptyCustomValue: { value: false, about: 'A custom value with an empty value is refused (undocumented).' },
  noteBody: {
    value: 'plain',
    choices: ['plain', 'html'],
    about: 'How note bodies come back: as they were sent, or as HTML paragraphs (facts, highlevel 6).',
  },
} satisfies SwitchTable;

export type HighLevelSwitches = SwitchValues<typeof HIGHLEVEL_SWITCHES>;
