/** The small world: one sub-account with two people in it, three of their contacts, nothing connected, no mail. */
import { configureApp } from './deployment';
import type { World } from './world';

export const AGENT = { email: 'agent@example.com', name: 'Alex Agent' };
export const COLLEAGUE = { email: 'colleague@example.com', name: 'Casey Colleague' };

const CONTACTS = [
  { name: 'Ana Pereira', email: 'ana.pereira@lisbon.example', phone: '+351210000001', companyName: 'Azulejo Lda' },
  { name: 'Bruno Keller', email: 'bruno.keller@zurich.example', phone: '+41440000002', companyName: 'Keller AG' },
  { name: 'Chloe Martin', email: 'chloe.martin@lyon.example', phone: '+33400000003', companyName: 'Atelier Martin' },
];

/** Their second address, which Gmail has verified. */
export function aliasOf({ email, name }: { email: string; name: string }) {
  return { email: email.replace('@', '.sales@'), name: `${name}, Sales`, verified: true };
}

export function peopleTheEmptyWorld(world: World): void {
  world.highlevel.createLocation({ name: 'Example Agency', timezone: 'Etc/UTC' });
  configureApp(world);
  for (const person of [AGENT, COLLEAGUE]) {
    world.gmail.addAccount({ ...person, aliases: [aliasOf(person)] });
    world.highlevel.addUser(person);
  }
  for (const contact of CONTACTS) {
    world.highlevel.addContact(contact);
    world.network.addMailbox(contact.email, contact.name);
  }
}
