/** T2: every later message of a linked thread syncs, whoever wrote it, and says whom it is from. */
import { connectedStage } from './scenes';
import { AGENT, type Stage } from './stage';
import { arrives, inCrm, linked, userSends } from './writing';

const COLLEAGUE = 'colleague@example.com';
let stage: Stage;

beforeEach(() => {
  stage = connectedStage();
});

test('T2: a changed subject within the thread still syncs', () => {
  const { mirror, crm } = linked(stage);
  const id = mirror.header('Message-ID');
  userSends(
    stage,
    { to: stage.contact.email, subject: 'Re: Our offer for you', text: 'First.', answers: [id] },
    mirror.threadId,
  );
  stage.pass();
  const [, sent] = stage.messages();
  // Gmail starts another thread for it (facts, platform 3.6); it names a message of the link.
  arrives(stage, {
    from: `Ana <${stage.contact.email}>`,
    to: AGENT,
    subject: 'New price (was: Our offer for you)',
    text: 'What about this?',
    answers: [sent.header('Message-ID')],
  });
  stage.pass();
  expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'outbound: First.', 'inbound: What about this?']);
});

test('T2: the contact answers from another address: it goes, and says whom it is from', () => {
  const { mirror, crm } = linked(stage);
  arrives(stage, {
    from: 'Ana at home <ana@home.example>',
    to: AGENT,
    subject: 'Re: Our offer for you',
    text: 'From my sofa.',
    answers: [mirror.header('Message-ID')],
  });
  stage.pass();
  stage.settleDown();
  expect(inCrm(stage, crm)).toEqual([
    'outbound: Hello',
    'inbound: From my sofa. From: Ana at home <ana@home.example>'.replace(
      '<ana@home.example>',
      '&lt;ana@home.example&gt;',
    ),
  ]);
});

test('T2: a cc’d person of the contact’s firm answers to all: it goes, and says whom it is from', () => {
  const { mirror, crm } = linked(stage);
  arrives(stage, {
    from: 'Bo Boss <boss@lisbon.example>',
    to: `${AGENT}, ${stage.contact.email}`,
    subject: 'Re: Our offer for you',
    text: 'I agree with Ana.',
    answers: [mirror.header('Message-ID')],
  });
  stage.settleDown();
  expect(inCrm(stage, crm)).toEqual([
    'outbound: Hello',
    'inbound: I agree with Ana. From: Bo Boss &lt;boss@lisbon.example&gt;',
  ]);
});

test('T2: forwarded to a lawyer, answered by the lawyer, talked over among colleagues: left', () => {
  const { mirror, crm } = linked(stage);
  const id = mirror.header('Message-ID');
  const toLawyer = userSends(
    stage,
    { to: 'lawyer@law.example', subject: 'Fwd: Our offer for you', text: 'Is this sound?', answers: [id] },
    mirror.threadId,
  );
  stage.pass();
  const sent = stage.message(toLawyer);
  arrives(stage, {
    from: 'lawyer@law.example',
    to: AGENT,
    subject: 'Re: Fwd: Our offer for you',
    text: 'It is not.',
    answers: [id, sent.header('Message-ID')],
  });
  arrives(stage, {
    from: COLLEAGUE,
    to: AGENT,
    subject: 'Re: Our offer for you',
    text: 'Do not go below ten.',
    answers: [id],
  });
  stage.settleDown();
  expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
});

test('T2: auto-replies sync', () => {
  const { mirror, crm } = linked(stage);
  arrives(stage, {
    from: stage.contact.email,
    to: AGENT,
    subject: 'Out of office: Our offer for you',
    text: 'Back on Monday.',
    answers: [mirror.header('Message-ID')],
    more: ['Auto-Submitted: auto-replied', 'Precedence: bulk'],
  });
  stage.settleDown();
  expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: Back on Monday.']);
  expect(stage.world.network.received(stage.contact.email)).toHaveLength(1);
});
