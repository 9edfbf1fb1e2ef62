/** The location's e-mail templates, for a new mail (S5). Needs `locations/templates.readonly`. */
import type { Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { asId, isObject, objects, optionalId, readObject, text } from './shapes';

const PAGE = 100;

export interface Template {
  readonly id: string;
  readonly name: string;
  readonly subject: string;
  /** With the CRM's own placeholders, such as `{{contact.first_name}}`. */
  readonly html: string;
}

/** `originId` is required and described by its name alone; the example in the specification is a location's id. */
export function listTemplates(locationId: string): Exchange<readonly Template[]> {
  return crmExchange({
    call: 'templates',
    effect: 'read',
    path: ['locations', locationId, 'templates'],
    query: { originId: locationId, type: 'email', limit: PAGE },
    read: (answer) =>
      objects(readObject(answer).templates, 'templates')
        .filter((row) => optionalId(row.id) !== undefined && isObject(row.template) && text(row.template.html) !== '')
        .map((row) => {
          const template = isObject(row.template) ? row.template : {};
          return {
            id: asId(row.id, 'template id'),
            name: text(row.name),
            subject: text(template.subject),
            html: text(template.html),
          };
        }),
  });
}
