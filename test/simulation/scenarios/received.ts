/** Mail that the CRM takes in by itself. */
import type { Scenario } from '../scenario';

export const RECEIVED: readonly Scenario[] = [
  {
    name: 'received-by-crm',
    rules: 'T11',
    play: (day) => {
      day.connected();
      const { letter } = day.crmSends({ subject: 'Our offer for you' });
      day.later(1);
      day.pass();
      day.contactAnswers({ to: letter });
      day.pass();
      day.later(4);
      day.pass();
    },
  },
  {
    name: 'received-by-both',
    rules: 'T5, T11',
    play: (day) => {
      day.switches({ replyTo: 'both' }).connected();
      const { letter } = day.crmSends({ subject: 'Our offer for you' });
      day.later(1);
      day.pass();
      day.contactAnswers({ to: letter });
      day.pass();
      day.later(4);
      day.pass();
    },
  },
];
