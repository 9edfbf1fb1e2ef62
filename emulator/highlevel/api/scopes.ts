/** The scopes that a token of this emulator gets unless told otherwise: all that the add-on can make use of (facts, highlevel 2.7). */
export const ALL_SCOPES: readonly string[] = [
  'conversations.readonly',
  'conversations.write',
  'conversations/message.readonly',
  'conversations/message.write',
  'contacts.readonly',
  'contacts.write',
  'opportunities.readonly',
  'opportunities.write',
  'calendars.readonly',
  'calendars/events.readonly',
  'calendars/events.write',
  'users.readonly',
  'locations.readonly',
  'locations/customValues.readonly',
  'locations/customValues.write',
  'locations/tasks.readonly',
  'locations/templates.readonly',
  'emails/builder.readonly',
  'files.readonly',
  'medias.readonly',
  'medias.write',
];

/** Scopes that only an app can have (facts, highlevel 2.4, 2.5). */
export const APP_SCOPES: readonly string[] = [
  'oauth.readonly',
  'oauth.write',
  'marketplace-installer-details.readonly',
];
