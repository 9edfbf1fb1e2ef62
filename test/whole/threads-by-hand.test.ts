/** T7: a thread that the contact or Gmail started is linked by hand, from now on or with the earlier messages. */
import { AGENT, emptyWorld, Stage } from './stage';
import { arrives, inCrm, leave, stateOf, userSends } from './writing';

let stage: Stage;
let thread: string;

beforeEach(() => {
  stage = new Stage(emptyWorld()).connect();
  stage.later(1);
  arrives(stage, {
    from: stage.contact.email,
    to: AGENT,
    subject: 'A question of mine',
    text: 'How much?',
    id: '<q1@c.test>',
  });
  thread = stage.messages()[0].threadId;
  stage.later(1);
  answers('Ten.', '<q1@c.test>');
  stage.pass();
  stage.later(1);
  expect(stage.emails()).toEqual([]);
});

const answers = (text: string, parent: string) =>
  userSends(stage, { to: stage.contact.email, subject: 'Re: A question of mine', text, answers: [parent] }, thread);
const comes = (text: string) =>
  arrives(stage, {
    from: stage.contact.email,
    to: AGENT,
    subject: 'Re: A question of mine',
    text,
    answers: ['<q1@c.test>'],
  });
const link = (earlier: boolean, contact = stage.contact.id) => {
  leave(stage, { do: 'link', gmail: thread, contact, earlier });
  stage.world.run(AGENT, 'onSyncSoon');
};
const links = () => [...stateOf(stage).links.values()];
const threads = () => new Set(stage.emails().map(({ threadId }) => threadId)).size;

test('T7: with the earlier messages: all of them, in order, in one new CRM thread', () => {
  link(true);
  expect(inCrm(stage)).toEqual(['inbound: How much?', 'outbound: Ten.']);
  expect(threads()).toBe(1);
  expect(links()).toMatchObject([{ crm: stage.emails()[0].threadId, gmail: [thread], contact: stage.contact.id }]);
  stage.later(1);
  comes('Fine.');
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['inbound: How much?', 'outbound: Ten.', 'inbound: Fine.']);
  expect(threads()).toBe(1);
});

test('T7: from now on: nothing earlier; the next message begins the CRM thread', () => {
  link(false);
  stage.settleDown();
  expect(stage.emails()).toEqual([]);
  expect(links()).toMatchObject([{ gmail: [thread], stopped: '' }]);
  comes('Fine.');
  stage.pass();
  answers('Deal.', '<q1@c.test>');
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['inbound: Fine.', 'outbound: Deal.']);
  expect(threads()).toBe(1);
  expect(links()).toMatchObject([{ crm: stage.emails()[0].threadId, gmail: [thread] }]);
});

test('T7, T2: what the CRM sends into that thread comes into this Gmail thread', () => {
  link(true);
  stage.crmSends({
    subject: 'Re: A question of mine',
    html: '<p>From the CRM</p>',
    replyTo: { threadId: stage.emails()[0].threadId },
  });
  stage.later(1);
  stage.settleDown();
  expect(stage.messages().map(({ threadId }) => threadId)).toEqual([thread, thread, thread]);
});

test('T7: the contact’s own conversation is used where there is one; the thread of the CRM beside it is left alone', () => {
  const sent = stage.crmSends({ subject: 'Another matter', html: '<p>Hi</p>' });
  stage.later(1);
  stage.pass();
  link(true);
  stage.settleDown();
  expect(inCrm(stage, sent.threadId)).toEqual(['outbound: Hi']);
  expect(threads()).toBe(2);
  expect(stage.emails()).toHaveLength(3);
});

test('T7: twice, also while the first one is on its way: once', () => {
  leave(stage, { do: 'link', gmail: thread, contact: stage.contact.id, earlier: true });
  link(true);
  link(false);
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['inbound: How much?', 'outbound: Ten.']);
});

test('T7: fifty earlier messages, over several passes: one CRM thread, each once', () => {
  for (let count = 0; count < 48; count++) {
    stage.later(1);
    comes(`Line ${count}.`);
  }
  stage.pass();
  link(true);
  stage.settleDown();
  expect(stage.emails()).toHaveLength(50);
  expect(threads()).toBe(1);
  expect(new Set(inCrm(stage)).size).toBe(50);
}, 60_000);

test('T7: a contact of another address: what they wrote goes, as theirs', () => {
  link(true, stage.crm.contacts[1].id);
  stage.settleDown();
  expect(inCrm(stage)).toHaveLength(2);
});

test('S9: a click that names nobody, or no thread, links nothing', () => {
  leave(stage, { do: 'link', gmail: 'ffffffffffffffff', contact: stage.contact.id, earlier: true });
  leave(stage, { do: 'link', gmail: '../x', contact: stage.contact.id, earlier: true });
  link(true, 'nobody');
  stage.settleDown();
  expect(stage.emails()).toEqual([]);
  expect(links()).toEqual([]);
  expect(stateOf(stage).items.size).toBe(0);
});

test('T7, T8: excluded and private messages stay out of it', () => {
  leave(stage, { do: 'set', settings: { savedAt: 1, excluded: ['lisbon.example'], internalPrivate: false } });
  link(true);
  stage.settleDown();
  expect(stage.emails()).toEqual([]);
});

test('T7: stopped before its first message, it begins no CRM thread', () => {
  link(false);
  leave(stage, { do: 'stop-thread', crm: links()[0].crm });
  stage.world.run(AGENT, 'onSyncSoon');
  comes('Not for them.');
  stage.settleDown();
  expect(stage.emails()).toEqual([]);
});
