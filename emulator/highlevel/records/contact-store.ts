/** Contacts as they are kept: found by address, made, changed, deleted, and the search index behind them. */
import { keep, newId, stamp, CrmRefusal, type Crm } from '../crm';
import { indexLater } from '../lagging-index';
import type { Contact, Json } from '../state';
import { withFields } from './contact-fields';

/** What hit: a duplicate by this field (facts, highlevel 4.1). */
export interface Duplicate {
  readonly contact: Contact;
  readonly field: 'email' | 'phone';
}

export function findByEmail(
  crm: Crm,
  email: string,
  additional = crm.switches.additionalEmailsMatch,
): Contact | undefined {
  const wanted = email.trim().toLowerCase();
  if (wanted === '') return undefined;
  let second: Contact | undefined;
  for (const contact of crm.state.contacts.values()) {
    if (contact.email.toLowerCase() === wanted) return contact;
    if (additional && contact.additionalEmails.some((other) => other.toLowerCase() === wanted)) second ??= contact;
  }
  return second;
}

/** By e-mail first, then by phone (facts, highlevel 4.1). */
export function findDuplicate(crm: Crm, email?: string, phone?: string): Duplicate | undefined {
  const byEmail = email === undefined ? undefined : findByEmail(crm, email);
  if (byEmail !== undefined) return { contact: byEmail, field: 'email' };
  const digits = (text: string) => text.replace(/\D/g, '');
  if (phone === undefined || digits(phone) === '') return undefined;
  for (const contact of crm.state.contacts.values()) {
    if (digits(contact.phone) === digits(phone)) return { contact, field: 'phone' };
  }
  return undefined;
}

export function createContact(crm: Crm, given: Json): Contact {
  const now = stamp(crm);
  const blank: Contact = {
    id: newId(crm),
    firstName: '',
    lastName: '',
    email: '',
    additionalEmails: [],
    phone: '',
    companyName: '',
    tags: [],
    dnd: false,
    dndSettings: {},
    more: {},
    dateAdded: now,
    dateUpdated: now,
  };
  const contact = withFields(blank, given, now);
  if (contact.email !== '' && !/^[^\s@]+@[^\s@]+$/.test(contact.email)) throw new CrmRefusal('email must be an email');
  return keepContact(crm, contact);
}

export function changeContact(crm: Crm, contact: Contact, given: Json): Contact {
  return keepContact(crm, withFields(contact, given, stamp(crm)));
}

export function deleteContact(crm: Crm, contact: Contact): void {
  crm.state.contacts.delete(contact.id);
  crm.state.deletedContacts.add(contact.id);
  indexLater(crm.state.contactIndex, crm.clock.now, crm.switches.contactIndexLagMs, contact.id);
}

function keepContact(crm: Crm, contact: Contact): Contact {
  indexLater(crm.state.contactIndex, crm.clock.now, crm.switches.contactIndexLagMs, contact.id, contact);
  return keep(crm.state.contacts, contact);
}
