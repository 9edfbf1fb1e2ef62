/** T10: two connected colleagues in one CRM thread; each message is in the CRM once, whoever runs when. */
import { AGENT, emptyWorld, Stage } from './stage';
import { arrives, inCrm, stateOf, userSends } from './writing';

const COLLEAGUE = 'colleague@example.com';
let agent: Stage;
let colleague: Stage;
let crm: string;

beforeEach(() => {
  const world = emptyWorld();
  world.switches.set({ replyTo: 'user' });
  agent = new Stage(world).connect();
  colleague = new Stage(world, COLLEAGUE).connect();
  const first = agent.crmSends({ subject: 'Our offer for you', html: '<p>Hello</p>' });
  crm = first.threadId;
  agent.later(1);
  both();
  colleague.crmSends({ subject: 'Re: Our offer for you', html: '<p>I take over</p>', replyTo: { threadId: crm } });
  agent.later(1);
  both();
  expect([agent, colleague].map((stage) => stateOf(stage).links.has(crm))).toEqual([true, true]);
});

const both = () => {
  agent.pass();
  colleague.pass();
};
/** The contact answers to all, by the Message-ID that the CRM sent last. */
const replyAll = (text: string, to = AGENT, cc = COLLEAGUE) =>
  arrives(agent, {
    from: agent.contact.email,
    to,
    cc,
    subject: 'Re: Our offer for you',
    text,
    answers: [agent.newestOf(agent.contact.email)('Message-ID')],
  });
const settle = (order: readonly Stage[]) => {
  for (const minutes of [5, 20, 30, 10, 17, 17, 17, 60, 60]) {
    agent.later(minutes);
    for (const stage of order) expect(stage.pass().ok).toBe(true);
  }
};
const START = ['outbound: Hello', 'outbound: I take over'];

describe.each([
  ['the agent first', () => [agent, colleague]],
  ['the colleague first', () => [colleague, agent]],
] as const)('with timers in the order: %s', (_, order) => {
  test('T10: a reply to all is in the CRM once, from the first address in To, and in both mailboxes once', () => {
    replyAll('To you both.');
    settle(order());
    expect(inCrm(agent, crm)).toEqual([...START, 'inbound: To you both.']);
    for (const stage of [agent, colleague]) {
      expect(stage.messages().filter(({ labels }) => labels.includes('INBOX'))).toHaveLength(1);
      expect([...stateOf(stage).items.keys()]).toEqual([]);
    }
  });

  test('T10: what a colleague sends to the contact, with the other in Cc, is logged from their own mailbox', () => {
    replyAll('To you both.');
    for (const stage of order()) stage.pass();
    const [theirs] = colleague.messages().filter(({ labels }) => labels.includes('INBOX'));
    userSends(
      colleague,
      {
        to: agent.contact.email,
        cc: AGENT,
        subject: 'Re: Our offer for you',
        text: 'From me.',
        answers: [theirs.header('Message-ID')],
      },
      theirs.threadId,
    );
    settle(order());
    expect(inCrm(agent, crm)).toEqual([...START, 'inbound: To you both.', 'outbound: From me.']);
  });

  test('T10: the first one’s mailbox is away for a day: the other logs it after an hour, once', () => {
    replyAll('To you both.');
    agent.later(5);
    colleague.pass();
    expect(inCrm(agent, crm)).toEqual(START);
    for (let count = 0; count < 8; count++) {
      agent.later(17);
      colleague.pass();
    }
    expect(inCrm(agent, crm)).toEqual([...START, 'inbound: To you both.']);
    agent.later(24 * 60);
    settle(order());
    expect(inCrm(agent, crm)).toEqual([...START, 'inbound: To you both.']);
  });
});

test('T10: to one of them alone: at once, and the other mailbox gets no copy of it', () => {
  replyAll('To one.', COLLEAGUE, 'boss@lisbon.example');
  agent.later(1);
  colleague.later(10);
  colleague.pass();
  agent.pass();
  settle([agent, colleague]);
  expect(inCrm(agent, crm)).toEqual([...START, 'inbound: To one.']);
  expect(agent.messages().filter(({ labels }) => labels.includes('INBOX'))).toHaveLength(0);
});

describe('killed anywhere', () => {
  const FAULTS = [
    { kill: 'before' },
    { kill: 'after' },
    { answer: 'timeout', effect: 'done' },
    { kill: 'before', effect: 'late', lateMs: 60_000 },
  ] as const;

  test('T10: the first one’s run cut at every call: once', () => {
    replyAll('To you both.');
    agent.later(1);
    const at = agent.world.snapshot();
    const seq = agent.lastSeq();
    agent.pass();
    const calls = agent.world.appsScript.requests(seq).flatMap((call) => call.parts ?? [call]);
    for (const [index, { service, method = '' }] of calls.entries()) {
      for (const fault of FAULTS) {
        if ('effect' in fault && !(service === 'UrlFetchApp' && /post/i.test(method))) continue;
        agent.world.restore(at);
        agent.world.appsScript.setFaults([{ nth: index + 1, ...fault }]);
        agent.pass();
        agent.world.appsScript.setFaults([]);
        settle([colleague, agent]);
        expect({ index, fault, crm: inCrm(agent, crm) }).toEqual({
          index,
          fault,
          crm: [...START, 'inbound: To you both.'],
        });
      }
    }
  }, 240_000);
});
