/** Contacts: by id, by e-mail address, created from a mail's sender (facts, highlevel 4; S2, S3). */
import type { Exchange } from '../platform/exchange';
import { crmExchange } from './api';
import { asId, isObject, objects, optionalId, readObject, text, texts, unwrap, type Fields } from './shapes';
import type { Contact } from './types';

/** The API refuses longer values in filters and queries (facts, highlevel 4.1). */
const LONGEST_FILTER = 75;
const PAGE = 20;

export interface ContactFields {
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly companyName?: string;
  readonly assignedTo?: string;
  readonly source?: string;
}

export function getContact(id: string): Exchange<Contact> {
  return crmExchange({
    call: 'contacts',
    effect: 'read',
    path: ['contacts', id],
    read: (answer) => readContact(unwrap(readObject(answer), 'contact')),
  });
}

/**
 * The exchanges to send side by side for the contacts of one address: the duplicate look-up, which knows of a contact at
 * once but gives one at most, and the search, which gives all of them some seconds later (facts, highlevel 4.1).
 * `distinct` puts the two answers together.
 */
export function findByEmail(locationId: string, email: string): readonly Exchange<readonly Contact[]>[] {
  const duplicate = crmExchange({
    call: 'contacts',
    effect: 'read',
    path: ['contacts', 'search', 'duplicate'],
    query: { locationId, email },
    read: (answer) => {
      const { contact } = readObject(answer);
      return isObject(contact) ? [readContact(contact)] : [];
    },
  });
  if (email.length > LONGEST_FILTER) return [duplicate];
  return [duplicate, search({ locationId, filters: [{ field: 'email', operator: 'eq', value: email }] })];
}

/** Each contact once, in the order of the first sight of it. */
export function distinct(contacts: readonly Contact[]): readonly Contact[] {
  return contacts.filter(({ id }, index) => contacts.findIndex((other) => other.id === id) === index);
}

/** Refused with `crm.duplicate-contact` and `existingId` where the location allows no second one (facts, highlevel 4.1). */
export function createContact(locationId: string, fields: ContactFields): Exchange<Contact> {
  return crmExchange({
    call: 'contacts',
    effect: 'create',
    method: 'post',
    path: ['contacts'],
    slash: true,
    body: { locationId, ...fields },
    read: (answer) => readContact(unwrap(readObject(answer), 'contact')),
  });
}

function search(body: Readonly<Record<string, unknown>>): Exchange<readonly Contact[]> {
  return crmExchange({
    call: 'contacts',
    effect: 'read',
    method: 'post',
    path: ['contacts', 'search'],
    body: { page: 1, pageLimit: PAGE, ...body },
    read: (answer) =>
      objects(readObject(answer).contacts, 'contacts')
        .filter((row) => optionalId(row.id) !== undefined)
        .map(readContact),
  });
}

function readContact(row: Fields): Contact {
  return {
    id: asId(row.id, 'contact id'),
    name: nameOf(row),
    email: text(row.email) || text(row.emailLowerCase),
    phone: text(row.phone),
    company: text(row.companyName),
    tags: texts(row.tags),
    assignedTo: optionalId(row.assignedTo),
    doNotEmail: row.dnd === true || isOn(row.dndSettings),
    additionalEmails: addressesOf(row.additionalEmails),
  };
}

/** A search gives the names in lower case alone (facts, highlevel 4.1). */
function nameOf(row: Fields): string {
  const whole = text(row.name) || text(row.contactName) || `${text(row.firstName)} ${text(row.lastName)}`.trim();
  if (whole !== '') return whole;
  const lower = text(row.fullNameLowerCase) || `${text(row.firstNameLowerCase)} ${text(row.lastNameLowerCase)}`.trim();
  return lower.replace(/(^|[\s-])\S/g, (initial) => initial.toUpperCase());
}

/** Keys are capitalized in v2 and small in v3; `active` means that not disturbing is on (facts, highlevel 4.1). */
function isOn(settings: unknown): boolean {
  const channel = isObject(settings) ? (settings.Email ?? settings.email) : undefined;
  return isObject(channel) && (channel.status === 'active' || channel.status === 'permanent');
}

/** Texts or objects with an `email`: no document says which. */
function addressesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return texts((value as unknown[]).map((entry) => (isObject(entry) ? entry.email : entry)));
}
