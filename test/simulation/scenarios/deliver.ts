/** Pending e-mails that Gmail sends for the CRM. */
import { AGENT } from '../day';
import { CRM } from '../letters';
import type { Scenario } from '../scenario';

const pending = { channel: 'gmail' } as const;

export const DELIVER: readonly Scenario[] = [
  {
    name: 'deliver',
    rules: 'R1, X3',
    play: (day) => {
      day.connected(AGENT, { app: true });
      day.crmSends({ ...pending, subject: 'Our offer for you' });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'deliver-attachment-cc',
    rules: 'R1, M3, X3',
    play: (day) => {
      day.connected(AGENT, { app: true });
      const attachments = [
        { name: 'offer.txt', type: 'text/plain', base64: Buffer.from('ten pieces').toString('base64') },
      ];
      day.crmSends({ ...pending, subject: 'With everything', attachments, cc: [day.contacts[1].email] });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'deliver-two',
    rules: 'R1, R3, X3',
    play: (day) => {
      day.connected(AGENT, { app: true });
      day.crmSends({ ...pending, subject: 'The first matter' });
      day.crmSends({ ...pending, subject: 'The second matter', contact: 1 });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'deliver-in-thread',
    rules: 'T2, X3',
    play: (day) => {
      day.connected(AGENT, { app: true });
      const first = day.crmSends({ ...pending, subject: 'Our offer for you' });
      day.later(1);
      day.pass();
      day.contactAnswers({ to: first.letter });
      day.pass();
      day.crmSends({ ...pending, subject: 'Re: Our offer for you', replyTo: first });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'deliver-two-of-a-thread',
    rules: 'X3',
    play: (day) => {
      day.connected(AGENT, { app: true });
      const first = day.crmSends({ ...pending, subject: 'Our offer for you' });
      day.later(1);
      day.crmSends({ ...pending, subject: 'Re: Our offer for you', replyTo: first });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'deliver-status-later',
    rules: 'X3',
    play: (day) => {
      day.switches({ statusReadyAfterMs: 300_000 }).connected(AGENT, { app: true });
      day.crmSends({ ...pending, subject: 'Our offer for you' });
      day.pass();
    },
  },
  {
    name: 'deliver-bounces',
    rules: 'R1, T9, X3',
    play: (day) => {
      day.connected(AGENT, { app: true });
      day.hostOf(0, 'bounces');
      const sent = day.crmSends({ ...pending, subject: 'To an old address' });
      day.amend(sent.letter, { [CRM]: 1, [AGENT]: 1 });
      day.later(1);
      day.pass();
      day.pass();
    },
  },
  {
    name: 'deliver-refused-by-host',
    rules: 'R1, T9, X3',
    play: (day) => {
      day.connected(AGENT, { app: true });
      day.hostOf(1, 'refuses');
      const sent = day.crmSends({ ...pending, subject: 'To a full mailbox', contact: 1 });
      day.amend(sent.letter, { [CRM]: 1, [AGENT]: 1 });
      day.later(1);
      day.pass();
      day.pass();
    },
  },
];
