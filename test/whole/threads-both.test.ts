/** T11: a reply that the CRM took in, or that reached both sides, is on each side once, in whichever order they come. */
import { AGENT, emptyWorld, Stage } from './stage';
import { arrives, inCrm, linked, relabel, stateOf } from './writing';

let stage: Stage;
let crmBox: string;
let sentId: string;

beforeEach(() => {
  stage = new Stage(emptyWorld()).connect();
  stage.world.switches.set({ replyTo: 'both' });
  linked(stage);
  const mail = stage.newestOf(stage.contact.email);
  crmBox =
    /[\w.+-]+@[\w.-]+/.exec(
      mail('Reply-To')
        .split(',')
        .find((part) => !part.includes(AGENT)) ?? '',
    )?.[0] ?? '';
  sentId = mail('Message-ID');
  stage.later(2);
});

const answer = (text: string, id: string) => ({
  from: `Ana Pereira <${stage.contact.email}>`,
  to: `${AGENT}, ${crmBox}`,
  subject: 'Re: Our offer for you',
  text,
  id,
  answers: [sentId],
});
const reaches = (where: 'crm' | 'gmail', text: string, id = '<r1@lisbon.example>') =>
  arrives(stage, answer(text, id), [where === 'crm' ? crmBox : AGENT]);
const inbox = () =>
  stage
    .messages()
    .filter(({ labels }) => !labels.includes('SENT'))
    .map((message) => ({
      copy: message.header('X-Threadlink-Email-Id') !== '',
      unread: message.labels.includes('UNREAD'),
      starred: message.labels.includes('STARRED'),
      thread: message.threadId,
    }));
const onceEach = () => {
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: Sounds good.']);
  expect(inbox().map(({ copy }) => copy)).toEqual([false]);
  expect(new Set(stage.messages().map(({ threadId }) => threadId)).size).toBe(1);
};

test('T11: the CRM alone took it in: after three minutes it is in the inbox, unread, in the thread', () => {
  reaches('crm', 'Sounds good.');
  stage.pass();
  expect(inbox()).toEqual([]);
  stage.later(3);
  stage.pass();
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: Sounds good.']);
  expect(inbox()).toMatchObject([{ copy: true, unread: true }]);
  expect(new Set(stage.messages().map(({ threadId }) => threadId)).size).toBe(1);
});

describe.each([0, 1, 2, 4, 9])('%d minutes apart, with a pass after each', (minutes) => {
  test('T11: the CRM first, then Gmail: once each', () => {
    reaches('crm', 'Sounds good.');
    stage.pass();
    stage.later(minutes);
    stage.pass();
    reaches('gmail', 'Sounds good.');
    stage.pass();
    stage.settleDown();
    onceEach();
  });

  test('T11: Gmail first, then the CRM: once each', () => {
    reaches('gmail', 'Sounds good.');
    stage.pass();
    stage.later(minutes);
    reaches('crm', 'Sounds good.');
    stage.pass();
    stage.settleDown();
    onceEach();
  });
});

test('T11: more than ten minutes apart they are two mails', () => {
  reaches('crm', 'Sounds good.');
  stage.pass();
  stage.later(15);
  reaches('gmail', 'Sounds good.', '<r2@lisbon.example>');
  stage.pass();
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: Sounds good.', 'inbound: Sounds good.']);
});

test('T11, X1: the CRM shows that it has it after it was logged, which is said', () => {
  const mail = { ...answer('Sounds good.', '<r1@lisbon.example>'), to: AGENT };
  arrives(stage, mail, [AGENT]);
  stage.pass();
  stage.later(2);
  arrives(stage, mail, [crmBox]);
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: Sounds good.', 'inbound: Sounds good.']);
  expect(inbox().map(({ copy }) => copy)).toEqual([false]);
  expect([...stateOf(stage).items.values()]).toMatchObject([{ state: 'parked', reason: 'twice' }]);
});

test('T11: the mirror gives way to the own copy, and what the user did with it is not lost', () => {
  reaches('crm', 'Sounds good.');
  stage.pass();
  stage.later(4);
  stage.pass();
  const mirror = stage.messages().find(({ labels }) => labels.includes('INBOX'));
  relabel(stage, mirror?.id ?? '', ['STARRED', 'IMPORTANT'], ['UNREAD', 'INBOX']);
  stage.later(3);
  reaches('gmail', 'Sounds good.');
  stage.pass();
  stage.settleDown();
  onceEach();
  expect(inbox()).toMatchObject([{ copy: false, unread: false, starred: true }]);
  expect(stage.messages().find(({ labels }) => labels.includes('STARRED'))?.labels).not.toContain('INBOX');
});

test('T11: two equal replies within a minute, each on both sides: two and two', () => {
  reaches('gmail', 'ok', '<r1@lisbon.example>');
  reaches('crm', 'ok', '<r1@lisbon.example>');
  stage.pass();
  stage.later(1);
  reaches('crm', 'ok', '<r2@lisbon.example>');
  stage.pass();
  reaches('gmail', 'ok', '<r2@lisbon.example>');
  stage.pass();
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: ok', 'inbound: ok']);
  expect(inbox().map(({ copy }) => copy)).toEqual([false, false]);
});

test('T11: two equal replies within a minute, the CRM has both, the mailbox one: two and two', () => {
  reaches('crm', 'ok', '<r1@lisbon.example>');
  reaches('crm', 'ok', '<r2@lisbon.example>');
  reaches('gmail', 'ok', '<r2@lisbon.example>');
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: ok', 'inbound: ok']);
  expect(
    inbox()
      .map(({ copy }) => copy)
      .sort(),
  ).toEqual([false, true]);
});

test('T11: two equal replies within a minute, the mailbox has both, the CRM one: two and two', () => {
  reaches('gmail', 'ok', '<r1@lisbon.example>');
  reaches('gmail', 'ok', '<r2@lisbon.example>');
  reaches('crm', 'ok', '<r2@lisbon.example>');
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: ok', 'inbound: ok']);
  expect(inbox().map(({ copy }) => copy)).toEqual([false, false]);
});

test('T11: two equal replies mirrored, then both own copies come: both mirrors give way', () => {
  reaches('crm', 'ok', '<r1@lisbon.example>');
  reaches('crm', 'ok', '<r2@lisbon.example>');
  stage.pass();
  stage.later(4);
  stage.pass();
  expect(inbox()).toHaveLength(2);
  reaches('gmail', 'ok', '<r1@lisbon.example>');
  reaches('gmail', 'ok', '<r2@lisbon.example>');
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: ok', 'inbound: ok']);
  expect(inbox().map(({ copy }) => copy)).toEqual([false, false]);
});

test('T11: a mirror that gave way is not made again, also with the store gone back', () => {
  reaches('crm', 'Sounds good.');
  stage.pass();
  stage.later(4);
  stage.pass();
  reaches('gmail', 'Sounds good.');
  stage.settleDown();
  onceEach();
  stage.later(24 * 60);
  stage.settleDown();
  onceEach();
  expect(stateOf(stage).items.size).toBe(0);
});

test('T11: the copy that the user put into the bin stays there when the own copy comes', () => {
  reaches('crm', 'Sounds good.');
  stage.pass();
  stage.later(4);
  stage.pass();
  stage.world.gmail.act(AGENT, 'trash', stage.messages().find(({ labels }) => labels.includes('INBOX'))?.id);
  stage.pass();
  reaches('gmail', 'Sounds good.');
  stage.settleDown();
  expect(inCrm(stage)).toEqual(['outbound: Hello', 'inbound: Sounds good.']);
});
