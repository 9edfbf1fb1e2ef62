/** Paths that HighLevel documents beside the emulated ones and that nothing here serves: an honest 501 instead of a 404. */
import type { Call, Route } from './call';
import { notEmulated } from './errors';

const PATHS: readonly (readonly [Route['method'], string])[] = [
  ['POST', '/conversations/messages/review-reply'],
  ['POST', '/conversations/messages/upload/initiate'],
  ['POST', '/conversations/messages/upload/complete'],
  ['POST', '/conversations/providers/live-chat/typing'],
  ['POST', '/contacts/:contactId/campaigns/:campaignId'],
  ['DELETE', '/contacts/:contactId/campaigns/:campaignId'],
  ['POST', '/contacts/:contactId/workflow/:workflowId'],
  ['DELETE', '/contacts/:contactId/workflow/:workflowId'],
  ['POST', '/contacts/:contactId/followers'],
  ['DELETE', '/contacts/:contactId/followers'],
  ['GET', '/contacts/business/:businessId'],
  ['POST', '/opportunities/search'],
  ['POST', '/opportunities/upsert'],
  ['GET', '/opportunities/lost-reason'],
  ['GET', '/emails/schedule'],
  ['POST', '/emails/builder'],
  ['POST', '/medias/folder'],
  ['GET', '/calendars/:calendarId/free-slots'],
  ['GET', '/calendars/blocked-slots'],
  ['GET', '/locations/:locationId/tags'],
  ['GET', '/locations/:locationId/customFields'],
];

export const NOT_EMULATED_ROUTES: readonly Route[] = PATHS.map(([method, path]) => ({
  method,
  path,
  handle: (_call: Call) => {
    throw notEmulated(`${method} ${path}`);
  },
}));
