/** Connecting, changing the address, disconnecting, and a history that is gone. */
import { AGENT } from '../day';
import type { Scenario } from '../scenario';
import { linked } from './push';

export const ACCOUNT: readonly Scenario[] = [
  {
    name: 'connect',
    rules: 'C2, C3, C4',
    play: (day) => {
      day.crmSends({ subject: 'Before the connection', synced: false });
      day.later(5);
      day.connect();
      day.pass();
      day.crmSends({ subject: 'After the connection', contact: 1 });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'connect-long-after',
    rules: 'C3, X12',
    play: (day) => {
      // More than the CRM lists at once: only their dates tell that they are older than the connection.
      day.withoutClaims();
      for (let count = 0; count < 60; count++) day.crmSends({ subject: `Matter ${count}`, synced: false });
      day.later(5);
      day.connected();
      // Once a day the last two are paged again.
      day.later(24 * 60);
      day.pass();
    },
  },
  {
    name: 'history-expires',
    rules: 'X8',
    play: (day) => {
      const { letter } = linked(day);
      day.contactAnswers({ to: letter });
      day.crmSends({ subject: 'Another matter', contact: 1 });
      day.world.gmail.expireHistory(AGENT);
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'connect-after-loss',
    rules: 'X11, C2, C6',
    play: (day) => {
      const { letter } = linked(day);
      day.crmSends({ subject: 'Before it was noticed', contact: 1 });
      day.loses();
      day.later(5);
      day.connect();
      day.contactAnswers({ to: letter });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'disconnect',
    rules: 'C7',
    play: (day) => {
      linked(day);
      day.disconnect();
    },
  },
  {
    name: 'new-address',
    rules: 'C6',
    play: (day) => {
      const { letter } = linked(day);
      day.changesAddress('agent.sales@example.com');
      day.later(15);
      day.contactAnswers({ to: letter, synced: false });
      day.crmSends({ subject: 'In the new name', contact: 1, from: 'agent.sales@example.com' });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'token-renewal',
    rules: 'C5',
    play: (day) => {
      day.connected(AGENT, { app: true });
      day.later(23 * 60);
      day.crmSends({ subject: 'Good morning', channel: 'gmail' });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'connect-app',
    rules: 'C2, C5',
    play: (day) => {
      day.connect(AGENT, { app: true });
      day.crmSends({ subject: 'After the connection', channel: 'gmail' });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'sync-now',
    rules: 'G2, X10',
    play: (day) => {
      const { letter } = linked(day);
      day.contactAnswers({ to: letter });
      day.syncsNow();
      day.opensHome();
    },
  },
];
