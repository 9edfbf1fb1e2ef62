/** T6: drafts, chats, spam and trash do not sync; what leaves spam or trash later does; what is gone is gone. */
import { connectedStage } from './scenes';
import { AGENT, type Stage } from './stage';
import { arrives, inCrm, linked, rawOf, stateOf, userSends } from './writing';

let stage: Stage;
let id: string;
let thread: string;

beforeEach(() => {
  stage = connectedStage();
  const { mirror } = linked(stage);
  id = mirror.header('Message-ID');
  thread = mirror.threadId;
});

const comes = (text: string) =>
  arrives(stage, { from: stage.contact.email, to: AGENT, subject: 'Re: Our offer for you', text, answers: [id] });
const newest = () => stage.messages().at(-1)?.id ?? '';
const act = (what: 'spam' | 'unspam' | 'trash' | 'untrash', message: string) =>
  stage.world.gmail.act(AGENT, what, message);
const fates = () => stateOf(stage).receipts.map(({ what }) => what);

describe.each([
  ['spam', 'unspam'],
  ['trash', 'untrash'],
] as const)('%s and back', (away, back) => {
  test(`T6: ${away} before the sync: nothing goes; ${back} later: it goes once`, () => {
    comes('Hello from far away.');
    const message = newest();
    act(away, message);
    stage.settleDown();
    expect(inCrm(stage)).toEqual(['outbound: Hello']);
    act(back, message);
    stage.settleDown();
    expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: Hello from far away.']);
  });

  test(`T6: ${away} and ${back} after the sync, and again: it is there once`, () => {
    comes('Hello from far away.');
    stage.pass();
    const message = newest();
    for (let count = 0; count < 2; count++) {
      act(away, message);
      stage.pass();
      stage.later(11);
      act(back, message);
      stage.settleDown();
    }
    expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: Hello from far away.']);
  });

  test(`T6: ${away} and ${back} between two passes: it goes once`, () => {
    comes('Hello from far away.');
    const message = newest();
    act(away, message);
    act(back, message);
    stage.settleDown();
    expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: Hello from far away.']);
  });

  test(`T6, T5: a reply that starts a thread of its own, in ${away} when it came and ${back} later`, () => {
    arrives(stage, {
      from: stage.contact.email,
      to: AGENT,
      subject: 'Re: Our offer for you',
      text: 'Sounds good.',
      answers: ['<only-the-crm-knows@crm.test>'],
    });
    const message = newest();
    act(away, message);
    stage.settleDown();
    expect(inCrm(stage)).toEqual(['outbound: Hello']);
    act(back, message);
    stage.settleDown();
    expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: Sounds good.']);
  });
});

test('T6: deleted before it synced: gone, not failed', () => {
  comes('Never mind.');
  stage.gmail('DELETE', `messages/${newest()}`);
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello']);
  expect(fates()).toEqual(['mirrored', 'gone']);
  expect(stateOf(stage).items.size).toBe(0);
});

test('T6: deleted while it waited for another attempt: gone, not failed', () => {
  comes('Never mind.');
  stage.world.appsScript.setFaults([{ path: '/conversations/messages/inbound', answer: '422' }]);
  stage.pass();
  stage.world.appsScript.setFaults([]);
  stage.gmail('DELETE', `messages/${newest()}`);
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello']);
  expect(fates()).toEqual(['mirrored', 'gone']);
  expect(stateOf(stage).items.size).toBe(0);
});

test('T6: a draft saved twenty times, with passes between, syncs when it is sent, once', () => {
  const mail = { from: AGENT, to: stage.contact.email, subject: 'Re: Our offer for you', answers: [id] };
  const body = (text: string) => ({
    message: { threadId: thread, raw: rawOf(stage, { ...mail, text }).toString('base64url') },
  });
  const draft = String(stage.gmail('POST', 'drafts', body('D')).id);
  for (let count = 0; count < 20; count++) {
    stage.gmail('PUT', `drafts/${draft}`, body(`Draft ${count}`));
    if (count % 3 === 0) stage.pass();
  }
  stage.pass();
  expect(inCrm(stage)).toEqual(['outbound: Hello']);
  stage.gmail('POST', 'drafts/send', { id: draft });
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'outbound: Draft 19']);
});

test('T6: a chat in a thread that joins is no mail', () => {
  const chat = {
    from: stage.contact.email,
    to: AGENT,
    subject: 'Chat with Ana',
    text: 'A line of chat.',
    id: '<chat@c.test>',
  };
  stage.later(10);
  stage.world.gmail.plant(AGENT, rawOf(stage, chat), ['CHAT'], stage.world.clock.now);
  arrives(stage, { ...chat, id: '<mail@c.test>', text: 'A mail.', answers: [id, '<chat@c.test>'] });
  expect(stage.messages().at(-1)?.threadId).toBe(stage.messages().at(-2)?.threadId);
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: A mail.']);
});

test('T2: mail to oneself in a linked thread stays private', () => {
  userSends(stage, { to: AGENT, subject: 'Re: Our offer for you', text: 'Note to self.', answers: [id] }, thread);
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello']);
});

test('T2: mail to the contact and oneself goes once, as outbound', () => {
  userSends(
    stage,
    { to: `${stage.contact.email}, ${AGENT}`, subject: 'Re: Our offer for you', text: 'To us both.', answers: [id] },
    thread,
  );
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'outbound: To us both.']);
});
