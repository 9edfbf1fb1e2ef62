/** What the user does in the sidebar. */
import { disconnect } from '../../../emulator/world/person';
import { AGENT } from '../day';
import { CRM } from '../letters';
import type { Scenario } from '../scenario';
import { linked } from './push';

const SECOND = 'second@example.com';

function without(places: Readonly<Record<string, number>>, address: string): Record<string, number> {
  return Object.fromEntries(Object.entries(places).filter(([place]) => place !== address));
}

export const BY_HAND: readonly Scenario[] = [
  {
    name: 'thread-opened',
    rules: 'X10',
    play: (day) => {
      const { letter } = linked(day);
      const answer = day.contactAnswers({ to: letter });
      day.pass();
      day.userAnswers({ to: answer });
      day.opensThread(letter);
    },
  },
  {
    name: 'thread-stopped-and-resumed',
    rules: 'T8',
    play: (day) => {
      const { letter } = linked(day);
      const answer = day.contactAnswers({ to: letter });
      day.pass();
      day.presses(answer, { buttons: ['thread.stop'], until: 'thread.resume' });
      day.contactAnswers({ to: letter, synced: false });
      day.pass();
      day.presses(answer, { buttons: ['thread.resume'], until: 'thread.stop' });
      day.contactAnswers({ to: letter });
      day.pass();
    },
  },
  {
    name: 'linked-by-hand',
    rules: 'T7',
    play: (day) => {
      day.connected();
      const [{ email }] = day.contacts;
      const letter = day.strangerWrites({ from: email, subject: 'A question of mine' });
      day.amend(letter, { ...letter.places, [CRM]: 1 });
      day.presses(letter, { buttons: ['link.show', 'link.do'], until: 'thread.stop', inputs: { earlier: ['all'] } });
      day.userAnswers({ to: letter });
      day.pass();
    },
  },
  {
    name: 'new-token',
    rules: 'C5, G5',
    play: (day) => {
      const { highlevel } = day.world;
      const token = highlevel.createPrivateToken();
      const { letter } = linked(day, undefined, token);
      highlevel.revokeToken(token);
      day.contactAnswers({ to: letter });
      day.crmSends({ subject: 'While nobody could read it', contact: 1 });
      day.world.run(AGENT, 'onSyncTimer');
      day.later(5);
      day.connect(AGENT, { token: highlevel.createPrivateToken() });
      day.pass();
    },
  },
  {
    name: 'taken-over',
    rules: 'C6',
    play: (day) => {
      const { world } = day;
      world.gmail.addAccount({
        email: SECOND,
        name: 'Second',
        aliases: [{ email: AGENT, name: 'Alex Agent', verified: true }],
      });
      linked(day);
      day.takesOver(SECOND, AGENT);
      day.later(15);
      const after = day.crmSends({ subject: 'After the change', contact: 1 });
      day.amend(after.letter, { ...without(after.letter.places, AGENT), [SECOND]: 1 });
      day.later(1);
      day.pass(SECOND);
      // The former mailbox sees that it is not its part any more.
      world.run(AGENT, 'onSyncTimer');
    },
  },
  {
    name: 'connected-anew',
    rules: 'C4, C7, X11',
    play: (day) => {
      const { letter } = linked(day);
      disconnect(day.world, AGENT);
      day.later(5);
      day.crmSends({ subject: 'While nobody was connected', contact: 1, synced: false });
      day.later(5);
      day.connect();
      day.contactAnswers({ to: letter });
      day.later(1);
      day.pass();
    },
  },
];
