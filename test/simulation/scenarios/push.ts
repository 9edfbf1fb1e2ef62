/** Mail of linked threads goes to the CRM. */
import { AGENT } from '../day';
import type { Scenario } from '../scenario';

/** A thread that the CRM began, with its copy in Gmail; the contact's answers come to the user. */
export function linked(day: Parameters<Scenario['play']>[0], subject = 'Our offer for you', token?: string) {
  day.switches({ replyTo: 'user' }).connected(AGENT, { token });
  const first = day.crmSends({ subject });
  day.later(1);
  day.pass();
  return first;
}

export const PUSH: readonly Scenario[] = [
  {
    name: 'reply-joins',
    rules: 'T5, X5',
    play: (day) => {
      const { letter } = linked(day);
      day.contactAnswers({ to: letter });
      day.pass();
    },
  },
  {
    name: 'reply-attachment',
    rules: 'T5, M3, X5',
    play: (day) => {
      const { letter } = linked(day);
      day.contactAnswers({ to: letter, attachment: 'my notes' });
      day.pass();
    },
  },
  {
    name: 'reply-and-answer',
    rules: 'T2, X5',
    play: (day) => {
      const { letter } = linked(day);
      const answer = day.contactAnswers({ to: letter });
      day.pass();
      day.userAnswers({ to: answer });
      day.pass();
    },
  },
  {
    name: 'push-two-at-once',
    rules: 'T2, X5',
    play: (day) => {
      const { letter } = linked(day);
      const answer = day.contactAnswers({ to: letter });
      day.later(1);
      day.userAnswers({ to: answer, html: true });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'push-known-thread',
    rules: 'T2, X5',
    play: (day) => {
      const { letter } = linked(day);
      const answer = day.contactAnswers({ to: letter });
      day.pass();
      const mine = day.userAnswers({ to: answer });
      day.pass();
      day.contactAnswers({ to: mine });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'push-and-mirror',
    rules: 'T2, X4, X5',
    play: (day) => {
      const first = linked(day);
      day.contactAnswers({ to: first.letter });
      day.pass();
      day.crmSends({ subject: 'Re: Our offer for you', replyTo: first });
      day.crmSends({ subject: 'Another matter', contact: 1 });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'push-to-stranger',
    rules: 'T2',
    play: (day) => {
      const { letter } = linked(day);
      const answer = day.contactAnswers({ to: letter });
      day.pass();
      day.world.network.addMailbox('lawyer@elsewhere.example', 'The lawyer');
      day.userAnswers({ to: answer, alone: 'lawyer@elsewhere.example', synced: false });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'private-mail',
    rules: 'T1, T3',
    play: (day) => {
      linked(day);
      day.strangerWrites();
      day.strangerWrites({ from: day.contacts[0].email, subject: 'A matter of mine' });
      day.strangerWrites({ from: day.contacts[0].email, subject: 'Our offer for you' });
      day.later(1);
      day.pass();
    },
  },
  {
    name: 'trash-and-back',
    rules: 'T6',
    play: (day) => {
      const { letter } = linked(day);
      const answer = day.contactAnswers({ to: letter });
      day.pass();
      const mine = day.userAnswers({ to: answer });
      const reply = day.contactAnswers({ to: mine });
      day.world.gmail.act(AGENT, 'spam');
      day.amend(reply, {});
      day.pass();
      day.world.gmail.act(AGENT, 'unspam');
      day.amend(reply, reply.places);
      day.pass();
    },
  },
];
