/** X1, X5, X6 for what threads do: each of their passes cut at every call must end as it ends uncut. */
import { AGENT, emptyWorld, Stage } from './stage';
import { cutEverywhere, uncut } from './cutting';
import { arrives, labelId, leave, linked, relabel, userSends } from './writing';

interface Moment {
  readonly name: string;
  /** Brings the world to where the run begins. */
  readonly before: (stage: Stage) => void;
}

const commanded = (stage: Stage) => stage.world.run(AGENT, 'onSyncSoon');
const answer = (stage: Stage, id: string, text: string, more: { subject?: string; id?: string } = {}) =>
  arrives(stage, {
    from: stage.contact.email,
    to: AGENT,
    subject: 'Re: Our offer for you',
    text,
    answers: [id],
    ...more,
  });

function question(stage: Stage): string {
  arrives(stage, { from: stage.contact.email, to: AGENT, subject: 'A question', text: 'How much?', id: '<q@c.test>' });
  const [{ threadId }] = stage.messages();
  stage.later(1);
  userSends(
    stage,
    { to: stage.contact.email, subject: 'Re: A question', text: 'Ten.', answers: ['<q@c.test>'] },
    threadId,
  );
  stage.pass();
  stage.later(1);
  return threadId;
}

const MOMENTS: Moment[] = [
  {
    name: 'T7: linked by hand with the earlier messages, the conversation and the CRM thread made by it',
    before: (stage) => leave(stage, { do: 'link', gmail: question(stage), contact: stage.contact.id, earlier: true }),
  },
  {
    name: 'T7: the first message of a thread that was linked from now on',
    before: (stage) => {
      leave(stage, { do: 'link', gmail: question(stage), contact: stage.contact.id, earlier: false });
      commanded(stage);
      stage.later(1);
      answer(stage, '<q@c.test>', 'Fine.', { subject: 'Re: A question' });
    },
  },
  {
    name: 'T11: a mirror gives way to the mailbox’s own copy, which takes its star',
    before: (stage) => {
      stage.world.switches.set({ replyTo: 'both' });
      linked(stage);
      const mail = stage.newestOf(stage.contact.email);
      const crmBox = mail('Reply-To')
        .split(',')
        .map((part) => /[\w.+-]+@[\w.-]+/.exec(part)?.[0] ?? '')
        .find((address) => address !== AGENT);
      const reply = {
        from: stage.contact.email,
        to: `${AGENT}, ${crmBox ?? ''}`,
        subject: 'Re: Our offer for you',
        text: 'Sounds good.',
        id: '<r@c.test>',
        answers: [mail('Message-ID')],
      };
      arrives(stage, reply, [crmBox ?? '']);
      stage.pass();
      stage.later(4);
      stage.pass();
      relabel(
        stage,
        stage.messages().find(({ labels }) => labels.includes('INBOX'))?.id ?? '',
        ['STARRED'],
        ['UNREAD'],
      );
      arrives(stage, reply, [AGENT]);
    },
  },
  {
    name: 'T2: one click logs what the rule left',
    before: (stage) => {
      const { mirror, crm } = linked(stage);
      stage.world.network.addMailbox('lawyer@law.example', 'Lee Lawyer');
      const id = userSends(
        stage,
        {
          to: 'lawyer@law.example',
          subject: 'Fwd: Our offer for you',
          text: 'Sound?',
          answers: [mirror.header('Message-ID')],
        },
        mirror.threadId,
      );
      stage.pass();
      leave(stage, { do: 'push-message', crm, key: `g:${id}` });
    },
  },
  {
    name: 'T8: the label of a private conversation comes onto its next message',
    before: (stage) => {
      const { mirror } = linked(stage);
      answer(stage, mirror.header('Message-ID'), 'First.');
      for (const { id } of stage.messages()) relabel(stage, id, [labelId(stage, 'CRM/Private')]);
      stage.pass();
      answer(stage, mirror.header('Message-ID'), 'Second.');
    },
  },
  {
    name: 'T4, S8: a split thread joins, read whole, while a check repairs a refused message',
    before: (stage) => {
      const { mirror, crm } = linked(stage);
      const id = mirror.header('Message-ID');
      answer(stage, id, 'Refused at first.');
      stage.world.appsScript.setFaults([{ path: '/conversations/messages/inbound', answer: '422' }]);
      stage.pass();
      stage.world.appsScript.setFaults([]);
      stage.later(11);
      arrives(stage, { from: stage.contact.email, to: AGENT, subject: 'Apart', text: 'One.', id: '<a@c.test>' });
      stage.pass();
      stage.later(1);
      arrives(stage, {
        from: stage.contact.email,
        to: AGENT,
        subject: 'Re: Apart',
        text: 'Two.',
        answers: [id, '<a@c.test>'],
      });
      leave(stage, { do: 'check-thread', crm });
    },
  },
];

test.each(MOMENTS)(
  '$name',
  ({ before }) => {
    const stage = new Stage(emptyWorld(5)).connect();
    stage.world.switches.set({ replyTo: 'user' });
    stage.later(1);
    stage.pass();
    before(stage);
    const run = () => void commanded(stage);
    const cuttable = uncut(stage, run);
    expect(cuttable.calls.filter((call) => /UrlFetchApp post/i.test(call)).length).toBeGreaterThan(0);
    expect(cutEverywhere(stage, run, cuttable)).toEqual([]);
  },
  900_000,
);
