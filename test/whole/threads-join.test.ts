/** T3, T4, T5: messages that Gmail put into other threads and that belong to a link all the same. */
import { connectedStage } from './scenes';
import { AGENT, type Stage } from './stage';
import { arrives, inCrm, linked, userSends, withHeader } from './writing';

let stage: Stage;

beforeEach(() => {
  stage = connectedStage();
});

/** What the CRM sent went out with a Message-ID that only the contact's mailbox has. */
const sentId = () => stage.newestOf(stage.contact.email)('Message-ID');
const reply = (text: string, over: { subject?: string; answers?: string[]; from?: string; id?: string } = {}) =>
  arrives(stage, {
    from: stage.contact.email,
    to: AGENT,
    subject: 'Re: Our offer for you',
    answers: [sentId()],
    text,
    ...over,
  });

describe('T4: a thread that Gmail split', () => {
  test('T4: joins by what it names, is read whole, and what it had since the link began goes too', () => {
    const { mirror, crm } = linked(stage);
    const id = mirror.header('Message-ID');
    // The first message of the other thread names nobody; the second one names both.
    arrives(stage, { from: stage.contact.email, to: AGENT, subject: 'New price', text: 'Hi again.', id: '<a@c.test>' });
    stage.pass();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello']);
    stage.later(5);
    arrives(stage, {
      from: stage.contact.email,
      to: AGENT,
      subject: 'Re: New price',
      text: 'As to your offer.',
      answers: [id, '<a@c.test>'],
    });
    stage.pass();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: Hi again.', 'inbound: As to your offer.']);
    stage.settleDown();
    expect(inCrm(stage, crm)).toHaveLength(3);
  });

  test('T4: what the thread had before the link began stays private', () => {
    arrives(stage, {
      from: stage.contact.email,
      to: AGENT,
      subject: 'Hello you',
      text: 'From last week.',
      id: '<old@c.test>',
    });
    stage.later(7 * 24 * 60);
    stage.pass();
    const { mirror, crm } = linked(stage);
    arrives(stage, {
      from: stage.contact.email,
      to: AGENT,
      subject: 'Re: Hello you',
      text: 'And now your offer.',
      answers: ['<old@c.test>', mirror.header('Message-ID')],
    });
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: And now your offer.']);
  });

  test('T4: names a message of the link that is long gone from its newest ids', () => {
    const { mirror, crm } = linked(stage);
    const id = mirror.header('Message-ID');
    for (let count = 0; count < 30; count++) {
      userSends(
        stage,
        { to: stage.contact.email, subject: 'Re: Our offer for you', text: `Number ${count}.`, answers: [id] },
        mirror.threadId,
      );
    }
    stage.pass();
    stage.settleDown();
    expect(inCrm(stage, crm)).toHaveLength(31);
    const [, first] = stage.messages();
    arrives(stage, {
      from: stage.contact.email,
      to: AGENT,
      subject: 'About your first line',
      text: 'Yes.',
      answers: [first.header('Message-ID')],
    });
    stage.settleDown();
    expect(inCrm(stage, crm)).toHaveLength(32);
  });
});

