/** Who lives in the fortnight: three users of one sub-account with their Gmail, and forty contacts. */
import type { World } from '../../../emulator/world/world';
import { AGENT } from '../stage';

export const COLLEAGUE = 'colleague@example.com';
export const JUNIOR = 'junior@example.com';
export const USERS = [AGENT, COLLEAGUE, JUNIOR] as const;
export const AGENT_ALIAS = 'agent.sales@example.com';
/** Nobody in the CRM knows them. */
export const FRIEND = 'friend@pub.example';

const FIRST = ['Ana', 'Bertil', 'Çağla', 'Dmitri', 'Élodie', 'Farid', 'Grete', '花子', 'Ioannis', "O'Neil"];
const LAST = ['Pereira', 'Åkesson', 'Öztürk', 'Волков'];

/** The empty world's three contacts, and more, of several scripts. */
export function peopleTheTown(world: World): void {
  world.highlevel.addUser({ name: 'Jules Junior', email: JUNIOR });
  world.gmail.addAccount({ email: JUNIOR, name: 'Jules Junior' });
  for (let number = 3; number < 40; number++) {
    const name = `${FIRST[number % FIRST.length]} ${LAST[number % LAST.length]}`;
    const email = `person${number}@customer${number % 7}.example`;
    world.highlevel.addContact({ name, email });
    world.network.addMailbox(email, name);
  }
  world.network.addMailbox(FRIEND, 'A friend');
  for (const { email } of world.highlevel.describe().contacts) {
    world.network.addMailbox(assistantOf(email), 'An assistant');
  }
}

/** Somebody at the contact's, whom the contact has in copy. */
export function assistantOf(contact: string): string {
  return `assistant.${contact}`;
}
