/** What the buttons about contacts do. Ids and addresses in them are looked up anew for what this user may see (C10). */
import { createContact, findByEmail } from '../../crm/contacts';
import type { Contact } from '../../crm/types';
import { bareAddress } from '../../gmail/mime/addresses';
import { together } from '../../platform/exchange';
import type { SyncView } from '../../sync/view';
import type { Context } from '../context';
import { connected, say, type Handlers } from '../handler';
import { makeOnce } from '../make';
import { newOnceId } from '../once';
import { readRecords, type Records } from '../records/read';
import { problemReply, type Reply } from '../reply';
import { contactCard } from './card';
import { CONTACT, newContactCard } from './create';
import { readContactById, readContactOf, seesOnlyOwn, type ContactReading, type Desk } from './read';

export const CONTACT_HANDLERS: Handlers = {
  'contact.show': showContact,
  'contact.new': (context) =>
    connected(context, () => {
      const { email = '', name = '' } = context.event.parameters;
      const values = { email: bareAddress(email), name: name === email ? '' : name };
      return { card: newContactCard(context.words, { once: newOnceId(), values }), move: 'push' };
    }),
  'contact.create': addContact,
};

function showContact(context: Context): Reply {
  return connected(context, (view) => {
    const { contact: id = '', email = '', name = '' } = context.event.parameters;
    if (isCrmId(id)) return { card: contactById(context, view, id), move: 'push' };
    const address = bareAddress(email);
    if (address === '') return problemReply(context, { code: 'contact-unknown' });
    const reading = context.run(readContactOf(deskOf(context, view), { email: address, name }));
    const card =
      reading.kind === 'found'
        ? contactById(context, view, reading.contact.id)
        : contactCard(context.words, view, reading, undefined, context.format);
    return { card, move: 'push' };
  });
}

/** In one round; shown only where the contact is this user's to see. */
export function contactById(context: Context, view: SyncView, id: string) {
  const desk = deskOf(context, view);
  const [reading, records] = context.run(
    together<unknown>([readContactById(desk, id), readRecords(desk, id)]),
  ) as unknown as [ContactReading, Records];
  return contactCard(context.words, view, reading, records, context.format);
}

function addContact(context: Context): Reply {
  return connected(context, (view) => {
    const { event, words } = context;
    const [name = ''] = event.form(CONTACT.name);
    const email = bareAddress(event.form(CONTACT.email)[0] ?? '');
    const [phone = ''] = event.form(CONTACT.phone);
    const [company = ''] = event.form(CONTACT.company);
    if (name.trim() === '' || email === '') return say(words.records.incomplete);
    const { location, crmUser } = view.connection;
    const mine = context.run(seesOnlyOwn(deskOf(context, view)));
    const made = makeOnce<Contact>(context, {
      id: event.parameters.once,
      after: event.parameters.after,
      like: email,
      likeOf: (contact) => bareAddress(contact.email),
      idOf: ({ id }) => id,
      single: true,
      list: findByEmail(location, email),
      create: createContact(location, {
        name: name.trim(),
        email,
        phone: phone.trim() || undefined,
        companyName: company.trim() || undefined,
        assignedTo: mine ? crmUser : undefined,
        source: 'Threadlink',
      }),
    });
    const values = { name, email, phone, company };
    if (made.kind === 'doubt') {
      const form = { once: newOnceId(), after: event.parameters.once, values };
      return { card: newContactCard(words, form), move: 'update' };
    }
    if (made.kind === 'not-made') {
      const existing = made.failure?.existingId;
      if (existing === undefined) return say(words.records.notSaved);
      return { card: contactById(context, view, existing), move: 'push', notice: words.contact.there };
    }
    const notice = made.earlier ? words.contact.there : words.contact.created;
    // Another contact had the address before.
    if (made.record === undefined) return say(notice);
    return { card: contactById(context, view, made.record.id), move: 'update', notice, changed: true };
  });
}

export function deskOf({ cache }: Context, { connection }: SyncView): Desk {
  return { cache, connection };
}

/** An id that may be asked for; whether it is this user's to see is another question. */
export function isCrmId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(id);
}
