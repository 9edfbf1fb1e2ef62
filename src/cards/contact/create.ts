/** A new contact out of a mail's sender (S3). */
import { section, text, type Card } from '../model';
import { doubtWidgets, saveFooter, type FormState } from '../records/form';
import type { Words } from '../words';

export const CONTACT = { name: 'contactName', email: 'contactEmail', phone: 'contactPhone', company: 'contactCompany' };

export function newContactCard(words: Words, form: FormState): Card {
  const { contact: says } = words;
  const { name, email, phone, company } = form.values;
  return {
    name: 'contact-new',
    title: says.create,
    sections: [
      ...doubtWidgets(words, form),
      ...section(undefined, [
        text([{ quiet: says.createWhat }]),
        { kind: 'input', name: CONTACT.name, title: says.name, value: name, most: 120 },
        { kind: 'input', name: CONTACT.email, title: says.email, value: email, most: 200 },
        { kind: 'input', name: CONTACT.phone, title: says.phone, value: phone, most: 40 },
        { kind: 'input', name: CONTACT.company, title: says.company, value: company, most: 120 },
      ]),
    ],
    footer: saveFooter(words, form, 'contact.create', {}, [CONTACT.name, CONTACT.email]),
  };
}
