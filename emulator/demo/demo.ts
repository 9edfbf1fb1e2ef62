/** The demo world: an agency with its contacts, a mailbox with a life of its own, and a week of synced mail. */
import { AGENT, aliasOf, COLLEAGUE } from '../world/empty';
import { configureApp } from '../world/deployment';
import type { World } from '../world/world';
import { fillCrm } from './crm-records';
import { CONTACTS, FRIENDS } from './people';
import { Play } from './play';
import { plantPrivateMail } from './private-mail';
import { playTheWeek } from './story';

export function peopleTheDemo(world: World): void {
  const { gmail, highlevel, network } = world;
  highlevel.createLocation({ name: 'Example Agency', timezone: 'Europe/Berlin' });
  configureApp(world);
  for (const person of [AGENT, COLLEAGUE]) {
    highlevel.addUser(person);
    gmail.addAccount({ ...person, aliases: [aliasOf(person)] });
  }
  for (const { key, doNotDisturb, gone, ...contact } of CONTACTS) {
    highlevel.addContact({ ...contact, source: 'demo', ...(doNotDisturb ? { dnd: true } : {}) });
    network.addMailbox(contact.email, contact.name, {
      delivery: gone ? 'refuses' : 'takes',
      autoReply: key === 'hanna' ? AWAY : '',
    });
  }
  for (const { email, name } of Object.values(FRIENDS)) network.addMailbox(email, name);
  const play = new Play(world);
  fillCrm(world, play);
  plantPrivateMail(world);
  playTheWeek(world, play);
}

const AWAY = 'Hej!\n\nJag är ledig till den 9 mars. I am on leave until 9 March.\n\nHanna Lindqvist';
