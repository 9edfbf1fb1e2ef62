/** What the CRM sent by itself comes into Gmail as a copy. */
import type { Scenario } from '../scenario';

export const MIRROR: readonly Scenario[] = [
  {
    name: 'mirror',
    rules: 'R2, T1, X4',
    play: (day) => {
      day.connected();
      day.crmSends({ subject: 'Our offer for you' });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'mirror-attachment',
    rules: 'R2, M3',
    play: (day) => {
      day.connected();
      const attachments = [
        { name: 'offer.txt', type: 'text/plain', base64: Buffer.from('ten pieces').toString('base64') },
      ];
      day.crmSends({ subject: 'The drawings', attachments });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'mirror-several',
    rules: 'R2, X4',
    play: (day) => {
      day.connected();
      for (const contact of [0, 1, 2]) day.crmSends({ contact, subject: `Matter ${'abc'[contact]}bc` });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'mirror-in-thread',
    rules: 'T2, X4',
    play: (day) => {
      day.connected();
      const first = day.crmSends({ subject: 'Our offer for you' });
      day.later(1);
      day.pass();
      day.crmSends({ subject: 'Re: Our offer for you', replyTo: first });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'mirror-two-of-a-thread',
    rules: 'T1, X4',
    play: (day) => {
      day.connected();
      const first = day.crmSends({ subject: 'Our offer for you' });
      day.later(1);
      day.crmSends({ subject: 'Re: Our offer for you', replyTo: first });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'mirror-bulk',
    rules: 'R3, R4',
    play: (day) => {
      day.connected();
      day.crmSends({ subject: 'News of March', kind: 'bulk', from: 'agent@example.com' });
      day.crmSends({ subject: 'News of March', kind: 'bulk', from: 'news@brand.example', contact: 1, synced: false });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'left-alone',
    rules: 'R5, R9',
    play: (day) => {
      day.connected();
      day.crmSends({ subject: 'Welcome aboard', kind: 'workflow', synced: false });
      // In the connected user's own name, as workflows can send.
      day.crmSends({ subject: 'Next steps', kind: 'workflow', contact: 2, from: 'agent@example.com', synced: false });
      day.crmSends({ subject: 'By another app', kind: 'api', contact: 1, from: 'agent@example.com' });
      day.later(1);
      day.pass();
    },
  },
];