describe('T5: a reply to a mail that the CRM sent', () => {
  test('T5: joins the link, whose mirror moves beside it', () => {
    const { crm } = linked(stage);
    reply('Sounds good.');
    stage.pass();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: Sounds good.']);
    expect(new Set(stage.messages().map(({ threadId }) => threadId)).size).toBe(1);
  });

  test('T5: also when the reply was seen before the mirror was made', () => {
    const { threadId } = stage.crmSends({ subject: 'Our offer for you', html: '<p>Hello</p>' });
    stage.later(1);
    stage.contactAnswers('Quick as I am.');
    // The CRM cannot be read, then its export lags: the mailbox alone shows something.
    stage.world.switches.set({ exportLagMs: 4 * 60_000 });
    stage.pass();
    stage.later(5);
    stage.pass();
    stage.settleDown();
    expect(inCrm(stage, threadId)).toEqual(['outbound: Hello', 'inbound: Quick as I am.']);
    expect(new Set(stage.messages().map(({ threadId: thread }) => thread)).size).toBe(1);
  });

  test('T5: of several links of one subject the newest before the reply', () => {
    const first = linked(stage);
    stage.later(30);
    const second = linked(stage);
    reply('To the second.');
    stage.later(30);
    const third = linked(stage);
    stage.settleDown();
    expect(inCrm(stage, first.crm)).toHaveLength(1);
    expect(inCrm(stage, second.crm)).toEqual(['outbound: Hello', 'inbound: To the second.']);
    expect(inCrm(stage, third.crm)).toHaveLength(1);
  });

  test('T5: one that was seen before, when a later link of the subject stands already', () => {
    const first = stage.crmSends({ subject: 'Our offer for you', html: '<p>Hello</p>' });
    stage.later(1);
    reply('To the first.');
    stage.world.switches.set({ exportLagMs: 20 * 60_000 });
    stage.pass();
    stage.later(12);
    const second = stage.crmSends({ subject: 'Our offer for you', html: '<p>Again</p>' });
    stage.world.switches.set({ exportLagMs: 0 });
    stage.later(12);
    stage.settleDown();
    expect(inCrm(stage, first.threadId)).toEqual(['outbound: Hello', 'inbound: To the first.']);
    expect(inCrm(stage, second.threadId)).toEqual(['outbound: Again']);
  });

  test('T5: a parent that is in the mailbox makes it a reply to something else', () => {
    linked(stage);
    const other = userSends(stage, {
      to: stage.contact.email,
      subject: 'Our offer for you',
      text: 'By hand, private.',
    });
    stage.pass();
    reply('To your private one.', { answers: [stage.message(other).header('Message-ID')] });
    stage.settleDown();
    expect(inCrm(stage)).toEqual(['outbound: Hello']);
  });

  test('T5: the mail that it answers counts, not what the mailbox has of the answers before that', () => {
    reply('In copy, long before.', { answers: ['<colleague@elsewhere.test>'], id: '<copy@c.test>' });
    stage.later(12);
    stage.pass();
    const { crm } = linked(stage);
    // Gmail puts it beside the one that came in copy.
    reply('To your offer.', { answers: ['<copy@c.test>', sentId()] });
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: To your offer.']);
  });

  test('T5: a parent in the mailbox that Gmail threaded elsewhere', () => {
    linked(stage);
    const other = userSends(stage, { to: stage.contact.email, subject: 'Something private', text: 'By hand.' });
    stage.pass();
    // The contact wrote another subject over it, so Gmail starts a thread; the parent is in the mailbox all the same.
    reply('To your private one.', { answers: [stage.message(other).header('Message-ID')] });
    stage.settleDown();
    expect(inCrm(stage)).toEqual(['outbound: Hello']);
  });

  test('T5: no parent, no join: a new mail of the contact with the same subject', () => {
    linked(stage);
    reply('Something new.', { subject: 'Our offer for you', answers: [] });
    reply('Something else.', { answers: [] });
    stage.settleDown();
    expect(inCrm(stage)).toEqual(['outbound: Hello']);
  });

  test('T5: neither another sender, nor another subject, nor a subject of two letters', () => {
    linked(stage, 'Ok');
    linked(stage);
    reply('x', { from: 'somebody@else.example' });
    reply('y', { subject: 'Re: Another offer for you' });
    reply('z', { subject: 'Re: Ok' });
    stage.settleDown();
    expect(inCrm(stage).sort()).toEqual(['outbound: Hello', 'outbound: Hello']);
  });

  test('T5: the subject is the same behind any mail program’s prefixes', () => {
    const { crm } = linked(stage);
    reply('Gut.', { subject: 'AW: Re[2]: Our  offer for you' });
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: Gut.']);
  });

  test('T5: a mirror that the user answered stays where it is, and both threads sync', () => {
    const { mirror, crm } = linked(stage);
    const id = mirror.header('Message-ID');
    userSends(
      stage,
      { to: stage.contact.email, subject: 'Re: Our offer for you', text: 'P.S.', answers: [id] },
      mirror.threadId,
    );
    stage.pass();
    arrives(stage, {
      from: stage.contact.email,
      to: AGENT,
      subject: 'Re: Our offer for you',
      text: 'Fine.',
      answers: ['<unknown@crm.test>'],
    });
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'outbound: P.S.', 'inbound: Fine.']);
    expect(withHeader(stage, 'Message-ID', id).map(({ threadId }) => threadId)).toEqual([mirror.threadId]);
  });
});

test('T3: of other threads six headers are read and nothing is kept but hashes', () => {
  linked(stage);
  const seq = stage.lastSeq();
  arrives(stage, {
    from: 'Doctor Secret <doctor@clinic.example>',
    to: AGENT,
    subject: 'Your test results',
    text: 'Negative.',
    answers: ['<q@clinic.example>'],
  });
  stage.pass();
  const parts = stage.requestsSince(seq).flatMap((call) => call.parts ?? [call]);
  const reads = parts.filter(({ path = '' }) => path.includes('/users/me/messages'));
  // Its headers, and whether what it answers is in the mailbox: by the ids of messages alone.
  expect(reads.map(({ path = '' }) => /format=metadata|q=rfc822msgid.*fields=messages\(id/.test(path))).toEqual([
    true,
    true,
  ]);
  const stored = JSON.stringify(stage.world.appsScript.properties(AGENT)).toLowerCase();
  for (const word of ['clinic', 'results', 'secret', 'negative']) expect(stored).not.toContain(word);
  stage.later(4 * 24 * 60);
  stage.pass();
  linked(stage, 'Another matter');
  expect(JSON.stringify(stage.world.appsScript.properties(AGENT))).not.toMatch(/page\.s\d+\.\w+":"\w{6}:\w/);
});

describe('T2: by what the CRM is told the thread', () => {
  test('T2, X5: a CRM that wants the id of the container gets it after the first mail that went astray', () => {
    const { crm } = linked(stage);
    stage.world.switches.set({ inboundThreadsBy: 'thread' });
    for (const text of ['One.', 'Two.', 'Three.']) {
      reply(text);
      stage.pass();
    }
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: Two.', 'inbound: Three.']);
    expect(inCrm(stage)).toHaveLength(4);
  });

  test('T2: once mails have joined by an e-mail’s id, one whose thread is gone changes nothing', () => {
    const { crm } = linked(stage);
    reply('One.');
    stage.pass();
    stage.world.switches.set({ inboundThreadsBy: 'thread' });
    reply('Two.');
    stage.pass();
    stage.world.switches.set({ inboundThreadsBy: 'email' });
    reply('Three.');
    stage.settleDown();
    expect(inCrm(stage, crm)).toEqual(['outbound: Hello', 'inbound: One.']);
    expect(inCrm(stage)).toHaveLength(4);
  });
});
