/** What the user does in the sidebar. */
import { disconnect } from '../../../emulator/world/person';
import { AGENT } from '../day';
import { CRM } from '../letters';
import type { Scenario } from '../scenario';
import { linked } from './push';

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
