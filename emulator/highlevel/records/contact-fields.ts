/** A contact's fields: as they are given, kept, and shown (facts, highlevel 4.1). */
import { iso, locationOf, type Crm } from '../crm';
import type { Contact, Json } from '../state';

/** Fields of create, update and upsert that are kept under their own names without further meaning. */
const MORE = [
  ...['gender', 'address1', 'city', 'state', 'postalCode', 'country', 'website', 'timezone', 'source'],
  ...['inboundDndSettings', 'customFields', 'dateOfBirth', 'type', 'businessId'],
];

export function nameOf(contact: Contact): string {
  return `${contact.firstName} ${contact.lastName}`.trim();
}

/** Merges given fields over a contact; `name` is split where no first and last name are given. */
export function withFields(before: Contact, given: Json, now: number): Contact {
  const names = namesIn(given, before);
  const more: Record<string, unknown> = { ...before.more };
  for (const field of MORE) if (given[field] !== undefined) more[field] = given[field];
  const assignedTo = text(given['assignedTo']) ?? before.assignedTo;
  return {
    ...before,
    ...names,
    email: text(given['email'])?.trim() ?? before.email,
    additionalEmails: strings(given['additionalEmails']) ?? before.additionalEmails,
    phone: text(given['phone']) ?? before.phone,
    companyName: text(given['companyName']) ?? before.companyName,
    ...(assignedTo === undefined || assignedTo === '' ? { assignedTo: undefined } : { assignedTo }),
    // Tags of an update overwrite (facts, highlevel 4.1).
    tags: strings(given['tags'])?.map((tag) => tag.toLowerCase()) ?? before.tags,
    dnd: typeof given['dnd'] === 'boolean' ? given['dnd'] : before.dnd,
    dndSettings: record(given['dndSettings']) ?? before.dndSettings,
    more: Object.freeze(more),
    dateUpdated: now,
  };
}

function namesIn(given: Json, before: Contact): { firstName: string; lastName: string } {
  const whole = text(given['name']);
  const split = whole === undefined ? undefined : /^(\S*)\s*(.*)$/.exec(whole.trim());
  return {
    firstName: text(given['firstName']) ?? split?.[1] ?? before.firstName,
    lastName: text(given['lastName']) ?? split?.[2] ?? before.lastName,
  };
}

export function contactView(crm: Crm, contact: Contact, v3 = false): Json {
  return {
    id: contact.id,
    locationId: locationOf(crm).id,
    name: nameOf(contact),
    contactName: nameOf(contact),
    firstName: contact.firstName,
    lastName: contact.lastName,
    firstNameLowerCase: contact.firstName.toLowerCase(),
    lastNameLowerCase: contact.lastName.toLowerCase(),
    fullNameLowerCase: nameOf(contact).toLowerCase(),
    email: contact.email,
    emailLowerCase: contact.email.toLowerCase(),
    phone: contact.phone,
    companyName: contact.companyName,
    ...(contact.assignedTo === undefined ? {} : { assignedTo: contact.assignedTo }),
    tags: contact.tags,
    dnd: contact.dnd,
    dndSettings: v3 ? lowerCaseKeys(contact.dndSettings) : contact.dndSettings,
    type: 'lead',
    customFields: [],
    ...contact.more,
    dateAdded: iso(contact.dateAdded),
    dateUpdated: iso(contact.dateUpdated),
  };
}

/** An item of POST /contacts/search: without cased names, with the additional e-mails and the cursor (facts, highlevel 4.1). */
export function searchItem(crm: Crm, contact: Contact): Json {
  return {
    id: contact.id,
    locationId: locationOf(crm).id,
    firstNameLowerCase: contact.firstName.toLowerCase(),
    lastNameLowerCase: contact.lastName.toLowerCase(),
    email: contact.email === '' ? null : contact.email,
    additionalEmails: contact.additionalEmails,
    phone: contact.phone === '' ? null : contact.phone,
    companyName: contact.companyName,
    assignedTo: contact.assignedTo ?? null,
    tags: contact.tags,
    dnd: contact.dnd,
    dndSettings: contact.dndSettings,
    type: 'lead',
    source: contact.more['source'] ?? null,
    followers: [],
    dateAdded: iso(contact.dateAdded),
    dateUpdated: iso(contact.dateUpdated),
    searchAfter: [contact.dateAdded, contact.id],
  };
}

/** v3 writes the keys of dndSettings in lower case (facts, highlevel 4.1). */
function lowerCaseKeys(settings: Json): Json {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key.toLowerCase(), value]));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? Object.freeze(value.filter((entry) => typeof entry === 'string')) : undefined;
}

function record(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
