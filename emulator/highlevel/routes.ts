/** Every endpoint of the API, by resource. */
import { NOT_EMULATED_ROUTES } from './api/not-emulated';
import type { Route } from './api/call';
import { Router } from './api/router';
import { MEDIA_ROUTES } from './files/media';
import { SECURE_FILE_ROUTES } from './files/secure';
import { UPLOAD_ROUTES } from './files/upload';
import { CONVERSATION_ROUTES } from './mail/conversations';
import { EXPORT_ROUTES } from './mail/export';
import { INBOUND_ROUTES } from './mail/inbound';
import { MESSAGE_ROUTES } from './mail/messages';
import { SEND_ROUTES } from './mail/send';
import { STATUS_ROUTES } from './mail/status';
import { INSTALLATION_ROUTES } from './oauth/installations';
import { TOKEN_ROUTES } from './oauth/token';
import { CALENDAR_ROUTES } from './records/calendars';
import { CONTACT_SEARCH_ROUTES } from './records/contact-search';
import { CONTACT_ROUTES } from './records/contacts';
import { CUSTOM_VALUE_ROUTES } from './records/custom-values';
import { LOCATION_ROUTES } from './records/locations';
import { NOTE_ROUTES } from './records/notes';
import { OPPORTUNITY_ROUTES } from './records/opportunities';
import { TASK_ROUTES } from './records/tasks';
import { TEMPLATE_ROUTES } from './records/templates';
import { USER_ROUTES } from './records/users';

export const ALL_ROUTES: readonly Route[] = [
  ...CONTACT_SEARCH_ROUTES,
  ...CONTACT_ROUTES,
  ...TASK_ROUTES,
  ...NOTE_ROUTES,
  ...CONVERSATION_ROUTES,
  ...MESSAGE_ROUTES,
  ...EXPORT_ROUTES,
  ...INBOUND_ROUTES,
  ...SEND_ROUTES,
  ...STATUS_ROUTES,
  ...UPLOAD_ROUTES,
  ...MEDIA_ROUTES,
  ...SECURE_FILE_ROUTES,
  ...LOCATION_ROUTES,
  ...CUSTOM_VALUE_ROUTES,
  ...USER_ROUTES,
  ...OPPORTUNITY_ROUTES,
  ...CALENDAR_ROUTES,
  ...TEMPLATE_ROUTES,
  ...TOKEN_ROUTES,
  ...INSTALLATION_ROUTES,
  ...NOT_EMULATED_ROUTES,
];

export const ROUTER = new Router(ALL_ROUTES);
