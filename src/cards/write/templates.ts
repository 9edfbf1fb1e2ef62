/** The CRM's e-mail templates in a mail that is being written (S5): their placeholders filled in. */
import type { Outcome, Task } from '../../platform/exchange';
import { listTemplates, type Template } from '../../crm/templates';
import type { Contact } from '../../crm/types';
import { plainFromHtml } from '../../gmail/mime/html';
import { escapeHtml } from '../../gmail/mime/entities';
import type { SyncView } from '../../sync/view';
import { cached } from '../cached';
import type { Desk } from '../contact/read';
import type { Choice } from '../model';
import type { Words } from '../words';

const PLACEHOLDER = /\{\{\s*([a-z_]+\.[a-z_]+)\s*\}\}/gi;

/** Empty where there are none, or where the permission for them is missing. */
export function* readTemplates({ connection, cache }: Desk): Task<readonly Template[]> {
  const { location, installation } = connection;
  const outcome: Outcome<readonly Template[]> = yield* cached(
    cache,
    `templates ${installation} ${location}`,
    listTemplates(location),
  );
  return outcome.kind === 'done' ? outcome.value : [];
}

export function templateChoices({ write }: Words, templates: readonly Template[], chosen: string): Choice[] {
  return [
    { value: '', text: write.noTemplate, selected: !templates.some(({ id }) => id === chosen) },
    ...templates.map(({ id, name, subject }) => ({
      value: id,
      text: name === '' ? subject : name,
      selected: id === chosen,
    })),
  ];
}

export interface Filled {
  readonly subject: string;
  readonly html: string;
  /** What a reader sees of it, for a field that knows no markup. */
  readonly text: string;
}

/** `contact` is missing where it is not known who will get it: its placeholders stay. */
export function fillTemplate(
  { subject, html }: Template,
  { crmUserName, locationName, address }: Pick<SyncView['connection'], 'crmUserName' | 'locationName' | 'address'>,
  contact?: Pick<Contact, 'name' | 'email' | 'phone' | 'company'>,
): Filled {
  const values: Record<string, string> = {
    'user.name': crmUserName,
    'user.first_name': firstOf(crmUserName),
    'user.last_name': lastOf(crmUserName),
    'user.email': address,
    'location.name': locationName,
    ...(contact === undefined
      ? {}
      : {
          'contact.name': contact.name,
          'contact.full_name': contact.name,
          'contact.first_name': firstOf(contact.name),
          'contact.last_name': lastOf(contact.name),
          'contact.email': contact.email,
          'contact.phone': contact.phone,
          'contact.company_name': contact.company,
        }),
  };
  const fill = (text: string, escape: (value: string) => string) =>
    text.replace(PLACEHOLDER, (whole, name: string) => {
      const key = name.toLowerCase();
      return Object.prototype.hasOwnProperty.call(values, key) ? escape(values[key]) : whole;
    });
  const filled = fill(html, escapeHtml);
  return { subject: fill(subject, (value) => value), html: filled, text: plainFromHtml(filled).trim() };
}

/** The first placeholder that nobody has filled: a customer must not get to see it. */
export function openPlaceholder(text: string): string | undefined {
  return /\{\{[^{}]{1,80}\}\}/.exec(text)?.[0];
}

function firstOf(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}

function lastOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  return parts.length < 2 ? '' : parts[parts.length - 1];
}
