/** Two colleagues in one sub-account, and other people on a mail. */
import { AGENT, COLLEAGUE } from '../day';
import type { Scenario } from '../scenario';
import { linked } from './push';

export const SEVERAL: readonly Scenario[] = [
  {
    name: 'two-colleagues',
    rules: 'C1, R9, T10',
    play: (day) => {
      day.switches({ replyTo: 'user' }).connected().connected(COLLEAGUE);
      const mine = day.crmSends({ subject: 'Our offer for you' });
      const theirs = day.crmSends({ subject: 'The other matter', contact: 1 }, COLLEAGUE);
      day.later(1);
      day.passes();
      day.contactAnswers({ to: mine.letter });
      day.contactAnswers({ to: theirs.letter, contact: 1, user: COLLEAGUE });
      day.passes();
    },
  },
  {
    name: 'colleague-in-copy',
    rules: 'C1, T2',
    play: (day) => {
      day.switches({ replyTo: 'user' }).connected().connected(COLLEAGUE);
      const { letter } = day.crmSends({ subject: 'Our offer for you' });
      day.later(1);
      day.passes();
      day.contactAnswers({ to: letter, cc: [COLLEAGUE] });
      day.passes();
    },
  },
  {
    name: 'colleagues-in-one-thread',
    rules: 'T10',
    play: (day) => {
      day.switches({ replyTo: 'user' }).connected().connected(COLLEAGUE);
      const mine = day.crmSends({ subject: 'Our offer for you' });
      day.later(1);
      const theirs = day.crmSends({ subject: 'Re: Our offer for you', replyTo: mine }, COLLEAGUE);
      day.later(1);
      for (const user of day.users) day.world.run(user, 'onSyncTimer');
      day.later(1);
      day.contactAnswers({ to: theirs.letter, user: COLLEAGUE, cc: [AGENT] });
      day.passes();
    },
  },
  {
    name: 'assistant-answers',
    rules: 'T2',
    play: (day) => {
      const { letter } = linked(day);
      const answer = day.contactAnswers({ to: letter });
      day.pass();
      const mine = day.userAnswers({ to: answer });
      day.pass();
      day.contactAnswers({ to: mine, from: 'assistant@lisbon.example', cc: [day.contacts[0].email] });
      day.pass();
    },
  },
  {
    name: 'auto-reply',
    rules: 'T5, T9',
    play: (day) => {
      const { letter } = linked(day);
      day.contactAnswers({ to: letter, extra: ['Auto-Submitted: auto-replied'] });
      day.pass();
    },
  },
  {
    name: 'same-words-twice',
    rules: 'X5, T11',
    play: (day) => {
      day.switches({ replyTo: 'both' }).connected();
      const first = day.crmSends({ subject: 'Our offer for you' });
      const other = day.crmSends({ subject: 'Our offer for you', contact: 1 });
      day.later(1);
      day.pass();
      day.contactAnswers({ to: first.letter });
      day.contactAnswers({ to: other.letter, contact: 1 });
      day.later(11);
      day.pass(AGENT);
    },
  },
];
